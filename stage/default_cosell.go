package stage

import "github.com/coselling/coselling/model"

// trueCoSell returns the tasks of the standard playbook where both sides lead.
func trueCoSell() map[Stage][]row {
	return map[Stage][]row{
		Identification: {
			{RegisterDeal, ByEach, Required, model.Relationship,
				"one side registers the deal for both, the other confirms"},
			{SetTheModel, Jointly, Required, model.Relationship,
				"agree that neither side has the stronger claim, and set the model"},
			{QualifyInterest, Jointly, Required, model.DiscoveryWork,
				"confirm that the prospect fits and is interested"},
			{ConfirmSupport, ByEach, Required, model.Relationship, "confirm capacity, fit and timing of each side"},
			{OutreachPlan, Jointly, Required, model.Relationship, "write one coordinated outreach plan"},
			{ScheduleKickoff, Jointly, Required, model.Meetings,
				"put the kickoff call with the prospect in the calendar"},
		},
		Discovery: {
			{DiscoveryCall, Jointly, Required, model.DiscoveryWork,
				"run one discovery call: the partner on the business process, the vendor on technical requirements"},
			{ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition"},
			{MapStakeholders, Jointly, Required, model.DiscoveryWork, "map the stakeholders together"},
			{DocumentRequirements, Jointly, Required, model.DiscoveryWork, "keep one shared document of requirements"},
			{QualifyDebrief, Jointly, Required, model.DiscoveryWork,
				"debrief and decide whether the opportunity is qualified"},
		},
		Presentation: {
			{MeetingAgenda, Jointly, Required, model.Meetings, "agree on the agenda and on who leads each topic"},
			{PresentCase, ByPartner, Required, model.BusinessCase, "present the business case"},
			{DemoProduct, ByVendor, Required, model.Demo, "show the product"},
			{OwnObjections, ByEach, Required, model.SubjectExpert, "answer the objections about each side's own part"},
			{StateNextSteps, Jointly, Required, model.Relationship, "state the next steps once, for both"},
		},
		Evaluation: {
			{EvaluationPlan, Jointly, Required, model.Relationship,
				"write one evaluation plan with an owner for each step"},
			{TechnicalResources, ByVendor, Required, model.ProductExpertise, "provide technical resources"},
			{ServicesResources, ByPartner, Required, model.Implementation, "provide services resources and references"},
			{CompetitiveIntelligence, ByVendor, Required, model.Competitive, "supply competitive intelligence"},
			{WeeklySync, Jointly, Recurring, model.Relationship, "meet each week, rep to rep"},
		},
		Proposal: {
			{JointProposal, Jointly, Required, model.Proposal, "send one joint proposal"},
			{ApprovePricing, ByEach, Required, model.Negotiation, "price and approve each side's own part"},
			{Negotiate, Jointly, Required, model.Negotiation, "negotiate together, with one voice for each topic"},
			{DealDesk, ByVendor, Conditional, model.DealDesk, "take a non-standard request through the deal desk"},
			{SendContract, Jointly, Required, model.Contract, "send the contract and name its one owner"},
		},
		Close: {
			{ExecuteContract, Jointly, Required, model.Contract, "execute the contracts"},
			{ProcessOrder, ByVendor, Required, model.Contract, "process the order"},
			{ScheduleHandoff, ByPartner, Required, model.Implementation,
				"put the handoff to implementation in the calendar"},
			{ScheduleOnboarding, ByVendor, Required, model.Deployment, "put the onboarding in the calendar"},
			{UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side"},
			{LeadHandoff, ByPartner, AfterClose, model.Deployment, "lead the handoff"},
			{CoordinateOnboarding, ByVendor, AfterClose, model.Deployment, "coordinate the onboarding"},
		},
	}
}

// simplifiedLed returns the tasks of the simplified playbook where one side leads.
func simplifiedLed(lead, support Owner) map[Stage][]row {
	return map[Stage][]row{
		Identification: {
			{RegisterAndQualify, lead, Required, model.Relationship, "register the deal and qualify it"},
			{ConfirmSupport, support, Required, model.Relationship, "confirm that the deal gets support"},
			{SetTheModel, Jointly, Required, model.Relationship, "set the engagement model"},
		},
		Discovery: {
			{OneDiscoveryCall, Jointly, Required, model.DiscoveryWork, "cover needs, fit and requirements in one call"},
			{ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition"},
		},
		Proposal: {
			{OneProposal, lead, Required, model.Proposal, "send one proposal with the prices of both sides"},
			{ApprovePricing, ByEach, Required, model.Negotiation, "approve each side's own pricing"},
			{SendContract, lead, Required, model.Contract, "send the contract"},
		},
		Close: {
			{ExecuteContract, lead, Required, model.Contract, "execute the contract"},
			{ProcessOrder, ByVendor, Required, model.Contract, "process the order"},
			{UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side"},
		},
	}
}

// simplifiedCoSell returns the tasks of the simplified playbook where both sides lead.
func simplifiedCoSell() map[Stage][]row {
	return map[Stage][]row{
		Identification: {
			{RegisterAndQualify, ByEach, Required, model.Relationship,
				"one side registers and qualifies the deal for both, the other confirms"},
			{ConfirmSupport, ByEach, Required, model.Relationship,
				"confirm that the deal gets the support of each side"},
			{SetTheModel, Jointly, Required, model.Relationship, "set the engagement model"},
		},
		Discovery: {
			{OneDiscoveryCall, Jointly, Required, model.DiscoveryWork, "cover needs, fit and requirements in one call"},
			{ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition"},
		},
		Proposal: {
			{OneProposal, Jointly, Required, model.Proposal, "send one joint proposal"},
			{ApprovePricing, ByEach, Required, model.Negotiation, "approve each side's own pricing"},
			{SendContract, Jointly, Required, model.Contract, "name one owner, who sends the contract"},
		},
		Close: {
			{ExecuteContract, Jointly, Required, model.Contract, "have the named owner execute the contract"},
			{ProcessOrder, ByVendor, Required, model.Contract, "process the order"},
			{UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side"},
		},
	}
}
