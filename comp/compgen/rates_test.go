package compgen_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
)

// Policies with drawn rate tables compile, and a run prices their ledgers in order.
func TestPoliciesWithRatesPriceTheirLedger(t *testing.T) {
	tables, added, lines := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := compgen.DefaultLimits()
		team := compgen.AnyTeam(s).Draw(t, "team")
		policy := compgen.AnyPolicy().Draw(t, "policy")
		policy.Rates = compgen.AnyRates(s, team).Draw(t, "rates")
		plan, err := comp.Compile(policy)
		if err != nil {
			t.Fatal(err)
		}
		run := plan.Run()
		for _, b := range compgen.AnyLedgerOf(s, team, policy).Draw(t, "ledger").Bookings {
			for first, last := run.Period(); !last.IsZero() && b.Closed.After(last); first, last = run.Period() {
				if _, err := run.Close("close-"+first.String(), first); err != nil {
					t.Fatal(err)
				}
			}
			statement, err := run.Statement(b)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range statement.Lines {
				lines++
				if l.Table != "" {
					tables++
				}
				if l.Added {
					added++
				}
			}
		}
	})
	if tables*4 < lines || added*20 < lines {
		t.Errorf("only %d of %d lines are priced by a table, %d by an added one", tables, lines, added)
	}
}
