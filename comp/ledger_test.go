package comp_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func newLedger(t *testing.T, p comp.Policy, bookings []comp.Booking, moves ...comp.Movement) *comp.Ledger {
	t.Helper()
	l := compile(t, p).Ledger()
	if err := l.Add(bookings, moves); err != nil {
		t.Fatal(err)
	}
	return l
}

func statementsOf(l *comp.Ledger) []comp.Statement {
	var all []comp.Statement
	for _, s := range l.Statements() {
		all = append(all, s)
	}
	return all
}

// texts writes what each statement pays ana, with its id and day.
func texts(l *comp.Ledger) string {
	var list []string
	for _, s := range statementsOf(l) {
		var text strings.Builder
		text.WriteString(s.Booking + " " + s.Date.String()[5:])
		for _, line := range s.Lines {
			text.WriteString(" " + strings.TrimSuffix(line.Commission.String(), " USD"))
		}
		list = append(list, text.String())
	}
	return strings.Join(list, ", ")
}

func wantLedger(t *testing.T, l *comp.Ledger, want string) {
	t.Helper()
	if got := texts(l); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func marginal() comp.Policy {
	return withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 1000:10%"))
}

// later returns a booking whose commission falls due as the customer pays.
func later(b comp.Booking) comp.Booking {
	b.Deferred = true
	return b
}

func moveOf(kind comp.MovementKind, id, of, day, amount string) comp.Movement {
	return moving(comp.Statement{Booking: of}, kind, id, day, amount)
}

// comp.cumulative, comp.clawback: a ledger prices by date, whatever order things come in.
func TestALedgerPricesByDate(t *testing.T) {
	l := newLedger(t, marginal(), []comp.Booking{booked("D3", "1000", "2027-01-05"), booked("D2", "500", "2026-11-02")},
		moveOf(comp.Reversed, "R2", "D2", "2026-12-01", "100"))
	if err := l.Add([]comp.Booking{later(booked("D1", "900", "2026-10-05"))}, []comp.Movement{
		moveOf(comp.Received, "I1", "D1", "2026-12-24", "450"), moveOf(comp.Received, "I0", "D1", "2026-10-01", "450")}); err != nil {
		t.Fatal(err)
	}
	wantLedger(t, l, "D1 10-05 0.00, I0 10-05 22.50, D2 11-02 45.00, R2 12-01 -9.00, I1 12-24 22.50, D3 01-05 50.00")
}

// A late booking changes no line of a closed period: it carries the differences itself, in the open period.
func TestLinesOfAClosedPeriodStand(t *testing.T) {
	table := rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%")
	table.PeriodFloor = usd("60")
	first := []comp.Booking{booked("D2", "800", "2026-11-02"), booked("D4", "100", "2027-01-05")}
	l := newLedger(t, withTable(table), first)
	wantLedger(t, l, "D2 11-02 40.00, floors of USD from 2026-10-01 12-31 20.00, D4 01-05 5.00")
	var paid []comp.ClosedLine
	for _, s := range statementsOf(l)[:2] {
		paid = append(paid, s.ClosedLines()...)
	}
	if err := l.Close(value.MustDate("2026-12-31"), paid...); err != nil {
		t.Fatal(err)
	}
	if err := l.Add([]comp.Booking{booked("D1", "300", "2026-10-05")}, []comp.Movement{moveOf(comp.Reversed, "R4", "D4", "2027-02-01", "")}); err != nil {
		t.Fatal(err)
	}
	// In order the quarter pays 10 % of 1,100, and no floor: 110 in all, of which 60 stand.
	wantLedger(t, l, "D2 11-02 40.00, floors of USD from 2026-10-01 12-31 20.00, D1 01-01 15.00 35.00, D4 01-05 5.00, R4 02-01 -5.00")
	if line := statementsOf(l)[2].Lines[1]; line.Credited != comp.AsDifference ||
		line.Why() != "100% of 35.00 USD as difference to lines that stand (ledger.closed) at 100% by table accelerator" {
		t.Errorf("%s", line.Why())
	}
	// The order of arrival does not matter.
	other := compile(t, withTable(table)).Ledger()
	if err := other.Add(append(first, booked("D1", "300", "2026-10-05")), []comp.Movement{moveOf(comp.Reversed, "R4", "D4", "2027-02-01", "")}); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(value.MustDate("2026-12-31"), paid[0]); err != nil {
		t.Fatal(err)
	}
	if err := other.Close(value.MustDate("2026-12-31"), paid[1:]...); err != nil {
		t.Fatal(err)
	}
	if one, two := marshalled(t, l), marshalled(t, other); one != two || texts(l) != texts(other) {
		t.Errorf("%s\nother\n%s\n%s", one, two, texts(other))
	}
}

// A line that stands with another amount says so; the movements of its deal go by what the plan pays.
func TestALineStandsWithItsAmount(t *testing.T) {
	l := newLedger(t, marginal(), []comp.Booking{booked("D1", "1000", "2026-10-05")})
	line := statementsOf(l)[0].ClosedLines()[0]
	line.Commission = usd("55")
	if err := l.Close(value.MustDate("2026-12-31"), line); err != nil {
		t.Fatal(err)
	}
	got := statementsOf(l)[0].Lines[0]
	if got.Commission != usd("55") || got.Held != comp.ByClosing || got.Unheld != usd("50") ||
		!strings.HasSuffix(got.Why(), "50.00 USD in a line that stands otherwise (ledger.closed)") {
		t.Errorf("%s %s", got.Commission, got.Why())
	}
	line.Commission = value.MustMoney("55 EUR")
	again := newLedger(t, marginal(), []comp.Booking{booked("D1", "1000", "2026-10-05")})
	for code, err := range map[value.Code]error{
		value.MoneyCurrency: again.Close(value.MustDate("2026-12-31"), line),
		"ledger.close":      again.Close(value.Date{}),
	} {
		if !errors.Is(err, code) {
			t.Errorf("%s: %v", code, err)
		}
	}
	line.Commission = usd("50")
	wantError(t, again.Close(value.MustDate("2026-09-30"), line), "lines[0]: the line is none that the ledger makes by 2026-09-30")
	wantError(t, again.Close(value.MustDate("2026-12-31"), line, line), `lines[1]: "D1" has such a line that stands already`)
	wantError(t, l.Close(value.MustDate("2027-03-31"), line), `lines[0]: "D1" has such a line that stands already`)
	wantLedger(t, again, "D1 10-05 50.00")
}

// CASES C7: an open deal is projected at the rate that the ledger's deals leave it, and changes nothing.
func TestProjectionsCountTheHistoryAndChangeNothing(t *testing.T) {
	l := newLedger(t, marginal(), []comp.Booking{booked("D1", "900", "2026-10-05"), booked("D2", "1000", "2026-12-01")})
	before := marshalled(t, l) + texts(l)
	open := booked("D9", "200", "2026-11-20")
	open.Closed = value.Date{}
	for day, want := range map[string]string{"2026-10-04": "10.00", "2026-11-20": "15.00", "2026-12-18": "20.00", "2027-01-01": "10.00"} {
		s, err := l.Project(open, value.MustDate(day))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Lines[0].Commission; got != usd(want) || !s.Projected || !s.Lines[0].Projected || !s.Date.IsZero() {
			t.Errorf("on %s: %s, want %s; %+v", day, got, want, s)
		}
	}
	if after := marshalled(t, l) + texts(l); after != before {
		t.Errorf("%s\nwas\n%s", after, before)
	}
	_, err := l.Project(booked("D1", "1", "2026-10-05"), value.Date{})
	wantError(t, err, "booking.closed: 2026-10-05 is the day on which the deal was won; project an open deal", "booking.day: nothing is the day on which the deal is expected to be won", `booking.id: "D1" is the id of a booking or movement that the ledger has`)
	open.Payees[0].Table = "other"
	if _, err := l.Project(open, won); !errors.Is(err, value.Code("booking.table.unknown")) {
		t.Error(err)
	}
}

func TestTotalsAndBalancesOfALedger(t *testing.T) {
	euros := flatDeal("200", "10%")
	euros.ID, euros.Value = "E", value.MustMoney("200 EUR")
	l := newLedger(t, marginal(), []comp.Booking{later(booked("D1", "1200", "2026-10-05")), booked("D2", "100", "2027-01-05"), euros},
		moveOf(comp.Received, "I", "D1", "2026-11-01", "300"), moveOf(comp.WrittenOff, "W", "D1", "2026-11-02", "400"),
		moveOf(comp.Reversed, "R", "D2", "2027-01-09", "40"))
	totals, err := l.Totals()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range totals {
		payees, err := p.Payees()
		companies, other := p.Parties()
		if err != nil || other != nil {
			t.Fatal(err, other)
		}
		got = append(got, fmt.Sprint(p.First, " ", p.Currency, " ", payees[0].Payee, " ", payees[0].Commission, " ", companies[0].Party, " ", companies[0].QuotaCredit))
	}
	want := []string{"2026-10-01 EUR ana 20.00 EUR partner acme 200.00 EUR", "2026-10-01 USD ana 17.50 USD partner acme 1200.00 USD", "2027-01-01 USD ana 3.00 USD partner acme 60.00 USD"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	balances, err := l.Balances()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(balances), "[{D1 1200.00 USD 300.00 USD 400.00 USD 500.00 USD 0.00 USD 29.17 USD} {D2 60.00 USD 60.00 USD 0.00 USD 0.00 USD 40.00 USD 0.00 USD}]"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// The plan of the closing day prices a deal; two versions in one period share its credit, and reprice their own deals alone.
func TestALedgerPricesByThePlanOfTheDay(t *testing.T) {
	one := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%")))
	two := compile(t, withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:6% 1000:20%")))
	l, err := comp.NewLedger(func(day value.Date) (*comp.Plan, error) {
		switch {
		case day.Before(value.MustDate("2026-10-01")):
			return nil, value.NewError("history.gap", day.String(), "is before the first version")
		case day.Before(value.MustDate("2026-11-01")):
			return one, nil
		default:
			return two, nil
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Add([]comp.Booking{booked("D1", "600", "2026-10-05"), booked("D2", "500", "2026-11-05"), booked("D3", "100", "2026-10-06")}, nil); err != nil {
		t.Fatal(err)
	}
	wantLedger(t, l, "D1 10-05 30.00, D3 10-06 5.00, D2 11-05 100.00")
	err = l.Add([]comp.Booking{booked("D0", "600", "2026-09-05")}, nil)
	wantError(t, err, "bookings[0].closed: 2026-09-05 is before the first version")
	data := marshalled(t, l)
	if !strings.Contains(data, `"plans":[{"from":"2026-10-05","policy":"`+one.Hash()+`"},{"from":"2026-11-05","policy":"`+two.Hash()+`"}]`) {
		t.Error(data)
	}
	if _, err := comp.ReadLedger(func(value.Date) (*comp.Plan, error) { return two, nil }, strings.NewReader(data)); !errors.Is(err, value.Code("ledger.plan")) {
		t.Error(err)
	}
}

func TestLedgersRefuseBadInputAndStayAsTheyWere(t *testing.T) {
	l := newLedger(t, marginal(), []comp.Booking{later(booked("D1", "900", "2026-10-05"))}, moveOf(comp.Received, "I1", "D1", "2026-11-01", "100"))
	before := marshalled(t, l)
	stranger := booked("D0", "10", "2026-10-01")
	stranger.Payees[0].Party = us
	open, nobody := booked("D2", "10", "2026-10-05"), booked("D2", "10", "2026-10-05")
	open.Closed, nobody.Payees = value.Date{}, nil
	yen := moveOf(comp.Received, "I2", "D1", "2026-11-02", "")
	yen.Amount = value.MustMoney("5 JPY")
	good := booked("D5", "10", "2026-10-05")
	const repeated = "is the id of a deal, or of another movement; give each movement another id"
	for _, c := range []struct {
		code     value.Code
		bookings []comp.Booking
		moves    []comp.Movement
		want     []string
	}{
		{comp.MovementOf, nil, []comp.Movement{moveOf(comp.Received, "I2", "D2", "2026-11-02", "1")}, []string{`movements[0].of: "D2" is no booking of the ledger; a booking comes no later than its movements`}},
		{comp.MovementAbove, nil, []comp.Movement{moveOf(comp.Received, "I2", "D1", "2026-11-02", "801")}, []string{"movements[0].amount: 901.00 USD is received by 2026-11-02, above the value that is left, 900.00 USD"}},
		{comp.MovementAbove, nil, []comp.Movement{moveOf(comp.Reversed, "R", "D1", "2026-10-06", "901")}, []string{"movements[0].amount: 901.00 USD is above what is left to be reversed, 900.00 USD"}},
		{value.Code("movement.amount"), nil, []comp.Movement{yen}, []string{`movements[0].amount: 5 JPY is not positive, or not in the deal's currency, "USD"`}},
		{comp.MovementRepeated, nil, []comp.Movement{moveOf(comp.Received, "I1", "D1", "2026-11-02", "1")}, []string{`movements[0].id: "I1" ` + repeated}},
		{comp.MovementRepeated, nil, []comp.Movement{moveOf(comp.Received, "I2", "D1", "2026-11-02", "1"), moveOf(comp.Received, "I2", "D1", "2026-11-03", "1")}, []string{`movements[1].id: "I2" ` + repeated}},
		{"ledger.repeated", []comp.Booking{booked("D1", "10", "2027-10-05")}, nil, []string{`bookings[0].id: "D1" is the id of a booking or movement that the ledger has`}},
		{"ledger.repeated", []comp.Booking{booked("I1", "10", "2027-10-05")}, nil, []string{`bookings[0].id: "I1" is the id of a booking or movement that the ledger has`}},
		{"run.open_deal", []comp.Booking{open}, nil, []string{"bookings[0].closed: nothing says when the deal was won; a ledger takes only deals that are won, see Project"}},
		{"booking.payees", []comp.Booking{nobody}, nil, []string{"bookings[0].payees: 0 payees are given; a booking has 1 to 1000"}},
		{comp.RepTwoParties, []comp.Booking{stranger}, nil, []string{`"D1".payees[0].rep: "ana" is a rep of "vendor us" and of "partner acme"; an id stands for one person`}},
		{comp.BookingID, []comp.Booking{{}, open}, []comp.Movement{{}}, []string{
			"bookings[0].id: nothing is no id; give 1 to 256 bytes", "bookings[0].closed: nothing says when*", "bookings[1].closed: nothing says when*",
			"movements[0].of: nothing is no booking*"}},
	} {
		err := l.Add(append([]comp.Booking{}, c.bookings...), c.moves)
		wantError(t, err, c.want...)
		if !errors.Is(err, c.code) {
			t.Errorf("%s: %v", c.code, err)
		}
		if err := l.Add(append([]comp.Booking{good}, c.bookings...), c.moves); err == nil {
			t.Error("a part is taken")
		}
		if after := marshalled(t, l); after != before {
			t.Fatalf("%s\nwas\n%s", after, before)
		}
	}
	if _, err := comp.NewLedger(nil); !errors.Is(err, value.Code("comp.plan.missing")) {
		t.Error(err)
	}
	for _, l := range []*comp.Ledger{nil, {}, (*comp.Plan)(nil).Ledger()} {
		err := l.Add([]comp.Booking{good}, nil)
		balances, _ := l.Balances()
		if !errors.Is(err, value.Code("comp.plan.missing")) || balances != nil || len(statementsOf(l)) > 0 {
			t.Error(err)
		}
	}
}

// A document that was cut, changed or put in another order is refused with its code.
func TestRefusesMalformedLedgers(t *testing.T) {
	policy := marginal()
	l := newLedger(t, policy, []comp.Booking{booked("D1", "900", "2026-10-05"), booked("D2", "100", "2026-10-06")}, moveOf(comp.Refunded, "F", "D1", "2026-11-01", "100"))
	if err := l.Close(value.MustDate("2026-10-31"), statementsOf(l)[0].ClosedLines()...); err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	n, err := l.WriteTo(&text)
	if data, other := json.Marshal(l); err != nil || other != nil || text.String() != string(data) || int(n) != len(data) {
		t.Fatalf("%d %v %v", n, err, other)
	}
	plans := func(value.Date) (*comp.Plan, error) { return compile(t, policy), nil }
	read, err := comp.ReadLedger(plans, &text)
	if err != nil || marshalled(t, read) != marshalled(t, l) || texts(read) != texts(l) {
		t.Fatal(err)
	}
	data := marshalled(t, l)
	first := data[strings.Index(data, `{"booking":{"id":"D1"`):strings.Index(data, `,{"booking":{"id":"D2"`)]
	for i := range len(data) {
		if _, err := comp.ReadLedger(plans, strings.NewReader(data[:i])); !errors.Is(err, value.Code("json.syntax")) {
			t.Fatalf("cut after %d bytes: %v", i, err)
		}
	}
	for _, c := range []struct{ from, to, code string }{
		{`"amount":"900.00"`, `"amount":"901.00"`, "ledger.sum"},
		{first + ",", "", "ledger.sum"},
		{first, first + "," + first, "ledger.sum"},
		{`"count":4`, `"count":5`, "ledger.sum"},
		{`"closed":["2026-10-31"]`, `"closed":[]`, "ledger.sum"},
		{`"closed":["2026-10-31"]`, `"closed":["2026-10-31","2026-10-31"]`, "ledger.sum"},
		{`"closed":["2026-10-31"]`, `"closed":["2026-10-31","2026-09-30"]`, "ledger.sum"},
		{`"head"`, `"top"`, "json.syntax"},
		{`{"booking":{"id":"D1",`, `{"booking":{"id":"D1","idle":1,`, "json.unknown"},
		{`"kind":"refunded"`, `"kind":"lost"`, "movement.kind.unknown"},
	} {
		changed := strings.Replace(data, c.from, c.to, 1)
		if _, err := comp.ReadLedger(plans, strings.NewReader(changed)); changed == data || !errors.Is(err, value.Code(c.code)) {
			t.Errorf("%s: %v", c.from, err)
		}
	}
	if _, err := comp.ReadLedger(plans, strings.NewReader(data+"{}")); !errors.Is(err, value.Code("json.syntax")) {
		t.Error(err)
	}
}
