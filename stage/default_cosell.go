package stage

import "github.com/coselling/coselling/model"

// trueCoSell returns the tasks of SPEC 3.4.
func trueCoSell() []row {
	return []row{
		{Identification, RegisterDeal, ByEach, Required, model.Relationship, "one side registers the deal for both, the other confirms", nil},
		{Identification, SetTheModel, Jointly, Required, model.Relationship, "agree that neither side has the stronger claim, and set the model", nil},
		{Identification, QualifyInterest, Jointly, Required, model.DiscoveryWork, "confirm that the prospect fits and is interested", nil},
		{Identification, ConfirmSupport, ByEach, Required, model.Relationship, "confirm capacity, fit and timing of each side", nil},
		{Identification, OutreachPlan, Jointly, Required, model.Relationship, "write one coordinated outreach plan", nil},
		{Identification, ScheduleKickoff, Jointly, Required, model.Meetings, "put the kickoff call with the prospect in the calendar", nil},

		{Discovery, DiscoveryCall, Jointly, Required, model.DiscoveryWork, "run one discovery call: the partner on the business process, the vendor on technical requirements", nil},
		{Discovery, ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition", nil},
		{Discovery, MapStakeholders, Jointly, Required, model.DiscoveryWork, "map the stakeholders together", nil},
		{Discovery, DocumentRequirements, Jointly, Required, model.DiscoveryWork, "keep one shared document of requirements", nil},
		{Discovery, QualifyDebrief, Jointly, Required, model.DiscoveryWork, "debrief and decide whether the opportunity is qualified", nil},

		{Presentation, MeetingAgenda, Jointly, Required, model.Meetings, "agree on the agenda and on who leads each topic", nil},
		{Presentation, PresentCase, ByPartner, Required, model.BusinessCase, "present the business case", nil},
		{Presentation, DemoProduct, ByVendor, Required, model.Demo, "show the product", nil},
		{Presentation, OwnObjections, ByEach, Required, model.SubjectExpert, "answer the objections about each side's own part", nil},
		{Presentation, StateNextSteps, Jointly, Required, model.Relationship, "state the next steps once, for both", nil},

		{Evaluation, EvaluationPlan, Jointly, Required, model.Relationship, "write one evaluation plan with an owner for each step", nil},
		{Evaluation, TechnicalResources, ByVendor, Required, model.ProductExpertise, "provide technical resources", nil},
		{Evaluation, ServicesResources, ByPartner, Required, model.Implementation, "provide services resources and references", nil},
		{Evaluation, CompetitiveIntelligence, ByVendor, Required, model.Competitive, "supply competitive intelligence", nil},
		{Evaluation, WeeklySync, Jointly, Recurring, model.Relationship, "meet each week, rep to rep", nil},

		{Proposal, JointProposal, Jointly, Required, model.Proposal, "send one joint proposal", nil},
		{Proposal, ApprovePricing, ByEach, Required, model.Negotiation, "price and approve each side's own part", nil},
		{Proposal, Negotiate, Jointly, Required, model.Negotiation, "negotiate together, with one voice for each topic", nil},
		{Proposal, DealDesk, ByVendor, Conditional, model.DealDesk, "take a non-standard request through the deal desk", nil},
		{Proposal, SendContract, Jointly, Required, model.Contract, "send the contract and name its one owner", nil},

		{Close, ExecuteContract, Jointly, Required, model.Contract, "execute the contracts", nil},
		{Close, ProcessOrder, ByVendor, Required, model.Contract, "process the order", nil},
		{Close, ScheduleHandoff, ByPartner, Required, model.Implementation, "put the handoff to implementation in the calendar", nil},
		{Close, ScheduleOnboarding, ByVendor, Required, model.Deployment, "put the onboarding in the calendar", nil},
		{Close, UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side", nil},
		{Close, LeadHandoff, ByPartner, AfterClose, model.Deployment, "lead the handoff", nil},
		{Close, CoordinateOnboarding, ByVendor, AfterClose, model.Deployment, "coordinate the onboarding", nil},
	}
}

// simplifiedLed returns the tasks of SPEC 3.6 where one side leads.
func simplifiedLed(lead, support Owner) []row {
	return []row{
		{Identification, RegisterAndQualify, lead, Required, model.Relationship, "register the deal and qualify it", []TaskID{RegisterDeal, QualifyInterest}},
		{Identification, ConfirmSupport, support, Required, model.Relationship, "confirm that the deal gets support", nil},
		{Identification, SetTheModel, Jointly, Required, model.Relationship, "set the engagement model", nil},

		{Discovery, OneDiscoveryCall, Jointly, Required, model.DiscoveryWork, "cover needs, fit and requirements in one call", []TaskID{DiscoveryCall, DocumentRequirements}},
		{Discovery, ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition", nil},

		{Proposal, OneProposal, lead, Required, model.Proposal, "send one proposal with the prices of both sides", []TaskID{CommercialProposal, JointProposal}},
		{Proposal, ApprovePricing, ByEach, Required, model.Negotiation, "approve each side's own pricing", nil},
		{Proposal, SendContract, lead, Required, model.Contract, "send the contract", nil},

		{Close, ExecuteContract, lead, Required, model.Contract, "execute the contract", nil},
		{Close, ProcessOrder, ByVendor, Required, model.Contract, "process the order", nil},
		{Close, UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side", nil},
	}
}

// simplifiedCoSell returns the tasks of SPEC 3.6 where both sides lead.
func simplifiedCoSell() []row {
	return []row{
		{Identification, RegisterAndQualify, ByEach, Required, model.Relationship, "one side registers and qualifies the deal for both, the other confirms", []TaskID{RegisterDeal, QualifyInterest}},
		{Identification, ConfirmSupport, ByEach, Required, model.Relationship, "confirm that the deal gets the support of each side", nil},
		{Identification, SetTheModel, Jointly, Required, model.Relationship, "set the engagement model", nil},

		{Discovery, OneDiscoveryCall, Jointly, Required, model.DiscoveryWork, "cover needs, fit and requirements in one call", []TaskID{DiscoveryCall, DocumentRequirements}},
		{Discovery, ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition", nil},

		{Proposal, OneProposal, Jointly, Required, model.Proposal, "send one joint proposal", []TaskID{JointProposal}},
		{Proposal, ApprovePricing, ByEach, Required, model.Negotiation, "approve each side's own pricing", nil},
		{Proposal, SendContract, Jointly, Required, model.Contract, "name one owner, who sends the contract", nil},

		{Close, ExecuteContract, Jointly, Required, model.Contract, "have the named owner execute the contract", nil},
		{Close, ProcessOrder, ByVendor, Required, model.Contract, "process the order", nil},
		{Close, UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side", nil},
	}
}
