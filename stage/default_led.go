package stage

import "github.com/coselling/coselling/model"

// partnerLed returns the tasks of the standard playbook where the partner leads.
func partnerLed() map[Stage][]row {
	return map[Stage][]row{
		Identification: {
			{RegisterDeal, ByPartner, Required, model.Relationship, "identify the opportunity and register the deal"},
			{QualifyInterest, ByPartner, Required, model.DiscoveryWork,
				"confirm that the prospect fits and is interested"},
			{BriefOtherTeam, ByPartner, Required, model.Relationship, "brief the vendor's team"},
			{ConfirmSupport, ByVendor, Required, model.ProductExpertise,
				"confirm capacity, fit and timing to support the deal"},
			{ScheduleKickoff, ByPartner, Required, model.Meetings,
				"put the kickoff call with the prospect in the calendar"},
		},
		Discovery: {
			{DiscoveryCall, ByPartner, Required, model.DiscoveryWork,
				"run the discovery call; the vendor joins to listen and learn"},
			{ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition"},
			{MapStakeholders, ByPartner, Required, model.DiscoveryWork, "map the stakeholders and how they buy"},
			{ProductQuestions, ByVendor, Required, model.ProductExpertise,
				"ask the technical questions about the product"},
			{DocumentRequirements, ByPartner, Required, model.DiscoveryWork, "write down the requirements"},
			{QualifyDebrief, Jointly, Required, model.DiscoveryWork,
				"debrief and decide whether the opportunity is qualified"},
		},
		Presentation: {
			{PresentCase, ByPartner, Required, model.BusinessCase, "write the agenda and present the business case"},
			{DemoProduct, ByVendor, Required, model.Demo, "show the product against the prospect's requirements"},
			{ServicesObjections, ByPartner, Required, model.ServicesObjections,
				"answer objections about implementation and services"},
			{ProductObjections, ByVendor, Required, model.Competitive,
				"answer objections about what the product can do"},
			{StateNextSteps, ByPartner, Required, model.Relationship, "state the next steps and the timeline"},
		},
		Evaluation: {
			{ManageEvaluation, ByPartner, Recurring, model.Relationship, "manage the evaluation and its timeline"},
			{TechnicalResources, ByVendor, Required, model.ProductExpertise,
				"provide trial access and technical validation"},
			{CoordinateStakeholders, ByPartner, Recurring, model.Relationship,
				"keep the prospect's stakeholders together"},
			{CompetitiveIntelligence, ByVendor, Required, model.Competitive,
				"supply competitive intelligence and battle cards"},
			{WeeklySync, Jointly, Recurring, model.Relationship, "meet each week, rep to rep"},
		},
		Proposal: {
			{CommercialProposal, ByPartner, Required, model.Proposal,
				"write the commercial proposal; the vendor supplies its product's pricing"},
			{JointProposal, Jointly, Required, model.Proposal,
				"send one proposal with the partner's services and the vendor's product in it"},
			{Negotiate, ByPartner, Required, model.Negotiation,
				"lead the negotiation; the vendor approves its pricing"},
			{DealDesk, ByVendor, Conditional, model.DealDesk, "take a non-standard request through the deal desk"},
			{SendContract, ByPartner, Required, model.Contract, "send the contract and own its execution"},
		},
		Close: {
			{ExecuteContract, ByPartner, Required, model.Contract, "execute the contracts"},
			{ProcessOrder, ByVendor, Required, model.Contract, "process the order"},
			{ScheduleHandoff, ByPartner, Required, model.Implementation,
				"put the customer's handoff to implementation in the calendar"},
			{ScheduleOnboarding, ByVendor, Required, model.Deployment,
				"put onboarding and the change to customer success in the calendar"},
			{UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side"},
			{LeadHandoff, ByPartner, AfterClose, model.Deployment, "lead the handoff"},
			{CoordinateOnboarding, ByVendor, AfterClose, model.Deployment, "coordinate the onboarding"},
		},
	}
}

// vendorLed returns the tasks of the standard playbook where the vendor leads.
func vendorLed() map[Stage][]row {
	return map[Stage][]row{
		Identification: {
			{RegisterDeal, ByVendor, Required, model.Relationship, "identify the opportunity and register it"},
			{QualifyInterest, ByVendor, Required, model.DiscoveryWork,
				"confirm that the prospect fits and is interested"},
			{BriefOtherTeam, ByVendor, Required, model.Relationship, "brief the partner's team"},
			{ConfirmSupport, ByPartner, Required, model.Implementation,
				"confirm capacity, fit and timing to support the deal"},
			{ScheduleKickoff, ByVendor, Required, model.Meetings,
				"put the kickoff call with the prospect in the calendar"},
		},
		Discovery: {
			{DiscoveryCall, ByVendor, Required, model.DiscoveryWork, "run the discovery call; the partner joins"},
			{ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition"},
			{MapStakeholders, ByVendor, Required, model.DiscoveryWork, "map the stakeholders and how they buy"},
			{IntegrationQuestions, ByPartner, Required, model.IntegrationWork,
				"ask the questions about implementation and integration"},
			{DocumentRequirements, ByVendor, Required, model.DiscoveryWork, "write down the requirements"},
			{QualifyDebrief, Jointly, Required, model.DiscoveryWork,
				"debrief and decide whether the opportunity is qualified"},
		},
		Presentation: {
			{PresentCase, ByVendor, Required, model.BusinessCase,
				"write the agenda, present the business case and show the product"},
			{PresentImplementation, ByPartner, Required, model.TechnicalRequirements,
				"present how it will be implemented and validate the technical requirements"},
			{ProductObjections, ByVendor, Required, model.Competitive, "answer objections about the product"},
			{ServicesObjections, ByPartner, Required, model.ServicesObjections,
				"answer objections about implementation and services"},
			{StateNextSteps, ByVendor, Required, model.Relationship, "state the next steps and the timeline"},
		},
		Evaluation: {
			{ManageEvaluation, ByVendor, Recurring, model.Relationship, "manage the evaluation"},
			{TechnicalResources, ByVendor, Required, model.ProductExpertise, "provide trial access"},
			{ValidateIntegration, ByPartner, Required, model.IntegrationWork,
				"validate the integration and the technical requirements"},
			{CoordinateStakeholders, ByVendor, Recurring, model.Relationship,
				"keep the prospect's stakeholders together"},
			{CompetitiveIntelligence, ByVendor, Recurring, model.Competitive,
				"keep competitive intelligence up to date"},
			{WeeklySync, Jointly, Recurring, model.Relationship, "meet each week, rep to rep"},
		},
		Proposal: {
			{CommercialProposal, ByVendor, Required, model.Proposal,
				"write the commercial proposal; the partner supplies its services' pricing"},
			{JointProposal, Jointly, Required, model.Proposal,
				"send one proposal with the partner's services and the vendor's product in it"},
			{Negotiate, ByVendor, Required, model.Negotiation,
				"lead the negotiation; the partner approves its services' pricing"},
			{DealDesk, ByVendor, Conditional, model.DealDesk, "take a non-standard request through the deal desk"},
			{SendContract, ByVendor, Required, model.Contract, "send the contract and own its execution"},
		},
		Close: {
			{ExecuteContract, ByVendor, Required, model.Contract, "execute the contracts"},
			{ProcessOrder, ByVendor, Required, model.Contract, "process the order"},
			{ScheduleHandoff, ByVendor, Required, model.Deployment,
				"put the handoff to implementation in the calendar"},
			{ScheduleOnboarding, ByVendor, Required, model.Deployment, "put the onboarding in the calendar"},
			{UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side"},
			{SupportDeployment, ByPartner, AfterClose, model.Deployment, "support the deployment"},
			{CoordinateOnboarding, ByVendor, AfterClose, model.Deployment, "coordinate the onboarding"},
		},
	}
}
