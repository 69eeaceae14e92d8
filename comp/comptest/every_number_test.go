package comptest

import (
	"testing"

	"github.com/coselling/coselling/comp"
)

func TestEveryNumberCounts(t *testing.T) {
	passes(t, func(t testing.TB) {
		EveryNumberCounts(t, comp.DefaultPolicy(), year(), "origination.influenced")
	})
	passes(t, func(t testing.TB) { // 100% can only be moved down
		EveryNumberCounts(t, changed(func(p *comp.Policy) { p.RoleBased.Contributions[comp.CoSelling] = pct("100%") }),
			year(), "origination.influenced")
	})
	few := Bookings{Deals: year().Deals[1:3]}
	fails(t, "number/idle", func(t testing.TB) { EveryNumberCounts(t, comp.DefaultPolicy(), few) })
	fails(t, "number/listed but counts", func(t testing.TB) {
		EveryNumberCounts(t, comp.DefaultPolicy(), year(), "origination.influenced",
			"role_based.contributions.true_co_sell", "role_based.contributions.demo")
	})
	fails(t, "number/no policy", func(t testing.TB) { EveryNumberCounts(t, comp.Policy{}, year()) })
}

// The numbers are all of those in the policy's text, so that a new one cannot be missing.
func TestNumbersAreComplete(t *testing.T) {
	policy := everything()
	table := policy.Rates.Tables["period"]
	table.DealFloor = usd("1.00")
	policy.Rates.Tables["period"] = table
	listed := map[string]bool{}
	all, _ := numbers(policy)
	for _, n := range all {
		listed[n.path] = true
		if _, ok := n.movedBy(policy, 1); !ok {
			t.Errorf("%s cannot be moved", n.path)
		}
	}
	for _, field := range editsOf(comp.Policy{}, policy) {
		if number := field.After[0] >= '0' && field.After[0] <= '9'; number && !listed[field.Path] {
			t.Errorf("%s, %s, is not listed", field.Path, field.After)
		}
		delete(listed, field.Path)
	}
	for path := range listed {
		t.Errorf("%s is no field of the policy", path)
	}
}
