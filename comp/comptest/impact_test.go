package comptest

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
)

// Package impact compares the same policies in another way, over a stream; both find
// the same differences. Where a period has a history they may not name all the same
// fields; they agree on one of them at least.
func TestChangeAgreesWithImpact(t *testing.T) {
	for _, under := range comp.Models() {
		before, bookings := everything().Under(under), busy(under)
		all := edits(before)
		for i, one := range all {
			middle, ok := one.of(before)
			if !ok {
				continue
			}
			two := all[(i+7)%len(all)]
			after, ok := two.of(middle)
			if !ok {
				continue
			}
			ours, theirs := differencesOf(t, before, after, bookings), byImpact(t, before, after, bookings)
			if len(ours) != len(theirs) {
				t.Errorf("%v, %s and %s: %d differences, impact has %d", under, one.name, two.name, len(ours), len(theirs))
			}
			for key, d := range ours {
				same, ok := theirs[key]
				if !ok || !sameGot(d.before, gotOf(same.Before)) || !sameGot(d.after, gotOf(same.After)) {
					t.Fatalf("%v, %s and %s, %s: %v to %v, impact has %v to %v", under, one.name, two.name, key, d.before, d.after, same.Before, same.After)
				}
				if !slices.ContainsFunc(same.Causes, d.blames) {
					t.Fatalf("%v, %s and %s, %s: put down to %v, by impact to %v", under, one.name, two.name, key, d.edits, same.Causes)
				}
			}
		}
	}
}

// byImpact returns the differences that impact finds, by event and payee.
func byImpact(t *testing.T, before, after comp.Policy, bookings Bookings) map[string]impact.Difference {
	t.Helper()
	one, err := comp.Compile(before)
	if err != nil {
		t.Fatal(err)
	}
	two, err := comp.Compile(after)
	if err != nil {
		t.Fatal(err)
	}
	var back []impact.Movement
	for _, r := range bookings.Reversals {
		back = append(back, impact.Movement{Of: r.Of, Movement: comp.Movement{ID: r.ID, Amount: r.Amount, On: r.On}})
	}
	all := map[string]impact.Difference{}
	keep := impact.Rows(func(row impact.Row) error {
		for _, d := range row.Differences {
			if !d.Changed() {
				continue
			}
			all[d.Booking+" "+d.Rep] = d
		}
		return nil
	})
	if _, err := impact.Compare(one, two, bookings.Deals, impact.Reversals(back...), keep); err != nil {
		t.Fatal(err)
	}
	return all
}

func gotOf(a impact.Amounts) got { return got{a.QuotaCredit, a.Influenced, a.Commission} }
