package escalation

import "github.com/coselling/coselling/value"

// Codes of the rules of escalation.
const (
	// TotalRule: every kind of blocker routes to exactly one level. As an error it reports a kind without a level.
	TotalRule value.Code = "esc.total"
	// RespondRule: somebody acknowledges a case within the term of its level.
	RespondRule value.Code = "esc.respond"
	// TimeoutRule: a case that is unresolved for the term of its level moves up, or its people are notified again.
	TimeoutRule value.Code = "esc.timeout"
	// DetectRule: the facts of a deal show that there is a blocker, or that one is gone.
	DetectRule value.Code = "esc.detect"
	// RosterRule: both sides have somebody on duty for every function on every day. As an error it reports a gap.
	RosterRule value.Code = "esc.roster"
)

// Codes of bad input that this package refuses.
const (
	// rosterPerson refuses a person without a name, with one that is too long, or who is listed twice.
	rosterPerson value.Code = "esc.roster.person"
	// rosterAbsence refuses an absence of a person who is not on the roster, without its
	// days, or with days in the wrong order.
	rosterAbsence value.Code = "esc.roster.absence"
	// rosterStandIn refuses a stand-in who is not another person of the same side on the roster.
	rosterStandIn value.Code = "esc.roster.stand_in"

	// KindUnknown refuses a blocker of a kind that the policy does not route.
	KindUnknown value.Code = "esc.kind.unknown"
	// dealID refuses a deal without an id, or with one that is too long.
	dealID value.Code = "esc.deal.id"
	// DealLead refuses a missing lead rep where level 1 needs one, and a person who is on the
	// roster, but not as a rep of the side.
	DealLead value.Code = "esc.deal.lead"
	// dealExecutive refuses executives without the instant at which both were named, or one person for both sides.
	dealExecutive value.Code = "esc.deal.executive"

	// eventBy refuses an event without a person, or of a person outside the two companies.
	eventBy value.Code = "esc.event.by"
	// CaseOrder refuses an event before the last one of its case.
	CaseOrder value.Code = "esc.case.order"
	// CaseClosed refuses an event on a case that is not open.
	CaseClosed value.Code = "esc.case.closed"
	// caseOther refuses the zero case, and a case of another deal or kind.
	caseOther value.Code = "esc.case.other"
	// caseSteps refuses a history that no case can have, or more than 2,000 steps.
	caseSteps value.Code = "esc.case.steps"
)
