package impact_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// ordered returns two plans with a rate that counts over a quarter, so that bookings have an
// order.
func ordered(t *testing.T) (before, after *comp.Plan) {
	t.Helper()
	policy := comp.DefaultPolicy()
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"sums": {
		Measure: comp.PeriodAmount, Currency: value.MustCurrency("USD"), Method: comp.Marginal,
		Tiers: []comp.Tier{{Rate: value.MustPercent("8%")}},
	}}
	before = compile(t, policy)
	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("35%")
	return before, compile(t, policy)
}

// Each bad input of a comparison is an error with a code and the id of the booking.
func TestBadInputIsRefused(t *testing.T) {
	before, after := plans()
	late, early := deals()[0], deals()[1]
	euros := early
	euros.Value = value.MustMoney("50000 EUR")
	open := early
	open.Closed = value.Date{}
	other := early
	other.Payees = append([]comp.Payee{}, early.Payees...)
	other.Payees[0].Party, other.Payees[1].Party = early.Payees[1].Party, early.Payees[0].Party
	back := func(of, amount, on string) comp.Movement {
		m := comp.Movement{ID: "R-1", Of: of, Kind: comp.Reversed, On: value.MustDate(on)}
		if amount != "" {
			m.Amount = value.MustMoney(amount)
		}
		return m
	}
	received := func(of string) comp.Movement {
		m := back(of, "0.01 USD", "2026-10-01")
		m.Kind = comp.Received
		return m
	}
	for _, c := range []struct {
		name     string
		bookings []comp.Booking
		options  []impact.Option
		code     value.Code
		where    string
	}{
		{"two currencies", []comp.Booking{late, euros}, nil, impact.CurrencyMixed, "D-12"},
		{"open and won", []comp.Booking{late, open}, nil, comp.TotalsMixed, "D-12"},
		{"a rep of two parties", []comp.Booking{late, other}, nil, comp.RepTwoParties, "ana"},
		{"a rep of two parties in two currencies", []comp.Booking{late, inEuros(other)},
			[]impact.Option{impact.ByCurrency()}, comp.RepTwoParties, "D-12"},
		{"a reversal of a deal that did not come", []comp.Booking{late},
			[]impact.Option{impact.Movements(back("D-99", "", "2026-12-01"))}, value.Code("impact.movement.of"), "D-99"},
		{"a reversal without a deal", []comp.Booking{late},
			[]impact.Option{impact.Movements(back("", "", "2026-12-01"))}, value.Code("impact.movement.of"), "R-1"},
		{"a reversal twice", []comp.Booking{late},
			[]impact.Option{impact.Movements(back("D-17", "", "2026-12-01"), back("D-17", "", "2026-12-02"))}, "",
			"R-1"},
		{"a reversal above the deal", []comp.Booking{late},
			[]impact.Option{impact.Movements(back("D-17", "120000.01 USD", "2026-12-01"))}, "", "120000.01"},
		{"instalments above the deal", []comp.Booking{late},
			[]impact.Option{impact.Movements(received("D-17"))}, comp.MovementAbove, "above the value"},
		{"money of a deal that never comes", []comp.Booking{late},
			[]impact.Option{impact.Movements(received("D-99"))}, value.Code("impact.movement.of"), "D-99"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := reportOf(before, after, stream(c.bookings), c.options...)
			wantRefusal(t, err, c.code, c.where)
		})
	}
	_, err := impact.Compare(before, after, []comp.Booking{late, late})
	wantRefusal(t, err, "impact.repeated", "D-17")
	_, err = impact.Compare(nil, after, nil)
	wantRefusal(t, err, "impact.plan", "")
	_, err = impact.LintBooking(nil, late)
	wantRefusal(t, err, "impact.plan", "")
	for _, c := range []*impact.Comparison{nil, {}} {
		wantRefusal(t, c.Add(late), "impact.plan", "")
		_, err = c.Finish()
		wantRefusal(t, err, "impact.plan", "")
	}

	before, after = ordered(t)
	_, err = reportOf(before, after, stream([]comp.Booking{late, early}))
	wantRefusal(t, err, "impact.order", "D-12")
	_, err = reportOf(before, after, stream([]comp.Booking{early, early}))
	wantRefusal(t, err, "impact.repeated", "D-12")
	if _, err := reportOf(before, after, stream([]comp.Booking{early, late})); err != nil {
		t.Errorf("in order: %v", err)
	}
	sameDay := early
	sameDay.ID = "D-11"
	_, err = reportOf(before, after, stream([]comp.Booking{early, sameDay}))
	wantRefusal(t, err, "impact.order", "D-11")
	sameDay.ID = "D-99" // behind by id, before by day: a slice is taken by day
	if _, err := impact.Compare(before, after, []comp.Booking{late, sameDay}); err != nil {
		t.Errorf("a slice: %v", err)
	}
}

