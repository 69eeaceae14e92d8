// Package whatif answers what other terms of pay would have given one party for deals that were won. Answer is a pure
// function: the server of the portal calls it, and so does the page, where it is compiled to WebAssembly.
//
// A question has only what that party may read: the bookings of its own views, without anybody else's payees. No other
// company's people reach the page, under any name, so nothing of theirs can be in a line, a total or a ratio.
package whatif

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Question is what the page downloads.
type Question struct {
	Policy comp.Policy `json:"policy"` // today's terms, without the rate tables and quotas of others
	Deals  []Deal      `json:"deals"`  // that were won
}

// Deal is a deal that was won, as the party may read it.
type Deal struct {
	Engagement model.Engagement `json:"engagement,omitzero"` // from which the roles follow under each policy
	Booking    comp.Booking     `json:"booking"`
}

// New returns a question about deals. Of the policy it keeps the rate tables and quotas of the payees of the deals, for
// the others say what somebody else is paid. Roles that were derived are left out: each policy derives its own.
func New(policy comp.Policy, deals []Deal) Question {
	policy, deals = policy.Under(policy.Model), slices.Clone(deals) // copies
	tables, reps := map[comp.TableID]bool{}, map[string]bool{}
	for i := range deals {
		payees := slices.Clone(deals[i].Booking.Payees)
		for j := range payees {
			p := &payees[j]
			reps[p.Rep], tables[p.Table] = true, true
			for _, id := range p.AddedTables {
				tables[id] = true
			}
			if p.Derived {
				p.Role, p.Derived = 0, false
			}
		}
		deals[i].Booking.Payees = payees
	}
	maps.DeleteFunc(policy.Rates.Tables, func(id comp.TableID, _ comp.RateTable) bool { return !tables[id] })
	maps.DeleteFunc(policy.Rates.Quotas, func(rep string, _ map[value.Date]value.Money) bool { return !reps[rep] })
	return Question{policy, deals}
}
