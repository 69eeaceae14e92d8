package comp_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func add(t rapid.TB, totals *comp.Totals, statements ...comp.Statement) {
	t.Helper()
	for _, s := range statements {
		if err := totals.Add(s); err != nil {
			t.Fatal(err)
		}
	}
}

// shown returns all results of the totals as text.
func shown(t rapid.TB, totals *comp.Totals) []string {
	t.Helper()
	bookings, reversals := totals.Deals()
	sum, err := totals.Value()
	text := []string{fmt.Sprintf("%d deals, %d reversals, %s %v", bookings, reversals, sum, err)}
	payees, err := totals.Payees()
	text = append(text, fmt.Sprint(err))
	for _, side := range []model.Side{model.Partner, model.Vendor, 0} {
		total, err := totals.Side(side)
		payees = append(payees, total)
		text = append(text, fmt.Sprint(err))
	}
	for _, p := range payees {
		text = append(text, fmt.Sprintf("%s (%s) %d: %s %s %s %s", p.Payee, p.Party, p.Statements, p.QuotaCredit, p.Influenced, p.Commission, p.Inflation))
	}
	return text
}

func TestTotalsAddUpRepsSidesAndAll(t *testing.T) {
	first := deal(rep("ana", acme), rep("bo", us))
	second := deal(rep("cy", us), rep("ana", acme))
	second.ID, second.Value, second.VendorQuota, second.Source = "D-18", usd("500.00"), usd("600.00"), model.FromVendor
	one, two := statement(t, under(comp.Origination), first), statement(t, under(comp.Origination), second)
	third := statement(t, under(comp.Split), deal(rep("bo", us)))
	back, err := third.Reverse("R-1", won)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"3 deals, 1 reversals, 1500.00 USD <nil>", "<nil>", "<nil>", "<nil>", "<nil>",
		"ana (partner acme) 2: 1000.00 USD 125.00 USD 112.50 USD 5/8",
		"bo (vendor us) 3: 0.00 USD 250.00 USD 25.00 USD 0",
		"cy (vendor us) 1: 600.00 USD 0.00 USD 60.00 USD 3/8",
		" (partner) 2: 1000.00 USD 125.00 USD 112.50 USD 5/8",
		" (vendor) 4: 600.00 USD 250.00 USD 85.00 USD 3/8",
		" () 4: 1600.00 USD 375.00 USD 197.50 USD 1",
	}
	all := []comp.Statement{one, two, third, back}
	permute(len(all), func(order []int) {
		var totals comp.Totals
		for _, i := range order {
			add(t, &totals, all[i])
		}
		if got := shown(t, &totals); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v\ngot  %q\nwant %q", order, got, want)
		}
	})
}

