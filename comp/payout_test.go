package comp_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// played is one movement of a case: a kind, a day of 2026 and an amount, "" for all that is left.
type played struct {
	kind   comp.MovementKind
	day    string
	amount string
}

// CASES C1, C2, C3 and their kinds (comp.cumulative): a deal of 1,000 at 4 %, won on 20 November.
var moneyCases = []struct {
	name    string
	atOnce  bool
	moves   []played
	want    string // the commission of the closing and of each movement, in order
	refused string
}{
	{name: "C1: a write-off takes nothing back", moves: []played{{comp.Received, "12-01", "700"}, {comp.WrittenOff, "12-15", "300"}}, want: "0.00 28.00 0.00"},
	{name: "C2: the write-off first", moves: []played{{comp.WrittenOff, "12-01", "300"}, {comp.Received, "12-15", "700"}}, want: "0.00 0.00 28.00"},
	{name: "C3: a deposit is kept until won", moves: []played{{comp.Received, "10-01", "250"}, {comp.Received, "12-01", ""}}, want: "0.00 10.00 30.00"},
	{name: "C3: a deposit that goes back before won", moves: []played{{comp.Received, "10-01", "250"}, {comp.Refunded, "10-02", "250"}}, want: "0.00 10.00 -10.00"},
	{name: "C3: a bounced payment is paid again", moves: []played{{comp.Received, "12-01", "700"}, {comp.Refunded, "12-02", "700"}, {comp.Received, "12-09", "700"}}, want: "0.00 28.00 -28.00 28.00"},
	{name: "C3: bounced and paid again on one day", moves: []played{{comp.Received, "12-01", ""}, {comp.Received, "12-02", "1000"}, {comp.Refunded, "12-02", "1000"}}, want: "0.00 40.00 0.00 0.00"},
	{name: "a bad debt is recovered", moves: []played{{comp.Received, "12-01", "700"}, {comp.WrittenOff, "12-15", ""}, {comp.Received, "12-20", "300"}}, want: "0.00 28.00 0.00 12.00"},
	{name: "what is recovered may be written off again", moves: []played{{comp.WrittenOff, "12-01", ""}, {comp.Received, "12-02", "300"}, {comp.Refunded, "12-03", "300"}, {comp.WrittenOff, "12-04", "300"}}, want: "0.00 0.00 12.00 -12.00 0.00"},
	{name: "a refund leaves deal and quota", atOnce: true, moves: []played{{comp.Refunded, "12-01", "250"}, {comp.Received, "12-02", ""}}, want: "40.00 -10.00 10.00"},
	{name: "a credit note on money that was never paid takes nothing back", moves: []played{{comp.Received, "12-01", "600"}, {comp.Reversed, "12-02", "400"}}, want: "0.00 24.00 0.00"},
	{name: "a reversal below what was received", moves: []played{{comp.Received, "12-01", "800"}, {comp.Reversed, "12-02", "400"}}, want: "0.00 32.00 -8.00"},
	{name: "its refund has been counted", moves: []played{{comp.Received, "12-01", "800"}, {comp.Reversed, "12-02", "400"}, {comp.Refunded, "12-03", "300"}}, want: "0.00 32.00 -8.00 -4.00"},
	{name: "a refund of the same day too", moves: []played{{comp.Received, "12-01", "800"}, {comp.Refunded, "12-02", "200"}, {comp.Reversed, "12-02", "400"}}, want: "0.00 32.00 -8.00 0.00"},
	{name: "a refund before the reversal", moves: []played{{comp.Received, "12-01", "800"}, {comp.Refunded, "12-02", "200"}, {comp.Reversed, "12-03", "400"}}, want: "0.00 32.00 -8.00 0.00"},
	{name: "received and reversed on one day", moves: []played{{comp.Reversed, "12-01", ""}, {comp.Received, "12-01", "500"}}, want: "0.00 20.00 -20.00"},
	{name: "a reversal ends a write-off", moves: []played{{comp.Received, "12-01", "500"}, {comp.WrittenOff, "12-02", "500"}, {comp.Reversed, "12-03", "500"}}, want: "0.00 20.00 0.00 0.00"},
	{name: "nothing is left to write off", moves: []played{{comp.Received, "12-01", "500"}, {comp.WrittenOff, "12-02", "500.01"}}, refused: "movements[1].amount: 500.01 USD is above what is left to be written off, 500.00 USD"},
	{name: "a deal paid at once has nothing to write off", atOnce: true, moves: []played{{comp.WrittenOff, "12-02", ""}}, refused: "movements[0].amount: 0.00 USD is above what is left to be written off, 0.00 USD"},
	{name: "a deal paid at once receives nothing more", atOnce: true, moves: []played{{comp.Received, "12-02", "1"}}, refused: "movements[0].amount: 1001.00 USD is received by 2026-12-02, above the value that is left, 1000.00 USD"},
	{name: "more than the value", moves: []played{{comp.Received, "12-01", "600"}, {comp.Received, "12-02", "401"}}, refused: "movements[1].amount: 1001.00 USD is received by 2026-12-02, above the value that is left, 1000.00 USD"},
	{name: "a later day makes up for nothing", moves: []played{{comp.Refunded, "12-01", "1"}, {comp.Received, "12-02", "1"}}, refused: "movements[0].amount: 1.00 USD is refunded by 2026-12-01 and was never received"},
	{name: "a refund that an earlier reversal has used up", atOnce: true, moves: []played{{comp.Reversed, "12-01", "400"}, {comp.Refunded, "12-02", "1000.01"}}, refused: "movements[1].amount: 0.01 USD is refunded by 2026-12-02 and was never received"},
	{name: "more is reversed than is left", moves: []played{{comp.Reversed, "12-01", "600"}, {comp.Reversed, "12-02", "600"}}, refused: "movements[1].amount: 600.00 USD is above what is left to be reversed, 400.00 USD"},
	{name: "a reversal of nothing", moves: []played{{comp.Reversed, "12-01", ""}, {comp.Reversed, "12-02", ""}}, refused: "movements[1].amount: 0.00 USD is above what is left to be reversed, 0.00 USD"},
}

