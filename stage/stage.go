package stage

import "cmp"

// Stage is a step of the sale, an open identifier: a [Playbook] may have other stages. The zero value is no stage.
type Stage string

// The stages of the default playbooks, and the two ends of a deal, which are no stages of a playbook.
const (
	Identification Stage = "identification"
	Discovery      Stage = "discovery"
	Presentation   Stage = "presentation"
	Evaluation     Stage = "evaluation"
	Proposal       Stage = "proposal"
	Close          Stage = "close"

	Won  Stage = "won"
	Lost Stage = "lost"
)

// Compare orders stages: empty first, then those of the default playbooks in order, then others by bytes, among them
// [Lost] and [Won]: −1, 0 or +1.
func (s Stage) Compare(other Stage) int {
	return cmp.Or(cmp.Compare(s.place(), other.place()), cmp.Compare(s, other))
}

func (s Stage) place() int {
	if s == "" {
		return -1
	}
	for i := range standardSteps {
		if standardSteps[i].Stage == s {
			return i
		}
	}
	return len(standardSteps)
}

// TaskID names a task; the same work has the same id in every playbook. It is an open identifier.
type TaskID string

// The tasks of the default playbooks. They are required, but [DealDesk] is conditional; [ManageEvaluation],
// [CoordinateStakeholders] and [WeeklySync] are recurring, and so is [CompetitiveIntelligence] where the vendor leads;
// [LeadHandoff], [SupportDeployment] and [CoordinateOnboarding] come after close.
const (
	RegisterDeal       TaskID = "register_deal"
	QualifyInterest    TaskID = "qualify_interest"
	RegisterAndQualify TaskID = "register_and_qualify"
	BriefOtherTeam     TaskID = "brief_other_team"
	ConfirmSupport     TaskID = "confirm_support"
	ScheduleKickoff    TaskID = "schedule_kickoff"
	SetTheModel        TaskID = "set_model"
	OutreachPlan       TaskID = "outreach_plan"

	DiscoveryCall        TaskID = "discovery_call"
	OneDiscoveryCall     TaskID = "one_discovery_call"
	ValueProposition     TaskID = "value_proposition"
	MapStakeholders      TaskID = "map_stakeholders"
	ProductQuestions     TaskID = "product_questions"
	IntegrationQuestions TaskID = "integration_questions"
	DocumentRequirements TaskID = "document_requirements"
	QualifyDebrief       TaskID = "qualify_debrief"

	MeetingAgenda         TaskID = "meeting_agenda"
	PresentCase           TaskID = "present_case"
	DemoProduct           TaskID = "demo_product"
	PresentImplementation TaskID = "present_implementation"
	ServicesObjections    TaskID = "services_objections"
	ProductObjections     TaskID = "product_objections"
	OwnObjections         TaskID = "own_objections"
	StateNextSteps        TaskID = "state_next_steps"

	ManageEvaluation        TaskID = "manage_evaluation"
	EvaluationPlan          TaskID = "evaluation_plan"
	TechnicalResources      TaskID = "technical_resources"
	ValidateIntegration     TaskID = "validate_integration"
	ServicesResources       TaskID = "services_resources"
	CoordinateStakeholders  TaskID = "coordinate_stakeholders"
	CompetitiveIntelligence TaskID = "competitive_intelligence"
	WeeklySync              TaskID = "weekly_sync"

	CommercialProposal TaskID = "commercial_proposal"
	JointProposal      TaskID = "joint_proposal"
	OneProposal        TaskID = "one_proposal"
	ApprovePricing     TaskID = "approve_pricing"
	Negotiate          TaskID = "negotiate"
	DealDesk           TaskID = "deal_desk"
	SendContract       TaskID = "send_contract"

	ExecuteContract      TaskID = "execute_contract"
	ProcessOrder         TaskID = "process_order"
	ScheduleHandoff      TaskID = "schedule_handoff"
	ScheduleOnboarding   TaskID = "schedule_onboarding"
	UpdateCRM            TaskID = "update_crm"
	LeadHandoff          TaskID = "lead_handoff"
	SupportDeployment    TaskID = "support_deployment"
	CoordinateOnboarding TaskID = "coordinate_onboarding"
)
