package comp_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// comp.company: a company, its pay, a payer and a payee with credit only change nothing but their own
// lines, whatever tables and shares the others have.
func TestEachKindOfPayeeChangesItsOwnLinesOnly(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		s := compgen.DefaultLimits()
		team := compgen.AnyTeam(s).Draw(t, "team")
		policy := compgen.AnyPolicy().Draw(t, "policy")
		policy.Rates = compgen.AnyRates(s, team).Draw(t, "rates")
		b := compgen.AnyBooking(s, team, policy).Draw(t, "booking")
		plan := compile(t, policy)
		got := firstInRun(t, plan, b)

		plain := b
		plain.Payees = nil // the reps, all at a rate or by tables, without payers
		unpaid, companies := map[string]bool{}, map[string]comp.Payee{}
		for _, p := range b.Payees {
			p.Payer = model.Party{}
			if p.CreditOnly {
				seen["credit only"]++
				unpaid[p.Rep], p.CreditOnly, p.Rate = true, false, value.MustPercent("0%")
			}
			if p.Company {
				companies[p.Rep] = p
				continue
			}
			plain.Payees = append(plain.Payees, p)
		}
		var want []comp.Line
		var reps comp.Statement
		if len(plain.Payees) > 0 {
			reps = firstInRun(t, plan, plain)
		}
		for _, l := range reps.Lines {
			if unpaid[l.Payee] {
				l.Rate, l.Commission = value.Percent{}, value.Money{}
			}
			want = append(want, l)
		}
		at := slices.IndexFunc(got.Lines, func(l comp.Line) bool { return companies[l.Payee].Company })
		if at < 0 {
			at = len(got.Lines)
		}
		for i, l := range got.Lines[:at] {
			if payer := payerOf(b, l.Payee); !payer.IsZero() {
				seen["payer"]++
				if l.Payer != payer {
					t.Fatalf("%s pays %s", l.Payer, l.Payee)
				}
			}
			got.Lines[i].Payer = l.Party
		}
		if !slices.Equal(got.Lines[:at], want) {
			t.Fatalf("%v\nwant\n%v", got.Lines[:at], want)
		}
		if len(got.Lines)-at != len(companies) {
			t.Fatalf("%d companies of %d", len(got.Lines)-at, len(companies))
		}
		for _, l := range got.Lines[at:] {
			seen["company"]++
			due := companies[l.Payee].Fixed.Minor()
			if companies[l.Payee].Fixed.IsZero() {
				exact := pay.Product(big.NewRat(b.Value.Minor(), 1), pay.Fraction(companies[l.Payee].Rate))
				due = pay.Rounded(exact, policy.Rounding).Int64()
			}
			if l.Commission.Minor() != due || l.QuotaCredit.Sign() != 0 || l.Influenced.Sign() != 0 {
				t.Fatalf("%s, want %d\n%+v", l.Why(), due, l)
			}
		}
	}, "credit only", "payer", "company")
}

func firstInRun(t *rapid.T, plan *comp.Plan, b comp.Booking) comp.Statement {
	t.Helper()
	s, err := plan.Run().Statement(b)
	if err != nil {
		t.Fatalf("%+v\n%v", b, err)
	}
	return s
}

func payerOf(b comp.Booking, rep string) model.Party {
	return b.Payees[slices.IndexFunc(b.Payees, func(p comp.Payee) bool { return p.Rep == rep })].Payer
}
