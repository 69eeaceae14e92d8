package comp_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func floored(floor string) comp.Policy {
	table := rateTable(comp.PeriodAmount, comp.Marginal, "0:5%")
	table.PeriodFloor = usd(floor)
	return withTable(table)
}

func TestClosingPaysTheRestUpToTheFloor(t *testing.T) {
	plan := compile(t, floored("15"))
	run := plan.Run()
	inRun(t, run, booked("D1", "100", "2026-11-20"))
	zoe := comp.Payee{Rep: "zoe", Party: us, Table: tableID}
	s := mustClose(t, run, "Q4", value.MustDate("2026-10-01"), zoe, tabled("ana"))
	wantRows(t, s, "ana 0.00 0.00 10.00", "zoe 0.00 0.00 15.00")
	if s.Date.String() != "2026-12-31" || s.Period.String() != "2026-10-01" || s.Booking != "Q4" || s.Value != usd("0") {
		t.Errorf("%+v", s)
	}
	if l := s.Lines[0]; l.Why() != "100% of 10.00 USD as floor of the period (comp.floor) at 100% by table accelerator" || l.Start != usd("100") {
		t.Errorf("%s, %+v", l.Why(), l)
	}
	var totals comp.Totals
	if err := totals.Add(s); err != nil {
		t.Fatal(err)
	}
	if deals, reversals := totals.Deals(); deals != 0 || reversals != 0 {
		t.Errorf("%d deals, %d reversals", deals, reversals)
	}
	// A closed quarter stays closed, and a quarter without bookings can be closed.
	for _, c := range []struct {
		code value.Code
		id   string
		day  string
		owed []comp.Payee
		want []string
	}{
		{comp.RunPeriod, "again", "2026-12-31", nil, []string{`closing.day: "2026-12-31" is before the last event of the run, 2026-12-31`}},
		{comp.RunOrder, "again", "2026-10-01", nil, []string{`closing.day: "2026-10-01" is before the last event of the run, 2026-12-31`}},
		{comp.BookingID, "", "2027-01-01", nil, []string{"closing.id: nothing is no id; give 1 to 256 bytes"}},
		{comp.RunPeriod, "x", "", nil, []string{`closing.day: nothing is no day of the period to be closed`}},
		{value.Code("booking.table.unknown"), "x", "2027-01-01", []comp.Payee{{Rep: "", Table: "none"}}, []string{
			"closing.owed[0].rep: nothing is no id; give 1 to 256 bytes", `closing.owed[0].table: "none" is not known; allowed are accelerator`, "closing.owed[0].party.side: nothing is given; allowed are partner, vendor"}},
		{comp.RepTwoParties, "x", "2027-01-01", []comp.Payee{{Rep: "zoe", Party: acme, Table: tableID}}, []string{`closing.owed[0].rep: "zoe" is a rep of "vendor us" and of "partner acme"; an id stands for one person`}},
	} {
		var day value.Date
		if c.day != "" {
			day = value.MustDate(c.day)
		}
		_, err := run.Close(c.id, day, c.owed...)
		if !errors.Is(err, c.code) {
			t.Errorf("%s: %v", c.code, err)
		}
		if c.day != "2026-12-31" {
			wantError(t, err, c.want...)
		}
	}
	if _, err := run.Statement(booked("D2", "100", "2026-12-31")); !errors.Is(err, comp.RunPeriod) {
		t.Error(err)
	}
	wantRows(t, mustClose(t, run, "Q1", value.MustDate("2027-02-01"), zoe), "zoe 0.00 0.00 15.00")
	wantCommissions(t, "5.00", inRun(t, run, booked("D3", "100", "2027-04-01"))...)
	if _, err := run.Close("Q3", value.MustDate("2027-07-01")); !errors.Is(err, comp.RunPeriod) {
		t.Errorf("a quarter is left open: %v", err)
	}
	wantRows(t, mustClose(t, run, "Q2", value.MustDate("2027-04-01")), "ana 0.00 0.00 10.00")
}

// Without floors, a later booking opens its period without a closing.
func TestPeriodsOpenThemselvesWithoutFloors(t *testing.T) {
	run := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 100:10%"))).Run()
	wantCommissions(t, "5.00 10.00 5.00", inRun(t, run, booked("D1", "100", "2026-11-20"), booked("D2", "100", "2026-12-31"), booked("D3", "100", "2028-01-01"))...)
	if s := mustClose(t, run, "Q", value.MustDate("2028-03-31")); len(s.Lines) != 0 {
		t.Errorf("%+v", s)
	}
}