func TestEmptyTotalsAreZero(t *testing.T) {
	var totals comp.Totals
	payees, err := totals.Payees()
	if payees == nil || len(payees) != 0 || err != nil {
		t.Errorf("%v, %v", payees, err)
	}
	for _, side := range []model.Side{0, model.Partner, model.Vendor} {
		got, err := totals.Side(side)
		if got != (comp.Total{Party: model.Party{Side: side}}) || err != nil {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if sum, err := totals.Value(); !sum.IsZero() || err != nil {
		t.Errorf("%s, %v", sum, err)
	}
}

func TestRefusesTotalsOfASideOutOfRange(t *testing.T) {
	var totals comp.Totals
	add(t, &totals, statement(t, under(comp.Split), deal(rep("ana", acme))))
	for _, side := range []model.Side{3, 9, 255} {
		got, err := totals.Side(side)
		wantError(t, err, "side: *")
		if !errors.Is(err, value.Code("side.unknown")) || got != (comp.Total{}) {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestRefusedStatementLeavesTotalsUnchanged(t *testing.T) {
	var totals comp.Totals
	good := statement(t, under(comp.Split), deal(rep("ana", acme), rep("bo", us)))
	add(t, &totals, good)
	before := fmt.Sprint(shown(t, &totals))
	euros := deal(rep("cy", us))
	euros.Value = value.MustMoney("1 EUR")
	open := deal(rep("cy", us))
	open.Closed = value.Date{}
	other := comp.Line{Payee: "cy", Party: us, QuotaCredit: usd("1"), Influenced: usd("0"), Commission: usd("0")}
	byHand := func(change func(*comp.Statement, *comp.Line)) comp.Statement {
		s, l := good, other
		s.Lines = nil
		change(&s, &l)
		s.Lines = append(s.Lines, l)
		return s
	}
	const mixed = `"D-17" cannot be added: projected and earned figures are totalled apart`
	for _, c := range []struct {
		name string
		s    comp.Statement
		want string
	}{
		{"money.currency", statement(t, under(comp.Split), euros), `1.00 EUR cannot be added to a total in "USD"`},
		{"totals.mixed", statement(t, under(comp.Split), open), mixed},
		{"booking.rep.two_parties", statement(t, under(comp.Split), deal(rep("cy", acme), rep("ana", us))),
			`lines[1]: "ana" is a rep of "partner acme" and of "vendor us"; an id stands for one person`},
		{"booking.rep.two_parties by its organisation", statement(t, under(comp.Split), deal(rep("bo", model.VendorOrg("them")))),
			`lines[0]: "bo" is a rep of "vendor us" and of "vendor them"; an id stands for one person`},
		{"booking.rep.two_parties inside one statement", byHand(func(s *comp.Statement, l *comp.Line) {
			s.Lines = append(s.Lines, *l, *l)
			l.Party = acme
		}), `lines[2]: "cy" is a rep of "vendor us" and of "partner acme"; an id stands for one person`},
		{"money.currency of the quota", byHand(func(s *comp.Statement, _ *comp.Line) { s.Quota = value.MustMoney("1 EUR") }), `quota: 1.00 EUR cannot be added to a total in "USD"`},
		{"money.currency none", byHand(func(s *comp.Statement, _ *comp.Line) { s.Value = value.Money{} }), `an amount without a currency cannot be added to a total in "USD"`},
		{"money.currency of a credit", byHand(func(s *comp.Statement, l *comp.Line) {
			s.Lines, l.QuotaCredit = append(s.Lines, *l), value.MustMoney("1 EUR")
		}), "lines[1]: 1.00 EUR is not in the statement's currency, USD"},
		{"money.currency of influenced credit", byHand(func(_ *comp.Statement, l *comp.Line) { l.Influenced = value.Money{} }), "lines[0]: nothing is not in the statement's currency, USD"},
		{"money.currency of a commission", byHand(func(_ *comp.Statement, l *comp.Line) { l.Commission = value.MustMoney("1 JPY") }), "lines[0]: 1 JPY is not in the statement's currency, USD"},
		{"side.unknown", byHand(func(_ *comp.Statement, l *comp.Line) { l.Party.Side = 9 }), "lines[0].side: *"},
		{"party.org", byHand(func(_ *comp.Statement, l *comp.Line) { l.Party.Org = "" }), "lines[0].org: *"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantError(t, totals.Add(c.s), c.want)
			if got := fmt.Sprint(shown(t, &totals)); got != before {
				t.Errorf("%s\nwas %s", got, before)
			}
		})
	}
	// A refused statement leaves no party behind: cy may still be of either side.
	add(t, &totals, statement(t, under(comp.Split), deal(rep("cy", acme))))

	var fresh comp.Totals
	quota := byHand(func(s *comp.Statement, _ *comp.Line) { s.Quota = value.MustMoney("1 EUR") })
	wantError(t, fresh.Add(quota), "quota: 1.00 EUR is not in the statement's currency, USD")
	add(t, &fresh, statement(t, under(comp.Split), open)) // empty totals take an open deal too
	wantError(t, fresh.Add(good), mixed)
}

func TestTotalsCountAStatementOfSeveralLinesOnce(t *testing.T) {
	s := statement(t, under(comp.Split), deal(rep("ana", acme)))
	s.Lines = append(s.Lines, s.Lines[0]) // such as a correction
	var totals comp.Totals
	add(t, &totals, s)
	payees, err := totals.Payees()
	if err != nil || payees[0].Statements != 1 || payees[0].QuotaCredit != usd("2000.00") {
		t.Errorf("%+v, %v", payees, err)
	}
}

// A sum may pass the bound of money as long as the total does not: sums are kept
// in 128 bits.
func TestTotalsAboveTheBoundOfMoneyAreErrors(t *testing.T) {
	b := deal(rep("ana", acme), rep("bo", us))
	b.Value = value.MustMoney("99999999999999.9999 CLF")
	s := statement(t, under(comp.Split), b)
	back, err := s.Reverse("R-1", won)
	if err != nil {
		t.Fatal(err)
	}
	var totals comp.Totals
	for range 40 { // 4 × 10¹⁹ minor units
		add(t, &totals, s)
	}
	_, err = totals.Payees()
	wantBeyond(t, err, "quota", `"ana".quota_credit`, `"ana".commission`, `"bo".quota_credit`, `"bo".commission`)
	total, err := totals.Side(model.Vendor)
	wantBeyond(t, err, "quota", "quota_credit", "commission")
	if total != (comp.Total{}) {
		t.Errorf("beside an error stands %+v", total)
	}
	if _, err = totals.Value(); !errors.Is(err, value.MoneyRange) {
		t.Errorf("value: %v", err)
	}
	for range 39 {
		add(t, &totals, back)
	}
	payees, err := totals.Payees()
	if err != nil || payees[0].QuotaCredit != b.Value || payees[0].Statements != 79 || payees[0].Inflation.String() != "1" {
		t.Errorf("%+v, %v", payees, err)
	}
	if _, err = totals.Side(0); !errors.Is(err, value.MoneyRange) { // both sides: twice the bound
		t.Errorf("all: %v", err)
	}
}

func wantBeyond(t *testing.T, err error, paths ...string) {
	t.Helper()
	list, _ := errors.AsType[value.Errors](err)
	var got []string
	for _, e := range list {
		if e.Code == value.MoneyRange {
			got = append(got, e.Path)
		}
	}
	if !slices.Equal(got, paths) {
		t.Errorf("beyond the bound are %q, want %q", got, paths)
	}
}

func TestTotalsAddUpShownAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var statements []comp.Statement
		policy := anyPolicy().Draw(t, "policy")
		for range rapid.IntRange(1, 4).Draw(t, "deals") {
			b := deal(primary("ana", acme), supporting("bo", us, rapid.SampledFrom(known(policy)).Draw(t, "contribution")))
			b.Value = anyAmount(value.MustCurrency("USD")).Draw(t, "value")
			statements = append(statements, statement(t, policy, b))
		}
		var there, back comp.Totals
		add(t, &there, statements...)
		for i := range statements {
			add(t, &back, statements[len(statements)-1-i])
		}
		if one, two := fmt.Sprint(shown(t, &there)), fmt.Sprint(shown(t, &back)); one != two {
			t.Fatalf("%s\nin another order %s", one, two)
		}
		var sum int64
		for _, s := range statements {
			for _, l := range s.Lines {
				sum += l.QuotaCredit.Minor()
			}
		}
		if got, err := there.Side(0); err == nil && got.QuotaCredit.Minor() != sum {
			t.Fatalf("%s, the lines total %d", got.QuotaCredit, sum)
		}
	})
}

func TestTotalsAreOrderedByPartyAndID(t *testing.T) {
	var totals comp.Totals
	add(t, &totals, statement(t, under(comp.Split), deal(sharing(rep("b", us), "50%"), sharing(rep("a", us), "50%"), rep("c", acme))))
	next := deal(rep("d", model.PartnerOrg("abc")))
	add(t, &totals, statement(t, under(comp.Split), next))
	payees, err := totals.Payees()
	var order []string
	for _, p := range payees {
		order = append(order, p.Payee)
	}
	if err != nil || !slices.Equal(order, []string{"d", "c", "a", "b"}) {
		t.Errorf("%v, %v", order, err)
	}
}

// A clone and its original do not change each other.
func TestCloneOfTotalsIsIndependent(t *testing.T) {
	plan := compile(t, comp.DefaultPolicy())
	booking := benchBooking(2)
	s, err := plan.Statement(booking)
	if err != nil {
		t.Fatal(err)
	}
	var a comp.Totals
	if err := a.Add(s); err != nil {
		t.Fatal(err)
	}
	b := a.Clone()
	if err := b.Add(s); err != nil {
		t.Fatal(err)
	}
	one, err := a.Payees()
	if err != nil {
		t.Fatal(err)
	}
	two, err := b.Payees()
	if err != nil {
		t.Fatal(err)
	}
	for i := range one {
		if one[i].Statements != 1 || two[i].Statements != 2 || two[i].Commission.Minor() != 2*one[i].Commission.Minor() {
			t.Errorf("%+v, its clone with as much again %+v", one[i], two[i])
		}
	}
}
