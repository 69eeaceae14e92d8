// Package compgen draws compensation policies, bookings and whole years of bookings for property tests with
// pgregory.net/rapid. Everything that it draws is valid: a policy compiles, each policy for which a booking
// is drawn can price it, and a history of policies has no gap.
//
//	package plans_test
//
//	import (
//		"testing"
//
//		"pgregory.net/rapid"
//
//		"github.com/coselling/coselling/comp"
//		"github.com/coselling/coselling/comp/compgen"
//	)
//
//	func TestEveryDealCanBePriced(t *testing.T) {
//		policy := comp.DefaultPolicy()
//		plan, err := comp.Compile(policy)
//		if err != nil {
//			t.Fatal(err)
//		}
//		ledgers := compgen.AnyLedger(compgen.DefaultLimits(), policy)
//		rapid.Check(t, func(t *rapid.T) {
//			for _, booking := range ledgers.Draw(t, "ledger").Bookings {
//				if _, err := plan.Statement(booking); err != nil {
//					t.Fatal(err)
//				}
//			}
//		})
//	}
//
// A [Limits] bounds the size of everything. Round and odd numbers, the smallest and the
// largest amount, joint origins, several reps on a side with shares, reps without a commission, companies that are
// paid, deals of one day and reversals all occur. rapid shrinks a failing case.
package compgen
