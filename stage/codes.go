package stage

import "github.com/coselling/coselling/value"

// Codes of the gates. A gate that names a fact is opened by that fact alone: ticking or
// waiving the task that the fact ticks does not open it.
const (
	// GateRegistered: a registration is active when the deal leaves identification and when it is won:
	// [Registered].
	GateRegistered value.Code = "gate.registered"
	// GateModelSet: an engagement model is set before the deal leaves identification.
	GateModelSet value.Code = "gate.model_set"
	// GateSupportConfirmed: the supporting side, under true co-sell both sides, has confirmed capacity, fit and
	// timing before discovery: [SupportConfirmed].
	GateSupportConfirmed value.Code = "gate.support_confirmed"
	// GatePartnerEngaged: the partner takes part from discovery on: [PartnerEngaged], or a task of the partner that
	// one of its reps did.
	GatePartnerEngaged value.Code = "gate.partner_engaged"
	// GateQualified: the joint debrief has decided that the opportunity is qualified: [Qualified].
	GateQualified value.Code = "gate.qualified"
	// GateSingleProposal: exactly one joint proposal is live: [ProposalSent], [ProposalWithdrawn].
	GateSingleProposal value.Code = "gate.single_proposal"
	// GatePricingApproved: each side has approved its own pricing in the live revision: [PricingApproved].
	GatePricingApproved value.Code = "gate.pricing_approved"
	// GateContractsExecuted: the contracts are executed before the deal is won: [ContractsExecuted].
	GateContractsExecuted value.Code = "gate.contracts_executed"
	// GateCRMUpdated: both CRMs are updated before the deal is won: [CRMUpdated].
	GateCRMUpdated value.Code = "gate.crm_updated"
	// GateTasks: the required tasks of the stage, and the raised ones, are done or waived.
	GateTasks value.Code = "gate.tasks"
	// GateOrder: stages advance one at a time along the playbook.
	GateOrder value.Code = "gate.order"
)

// Codes of the other rules that this package decides.
const (
	// StageWindows: the windows of a playbook follow one another without a gap or an overlap, from day 1 on.
	StageWindows value.Code = "stage.windows"
	// StageAuthority: the side that owns the relationship moves the deal.
	StageAuthority value.Code = "stage.authority"
	// StageState: the deal's status does not permit the verb; a won deal is final.
	StageState value.Code = "stage.state"
	// StageTask: the state of a task does not permit ticking, waiving or raising it.
	StageTask value.Code = "stage.task"
	// stageSimplified: a deal below the threshold uses the simplified playbook.
	stageSimplified value.Code = "stage.simplified"
	// StageReplanned: an amount that crosses the threshold re-plans the deal; downwards only early in the deal.
	StageReplanned value.Code = "stage.replanned"
	// StageOverdue: the due day of an open task has passed.
	StageOverdue value.Code = "stage.overdue"
	// StageSlipping: the deal is still in a stage after the stage's last day.
	StageSlipping value.Code = "stage.slipping"
	// RegistrationLapsed: the registration ended after the deal left identification and before it was won.
	RegistrationLapsed value.Code = "reg.lapsed"
)

// Codes of bad input that this package refuses.
const (
	// openingImport refuses an import without a source, an instant or an engagement model.
	openingImport value.Code = "opening.import"
	// StageUnknown refuses a stage that is not in the playbook.
	StageUnknown value.Code = "stage.unknown"
	// eventTime refuses an event before the last one, and an instant outside the years 1 to 9000.
	eventTime value.Code = "event.time"
	// verbUnknown refuses a name or a number that is no verb.
	verbUnknown value.Code = "event.unknown"
	// factKindUnknown refuses a fact that no gate reads.
	factKindUnknown value.Code = "fact.kind"
	// factTime refuses a fact without its instant, one after the event that records it, and one that ends before
	// it begins.
	factTime value.Code = "fact.time"
	// factField refuses a field that the kind of fact does not take, and a missing or invalid one that it needs.
	factField value.Code = "fact.field"

	// kindUnknown refuses a name that is no kind of task.
	kindUnknown value.Code = "task.kind"
	// playbookEmpty refuses a playbook without stages, and too many stages or tasks.
	playbookEmpty value.Code = "playbook.empty"
	// playbookGate refuses a gate that nothing can open, or that nothing asks for.
	playbookGate value.Code = "playbook.gate"
	// playbookCovers refuses a task that covers a task which is not in the standard playbook, or which another task
	// covers.
	playbookCovers value.Code = "playbook.covers"
	// playbookStages refuses a simplified playbook whose stages are not those of the standard one in its order, and
	// playbooks of one size with different stages.
	playbookStages value.Code = "playbook.stages"
)
