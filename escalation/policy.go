package escalation

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Policy is the agreement on escalation of two companies. Every field counts:
// nothing is defaulted later, so start from [DefaultPolicy]. The zero value is
// refused by [Compile].
type Policy struct {
	// Kinds is the routing table (esc.total): the level of each kind, at most
	// 1,000. The kinds that are detected must stand in it.
	Kinds map[Kind]Level `json:"kinds" wire:"needed,..1000,keys=like=word,each=set;code=esc.level.unknown"`
	// Respond is how soon somebody acknowledges a case (esc.respond), from entering
	// each of the four levels.
	Respond Terms `json:"respond" wire:"needed"`
	// Timeout is how long a case may stay unresolved (esc.timeout), from entering
	// each of the four levels. Then it moves up one level or, where time moves it no
	// further, its people are notified again, and again after each such term.
	Timeout Terms `json:"timeout" wire:"needed"`
	// Reach is the highest level to which time moves a case, for both sizes of a
	// playbook: rep (time moves nothing), manager or executive.
	Reach Reach `json:"reach" wire:"needed"`
	// ReopenWithin is how long after its resolution the same blocker reopens a case.
	ReopenWithin Term `json:"reopen_within" wire:"needed,like=term"`
	// StalledAfter is how long a deal may stand without progress (esc.detect).
	StalledAfter Term `json:"stalled_after" wire:"needed,like=term"`
	// DarkAfter is how long an outbound contact may stay unanswered (esc.detect).
	DarkAfter Term `json:"dark_after" wire:"needed,like=term"`
	// LargeFrom is the amount at which a deal is large (esc.detect); it is positive.
	LargeFrom value.Money `json:"large_from" wire:"needed,positive"`
}

// Terms is a term for each of the four levels. All are needed.
type Terms struct {
	Rep           Term `json:"rep" wire:"needed,like=term"`
	Manager       Term `json:"manager" wire:"needed,like=term"`
	Executive     Term `json:"executive" wire:"needed,like=term"`
	DealDeskLegal Term `json:"deal_desk_legal" wire:"needed,like=term"`
}

// of returns the term of a level.
func (t Terms) of(l Level) Term {
	return [...]Term{{}, t.Rep, t.Manager, t.Executive, t.DealDeskLegal}[l]
}

// Reach is the highest level to which time moves a case, for each size of a playbook:
// rep, manager or executive. Both are needed.
type Reach struct {
	Standard   Level `json:"standard" wire:"needed"`   // on the standard playbook
	Simplified Level `json:"simplified" wire:"needed"` // on the simplified playbook
}

// of returns the level for a size of a playbook.
func (r Reach) of(size model.PlaybookSize) Level {
	return [...]Level{0, r.Standard, r.Simplified}[size]
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
		Respond:      Terms{Rep: Hours(24), Manager: BusinessDays(1), Executive: BusinessDays(2), DealDeskLegal: BusinessDays(2)},
		Timeout:      Terms{Rep: BusinessDays(2), Manager: BusinessDays(5), Executive: BusinessDays(5), DealDeskLegal: BusinessDays(5)},
		Reach:        Reach{Standard: ExecutiveLevel, Simplified: ManagerLevel},
		ReopenWithin: Days(14),
		StalledAfter: Days(14),
		DarkAfter:    Days(10),
		LargeFrom:    value.MustMoney("250000.00 USD"),
	}
}
