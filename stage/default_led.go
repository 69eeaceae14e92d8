package stage

import "github.com/coselling/coselling/model"

// partnerLed returns the tasks of SPEC 3.2.
func partnerLed() []row {
	return []row{
		{Identification, RegisterDeal, ByPartner, Required, model.Relationship, "identify the opportunity and register the deal", nil},
		{Identification, QualifyInterest, ByPartner, Required, model.DiscoveryWork, "confirm that the prospect fits and is interested", nil},
		{Identification, BriefOtherTeam, ByPartner, Required, model.Relationship, "brief the vendor's team", nil},
		{Identification, ConfirmSupport, ByVendor, Required, model.ProductExpertise, "confirm capacity, fit and timing to support the deal", nil},
		{Identification, ScheduleKickoff, ByPartner, Required, model.Meetings, "put the kickoff call with the prospect in the calendar", nil},

		{Discovery, DiscoveryCall, ByPartner, Required, model.DiscoveryWork, "run the discovery call; the vendor joins to listen and learn", nil},
		{Discovery, ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition", nil},
		{Discovery, MapStakeholders, ByPartner, Required, model.DiscoveryWork, "map the stakeholders and how they buy", nil},
		{Discovery, ProductQuestions, ByVendor, Required, model.ProductExpertise, "ask the technical questions about the product", nil},
		{Discovery, DocumentRequirements, ByPartner, Required, model.DiscoveryWork, "write down the requirements", nil},
		{Discovery, QualifyDebrief, Jointly, Required, model.DiscoveryWork, "debrief and decide whether the opportunity is qualified", nil},

		{Presentation, PresentCase, ByPartner, Required, model.BusinessCase, "write the agenda and present the business case", nil},
		{Presentation, DemoProduct, ByVendor, Required, model.Demo, "show the product against the prospect's requirements", nil},
		{Presentation, ServicesObjections, ByPartner, Required, model.ServicesObjections, "answer objections about implementation and services", nil},
		{Presentation, ProductObjections, ByVendor, Required, model.Competitive, "answer objections about what the product can do", nil},
		{Presentation, StateNextSteps, ByPartner, Required, model.Relationship, "state the next steps and the timeline", nil},

		{Evaluation, ManageEvaluation, ByPartner, Recurring, model.Relationship, "manage the evaluation and its timeline", nil},
		{Evaluation, TechnicalResources, ByVendor, Required, model.ProductExpertise, "provide trial access and technical validation", nil},
		{Evaluation, CoordinateStakeholders, ByPartner, Recurring, model.Relationship, "keep the prospect's stakeholders together", nil},
		{Evaluation, CompetitiveIntelligence, ByVendor, Required, model.Competitive, "supply competitive intelligence and battle cards", nil},
		{Evaluation, WeeklySync, Jointly, Recurring, model.Relationship, "meet each week, rep to rep", nil},

		{Proposal, CommercialProposal, ByPartner, Required, model.Proposal, "write the commercial proposal; the vendor supplies its product's pricing", nil},
		{Proposal, JointProposal, Jointly, Required, model.Proposal, "send one proposal with the partner's services and the vendor's product in it", nil},
		{Proposal, Negotiate, ByPartner, Required, model.Negotiation, "lead the negotiation; the vendor approves its pricing", nil},
		{Proposal, DealDesk, ByVendor, Conditional, model.DealDesk, "take a non-standard request through the deal desk", nil},
		{Proposal, SendContract, ByPartner, Required, model.Contract, "send the contract and own its execution", nil},

		{Close, ExecuteContract, ByPartner, Required, model.Contract, "execute the contracts", nil},
		{Close, ProcessOrder, ByVendor, Required, model.Contract, "process the order", nil},
		{Close, ScheduleHandoff, ByPartner, Required, model.Implementation, "put the customer's handoff to implementation in the calendar", nil},
		{Close, ScheduleOnboarding, ByVendor, Required, model.Deployment, "put onboarding and the change to customer success in the calendar", nil},
		{Close, UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side", nil},
		{Close, LeadHandoff, ByPartner, AfterClose, model.Deployment, "lead the handoff", nil},
		{Close, CoordinateOnboarding, ByVendor, AfterClose, model.Deployment, "coordinate the onboarding", nil},
	}
}

// vendorLed returns the tasks of SPEC 3.3.
func vendorLed() []row {
	return []row{
		{Identification, RegisterDeal, ByVendor, Required, model.Relationship, "identify the opportunity and register it", nil},
		{Identification, QualifyInterest, ByVendor, Required, model.DiscoveryWork, "confirm that the prospect fits and is interested", nil},
		{Identification, BriefOtherTeam, ByVendor, Required, model.Relationship, "brief the partner's team", nil},
		{Identification, ConfirmSupport, ByPartner, Required, model.Implementation, "confirm capacity, fit and timing to support the deal", nil},
		{Identification, ScheduleKickoff, ByVendor, Required, model.Meetings, "put the kickoff call with the prospect in the calendar", nil},

		{Discovery, DiscoveryCall, ByVendor, Required, model.DiscoveryWork, "run the discovery call; the partner joins", nil},
		{Discovery, ValueProposition, Jointly, Required, model.BusinessCase, "agree on one joint value proposition", nil},
		{Discovery, MapStakeholders, ByVendor, Required, model.DiscoveryWork, "map the stakeholders and how they buy", nil},
		{Discovery, IntegrationQuestions, ByPartner, Required, model.Integration, "ask the questions about implementation and integration", nil},
		{Discovery, DocumentRequirements, ByVendor, Required, model.DiscoveryWork, "write down the requirements", nil},
		{Discovery, QualifyDebrief, Jointly, Required, model.DiscoveryWork, "debrief and decide whether the opportunity is qualified", nil},

		{Presentation, PresentCase, ByVendor, Required, model.BusinessCase, "write the agenda, present the business case and show the product", nil},
		{Presentation, PresentImplementation, ByPartner, Required, model.TechnicalRequirements, "present how it will be implemented and validate the technical requirements", nil},
		{Presentation, ProductObjections, ByVendor, Required, model.Competitive, "answer objections about the product", nil},
		{Presentation, ServicesObjections, ByPartner, Required, model.ServicesObjections, "answer objections about implementation and services", nil},
		{Presentation, StateNextSteps, ByVendor, Required, model.Relationship, "state the next steps and the timeline", nil},

		{Evaluation, ManageEvaluation, ByVendor, Recurring, model.Relationship, "manage the evaluation", nil},
		{Evaluation, TechnicalResources, ByVendor, Required, model.ProductExpertise, "provide trial access", nil},
		{Evaluation, ValidateIntegration, ByPartner, Required, model.Integration, "validate the integration and the technical requirements", nil},
		{Evaluation, CoordinateStakeholders, ByVendor, Recurring, model.Relationship, "keep the prospect's stakeholders together", nil},
		{Evaluation, CompetitiveIntelligence, ByVendor, Recurring, model.Competitive, "keep competitive intelligence up to date", nil},
		{Evaluation, WeeklySync, Jointly, Recurring, model.Relationship, "meet each week, rep to rep", nil},

		{Proposal, CommercialProposal, ByVendor, Required, model.Proposal, "write the commercial proposal; the partner supplies its services' pricing", nil},
		{Proposal, JointProposal, Jointly, Required, model.Proposal, "send one proposal with the partner's services and the vendor's product in it", nil},
		{Proposal, Negotiate, ByVendor, Required, model.Negotiation, "lead the negotiation; the partner approves its services' pricing", nil},
		{Proposal, DealDesk, ByVendor, Conditional, model.DealDesk, "take a non-standard request through the deal desk", nil},
		{Proposal, SendContract, ByVendor, Required, model.Contract, "send the contract and own its execution", nil},

		{Close, ExecuteContract, ByVendor, Required, model.Contract, "execute the contracts", nil},
		{Close, ProcessOrder, ByVendor, Required, model.Contract, "process the order", nil},
		{Close, ScheduleHandoff, ByVendor, Required, model.Deployment, "put the handoff to implementation in the calendar", nil},
		{Close, ScheduleOnboarding, ByVendor, Required, model.Deployment, "put the onboarding in the calendar", nil},
		{Close, UpdateCRM, ByEach, Required, model.Relationship, "update the CRM of each side", nil},
		{Close, SupportDeployment, ByPartner, AfterClose, model.Deployment, "support the deployment", nil},
		{Close, CoordinateOnboarding, ByVendor, AfterClose, model.Deployment, "coordinate the onboarding", nil},
	}
}