func inEuros(b comp.Booking) comp.Booking {
	b.Value = value.MustMoney("50000 EUR")
	return b
}

// CASES R5: a refusal never repeats control characters of its input.
func TestRefusalsQuoteTheirInput(t *testing.T) {
	before, after := plans()
	all := deals()[:2]
	for i, org := range []string{"a\x1b[31m", "b\nc"} {
		for j := range all[i].Payees {
			if all[i].Payees[j].Party.Side == model.Partner {
				all[i].Payees[j].Party.Org = org
			}
		}
	}
	_, err := impact.Compare(before, after, all)
	wantRefusal(t, err, comp.RepTwoParties, `"partner a\x1b[31m"`)
	if strings.ContainsFunc(strings.ReplaceAll(err.Error(), "\n", ""), unicode.IsControl) {
		t.Errorf("%q", err)
	}
}

// Bookings with flat rates may come in any order.
func TestFlatRatesTakeAnyOrder(t *testing.T) {
	before, after := plans()
	if _, err := reportOf(before, after, stream(deals())); err != nil {
		t.Error(err)
	}
}

// After an error every later call returns it.
func TestAnErrorEndsAComparison(t *testing.T) {
	before, after := plans()
	c, err := impact.New(before, after)
	if err != nil {
		t.Fatal(err)
	}
	nameless := deals()[0]
	nameless.ID = ""
	wantRefusal(t, c.Add(nameless), comp.BookingID, "")
	wantRefusal(t, c.Add(deals()[0]), comp.BookingID, "")
	_, err = c.Finish()
	wantRefusal(t, err, comp.BookingID, "")
}

// Parts that can be seen to count something twice do not merge, nor do those of other policies.
func TestMergeRefusesWhatIsCountedTwice(t *testing.T) {
	before, after := plans()
	part := func(before, after *comp.Plan, list ...comp.Booking) impact.Partial {
		p, err := partialOf(before, after, stream(list))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	one, two := deals()[0], deals()[1]
	_, err := impact.Merge(part(before, after, one, two), part(before, after, one))
	wantRefusal(t, err, "impact.booking.shared", `partials[1].USD."`+one.ID+`"`)
	_, err = impact.Merge(part(before, after, one), part(after, before, two))
	wantRefusal(t, err, "impact.policy.other", "")

	stranger := two
	stranger.Payees = slices.Clone(two.Payees)
	stranger.Payees[0].Rep, stranger.Payees[0].Party = one.Payees[0].Rep, model.PartnerOrg("globex")
	for _, currency := range []string{"USD", "EUR"} {
		stranger.Value = value.MustMoney("100.00 " + currency)
		_, err = impact.Merge(part(before, after, one), part(before, after, stranger))
		wantRefusal(t, err, comp.RepTwoParties, `partials[1].`+currency+`."ana"`)
	}

	policy := comp.DefaultPolicy()
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"period": {
		Measure: comp.PeriodAmount, Method: comp.Marginal, Currency: value.MustMoney("0 USD").Currency(),
		Tiers: []comp.Tier{{Rate: value.MustPercent("5%")}},
	}}
	history := compile(t, policy)
	first, second := part(history, history, one), part(history, history, two)
	_, err = impact.Merge(first, second)
	wantRefusal(t, err, "impact.payee.shared", `partials[1].USD."ana"`)
	_, err = impact.Merge(encoded(t, first), encoded(t, second))
	wantRefusal(t, err, "impact.payee.shared", `partials[1].USD."ana"`)
}

func TestSplitRefusesNumbersAndPlans(t *testing.T) {
	before, after := plans()
	for _, n := range []int{-1, 0, 1001} {
		parts, takers, err := impact.Split(n, before, after)
		wantRefusal(t, err, "impact.parts", strconv.Itoa(n))
		if parts != nil || takers != nil {
			t.Error("parts beside an error")
		}
	}
	_, _, err := impact.Split(2, before, nil)
	wantRefusal(t, err, "impact.plan", "")
}

// wantRefusal fails unless err has the code, if one is given, and names a place.
func wantRefusal(t *testing.T, err error, code value.Code, where string) {
	t.Helper()
	if err == nil || code != "" && !errors.Is(err, code) || !strings.Contains(err.Error(), where) {
		t.Errorf("%v, want the code %q and %q in it", err, code, where)
	}
}
