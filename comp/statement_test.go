package comp_test

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

func TestStatementsEqualTheOracle(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		b := anyBooking(policy).Draw(t, "booking")
		got, err := compile(t, policy).Statement(b)
		if want := refusals(policy, b); len(want) > 0 || err != nil {
			if !maps.Equal(codesOf(err), want) {
				t.Fatalf("%+v\nrefused with %v\nwant codes %v", b, err, want)
			}
			return
		}
		seen["priced"]++
		compareOwed(t, got, pay.Bill(policy, b))
	}, "priced")
}

func compareOwed(t rapid.TB, got comp.Statement, want []pay.Owed) {
	t.Helper()
	if len(got.Lines) != len(want) {
		t.Fatalf("%d lines, want %d", len(got.Lines), len(want))
	}
	for i, w := range want {
		l := got.Lines[i]
		if l.Payee != w.Rep || !equal(l.QuotaCredit, w.Credit) || !equal(l.Influenced, w.Influenced) || !equal(l.Commission, w.Committed) || l.Leftover != w.Leftover {
			t.Fatalf("line %d: %s %s %s %s leftover %t\nwant %s %s %s %s leftover %t\n%s", i,
				l.Payee, l.QuotaCredit, l.Influenced, l.Commission, l.Leftover, w.Rep, w.Credit, w.Influenced, w.Committed, w.Leftover, lines(got))
		}
	}
}

func equal(m value.Money, minor *big.Int) bool {
	return !m.IsZero() && minor.IsInt64() && m.Minor() == minor.Int64()
}

func compile(t rapid.TB, p comp.Policy) *comp.Plan {
	t.Helper()
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// codesOf returns the codes of an error.
func codesOf(err error) map[value.Code]bool {
	codes := map[value.Code]bool{}
	var list value.Errors
	if one, ok := errors.AsType[*value.Error](err); ok && !errors.As(err, &list) {
		list = value.Errors{one}
	}
	for _, e := range list {
		codes[e.Code] = true
	}
	return codes
}

// lines prints a statement line by line for a failing test.
func lines(s comp.Statement) string {
	var text []string
	for _, l := range s.Lines {
		text = append(text, fmt.Sprintf("%s | %s | %s | %s | %s", l.Payee, l.QuotaCredit, l.Influenced, l.Commission, l.Why()))
	}
	return fmt.Sprint(slices.Collect(slices.Values(text)))
}
