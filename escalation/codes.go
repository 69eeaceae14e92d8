package escalation

import "github.com/coselling/coselling/value"

// Codes of the rules of escalation.
const (
	// RepRule: level 1 is for the lead reps of both sides, without management.
	RepRule value.Code = "esc.rep"
	// ManagerRule: level 2 is for the sales managers of both companies.
	ManagerRule value.Code = "esc.manager"
	// ExecutiveRule: level 3 is for an executive of each company.
	ExecutiveRule value.Code = "esc.executive"
	// DealDeskLegalRule: level 4 is for deal desk and legal of both companies. A case gets
	// there by its kind, never by time.
	DealDeskLegalRule value.Code = "esc.deal_desk_legal"
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
	// LevelUnknown refuses an unknown level.
	LevelUnknown value.Code = "esc.level.unknown"
	// FunctionUnknown refuses an unknown function of a person.
	FunctionUnknown value.Code = "esc.function.unknown"
	// ActUnknown refuses an unknown act.
	ActUnknown value.Code = "esc.act.unknown"
	// TermFormat refuses a malformed term.
	TermFormat value.Code = "esc.term.format"
	// TermRange refuses a term of less than 1 or more than 10,000 units.
	TermRange value.Code = "esc.term.range"
	// PolicyReach refuses a level to which time may not move a case.
	PolicyReach value.Code = "esc.policy.reach"

	// RosterPerson refuses a person without a name, with one that is too long, or who is listed twice.
	RosterPerson value.Code = "esc.roster.person"
	// RosterTwoSides refuses a person who is listed on both sides.
	RosterTwoSides value.Code = "esc.roster.two_sides"
	// RosterAbsence refuses an absence of a person who is not on the roster, without its
	// days, or with days in the wrong order.
	RosterAbsence value.Code = "esc.roster.absence"
	// RosterOverlap refuses two absences of one person on one day.
	RosterOverlap value.Code = "esc.roster.overlap"
	// RosterStandIn refuses a stand-in who is not another person of the same side on the roster.
	RosterStandIn value.Code = "esc.roster.stand_in"

	// KindID refuses a kind that is not written like an identifier.
	KindID value.Code = "esc.kind.id"
	// KindUnknown refuses a blocker of a kind that the policy does not route.
	KindUnknown value.Code = "esc.kind.unknown"
	// DealID refuses a deal without an id, or with one that is too long.
	DealID value.Code = "esc.deal.id"
	// DealLead refuses a missing lead rep where level 1 needs one, and a person who is on the
	// roster, but not as a rep of the side.
	DealLead value.Code = "esc.deal.lead"
	// DealExecutive refuses executives without the instant at which both were named, or one person for both sides.
	DealExecutive value.Code = "esc.deal.executive"
	// DealAmount refuses an amount without the instant from which on it is known.
	DealAmount value.Code = "esc.deal.amount"
	// Instant refuses a missing instant, or one outside the years 1 to 9999.
	Instant value.Code = "esc.instant"
	// Future refuses a blocker that is raised after the instant of the question.
	Future value.Code = "esc.future"

	// EventBy refuses an event without a person, or of a person outside the two companies.
	EventBy value.Code = "esc.event.by"
	// EventNote refuses a note that is too long or not UTF-8.
	EventNote value.Code = "esc.event.note"
	// CaseOrder refuses an event before the last one of its case.
	CaseOrder value.Code = "esc.case.order"
	// CaseClosed refuses an event on a case that is not open.
	CaseClosed value.Code = "esc.case.closed"
	// CaseOther refuses the zero case, and a case of another deal or kind.
	CaseOther value.Code = "esc.case.other"
	// CaseTwice refuses two open cases of one deal and kind.
	CaseTwice value.Code = "esc.case.twice"
	// CaseSteps refuses a history that no case can have, or more than 2,000 steps.
	CaseSteps value.Code = "esc.case.steps"
)
