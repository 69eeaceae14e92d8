package comp_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
)

// TierSpan and TierParts of a line agree. Run.Check returns the error of Run.Statement and
// leaves the run unchanged.
func TestTierSpanIsThatOfTheTierPartsAndCheckIsThatOfStatement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		p := newPlayer(t, policy)
		for _, step := range anyHistory(t, policy) {
			if step.booking.ID == "" {
				p.play(t, step)
				continue
			}
			again := step.booking
			if rapid.IntRange(0, 5).Draw(t, "spoilt") == 0 {
				again.ID = ""
			}
			before := fmt.Sprint(p.run.Attained("ana"))
			refused := p.run.Check(&again)
			if fmt.Sprint(p.run.Attained("ana")) != before {
				t.Fatal("looking ahead booked something")
			}
			if (refused == nil) != (again.ID != "") {
				t.Fatalf("%q: %v", again.ID, refused)
			}
			p.play(t, step)
			if p.run.Check(&step.booking) == nil {
				t.Fatal("a booking may come twice")
			}
		}
		for _, s := range p.all {
			for _, l := range s.Lines {
				if s.Kind != comp.Reversed {
					checkTierSpan(t, p.plan, l)
				}
			}
		}
	})
}

func TestNeedsRunAndNeedsClosing(t *testing.T) {
	floor := rateTable(comp.DealAmount, comp.Marginal, "0:5%")
	floor.PeriodFloor = usd("10")
	for _, c := range []struct {
		name         string
		policy       comp.Policy
		run, closing bool
	}{
		{"flat rates", comp.DefaultPolicy(), false, false},
		{"by deal", withTable(rateTable(comp.DealAmount, comp.Marginal, "0:5%")), false, false},
		{"by period", withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%")), true, false},
		{"with a floor", withTable(floor), true, true},
	} {
		plan := compile(t, c.policy)
		if plan.NeedsRun() != c.run || plan.NeedsClosing() != c.closing {
			t.Errorf("%s: needs a run: %t, a closing: %t", c.name, plan.NeedsRun(), plan.NeedsClosing())
		}
	}
}

func checkTierSpan(t rapid.TB, plan *comp.Plan, l comp.Line) {
	t.Helper()
	lowest, highest, ok := plan.TierSpan(&l)
	if ok != (l.Table != "" && l.Credited != comp.AsFloor) {
		t.Fatalf("%+v: a tier: %t", l, ok)
	}
	if !ok {
		return
	}
	tiers := plan.Policy().Rates.Tables[l.Table].Tiers
	if l.Credited == comp.AsTrueUp {
		if lowest != highest || tiers[lowest].Rate != l.Rate {
			t.Fatalf("true-up %+v by tiers %d to %d", l, lowest, highest)
		}
		return
	}
	parts, err := plan.TierParts(l)
	if err != nil {
		t.Fatal(err)
	}
	if parts[0].Tier != tiers[lowest] || parts[len(parts)-1].Tier != tiers[highest] || len(parts) != highest-lowest+1 {
		t.Fatalf("%+v: tiers %d to %d, and parts %v", l, lowest, highest, parts)
	}
}
