package comp_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The third deal reaches a tier that reprices the first two.
func TestRetroactiveTierTruesUp(t *testing.T) {
	policy := withTable(rateTable(comp.Attainment, comp.Retroactive, "0%:5% 100%:8%"), usd("100000"))
	run := compile(t, policy).Run()
	all := inRun(t, run, booked("D1", "60000", "2026-10-05"), booked("D2", "39999.99", "2026-11-20"), booked("D3", "0.01", "2026-12-31"), booked("D4", "1000", "2026-12-31"))
	wantCommissions(t, "3000.00 2000.00 0.00 3000.00 80.00", all...)
	up := all[2].Lines[1]
	if up.Why() != "100% of 99999.99 USD as true-up (comp.true_up) at 8% by table accelerator, less the earlier commission" || up.Rule() != comp.TrueUp || up.Start != usd("100000") || up.Quota != usd("100000") {
		t.Errorf("%s, %+v", up.Why(), up)
	}
	if got := run.Attained("ana").String(); got != "101/100" {
		t.Errorf("attained %s", got)
	}
	// A new quarter begins at zero and must have a quota.
	_, err := run.Statement(booked("D5", "1000", "2027-01-01"))
	wantError(t, err, `booking.payees[0].table: "ana" has no quota of the period from 2027-01-01`)
	if first, last := run.Period(); first.String() != "2026-10-01" || last.String() != "2026-12-31" {
		t.Errorf("a refusal moved the run to %s to %s", first, last)
	}
}

// Attainment is that of the open period, also where another rep's deal opened it.
func TestAttainmentEndsWithItsPeriod(t *testing.T) {
	policy := withTable(rateTable(comp.Attainment, comp.Marginal, "0%:5% 100%:8%"), usd("1000"))
	policy.Rates.Quotas["ana"][value.MustDate("2027-01-01")] = usd("500")
	policy.Rates.Quotas["bea"] = map[value.Date]value.Money{value.MustDate("2027-01-01"): usd("500")}
	run := compile(t, policy).Run()
	later := booked("D2", "100", "2027-01-05")
	later.Payees[0].Rep = "bea"
	inRun(t, run, booked("D1", "600", "2026-10-05"), later)
	if ana, bea := run.Attained("ana").String(), run.Attained("bea").String(); ana != "0" || bea != "1/5" {
		t.Errorf("ana attained %s, bea %s", ana, bea)
	}
}

// A table of deal amounts prices each deal from zero, influenced credit too. Deals under
// other tables do not matter.
func TestTableOfDealAmountsBeginsAtZeroForEachDeal(t *testing.T) {
	policy := withTable(rateTable(comp.DealAmount, comp.Marginal, "0:5% 1000:10%"))
	policy.Rates.Tables["sums"] = rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 1000:10%")
	bySums := booked("D1", "5000", "2026-10-05")
	bySums.Payees[0].Table = "sums"
	all := inRun(t, compile(t, policy).Run(), bySums, booked("D2", "2000", "2026-10-06"))
	wantCommissions(t, "450.00 150.00", all...)
	if start := all[1].Lines[0].Start; start != usd("0") {
		t.Errorf("the second deal begins at %s", start)
	}

	policy = policy.Under(comp.Origination)
	brought := booked("D3", "10000", "2026-10-05")
	brought.Source = model.FromPartner
	brought.Payees = append(brought.Payees, comp.Payee{Rep: "bo", Party: us, Table: tableID})
	for i := range brought.Payees {
		brought.Payees[i].Role = [...]comp.Role{comp.Primary, comp.Supporting}[i]
	}
	wantCommissions(t, "950.00 200.00", statement(t, policy, brought)) // 25 % is influenced: 1000 at 5 %, 1500 at 10 %
}

// comp.clawback: the reversal of a deal takes back its true-up. Later deals are priced at
// the lower attainment, with a true-up when the tier is reached again.
func TestReversalTakesTheTrueUpBack(t *testing.T) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%"))
	plan := compile(t, policy)
	run := plan.Run()
	all := inRun(t, run, booked("D1", "600", "2026-10-05"), booked("D2", "400", "2026-10-06"))
	all = append(all, takenBack(t, run, plan, all[1], "R", "2026-10-07"))
	all = append(all, inRun(t, run, booked("D3", "300", "2026-10-08"), booked("D4", "100", "2026-10-09"))...)
	wantCommissions(t, "30.00 40.00 30.00 -40.00 -30.00 15.00 10.00 45.00", all...)
}