func TestMoneyMovesWithoutCreditAndAReversalWithIt(t *testing.T) {
	plan := compile(t, under(comp.Split))
	for _, c := range moneyCases {
		t.Run(c.name, func(t *testing.T) {
			b := flatDeal("1000", "4%")
			b.Deferred = !c.atOnce
			s := statement(t, under(comp.Split), b)
			d, err := plan.Payout(s)
			if err != nil {
				t.Fatal(err)
			}
			var moves []comp.Movement
			for i, m := range c.moves {
				moves = append(moves, moving(s, m.kind, fmt.Sprint(i), "2026-"+m.day, m.amount))
			}
			moves[len(moves)/2], moves[0] = moves[0], moves[len(moves)/2] // a set has no order
			if c.refused != "" {
				moves[len(moves)/2], moves[0] = moves[0], moves[len(moves)/2]
				after, err := d.Payout.Move(moves...)
				wantError(t, err, c.refused)
				if !errors.Is(err, comp.MovementAbove) || after.Statements != nil {
					t.Errorf("%v, %v", err, after)
				}
				return
			}
			after := moved(t, d.Payout, moves...)
			wantCommissions(t, c.want, append(d.Statements, after.Statements...)...)
			credit, left := usd("0.00"), value.Money{}
			for _, s := range append(d.Statements, after.Statements...) {
				credit, err = credit.Add(s.Lines[0].QuotaCredit)
				if left = s.Value; err != nil || s.Kind != comp.Reversed && s.Kind != 0 && (left.Sign() != 0 || s.Quota.Sign() != 0) {
					t.Errorf("%s moves value %s: %v", s.Booking, left, err)
				}
			}
			back := 0
			for _, m := range moves {
				if m.Kind == comp.Reversed && m.Amount.IsZero() {
					back = 1000_00
				} else if m.Kind == comp.Reversed {
					back += int(m.Amount.Minor())
				}
			}
			if credit.Minor() != int64(1000_00-back) {
				t.Errorf("credit %s is left, reversed %d", credit, back)
			}
		})
	}
}

