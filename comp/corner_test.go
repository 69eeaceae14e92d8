package comp_test

import (
	"fmt"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// No tier priced a true-up or the line of a floor.
func TestTierPartsOfTrueUpsAndFloorsAreNil(t *testing.T) {
	retroactive := rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:8%")
	retroactive.PeriodFloor = usd("500")
	plan := compile(t, withTable(retroactive))
	run := plan.Run()
	all := inRun(t, run, booked("D1", "600", "2026-10-05"), booked("D2", "600", "2026-10-06"))
	closing, err := run.Close("C1", value.MustDate("2026-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	for as, l := range map[comp.Credited]comp.Line{comp.AsTrueUp: all[1].Lines[1], comp.AsFloor: closing.Lines[0]} {
		if parts, err := plan.TierParts(l); l.Credited != as || parts != nil || err != nil {
			t.Errorf("%s: %v, %v", l.Why(), parts, err)
		}
	}
}

// comp.conserve: the parts total the commission, also where a floor made all of it.
func TestTierPartsAtARateOfZero(t *testing.T) {
	table := rateTable(comp.DealAmount, comp.Marginal, "0:0% 1000:0%")
	table.DealFloor = usd("10")
	plan := compile(t, withTable(table))
	s, err := plan.Statement(booked("D1", "1500", "2026-10-05"))
	if err != nil {
		t.Fatal(err)
	}
	parts, err := plan.TierParts(s.Lines[0])
	if err != nil || len(parts) != 2 || parts[0].Commission != usd("0") || parts[1].Commission != usd("10") {
		t.Errorf("%v, %v", parts, err)
	}
}

// comp.conserve: the half with the odd unit says so, also where reps share it.
func TestHalfWithTheOddUnitSaysSo(t *testing.T) {
	for _, c := range []struct {
		amount string
		want   string
	}{{"1000.01", "[true false]"}, {"1000.00", "[false false]"}} {
		b := deal(rep("ana", acme), rep("bo", us))
		b.Value, b.Source = usd(c.amount), model.FromBoth
		s := statement(t, under(comp.Origination), b)
		if got := fmt.Sprint([]bool{s.Lines[0].Leftover, s.Lines[1].Leftover}); got != c.want {
			t.Errorf("%s: leftovers %s, want %s; %s", c.amount, got, c.want, lines(s))
		}
	}
}

// comp.clawback: a reversal of a raised commission also negates the commission before the
// floor.
func TestReversalNegatesTheUnheldCommission(t *testing.T) {
	table := rateTable(comp.DealAmount, comp.Marginal, "0:5%")
	table.DealFloor = usd("100")
	s := statement(t, withTable(table), booked("D1", "1000", "2026-10-05"))
	back, err := s.Reverse("R1", won)
	if err != nil {
		t.Fatal(err)
	}
	if l := back.Lines[0]; l.Commission != usd("-100") || l.Unheld != usd("-50") {
		t.Errorf("%s pays %s, unheld %s", l.Why(), l.Commission, l.Unheld)
	}
}

// comp.true_up: a table does not price influenced credit that pays no commission. So a
// reversal of such a deal does not change the true-up of a higher tier.
func TestReversalOfUnpaidInfluenceLeavesTrueUpsUnchanged(t *testing.T) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%")).Under(comp.Origination)
	policy.Origination.Influenced = value.MustPercent("50%")
	policy.Origination.InfluencedCountsTowardQuota, policy.Origination.InfluencedPaysCommission = true, false
	won := func(id, amount, day string, source model.Source) comp.Booking {
		b := booked(id, amount, day)
		b.Source = source
		return b
	}
	run := compile(t, policy).Run()
	all := inRun(t, run, won("D1", "800", "2026-10-05", model.FromPartner), won("D2", "300", "2026-10-06", model.FromVendor))
	takenBack(t, run, compile(t, policy), all[1], "R2", "2026-10-07")
	all = append(all, inRun(t, run, won("D3", "200", "2026-10-08", model.FromPartner))...)
	wantCommissions(t, "40.00 0.00 20.00 40.00", all...) // 10 % of 1,000 in the end
}

// A quota in another currency than the run has no attainment.
func TestAttainmentOfAQuotaInAnotherCurrencyIsUndefined(t *testing.T) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"), value.MustMoney("1000.00 EUR"))
	run := compile(t, policy).Run()
	inRun(t, run, booked("D1", "500", "2026-10-05"))
	if got := run.Attained("ana"); !got.IsZero() {
		t.Errorf("attained %s", got)
	}
}

// A line of a table of amounts has no quota, also where the rep has one.
func TestLineOfATableOfAmountsHasNoQuota(t *testing.T) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 1000:8%"), usd("1000"))
	s := inRun(t, compile(t, policy).Run(), booked("D1", "1500", "2026-10-05"))[0]
	if l := s.Lines[0]; !l.Quota.IsZero() {
		t.Errorf("%s by a quota of %s", l.Why(), l.Quota)
	}
}

// A plan needs a run, or a closing, where one of its tables does.
func TestPlanNeedsARunWhereOneOfManyTablesDoes(t *testing.T) {
	policy := withTable(rateTable(comp.DealAmount, comp.Marginal, "0:5%"))
	policy.Rates.Tables["sums"] = floored("10").Rates.Tables[tableID]
	for range 50 { // tables come in any order
		if plan := compile(t, policy); !plan.NeedsRun() || !plan.NeedsClosing() {
			t.Fatal("no run is needed, or no closing")
		}
	}
}
