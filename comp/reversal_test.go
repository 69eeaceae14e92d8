package comp_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/value"
)

// comp.clawback: a reversal takes back exactly what was paid, line by line.
func TestCompClawbackNetsToZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, s := anyPriced(t)
		if s.Projected {
			t.Skip("not won")
		}
		before := slices.Clone(s.Lines)
		on, _ := s.Date.AddDays(rapid.IntRange(0, 400).Draw(t, "days"))
		r, err := s.Reverse("R-1", on)
		if err != nil {
			t.Fatal(err)
		}
		if r.Booking != "R-1" || r.Of != s.Booking || r.Kind != comp.Reversed || r.Date != on || r.Model != s.Model || r.Projected || r.Value != s.Value.Neg() || r.Quota != s.Quota.Neg() || r.Inflation() != s.Inflation() {
			t.Fatalf("%+v of %+v", r, s)
		}
		for i, l := range r.Lines {
			l.Base, l.QuotaCredit, l.Influenced, l.Commission = l.Base.Neg(), l.QuotaCredit.Neg(), l.Influenced.Neg(), l.Commission.Neg()
			if l != s.Lines[i] {
				t.Fatalf("line %d: %s\nof %s", i, lines(r), lines(s))
			}
		}
		r.Lines[0] = comp.Line{}
		if !slices.Equal(s.Lines, before) {
			t.Fatal("a change of the reversal changed the statement")
		}
	})
}

// comp.clawback: a deal and its reversal add zero to every total.
func TestCompClawbackTotalsNetToZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, s := anyPriced(t)
		if s.Projected {
			t.Skip("not won")
		}
		r, err := s.Reverse("R-1", s.Date)
		if err != nil {
			t.Fatal(err)
		}
		var totals comp.Totals
		for _, one := range rapid.Permutation([]comp.Statement{s, r}).Draw(t, "order") {
			if err := totals.Add(one); err != nil {
				t.Fatal(err)
			}
		}
		payees, err := totals.Payees()
		if err != nil || len(payees) != len(s.Lines) {
			t.Fatalf("%d payees of %d, %v", len(payees), len(s.Lines), err)
		}
		nothing := s.Value
		nothing, _ = nothing.Add(s.Value.Neg())
		for _, p := range payees {
			if p.QuotaCredit != nothing || p.Influenced != nothing || p.Commission != nothing || p.Statements != 2 || !p.Inflation.IsZero() {
				t.Fatalf("%+v", p)
			}
		}
	})
}

// comp.clawback: only an earned deal can be taken back.
func TestRefusesMalformedReversals(t *testing.T) {
	s := statement(t, comp.DefaultPolicy(), deal(primary("ana", acme)))
	open := s
	open.Projected, open.Date = true, value.Date{}
	dated := s
	dated.Projected = true
	undated := s
	undated.Date = value.Date{}
	reversed, err := s.Reverse("R-1", won)
	if err != nil {
		t.Fatal(err)
	}
	before := value.MustDate("2026-11-19")
	for _, c := range []struct {
		name string
		of   comp.Statement
		id   string
		on   value.Date
		want []string
	}{
		{"reversal.of itself", s, "D-17", won, []string{`reversal.id: "D-17" is the id of the booking to be reversed; give the reversal another id`}},
		{"reversal.of a reversal", reversed, "R-2", won, []string{`reversal: "R-1" is a reversal itself`}},
		{"reversal.of an open deal", open, "R-1", won, []string{`reversal: "D-17" is not won; only a won deal can be reversed`}},
		{"reversal.of a dated projection", dated, "R-1", won, []string{`reversal: "D-17" is not won; only a won deal can be reversed`}},
		{"reversal.of an open deal on no day", open, "R-1", value.Date{}, []string{`reversal: "D-17" is not won; only a won deal can be reversed`}},
		{"reversal.of an undated deal", undated, "R-1", won, []string{`reversal: "D-17" is not won; only a won deal can be reversed`}},
		{"reversal.date before the closing", s, "R-1", before, []string{`reversal.on: "2026-11-19" is no day on or after the closing, 2026-11-20`}},
		{"reversal.date missing", s, "R-1", value.Date{}, []string{"reversal.on: nothing is no day on or after the closing, 2026-11-20"}},
		{"booking.id missing", s, "", won, []string{"reversal.id: nothing is no id; give 1 to 256 bytes"}},
		{"booking.id too long", s, strings.Repeat("r", 257), won, []string{`reversal.id: "` + strings.Repeat("r", 64) + `"… is no id; give 1 to 256 bytes`}},
		{"every problem at once", reversed, "", before, []string{
			"reversal.id: nothing is no id; give 1 to 256 bytes", `reversal: "R-1" is a reversal itself`,
			`reversal.on: "2026-11-19" is no day on or after the closing, 2026-11-20`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := c.of.Reverse(c.id, c.on)
			wantError(t, err, c.want...)
			if r.Lines != nil || r.Booking != "" {
				t.Errorf("beside an error stands %+v", r)
			}
		})
	}
}