// The lowest tier prices credit below zero. The reversal of a deal of an earlier quarter
// lowers only the attainment.
func TestCreditBelowZeroIsPricedAtTheLowestTier(t *testing.T) {
	table := rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 1000:10%")
	table.PeriodCap = usd("60")
	plan := compile(t, withTable(table))
	run := plan.Run()
	all := inRun(t, run, booked("D1", "1500", "2026-10-05"))
	all = append(all, inRun(t, run, booked("D2", "200", "2027-01-05"))...)
	all = append(all, takenBack(t, run, plan, all[0], "R", "2027-01-06"))
	all = append(all, inRun(t, run, booked("D3", "1300", "2027-01-07"), booked("D4", "500", "2027-01-08"))...)
	wantCommissions(t, "60.00 10.00 -60.00 50.00 0.00", all...)
	if l := all[0].Lines[0]; l.Held != comp.ByPeriodCap || l.Unheld != usd("100") || l.Why() != "100% of 1500.00 USD as seller (comp.split) at 6.666667% by table accelerator, 100.00 USD cut to the rest of the period's cap (comp.cap)" {
		t.Errorf("%s", l.Why())
	}
	if start := all[3].Lines[0].Start; start != usd("-1300") {
		t.Errorf("starts at %s", start)
	}
}

// After the reversal of a negative true-up more than the cap may be paid. Later lines then
// pay zero, never a negative amount.
func TestCapAlreadyExceededPaysNothing(t *testing.T) {
	table := rateTable(comp.PeriodAmount, comp.Retroactive, "0:10% 1000:5%")
	table.PeriodCap = usd("90")
	plan := compile(t, withTable(table))
	run := plan.Run()
	all := inRun(t, run, booked("D1", "900", "2026-10-05"), booked("D2", "100", "2026-10-06"), booked("D3", "900", "2026-10-07"))
	wantCommissions(t, "90.00 0.00 -45.00 45.00", all...)
	takenBack(t, run, plan, all[1], "R", "2026-10-08")
	wantCommissions(t, "0.00", inRun(t, run, booked("D4", "100", "2026-10-09"))...)
}

// CASES C9: a booking id is paid once, on whatever day it comes again.
func TestRunPaysABookingOnce(t *testing.T) {
	run := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"))).Run()
	inRun(t, run, booked("D1", "100", "2026-10-05"), booked("D2", "100", "2026-10-06"))
	copied := run.Clone()
	for _, again := range []*comp.Run{run, copied} {
		for _, day := range []string{"2026-10-07", "2027-01-05"} {
			b := booked("D1", "100", day)
			const want = `booking.id: "D1" was paid in this run already, as won on 2026-10-05`
			wantError(t, again.Check(&b), want)
			_, err := again.Statement(b)
			wantError(t, err, want)
		}
	}
	wantCommissions(t, "5.00", inRun(t, run, booked("D3", "100", "2026-10-07"))...)
}

// Over a stream memory holds the payees, not the deals.
func TestARunOfAStreamKeepsNoBookings(t *testing.T) {
	run := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"))).StreamRun()
	inRun(t, run, booked("D1", "100", "2026-10-05"))
	size := len(marshalled(t, run))
	for i := range 100 {
		inRun(t, run, booked(fmt.Sprintf("D%03d", i), "1", "2026-10-06"))
	}
	if grown := len(marshalled(t, run)) - size; grown > 10 || strings.Contains(marshalled(t, run), `"D1"`) {
		t.Errorf("%d bytes more after 100 bookings: %s", grown, marshalled(t, run))
	}
	wantCommissions(t, "5.00", inRun(t, run, booked("D1", "100", "2026-10-07"))...) // its caller knows that each comes once
}