func TestThreeInstalmentsTotalTheCommission(t *testing.T) {
	plan := compile(t, under(comp.Split))
	b := flatDeal("0.30", "33.333333%")
	b.Deferred = true
	s := statement(t, under(comp.Split), b)
	d, err := plan.Payout(s)
	if err != nil {
		t.Fatal(err)
	}
	all := d.Statements
	for _, id := range []string{"I1", "I2", "I3"} {
		d = moved(t, d.Payout, moving(s, comp.Received, id, "2026-11-20", "0.10"))
		all = append(all, d.Statements...)
	}
	wantCommissions(t, "0.00 0.03 0.04 0.03", all...)
	if l := all[0].Lines[0]; l.Why() != "100% of 0.30 USD as seller (comp.split) at 33.333333%, 0.10 USD paid as the customer pays (comp.cumulative)" || l.QuotaCredit != usd("0.30") {
		t.Errorf("%s credited %s", l.Why(), l.QuotaCredit)
	}
	if s := all[1]; s.Of != "D" || s.Kind != comp.Received || s.Booking != "I1" || s.Value.Sign() != 0 || s.Lines[0].QuotaCredit.Sign() != 0 {
		t.Errorf("%+v", s)
	}
	var totals comp.Totals
	for _, s := range all {
		if err := totals.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	if deals, reversals := totals.Deals(); deals != 1 || reversals != 0 {
		t.Errorf("%d deals, %d reversals", deals, reversals)
	}
	if err := totals.Add(s); !errors.Is(err, comp.TotalsMixed) {
		t.Errorf("commission that is not due is added up: %v", err)
	}
}

func TestRefusesMalformedMovements(t *testing.T) {
	plan := compile(t, under(comp.Split))
	s := statement(t, under(comp.Split), flatDeal("100.00", "10%"))
	half := moved(t, payoutOf(t, plan, s), reversing(s, "R", "2026-11-21", "50")).Payout
	move := func(change func(*comp.Movement)) comp.Movement {
		m := reversing(s, "x", "2026-11-22", "1")
		change(&m)
		return m
	}
	const repeated = "is the id of a deal, or of another movement; give each movement another id"
	for _, c := range []struct {
		code value.Code
		m    comp.Movement
		want string
	}{
		{comp.MovementAbove, move(func(m *comp.Movement) { m.Amount = usd("50.01") }), "amount: 50.01 USD is above what is left to be reversed, 50.00 USD"},
		{comp.MovementRepeated, move(func(m *comp.Movement) { m.ID = "R" }), `id: "R" ` + repeated},
		{comp.MovementRepeated, move(func(m *comp.Movement) { m.ID = "D" }), `id: "D" ` + repeated},
		{comp.BookingID, move(func(m *comp.Movement) { m.ID = "" }), "id: nothing is no id; give 1 to 256 bytes"},
		{comp.MovementOf, move(func(m *comp.Movement) { m.Of = "E" }), `of: "E" is not the deal, "D"`},
		{value.Code("movement.kind.unknown"), move(func(m *comp.Movement) { m.Kind = 0 }), "kind: *"},
		{value.Code("movement.date"), move(func(m *comp.Movement) { m.On = value.MustDate("2026-11-19") }), `on: "2026-11-19" is no day on or after the day of winning, 2026-11-20; only money may move earlier`},
		{value.Code("movement.date"), move(func(m *comp.Movement) { m.On = value.Date{} }), "on: nothing is no day on or after the day of winning, 2026-11-20; only money may move earlier"},
		{value.Code("movement.amount"), move(func(m *comp.Movement) { m.Amount = usd("-1") }), `amount: -1.00 USD is not positive, or not in the deal's currency, "USD"`},
		{value.Code("movement.amount"), move(func(m *comp.Movement) { m.Amount = usd("0.00") }), `amount: 0.00 USD is not positive, or not in the deal's currency, "USD"`},
		{value.Code("movement.amount"), move(func(m *comp.Movement) { m.Amount = value.MustMoney("1 JPY") }), `amount: 1 JPY is not positive, or not in the deal's currency, "USD"`},
	} {
		good := moving(s, comp.Refunded, "good", "2026-12-20", "1")
		d, err := half.Move(good, c.m)
		wantError(t, err, "movements[1]."+c.want)
		if !errors.Is(err, c.code) || d.Statements != nil {
			t.Errorf("%s: %v, %+v", c.code, err, d)
		}
	}
	_, err := half.Move(comp.Movement{ID: "D"}, comp.Movement{ID: "D", Of: "D", Kind: comp.Refunded, On: won})
	wantError(t, err, `movements[0].id: "D" `+repeated, `movements[0].of: nothing is not the deal, "D"`, "movements[0].kind: *",
		"movements[0].on: nothing is no day*", `movements[1].id: "D" `+repeated)
	if _, err := (comp.Payout{}).Move(comp.Movement{ID: "x", Kind: comp.Reversed, On: won}); !errors.Is(err, comp.MovementAbove) {
		t.Errorf("no payout is reversed: %v", err)
	}
}

func TestRefusesAPayoutOfAStatementThatIsNoBooking(t *testing.T) {
	plan := compile(t, under(comp.Split))
	b := flatDeal("100.00", "10%")
	b.Deferred = true
	s := statement(t, under(comp.Split), b)
	opened, err := plan.Payout(s)
	if err != nil {
		t.Fatal(err)
	}
	first := moved(t, opened.Payout, moving(s, comp.Received, "I", "2026-11-20", "")).Statements[0]
	open, other, wrong, tabled := s, s, s, s
	open.Projected = true
	other.Model = comp.RoleBased
	wrong.Lines, tabled.Lines = slices.Clone(s.Lines), slices.Clone(s.Lines)
	wrong.Lines[0].Commission, tabled.Lines[0].Table = usd("10.01"), "nobody's"
	closing := comp.Statement{Booking: "Q", Model: comp.Split, Value: usd("1"), Date: won, Period: won}
	for name, s := range map[string]comp.Statement{"instalment": first, "comp.cumulative deferred already": opened.Statements[0], "open": open, "other model": other, "zero": {}, "wrong": wrong, "table": tabled, "closing": closing} {
		d, err := plan.Payout(s)
		if !errors.Is(err, value.Code("payout.of")) || d.Statements != nil || strings.Contains(err.Error(), "unexpected") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, s := range []comp.Statement{first, s} {
		if _, err := s.Reverse("R", won); !errors.Is(err, comp.ReversalOf) {
			t.Errorf("%s is reversed without its payout: %v", s.Booking, err)
		}
	}
}

func TestMovementsOfOneDealAreBounded(t *testing.T) {
	plan := compile(t, under(comp.Split))
	b := flatDeal("999999999999.99", "10%")
	b.Deferred = true
	s := statement(t, under(comp.Split), b)
	var moves []comp.Movement
	for i := range 500 {
		moves = append(moves, moving(s, comp.Received, fmt.Sprint("I", i), "2026-11-20", "999999999999.99"),
			moving(s, comp.Refunded, fmt.Sprint("F", i), "2026-11-20", "999999999999.99"))
	}
	d, err := payoutOf(t, plan, s).Move(moves...)
	if err != nil {
		t.Fatal(err) // more than 64 bits hold, were it added up before the refunds
	}
	_, err = d.Payout.Move(moving(s, comp.Received, "more", "2026-11-20", "0.01"))
	wantError(t, err, "1001 movements are more than the 1000 that one deal may have")
}

// An instalment pays a part of the capped commission. A reversal takes back that part, and
// the same part of the commission before the cap.
func TestMovementsOfACappedDealFollowTheCap(t *testing.T) {
	table := rateTable(comp.DealAmount, comp.Marginal, "0:10%")
	table.DealCap = usd("50")
	plan := compile(t, withTable(table))
	s, err := plan.Statement(booked("D", "1000", "2026-10-05"))
	if err != nil {
		t.Fatal(err)
	}
	later := s
	later.Deferred = true
	deferred, err := plan.Payout(later)
	if err != nil {
		t.Fatal(err)
	}
	if l := deferred.Statements[0].Lines[0]; l.Held != comp.ByInstalments || l.Unheld != usd("50") || l.Commission != usd("0") {
		t.Errorf("deferred: %s, %s in place of %s", l.Held, l.Commission, l.Unheld)
	}
	payout := payoutOf(t, plan, s)
	s.Lines[0].Commission = usd("99")
	back := moved(t, payout, reversing(s, "R", "2026-11-20", "500"))
	if l := back.Statements[0].Lines[0]; l.Held != comp.ByDealCap || l.Unheld != usd("-50") || l.Commission != usd("-25") {
		t.Errorf("taken back: %s, %s in place of %s", l.Held, l.Commission, l.Unheld)
	}
}

// Payouts are values: two movements after one payout do not change each other.
func TestPayoutsAreImmutable(t *testing.T) {
	plan := compile(t, under(comp.Split))
	b := flatDeal("100.00", "10%")
	b.Deferred = true
	s := statement(t, under(comp.Split), b)
	one := payoutOf(t, plan, s)
	for _, id := range []string{"1", "2", "3", "4", "5"} { // an array with room behind its end
		one = moved(t, one, moving(s, comp.Received, id, "2026-11-20", "10")).Payout
	}
	for _, id := range []string{"a", "b"} {
		two := moved(t, one, moving(s, comp.Received, id, "2026-11-20", "10")).Payout
		moved(t, one, moving(s, comp.Received, "other", "2026-11-20", "10"))
		for _, after := range []string{"a", "b"} {
			if _, err := two.Move(moving(s, comp.Received, after, "2026-11-20", "10")); (err != nil) != (id == after) {
				t.Errorf("%s after %s: %v", after, id, err)
			}
		}
	}
}
