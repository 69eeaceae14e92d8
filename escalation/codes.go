package escalation

import "github.com/coselling/coselling/value"

// Codes of the rules that this package decides (SPEC section 7).
const (
	// RepRule: level 1, the lead reps of both sides, no management.
	RepRule value.Code = "esc.rep"
	// ManagerRule: level 2, the sales managers of both companies.
	ManagerRule value.Code = "esc.manager"
	// ExecutiveRule: level 3, an executive of each company.
	ExecutiveRule value.Code = "esc.executive"
	// DealDeskLegalRule: level 4, deal desk and legal of both companies, reached by kind and never by time.
	DealDeskLegalRule value.Code = "esc.deal_desk_legal"
	// TotalRule: every kind of blocker routes to exactly one level; as an error, a kind that has none.
	TotalRule value.Code = "esc.total"
	// RespondRule: somebody acknowledges within the level's term.
	RespondRule value.Code = "esc.respond"
	// TimeoutRule: a case unresolved for its level's term moves up, or its people are notified again.
	TimeoutRule value.Code = "esc.timeout"
	// DetectRule: the facts of a deal show a blocker, or that one is over.
	DetectRule value.Code = "esc.detect"
	// RosterRule: both sides have somebody on duty for every function on every day; as an error, a hole.
	RosterRule value.Code = "esc.roster"
)

// Codes of bad input that this package refuses.
const (
	// LevelUnknown refuses a name that is no level.
	LevelUnknown value.Code = "esc.level.unknown"
	// FunctionUnknown refuses a name that is no function of a person.
	FunctionUnknown value.Code = "esc.function.unknown"
	// ActUnknown refuses a name that is no act in the life of a case.
	ActUnknown value.Code = "esc.act.unknown"
	// TermFormat refuses text that is no term.
	TermFormat value.Code = "esc.term.format"
	// TermRange refuses a term of less than 1 or more than 10,000 units.
	TermRange value.Code = "esc.term.range"
	// PolicyReach refuses a level to which time may not move a case.
	PolicyReach value.Code = "esc.policy.reach"

	// RosterPerson refuses a person without a name, with one too long, or named twice.
	RosterPerson value.Code = "esc.roster.person"
	// RosterTwoSides refuses one person who stands on both sides.
	RosterTwoSides value.Code = "esc.roster.two_sides"
	// RosterAbsence refuses an absence of nobody on the roster, without its days, or with its days in the wrong order.
	RosterAbsence value.Code = "esc.roster.absence"
	// RosterOverlap refuses two absences of one person on one day.
	RosterOverlap value.Code = "esc.roster.overlap"
	// RosterStandIn refuses a stand-in who is not another person of the same side of the roster.
	RosterStandIn value.Code = "esc.roster.stand_in"

	// KindID refuses a blocker kind that is no identifier.
	KindID value.Code = "esc.kind.id"
	// KindUnknown refuses a blocker of a kind that the policy does not route.
	KindUnknown value.Code = "esc.kind.unknown"
	// DealID refuses a deal without an id, or with one too long.
	DealID value.Code = "esc.deal.id"
	// DealLead refuses a missing lead rep where level 1 needs one, and one whom the roster knows otherwise.
	DealLead value.Code = "esc.deal.lead"
	// DealExecutive refuses executives without the instant at which both were named, or one person for both sides.
	DealExecutive value.Code = "esc.deal.executive"
	// DealAmount refuses an amount without the instant since which it stands.
	DealAmount value.Code = "esc.deal.amount"
	// Instant refuses a missing instant, or one outside the years 1 to 9999.
	Instant value.Code = "esc.instant"
	// Future refuses a blocker that is raised after the instant asked about.
	Future value.Code = "esc.future"

	// EventBy refuses an event of nobody, or of somebody outside the two companies.
	EventBy value.Code = "esc.event.by"
	// EventNote refuses a note that is too long or not UTF-8.
	EventNote value.Code = "esc.event.note"
	// CaseOrder refuses an event before the last one of its case.
	CaseOrder value.Code = "esc.case.order"
	// CaseClosed refuses an event on a case that is not open.
	CaseClosed value.Code = "esc.case.closed"
	// CaseOther refuses a case of another deal or kind than the one asked about.
	CaseOther value.Code = "esc.case.other"
	// CaseTwice refuses two open cases of one deal and kind.
	CaseTwice value.Code = "esc.case.twice"
	// CaseSteps refuses a history that no case can have, or one that is too long.
	CaseSteps value.Code = "esc.case.steps"
)
