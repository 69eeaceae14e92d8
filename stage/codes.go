package stage

import "github.com/coselling/coselling/value"

// Codes of the gates. A gate that names a fact is opened by that fact alone: ticking or waiving the task that the
// fact ticks does not open it.
const (
	// GateRegistered: a registration is active when the deal leaves identification and when it is won.
	GateRegistered value.Code = "gate.registered"
	// GateModelSet: an engagement model is set before the deal leaves identification.
	GateModelSet value.Code = "gate.model_set"
	// GateSupportConfirmed: each supporting side (under true co-sell both) confirmed its support before discovery.
	GateSupportConfirmed value.Code = "gate.support_confirmed"
	// GatePartnerEngaged: from discovery on, a rep of the partner met the prospect or did a task of the partner.
	GatePartnerEngaged value.Code = "gate.partner_engaged"
	// GateQualified: the joint debrief has decided that the opportunity is qualified.
	GateQualified      value.Code = "gate.qualified"
	GateSingleProposal value.Code = "gate.single_proposal" // exactly one joint proposal is live
	// GatePricingApproved: each side has approved its own pricing in the live revision.
	GatePricingApproved value.Code = "gate.pricing_approved"
	// GateContractsExecuted: all contracts are executed before the deal is won.
	GateContractsExecuted value.Code = "gate.contracts_executed"
	GateCRMUpdated        value.Code = "gate.crm_updated" // both CRMs are updated before the deal is won
	// GateTasks: the required and the raised tasks of the stage are done or waived.
	GateTasks value.Code = "gate.tasks"
	GateOrder value.Code = "gate.order" // stages advance one at a time along the playbook
)

// Codes of the other rules that this package decides.
const (
	// StageWindows: the windows of a playbook leave no gap and no overlap, from day 1 on.
	StageWindows   value.Code = "stage.windows"
	StageAuthority value.Code = "stage.authority" // the side that owns the relationship moves the deal
	// StageConsent: an act that needs the consent of another side waits for it.
	StageConsent value.Code = "stage.consent"
	// StageState: the deal's status does not permit the verb.
	StageState value.Code = "stage.state"
	StageTask  value.Code = "stage.task" // the state of a task does not permit ticking, waiving or raising it
	// stageSimplified: a deal below the threshold uses the simplified playbook.
	stageSimplified value.Code = "stage.simplified"
	StageReplanned  value.Code = "stage.replanned" // an amount that crosses the threshold re-plans the deal
	StageOverdue    value.Code = "stage.overdue"   // the due day of an open task has passed
	partyLead       value.Code = "party.lead"      // exactly one partner leads
	partyLate       value.Code = "party.late"      // a participant joined after the deal left discovery
	StageSlipping   value.Code = "stage.slipping"  // the deal is still in a stage after the stage's last day
	// RegistrationLapsed: the registration ended between leaving identification and winning.
	RegistrationLapsed value.Code = "reg.lapsed"
)

// Codes of bad input that this package refuses.
const (
	openingImport value.Code = "opening.import" // refuses an import without source, instant or engagement model
	StageUnknown  value.Code = "stage.unknown"  // refuses a stage that is not in the playbook
	// eventTime refuses an event before the last one, and years outside 1 to 9000.
	eventTime       value.Code = "event.time"
	verbUnknown     value.Code = "event.unknown" // refuses a name or a number that is no verb
	factKindUnknown value.Code = "fact.kind"     // refuses a fact that no gate reads
	// factTime refuses a fact without instant, after its event, or ending before it begins.
	factTime value.Code = "fact.time"
	// factField refuses a field that the kind does not take, and a missing or invalid one.
	factField value.Code = "fact.field"

	kindUnknown   value.Code = "task.kind"      // refuses a name that is no kind of task
	playbookEmpty value.Code = "playbook.empty" // refuses a playbook without stages, and too many stages or tasks
	playbookGate  value.Code = "playbook.gate"  // refuses a gate that nothing can open, or that nothing asks for
	// playbookCovers refuses to cover an unknown task, and to cover a task twice.
	playbookCovers value.Code = "playbook.covers"
	playbookStages value.Code = "playbook.stages" // refuses stages that differ from those of the related playbooks
)
