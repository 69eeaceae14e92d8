// Package compgen draws compensation policies, bookings and whole years of them,
// for property tests with pgregory.net/rapid. What it draws is valid by
// construction: a policy compiles, a booking can be priced by every policy that it
// is drawn for, a history of policies has no gap.
//
//	func TestNobodyLosesByTheChange(t *testing.T) {
//		before, after := comp.DefaultPolicy(), nextYear()
//		ledgers := compgen.AnyLedger(compgen.DefaultScope(), before, after)
//		rapid.Check(t, func(t *rapid.T) {
//			for _, booking := range ledgers.Draw(t, "ledger").Bookings {
//				// price it with both, compare
//			}
//		})
//	}
//
// A [Scope] says how large things get. Round and odd numbers, the smallest and the
// largest amount, joint origins, several reps a side with shares, deals of one day
// and reversals all come up; rapid shrinks what fails to something small.
package compgen
