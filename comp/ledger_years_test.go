package comp_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Five years of one rep, worked out by hand (comp.cumulative, comp.clawback, comp.true_up). Deal A is 1,000.01 at 7.5 %,
// paid as the customer pays; the T deals have a retroactive table of 5 %, from 1,000 on 10 %, with at most 90 a deal and 150 a quarter, and
// at least 60 a quarter; E1 is in euros at 3 %.
func TestFiveYearsByHand(t *testing.T) {
	table := rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%")
	table.DealCap, table.PeriodCap, table.PeriodFloor = usd("90"), usd("150"), usd("60")
	policy := withTable(table)
	a := later(flatDeal("1000.01", "7.5%"))
	a.ID, a.Closed = "A", value.MustDate("2026-01-10")
	e := flatDeal("1", "3%")
	e.ID, e.Value, e.Closed = "E1", value.MustMoney("333.33 EUR"), value.MustDate("2027-02-20")
	moves := []comp.Movement{
		moveOf(comp.Received, "A1", "A", "2025-12-20", "300"), // a deposit: kept until won
		moveOf(comp.Received, "A2", "A", "2026-02-01", "400.01"),
		moveOf(comp.Refunded, "A3", "A", "2026-02-03", "400.01"), // it bounced
		moveOf(comp.Received, "A4", "A", "2026-02-10", "400.01"),
		moveOf(comp.WrittenOff, "A5", "A", "2026-03-15", ""),    // the other 300
		moveOf(comp.Received, "A6", "A", "2027-06-01", "120"),   // of it, after all
		moveOf(comp.Refunded, "A7", "A", "2028-01-05", "20.01"), // 800 are received
		moveOf(comp.Reversed, "A8", "A", "2028-02-01", "250"),   // 750.01 are left, so 49.99 count as refunded
		moveOf(comp.Refunded, "A9", "A", "2028-02-01", "49.99"), // which uses them up
		moveOf(comp.Refunded, "B1", "A", "2028-03-01", "10"),
		moveOf(comp.Received, "B2", "A", "2029-01-01", ""), // these 10
		moveOf(comp.Reversed, "B3", "A", "2030-05-05", ""),
		moveOf(comp.Reversed, "R2", "T2", "2027-05-01", ""),
	}
	bookings := []comp.Booking{a, e, booked("T1", "600", "2027-01-10"), booked("T2", "500", "2027-02-10"),
		booked("T3", "900", "2027-03-10"), booked("T4", "200", "2027-04-10"), booked("T5", "100", "2027-05-02")}
	const (
		money = "A 01-10 0.00, A1 01-10 22.50, A2 02-01 30.00, A3 02-03 -30.00, A4 02-10 30.00, A5 03-15 0.00, "
		// T2 lifts T1 to 10 %, which is a true-up of 30; of the 90 of T3 the cap leaves 40.
		first = "T1 01-10 30.00, T2 02-10 50.00 30.00, E1 02-20 10.00 EUR, T3 03-10 40.00, "
		// Behind T0 the quarter pays 150 as before: its 15 less 15 of the others.
		late = "T0 04-01 15.00 -15.00, "
		// R2 takes its true-up back too. T5 is priced below zero, at 5 %; 45 fill the 15 of the quarter up to the floor.
		second = "T4 04-10 10.00, R2 05-01 -50.00 -30.00, T5 05-02 5.00, A6 06-01 9.00, floors of USD from 2027-04-01 06-30 45.00, "
		rest   = "A7 01-05 -1.50, A8 02-01 -3.75, A9 02-01 0.00, B1 03-01 -0.75, B2 01-01 0.75, B3 05-05 -56.25"
	)
	l := newLedger(t, policy, bookings)
	for _, m := range slices.Backward(moves[:5]) { // entered in another order; the sums fit at any time
		if m.Kind != comp.Refunded {
			continue
		}
		if err := l.Add(nil, []comp.Movement{m}); err == nil {
			t.Error("what was never received is refunded")
		}
	}
	if err := l.Add(nil, moves[6:]); err == nil {
		t.Error("a refund before its money is taken")
	}
	for _, part := range [][]comp.Movement{moves[:6], moves[6:]} {
		slices.Reverse(part)
		if err := l.Add(nil, part); err != nil {
			t.Fatal(err)
		}
	}
	wantLedger(t, l, money+first+second+rest)
	var lines []comp.ClosedLine
	for _, s := range statementsOf(l) {
		if !s.Date.After(value.MustDate("2027-03-31")) {
			lines = append(lines, s.ClosedLines()...)
		}
	}
	if err := l.Close(value.MustDate("2027-03-31"), lines...); err != nil {
		t.Fatal(err)
	}
	plans := func(value.Date) (*comp.Plan, error) { return compile(t, policy), nil }
	l, err := comp.ReadLedger(plans, strings.NewReader(marshalled(t, l)))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add([]comp.Booking{booked("T0", "300", "2027-01-05")}, nil); err != nil {
		t.Fatal(err)
	}
	wantLedger(t, l, money+first+late+second+rest)
	if paid := paidBy(l)["ana"]; paid != 140_00 { // 150 less the 80 of T2, 60, nothing of A; 10 of another currency
		t.Errorf("ana has %d", paid)
	}
}
