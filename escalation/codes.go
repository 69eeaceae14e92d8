package escalation

import "github.com/coselling/coselling/value"

// Codes of the rules of escalation.
const (
	// repRule: level 1 is for the lead reps of both sides, without management.
	repRule value.Code = "esc.rep"
	// managerRule: level 2 is for the sales managers of both companies.
	managerRule value.Code = "esc.manager"
	// executiveRule: level 3 is for an executive of each company.
	executiveRule value.Code = "esc.executive"
	// dealDeskLegalRule: level 4 is for deal desk and legal of both companies. A case gets
	// there by its kind, never by time.
	dealDeskLegalRule value.Code = "esc.deal_desk_legal"
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
	// levelUnknown refuses an unknown level.
	levelUnknown value.Code = "esc.level.unknown"
	// functionUnknown refuses an unknown function of a person.
	functionUnknown value.Code = "esc.function.unknown"
	// actUnknown refuses an unknown act.
	actUnknown value.Code = "esc.act.unknown"
	// termFormat refuses a malformed term.
	termFormat value.Code = "esc.term.format"
	// codeTermRange refuses a term of less than 1 or more than 10,000 units.
	codeTermRange value.Code = "esc.term.range"
	// policyReach refuses a level to which time may not move a case.
	policyReach value.Code = "esc.policy.reach"

	// rosterPerson refuses a person without a name, with one that is too long, or who is listed twice.
	rosterPerson value.Code = "esc.roster.person"
	// rosterTwoSides refuses a person who is listed on both sides.
	rosterTwoSides value.Code = "esc.roster.two_sides"
	// rosterAbsence refuses an absence of a person who is not on the roster, without its
	// days, or with days in the wrong order.
	rosterAbsence value.Code = "esc.roster.absence"
	// rosterOverlap refuses two absences of one person on one day.
	rosterOverlap value.Code = "esc.roster.overlap"
	// rosterStandIn refuses a stand-in who is not another person of the same side on the roster.
	rosterStandIn value.Code = "esc.roster.stand_in"

	// kindID refuses a kind that is not written like an identifier.
	kindID value.Code = "esc.kind.id"
	// KindUnknown refuses a blocker of a kind that the policy does not route.
	KindUnknown value.Code = "esc.kind.unknown"
	// dealID refuses a deal without an id, or with one that is too long.
	dealID value.Code = "esc.deal.id"
	// DealLead refuses a missing lead rep where level 1 needs one, and a person who is on the
	// roster, but not as a rep of the side.
	DealLead value.Code = "esc.deal.lead"
	// dealExecutive refuses executives without the instant at which both were named, or one person for both sides.
	dealExecutive value.Code = "esc.deal.executive"
	// dealAmount refuses an amount without the instant from which on it is known.
	dealAmount value.Code = "esc.deal.amount"
	// codeInstant refuses a missing instant, or one outside the years 1 to 9999.
	codeInstant value.Code = "esc.instant"
	// future refuses a blocker that is raised after the instant of the question.
	future value.Code = "esc.future"

	// eventBy refuses an event without a person, or of a person outside the two companies.
	eventBy value.Code = "esc.event.by"
	// eventNote refuses a note that is too long or not UTF-8.
	eventNote value.Code = "esc.event.note"
	// CaseOrder refuses an event before the last one of its case.
	CaseOrder value.Code = "esc.case.order"
	// CaseClosed refuses an event on a case that is not open.
	CaseClosed value.Code = "esc.case.closed"
	// caseOther refuses the zero case, and a case of another deal or kind.
	caseOther value.Code = "esc.case.other"
	// caseTwice refuses two open cases of one deal and kind.
	caseTwice value.Code = "esc.case.twice"
	// caseSteps refuses a history that no case can have, or more than 2,000 steps.
	caseSteps value.Code = "esc.case.steps"
)