func TestRunRefusesBookingsOutOfOrderAndOfOthers(t *testing.T) {
	table := rateTable(comp.PeriodAmount, comp.Marginal, "0:5%")
	table.PeriodFloor = usd("15")
	plan := compile(t, withTable(table))
	run := plan.Run()
	inRun(t, run, booked("D2", "100", "2026-11-20"))
	open := booked("D3", "100", "2026-11-20")
	open.Closed = value.Date{}
	euros := booked("D3", "100", "2026-11-20")
	euros.Value = value.MustMoney("100 EUR")
	other := booked("D3", "100", "2026-11-20")
	other.Payees[0].Party = us
	two := booked("D3", "100", "2026-11-20")
	two.Payees[0].Rate = value.MustPercent("1%")
	unknown := booked("D3", "100", "2026-11-20")
	unknown.Payees[0].Table = "none"
	for _, c := range []struct {
		code value.Code
		b    comp.Booking
		want []string
	}{
		{comp.RunOrder, booked("D1", "100", "2026-11-20"), []string{`booking.id: "D1" comes after "D2" of the same day; bookings come by closing date, then id`}},
		{comp.RunOrder, booked("D2", "100", "2026-11-20"), []string{`booking.id: "D2" comes after "D2" of the same day; bookings come by closing date, then id`}},
		{comp.RunOrder, booked("D3", "100", "2026-11-19"), []string{`booking.closed: "2026-11-19" is before the last event of the run, 2026-11-20`}},
		{comp.RunPeriod, booked("D3", "100", "2027-01-01"), []string{`booking.closed: "2027-01-01" is after the open period; close that first, it ended on 2026-12-31`}},
		{value.Code("run.open_deal"), open, []string{"booking.closed: nothing says when the deal was won; a run takes only deals that are won"}},
		{comp.RunCurrency, euros, []string{"booking.value: 100.00 EUR is not in the run's currency, USD", `booking.payees[0].table: EUR is not the currency of table "accelerator", USD`}},
		{comp.RepTwoParties, other, []string{`booking.payees[0].rep: "ana" is a rep of "partner acme" and of "vendor us"; an id stands for one person`}},
		{comp.RateTwo, two, []string{"booking.payees[0].rate: 1% is stated beside another pay; state one of a flat rate, a rate table, a fixed sum and credit only"}},
		{value.Code("booking.table.unknown"), unknown, []string{`booking.payees[0].table: "none" is not known; allowed are accelerator`}},
	} {
		s, err := run.Statement(c.b)
		wantError(t, err, c.want...)
		if !errors.Is(err, c.code) || s.Booking != "" {
			t.Errorf("%s: %v, %+v", c.code, err, s)
		}
	}
	_, err := plan.Statement(booked("D3", "100", "2026-11-20"))
	wantError(t, err, `booking.payees[0].table: "accelerator" counts over a period; price the booking in a run`)
	if !errors.Is(err, comp.TableHistory) {
		t.Error(err)
	}
	// The run is unchanged.
	wantCommissions(t, "5.00 5.00", append(inRun(t, run, booked("D3", "100", "2026-11-20")), mustClose(t, run, "Q4", won))...)
}

func mustClose(t *testing.T, run *comp.Run, id string, day value.Date, owed ...comp.Payee) comp.Statement {
	t.Helper()
	s, err := run.Close(id, day, owed...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A run refuses reversals out of order and quotas in another currency.
func TestRunRefusesMalformedReversals(t *testing.T) {
	plan := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%")))
	run := plan.Run()
	s := inRun(t, run, booked("D1", "100", "2026-11-20"))[0]
	back := moved(t, payoutOf(t, plan, s), reversing(s, "R", "2026-11-24", ""), moving(s, comp.Refunded, "F", "2026-11-24", ""))
	other := plan.Run()
	stranger := booked("D0", "100", "2026-11-20")
	stranger.Payees[0].Party = us
	inRun(t, other, stranger)
	inRun(t, run, booked("D2", "100", "2026-11-25"))
	for _, c := range []struct {
		code value.Code
		run  *comp.Run
		id   string
		want string
	}{
		{comp.RunOrder, run, "R", `reversal.on: "2026-11-24" is before the last event of the run, 2026-11-25`},
		{comp.RepTwoParties, other, "R", `reversal.lines[0]: "ana" is a rep of "vendor us" and of "partner acme"; an id stands for one person`},
		{comp.MovementOf, other, "F", `reversal.id: "F" is no reversal of "D1"`},
		{comp.MovementOf, other, "R2", `reversal.id: "R2" is no reversal of "D1"`},
	} {
		err := c.run.Reverse(back.Payout, c.id)
		wantError(t, err, c.want)
		if !errors.Is(err, c.code) {
			t.Errorf("%s: %v", c.code, err)
		}
	}
	policy := withTable(rateTable(comp.Attainment, comp.Marginal, "0%:5%"), value.MustMoney("100 EUR"))
	run = compile(t, policy).Run()
	_, err := run.Statement(booked("D1", "100", "2026-11-20"))
	wantError(t, err, "booking.payees[0].table: USD is not the currency of the rep's quota, 100.00 EUR")
	if !run.Attained("ana").IsZero() {
		t.Error("an attainment in two currencies")
	}
	floor := compile(t, floored("15")).Run()
	euros := flatDeal("100", "1%")
	euros.Value = value.MustMoney("100 EUR")
	inRun(t, floor, euros)
	_, err = floor.Close("Q4", won, tabled("ana"))
	wantError(t, err, "closing.owed[0].table: 15.00 USD is not in the run's currency, EUR")
}
