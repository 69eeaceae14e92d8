package comptest

import (
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
)

func viaImpact(t *testing.T, before, after comp.Policy, bookings Bookings) map[string]difference {
	t.Helper()
	one, err := comp.Compile(before)
	if err != nil {
		t.Fatal(err)
	}
	two, err := comp.Compile(after)
	if err != nil {
		t.Fatal(err)
	}
	var moves []impact.Movement
	for _, r := range bookings.Reversals {
		moves = append(moves, impact.Movement{Of: r.Of, Movement: comp.Movement{ID: r.ID, Amount: r.Amount, On: r.On}})
	}
	all := map[string]difference{}
	if _, err := impact.Compare(one, two, bookings.Deals, impact.Reversals(moves...), impact.Rows(func(r impact.Row) error {
		for _, d := range r.Differences {
			if d.Changed() {
				x := difference{deal: d.Booking, day: d.Date, payee: d.Rep, party: d.Party,
					before: got{d.Before.QuotaCredit, d.Before.Influenced, d.Before.Commission}, after: got{d.After.QuotaCredit, d.After.Influenced, d.After.Commission}}
				for _, c := range d.Causes {
					x.edits = append(x.edits, c)
				}
				all[d.Booking+" "+d.Rep] = x
			}
		}
		return nil
	})); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestImpactAgrees(t *testing.T) {
	for _, under := range comp.Models() {
		before, bookings := everything().Under(under), busy(under)
		all := edits(before)
		bad, same, pairs := 0, 0, 0
		alone := map[string]map[string]difference{}
		for _, e := range all {
			if after, ok := e.of(before); ok {
				for _, change := range comp.Diff(before, after) {
					alone[change.Path] = viaImpact(t, before, after, bookings)
				}
			}
		}
		for i, one := range all {
			for _, two := range all[i+1:] {
				middle, ok := one.of(before)
				if !ok {
					continue
				}
				after, ok := two.of(middle)
				if !ok {
					continue
				}
				mine, theirs := differencesOf(t, before, after, bookings), viaImpact(t, before, after, bookings)
				pairs++
				if len(mine) != len(theirs) {
					t.Errorf("%v %s %s: %d and %d differences", under, one.name, two.name, len(mine), len(theirs))
				}
				for key, m := range mine {
					th := theirs[key]
					if !sameGot(m.before, th.before) || !sameGot(m.after, th.after) {
						t.Errorf("%v %s %s %s: %v %v", under, one.name, two.name, key, m, th)
					}
					if len(th.edits) == 0 {
						t.Errorf("no cause: %v %s %s %s", under, one.name, two.name, key)
					}
					if len(th.edits) == 1 {
						same++
						if a, ok := alone[th.edits[0].Path][key]; !ok || !sameGot(a.after, th.after) {
							if bad++; bad < 6 {
								t.Errorf("%v %s and %s: %s put down to %v alone; gets %v, alone %v", under, one.name, two.name, key, th.edits, th.after, a.after)
							}
						}
					}
				}
			}
		}
		t.Log(under, pairs, same, bad)
	}
}
