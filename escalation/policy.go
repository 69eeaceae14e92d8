package escalation

import (
	"maps"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Policy is the agreement on escalation of two companies. Every field counts:
// nothing is defaulted later, so start from [DefaultPolicy]. The zero value is
// refused by [Compile].
type Policy struct {
	// Kinds is the routing table (esc.total): the level of each kind, at most
	// 1,000. The kinds that are detected must stand in it.
	Kinds map[Kind]Level
	// Respond is how soon somebody acknowledges a case (esc.respond), from entering
	// each of the four levels.
	Respond map[Level]Term
	// Timeout is how long a case may stay unresolved (esc.timeout), from entering
	// each of the four levels. Then it moves up one level or, where time moves it no
	// further, its people are notified again, and again after each such term.
	Timeout map[Level]Term
	// Reach is the highest level to which time moves a case, for both sizes of a
	// playbook: rep (time moves nothing), manager or executive.
	Reach map[model.PlaybookSize]Level
	// ReopenWithin is how long after its resolution the same blocker reopens a case.
	ReopenWithin Term
	// StalledAfter is how long a deal may stand without progress (esc.detect).
	StalledAfter Term
	// DarkAfter is how long an outbound contact may stay unanswered (esc.detect).
	DarkAfter Term
	// LargeFrom is the amount at which a deal is large (esc.detect); it is positive.
	LargeFrom value.Money
}

// DefaultPolicy returns a complete policy that the caller may change, with the
// numbers and the table of SPEC section 7.
func DefaultPolicy() Policy {
	return Policy{
		Kinds: map[Kind]Level{
			Scheduling: RepLevel, TechnicalQuestion: RepLevel, StandardObjection: RepLevel,
			DealStalled: ManagerLevel, ProspectDark: ManagerLevel, InternalCoordination: ManagerLevel,
			LargeDeal: ExecutiveLevel, ExecutiveRequest: ExecutiveLevel, StrategicOpportunity: ExecutiveLevel,
			PricingNegotiation: DealDeskLegalLevel, NonStandardTerms: DealDeskLegalLevel, ContractIssue: DealDeskLegalLevel,
		},
		Respond: map[Level]Term{
			RepLevel: Hours(24), ManagerLevel: BusinessDays(1), ExecutiveLevel: BusinessDays(2), DealDeskLegalLevel: BusinessDays(2),
		},
		Timeout: map[Level]Term{
			RepLevel: BusinessDays(2), ManagerLevel: BusinessDays(5), ExecutiveLevel: BusinessDays(5), DealDeskLegalLevel: BusinessDays(5),
		},
		Reach:        map[model.PlaybookSize]Level{model.Standard: ExecutiveLevel, model.Simplified: ManagerLevel},
		ReopenWithin: Days(14),
		StalledAfter: Days(14),
		DarkAfter:    Days(10),
		LargeFrom:    value.MustMoney("250000.00 USD"),
	}
}

func (p Policy) clone() Policy {
	p.Kinds = maps.Clone(p.Kinds)
	p.Respond = maps.Clone(p.Respond)
	p.Timeout = maps.Clone(p.Timeout)
	p.Reach = maps.Clone(p.Reach)
	return p
}
