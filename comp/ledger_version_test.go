package comp_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// inVersions returns a ledger in which two policies are in force, the second one from a day on.
func inVersions(t *testing.T, first, second comp.Policy, from string, bookings []comp.Booking, moves ...comp.Movement) *comp.Ledger {
	t.Helper()
	one, two, day := compile(t, first), compile(t, second), value.MustDate(from)
	l, err := comp.NewLedger(func(on value.Date) (*comp.Plan, error) {
		if on.Before(day) {
			return one, nil
		}
		return two, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add(bookings, moves); err != nil {
		t.Fatal(err)
	}
	return l
}

func withFloor(floor, rates string) comp.Policy {
	table := rateTable(comp.PeriodAmount, comp.Marginal, rates)
	table.PeriodFloor = usd(floor)
	return withTable(table)
}

// comp.floor: a deal of an earlier policy version that is reversed in a period does not take the period's floor away.
func TestAReversalOfAnEarlierVersionLeavesTheFloor(t *testing.T) {
	l := inVersions(t, marginal(), withFloor("500", "0:5%"), "2027-01-01",
		[]comp.Booking{booked("D1", "1000", "2026-10-05"), booked("D2", "1000", "2027-01-05"), booked("D3", "1000", "2027-04-05")},
		moveOf(comp.Reversed, "R", "D1", "2027-02-01", "100"))
	wantLedger(t, l, "D1 10-05 50.00, D2 01-05 50.00, R 02-01 -5.00, floors of USD from 2027-01-01 03-31 450.00, D3 04-05 50.00")
}

// A correction inside a quarter leaves two versions of one table. The last one pays the floor, a late deal does not pay
// that of the other, and the differences of both are one line, for a line has one id.
func TestALateDealAmongTwoVersionsOfATable(t *testing.T) {
	l := inVersions(t, withFloor("500", "0:5%"), withFloor("500", "0:6%"), "2026-11-01",
		[]comp.Booking{booked("D1", "1000", "2026-10-05"), booked("D2", "1000", "2026-11-05")})
	if err := l.Close(value.MustDate("2026-12-31"), closedLines(statementsOf(l))...); err != nil {
		t.Fatal(err)
	}
	if err := l.Add([]comp.Booking{booked("D0", "10", "2026-11-02")}, nil); err != nil {
		t.Fatal(err)
	}
	wantLedger(t, l, "D1 10-05 50.00, D2 11-05 60.00, floors of USD from 2026-10-01 12-31 440.00, D0 01-01 0.60 -0.60")

	rates := rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 1000:10%")
	other := rateTable(comp.PeriodAmount, comp.Marginal, "0:6% 1000:12%")
	l = inVersions(t, withTable(rates), withTable(other), "2026-11-01",
		[]comp.Booking{booked("D1", "400", "2026-10-05"), booked("D2", "500", "2026-11-05")})
	if err := l.Close(value.MustDate("2026-12-31"), closedLines(statementsOf(l))...); err != nil {
		t.Fatal(err)
	}
	// Behind D0 of 700 on 1 October D1 is 15 + 10, which is 5 more, and D2 is 60, which is 30 more.
	if err := l.Add([]comp.Booking{booked("D0", "700", "2026-10-01")}, nil); err != nil {
		t.Fatal(err)
	}
	wantLedger(t, l, "D1 10-05 20.00, D2 11-05 30.00, D0 01-01 35.00 35.00")
	seen := map[comp.LineID]bool{}
	for _, line := range closedLines(statementsOf(l)) {
		if seen[line.LineID] {
			t.Errorf("two lines are %+v", line.LineID)
		}
		seen[line.LineID] = true
	}
}

func closedLines(statements []comp.Statement) (lines []comp.ClosedLine) {
	for _, s := range statements {
		lines = append(lines, s.ClosedLines()...)
	}
	return lines
}

// A projection is the last of its day, whatever its id: it carries no difference of another deal.
func TestAProjectionIsTheLastOfItsDay(t *testing.T) {
	bookings := []comp.Booking{booked("D1", "900", "2026-10-05"), booked("D5", "300", "2026-11-20")}
	plan := compile(t, marginal())
	l, run := newLedger(t, marginal(), bookings), plan.Run()
	inRun(t, run, bookings...)
	for _, id := range []string{"D2", "D9"} {
		open := later(booked(id, "200", "2026-11-20"))
		open.Closed = value.Date{}
		for _, project := range []func(comp.Booking, value.Date) (comp.Statement, error){l.Project, run.Project} {
			s, err := project(open, won)
			if err != nil {
				t.Fatal(err)
			}
			wantCommissions(t, "20.00", s)
			if s.Deferred || new(comp.Totals).Add(s) != nil {
				t.Errorf("%+v", s)
			}
		}
	}
	open := booked("D5", "200", "2026-11-20")
	open.Closed = value.Date{}
	if _, err := run.Project(open, won); !errors.Is(err, value.Code("run.repeated")) {
		t.Errorf("a deal that was paid is projected: %v", err)
	}
}

// A closing that would leave no place to lines that stand is refused, so that every ledger can be written and read.
func TestAnEarlierPeriodIsClosedWithItsLines(t *testing.T) {
	l := newLedger(t, withFloor("500", "0:5%"), []comp.Booking{booked("D1", "1000", "2026-10-05"), booked("D2", "1000", "2027-01-05")})
	before, lines := marshalled(t, l), closedLines(statementsOf(l))
	if err := l.Close(value.MustDate("2027-03-31"), lines...); err != nil {
		t.Fatal(err)
	}
	closed := marshalled(t, l)
	wantError(t, l.Close(value.MustDate("2026-12-31")), "through: 2026-12-31 is closed with too few lines: others that stand would not be made; give those of this period too")
	if marshalled(t, l) != closed || closed == before {
		t.Error("a refused closing changes the ledger")
	}
	plans := func(value.Date) (*comp.Plan, error) { return compile(t, withFloor("500", "0:5%")), nil }
	if _, err := comp.ReadLedger(plans, strings.NewReader(closed)); err != nil {
		t.Error(err)
	}
}

// What falls due is added up in wider integers, and is an error beyond money.
func TestABalanceBeyondMoneyIsAnError(t *testing.T) {
	b := comp.Booking{ID: "B", Value: value.MustMoney("99999999999999.9999 CLF"), Closed: won, Deferred: true}
	for id := range strings.FieldsSeq("a b c d e f g h i j k l") {
		b.Payees = append(b.Payees, comp.Payee{Rep: id, Party: acme, Company: true, Rate: value.MustPercent("100%")})
	}
	balances, err := newLedger(t, under(comp.Split), []comp.Booking{b}).Balances()
	if balances != nil || !errors.Is(err, value.MoneyRange) || !strings.HasPrefix(err.Error(), `"B".due: `) {
		t.Errorf("%v %v", balances, err)
	}
}