// A clone and its run do not change each other.
func TestCloneOfARunIsIndependent(t *testing.T) {
	run := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 200:10%"))).Run()
	inRun(t, run, booked("D1", "100", "2026-11-20"))
	ahead := run.Clone()
	wantCommissions(t, "10.00 5.00 20.00", inRun(t, ahead, booked("D2", "100", "2026-11-20"), booked("D3", "200", "2026-11-21"))...)
	wantCommissions(t, "2.50 2.50", inRun(t, run, booked("D2", "50", "2026-11-20"), booked("D3", "49.99", "2026-11-21"))...)
	wantCommissions(t, "0.00 10.00", inRun(t, run, booked("D4", "0.01", "2026-11-21"))...)
}

// A booking that is refused for its size leaves the run unchanged.
func TestRefusedBookingsLeaveTheRunUnchanged(t *testing.T) {
	run := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 200:10%"))).Run()
	inRun(t, run, booked("D1", "99999999999999.00", "2026-11-20"))
	_, err := run.Statement(booked("D2", "99999999999999.00", "2026-11-21"))
	if !errors.Is(err, value.MoneyRange) {
		t.Fatal(err)
	}
	wantCommissions(t, "0.10", inRun(t, run, booked("D2", "0.99", "2026-11-20"))...)
	run = compile(t, withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"))).Run()
	next := booked("D1", "1", "2026-11-20")
	next.Payees = append(next.Payees, tabled("ana"))
	if _, err := run.Statement(next); err == nil {
		t.Fatal("a rep stands twice")
	}
	if first, _ := run.Period(); !first.IsZero() {
		t.Errorf("the run is in %s", first)
	}
}

// The exact credit of a table must stay within the bounds of money, also after the
// reversal of a deal of an earlier quarter lowered the credit of the period.
func TestRefusesCreditOfATableAboveTheBoundOfMoney(t *testing.T) {
	plan := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 200:10%")))
	run := plan.Run()
	const most = "99999999999999.99"
	s := inRun(t, run, booked("D1", most, "2026-11-20"))[0]
	inRun(t, run, booked("D2", "50000000000000.00", "2027-01-20"))
	takenBack(t, run, plan, s, "R", "2027-01-21")
	if _, err := run.Statement(booked("D3", "50000000000000.00", "2027-01-22")); !errors.Is(err, value.MoneyRange) {
		t.Error(err)
	}
	wantCommissions(t, "2500000000000.00", inRun(t, run, booked("D3", "49999999999999.99", "2027-01-22"))...)
}

// The credit of a payee at a flat rate must stay within the bounds of money, too.
func TestRefusesCreditOfAPayeeAboveTheBoundOfMoney(t *testing.T) {
	run := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 200:10%"))).Run()
	flat := func(id, worth string) comp.Booking {
		b := booked(id, worth, "2026-11-20")
		for i := range b.Payees {
			b.Payees[i].Table, b.Payees[i].Rate = "", value.MustPercent("5%")
		}
		return b
	}
	inRun(t, run, flat("D1", "99999999999999.98"))
	if _, err := run.Statement(flat("D2", "0.02")); !errors.Is(err, value.MoneyRange) {
		t.Error(err)
	}
	inRun(t, run, flat("D2", "0.01"))
}

// The order of payees does not matter, and neither does the buffer of the lines.
func TestRunsDoNotDependOnTheOrderOfPayees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		one, other := compile(t, policy).Run(), compile(t, policy).Run()
		buf := make([]comp.Line, 0, 64)
		for _, step := range anyHistory(t, policy) {
			if step.booking.ID == "" {
				continue
			}
			for _, run := range []*comp.Run{one, other} {
				if first, last := run.Period(); !first.IsZero() && step.booking.Closed.After(last) {
					if _, err := run.Close("Q", last); err != nil {
						t.Fatal(err)
					}
				}
			}
			s, err := one.Statement(step.booking)
			if err != nil {
				t.Fatal(err)
			}
			shuffled := step.booking
			shuffled.Payees = rapid.Permutation(shuffled.Payees).Draw(t, "order")
			again, err := other.AppendStatement(buf, &shuffled)
			if err != nil || !slices.Equal(s.Lines, again.Lines) {
				t.Fatalf("%v\n%v\n%v", err, s.Lines, again.Lines)
			}
		}
	})
}

// A run prices bookings at flat rates as the plan does.
func TestRunPricesFlatRatesAsThePlanDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		plan := compile(t, policy)
		b := anyBooking(policy).Draw(t, "booking")
		b.Closed = won
		want, wantErr := plan.Statement(b)
		got, err := plan.Run().Statement(b)
		if fmt.Sprint(err) != fmt.Sprint(wantErr) || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%v %v\nwant %v %v", got, err, want, wantErr)
		}
	})
}
