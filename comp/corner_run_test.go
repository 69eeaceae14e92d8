package comp_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// payoutOf begins the payout of a statement.
func payoutOf(t rapid.TB, plan *comp.Plan, s comp.Statement) comp.Payout {
	t.Helper()
	d, err := plan.Payout(s)
	if err != nil {
		t.Fatal(err)
	}
	return d.Payout
}

// moved applies movements that fit.
func moved(t rapid.TB, p comp.Payout, moves ...comp.Movement) comp.PayoutDecision {
	t.Helper()
	d, err := p.Move(moves...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// moving returns a movement of the deal of a statement; without an amount of all that is left.
func moving(s comp.Statement, kind comp.MovementKind, id, day, amount string) comp.Movement {
	m := comp.Movement{ID: id, Of: s.Booking, Kind: kind, On: value.MustDate(day)}
	if amount != "" {
		m.Amount = usd(amount)
	}
	return m
}

func reversing(s comp.Statement, id, day, amount string) comp.Movement {
	return moving(s, comp.Reversed, id, day, amount)
}

// takenBack reverses a whole statement in a run.
func takenBack(t *testing.T, run *comp.Run, plan *comp.Plan, s comp.Statement, id, day string) comp.Statement {
	t.Helper()
	payout := payoutOf(t, plan, s)
	back := moved(t, payout, reversing(s, id, day, ""))
	if err := run.Reverse(back.Payout, id); err != nil {
		t.Fatal(err)
	}
	return back.Statements[0]
}

// comp.cap: the period's cap holds true-ups too.
func TestCompCapOfAPeriodHoldsTrueUps(t *testing.T) {
	table := rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%")
	table.PeriodCap = usd("100")
	all := inRun(t, compile(t, withTable(table)).Run(), booked("D1", "800", "2026-10-05"), booked("D2", "400", "2026-10-06"), booked("D3", "10", "2026-10-07"))
	wantCommissions(t, "40.00 40.00 20.00 0.00", all...)
	if up := all[1].Lines[1]; up.Held != comp.ByPeriodCap || up.Unheld != usd("40") {
		t.Errorf("%s: held %s, unheld %s", up.Why(), up.Held, up.Unheld)
	}
}

// comp.clawback, comp.true_up: a tier that was lost by a reversal makes a true-up again
// when it is reached again, at once or after deals that were priced below it.
func TestTierThatIsReachedAgainIsPaidAgain(t *testing.T) {
	plan := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%")))
	for want, later := range map[string][]comp.Booking{
		"45.00 20.00 45.00 -20.00 -45.00 2.50 10.00 47.50": {booked("D3", "50", "2026-10-08"), booked("D4", "100", "2026-10-09")}, // 10 % of 1,050 in the end
		"45.00 20.00 45.00 -20.00 -45.00 10.00 45.00":      {booked("D3", "100", "2026-10-08")},                                   // 10 % of 1,000
	} {
		run := plan.Run()
		all := inRun(t, run, booked("D1", "900", "2026-10-05"), booked("D2", "200", "2026-10-06"))
		all = append(all, takenBack(t, run, plan, all[1], "R2", "2026-10-07"))
		wantCommissions(t, want, append(all, inRun(t, run, later...)...)...)
	}
}

// A run takes back only deals in its currency.
func TestRunRefusesAReversalInAnotherCurrency(t *testing.T) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"))
	plan := compile(t, policy)
	euros := booked("D1", "100", "2026-10-05")
	euros.Value = value.MustMoney("100.00 EUR")
	euros.Payees[0].Table, euros.Payees[0].Rate = "", value.MustPercent("5%")
	s, err := plan.Statement(euros)
	if err != nil {
		t.Fatal(err)
	}
	back := moved(t, payoutOf(t, plan, s), reversing(s, "R1", "2026-11-20", ""))
	run := plan.Run()
	inRun(t, run, booked("D2", "100", "2026-10-05"))
	if err := run.Reverse(back.Payout, "R1"); !errors.Is(err, comp.RunCurrency) {
		t.Errorf("%v", err)
	}
}

// comp.floor: the lines of a closing are ordered by party, id and table.
func TestLinesOfAClosingAreSorted(t *testing.T) {
	policy := floored("15")
	policy.Rates.Tables["base"] = policy.Rates.Tables[tableID]
	of := func(rep string, table comp.TableID) comp.Payee {
		p := comp.Payee{Rep: rep, Party: acme, Table: table}
		if rep == "al" {
			p.Party = us
		}
		return p
	}
	s := mustClose(t, compile(t, policy).Run(), "Q4", won, of("al", tableID), of("zoe", "base"), of("zoe", tableID), of("ana", tableID))
	var got []string
	for _, l := range s.Lines {
		got = append(got, l.Payee+" "+string(l.Table))
	}
	want := []string{"ana accelerator", "zoe accelerator", "zoe base", "al accelerator"}
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

// comp.conserve: the tier with the larger remainder gets the leftover minor unit of the
// commission.
func TestLargestRemainderOfTheTiersGetsTheLeftover(t *testing.T) {
	plan := compile(t, withTable(rateTable(comp.DealAmount, comp.Marginal, "0:10% 0.04:20%")))
	s, err := plan.Statement(booked("D1", "0.07", "2026-10-05"))
	if err != nil {
		t.Fatal(err)
	}
	parts, err := plan.TierParts(s.Lines[0])
	if err != nil || len(parts) != 2 || parts[0].Commission != usd("0") || parts[1].Commission != usd("0.01") {
		t.Errorf("%v of %s, %v", parts, s.Lines[0].Commission, err)
	}
}

// The end of a tier has the measure and the currency of the table.
func TestRefusesATierEndOfAnotherMeasureOrCurrency(t *testing.T) {
	for code, to := range map[value.Code]comp.Bound{
		"comp.tier.measure":  {Attainment: value.MustPercent("50%")},
		"comp.rate.currency": {Amount: value.MustMoney("1000.00 EUR")},
	} {
		table := rateTable(comp.DealAmount, comp.Marginal, "0:5% 1000:10%")
		table.Tiers[0].To = to
		if _, err := comp.Compile(withTable(table)); !errors.Is(err, code) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// The known tables are listed in order.
func TestErrorOfAnUnknownTableListsTheKnownOnesSorted(t *testing.T) {
	policy := withTable(rateTable(comp.DealAmount, comp.Marginal, "0:5%"))
	for _, id := range []comp.TableID{"b", "c", "d"} {
		policy.Rates.Tables[id] = policy.Rates.Tables[tableID]
	}
	b := booked("D1", "100", "2026-10-05")
	b.Payees[0].Table = "none"
	for range 20 {
		_, err := compile(t, policy).Statement(b)
		wantError(t, err, `booking.payees[0].table: "none" is not known; allowed are accelerator, b, c, d`)
	}
}