func TestCompClosedOnlyProjectsOpenDeals(t *testing.T) {
	for _, m := range comp.Models() {
		b := deal(primary("ana", acme), supporting("bo", us, comp.CoSelling))
		earned := statement(t, under(m), b)
		b.Closed = value.Date{}
		open := statement(t, under(m), b)
		if !open.Projected || !open.Date.IsZero() || earned.Projected {
			t.Errorf("%s: open %+v, earned %+v", m, open, earned)
		}
		for i, l := range open.Lines {
			if !l.Projected || earned.Lines[i].Projected {
				t.Errorf("%s: line %d is not marked", m, i)
			}
			if l.Why() != earned.Lines[i].Why()+", projected (comp.closed_only)" {
				t.Errorf("%s: %s", m, l.Why())
			}
			if seen := us.View(open.Lines[0].Reason()).String(); l.Party == us && !strings.HasSuffix(seen, "projected (comp.closed_only)") {
				t.Errorf("the other side does not read that it is projected: %s", seen)
			}
			l.Projected = false
			if l != earned.Lines[i] {
				t.Errorf("%s: projected %+v, earned %+v", m, l, earned.Lines[i])
			}
		}
		_, err := open.Reverse("R-1", won)
		wantError(t, err, `reversal: "D-17" is not won; only a won deal can be reversed`)
	}
	_, err := compile(t, comp.DefaultPolicy()).Statement(comp.Booking{ID: "D", Value: usd("1"), Payees: []comp.Payee{supporting("bo", us, "")}})
	wantError(t, err, "booking.payees[0].contribution: nothing says what this supporting rep contributes; record it when the model is set")
}

// comp.clawback and section 5.3: where nothing is held, a quarter that a true-up has repriced has paid exactly what its
// tier pays on the credit that reversals left, whatever was reversed before.
func TestTrueUpAfterAReversalPaysTheTierExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:7.77%"))
		policy.Rounding = rapid.SampledFrom([]value.Rounding{value.HalfEven, value.HalfAwayFromZero, value.TowardZero}).Draw(t, "rounding")
		plan := compile(t, policy)
		run := plan.Run()
		var paid, left int64
		for i := range rapid.IntRange(1, 4).Draw(t, "small deals") {
			minor := rapid.Int64Range(1, 20_000).Draw(t, "value")
			b := booked(fmt.Sprint("D-", i), cents(minor), "2026-11-20")
			s := inRun(t, run, b)[0]
			payout, err := plan.Payout(s)
			if err != nil {
				t.Fatal(err)
			}
			gone := rapid.Int64Range(1, minor).Draw(t, "reversed")
			id := "R-" + b.ID
			d, err := payout.Payout.Move(comp.Movement{ID: id, Of: b.ID, Kind: comp.Reversed, Amount: usd(cents(gone)), On: b.Closed})
			if err == nil {
				err = run.Reverse(d.Payout, id)
			}
			if err != nil {
				t.Fatal(err)
			}
			paid += s.Lines[0].Commission.Minor() + d.Statements[0].Lines[0].Commission.Minor()
			left += minor - gone
		}
		last := inRun(t, run, booked("D-last", "1000", "2026-11-21"))[0]
		for _, l := range last.Lines {
			paid += l.Commission.Minor()
		}
		due := big.NewRat((left+100_000)*777, 10_000)
		if want := pay.Rounded(due, policy.Rounding).Int64(); paid != want {
			t.Fatalf("paid %d, want %d for %s", paid, want, due.FloatString(4))
		}
	})
}

// cents returns minor units of dollars as an amount.
func cents(minor int64) string { return fmt.Sprintf("%d.%02d", minor/100, minor%100) }
