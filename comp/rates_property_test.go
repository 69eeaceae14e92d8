package comp_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The pay of a rep does not depend on deals of other reps, so that parts of a stream can be
// computed separately.
func TestRepsDoNotDependOnOtherRepsDeals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		plan := compile(t, policy)
		all, alone := plan.Run(), plan.Run()
		of := func(s comp.Statement) []comp.Line {
			return slices.DeleteFunc(slices.Clone(s.Lines), func(l comp.Line) bool { return l.Payee != "ana" })
		}
		for i := range rapid.IntRange(1, 8).Draw(t, "deals") {
			b := anyDealOf(t, policy, fmt.Sprint("D", i), value.MustDate("2026-01-05"))
			s, err := all.Statement(b)
			if err != nil {
				t.Fatal(err)
			}
			if len(of(s)) == 0 {
				continue
			}
			if again, err := alone.Statement(b); err != nil || !slices.Equal(of(s), of(again)) {
				t.Fatalf("%v\n%v\n%v", err, of(s), of(again))
			}
		}
		if first, _ := alone.Period(); !first.IsZero() && all.Attained("ana") != alone.Attained("ana") {
			t.Fatal(all.Attained("ana"), alone.Attained("ana"))
		}
	})
}

// A marginal table pays a credit in one deal as in several deals, but for one rounding in
// each deal.
func TestMarginalTiersPayOneDealAsSeveral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable().Draw(t, "table")
		table.Measure, table.Method = comp.PeriodAmount, comp.Marginal
		table.DealFloor, table.DealCap, table.PeriodCap = value.Money{}, value.Money{}, value.Money{}
		for i := range table.Tiers { // replaces the bounds that were drawn
			table.Tiers[i].From, table.Tiers[i].To = comp.Bound{}, comp.Bound{}
			if i > 0 {
				table.Tiers[i].From.Amount = usd(fmt.Sprint(i * 7))
				table.Tiers[i-1].To = table.Tiers[i].From
			}
		}
		plan := compile(t, withTable(table))
		run, sum, paid := plan.Run(), int64(0), int64(0)
		count := rapid.IntRange(1, 6).Draw(t, "deals")
		for i := range count {
			b := booked(fmt.Sprint(i), "1", "2026-11-20")
			b.Value = anyMinor(1500).Draw(t, "value")
			paid += inRunRapid(t, run, b).Lines[0].Commission.Minor()
			sum += b.Value.Minor()
		}
		whole := booked("all", "1", "2026-11-20")
		whole.Value, _ = value.NewMoney(sum, usd("0").Currency())
		once := inRunRapid(t, plan.Run(), whole).Lines[0].Commission.Minor()
		if diff := once - paid; diff > int64(count) || diff < -int64(count) {
			t.Fatalf("%d deals pay %d, one pays %d", count, paid, once)
		}
	})
}

func inRunRapid(t *rapid.T, run *comp.Run, b comp.Booking) comp.Statement {
	s, err := run.Statement(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Instalments of a deal in several tiers pay parts of its exact commission.
func TestInstalmentsOfSeveralTiers(t *testing.T) {
	plan := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:4% 100:6%")))
	s := inRun(t, plan.Run(), booked("D", "200.05", "2026-11-20"))[0]
	s.Deferred = true
	d, err := plan.Payout(s)
	if err != nil {
		t.Fatal(err)
	}
	all := d.Statements
	for i, amount := range []string{"0.45", "100.00", "99.60"} {
		d = moved(t, d.Payout, moving(s, comp.Received, fmt.Sprint(i), "2026-11-20", amount))
		all = append(all, d.Statements...)
	}
	// 10.003 in all: 0.0225…, 5.0228… and the rest.
	wantCommissions(t, "0.00 0.02 5.00 4.98", all...)
	wrong := s
	wrong.Lines = slices.Clone(s.Lines)
	wrong.Lines[0].Start = usd("50")
	if _, err := plan.Payout(wrong); !errors.Is(err, value.Code("payout.of")) {
		t.Errorf("a line that starts elsewhere: %v", err)
	}
}

// Another party reads the same sentence for every table and every hold.
func TestOtherPartiesDoNotReadRates(t *testing.T) {
	l := comp.Line{Payee: "ana", Party: acme, Credited: comp.AsSeller, Base: usd("1"), Percent: value.MustPercent("100%"), Share: value.MustPercent("100%"), Rate: value.MustPercent("5%")}
	held := l
	held.Table, held.Held, held.Unheld = "secret", comp.ByDealCap, usd("7")
	if held.Why() != "100% of 1.00 USD as seller (comp.split) at 5% by table secret, 7.00 USD cut to the deal's cap (comp.cap)" {
		t.Error(held.Why())
	}
	for _, reader := range []model.Party{{}, us, model.PartnerOrg("other")} {
		if one, two := reader.View(l.Reason()).String(), reader.View(held.Reason()).String(); one != two || strings.Contains(two, "secret") {
			t.Errorf("%v reads %q and %q", reader, one, two)
		}
	}
}

func TestRateEnumsAreReadBack(t *testing.T) {
	for _, m := range []comp.Measure{comp.Attainment, comp.PeriodAmount, comp.DealAmount} {
		if back, err := named[comp.Measure](m.String()); back != m || err != nil {
			t.Errorf("%s: %v", m, err)
		}
	}
	for _, m := range []comp.Method{comp.Marginal, comp.Retroactive} {
		if back, err := named[comp.Method](m.String()); back != m || err != nil {
			t.Errorf("%s: %v", m, err)
		}
	}
	if comp.Held(0).String() != "" || comp.ByInstalments.String() != "instalments" || comp.Held(9).String() != "" {
		t.Error("names of what holds")
	}
	if b := (comp.Bound{Attainment: value.MustPercent("50%")}); b.String() != "50%" {
		t.Error(b)
	}
	if list, err := compile(t, under(comp.Split)).TierParts(comp.Line{Table: "none"}); list != nil || !errors.Is(err, value.Code("booking.table.unknown")) {
		t.Error(list, err)
	}
	if list, err := compile(t, under(comp.Split)).TierParts(comp.Line{}); list != nil || err != nil {
		t.Error(list, err)
	}
}
