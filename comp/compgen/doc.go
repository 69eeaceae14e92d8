// Package compgen draws compensation policies, bookings and whole years of bookings for
// property tests with pgregory.net/rapid. Everything that it draws is valid: a policy
// compiles, each policy for which a booking is drawn can price it, and a history of
// policies has no gap.
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
// A [Scope] bounds the size of everything. Round and odd numbers, the smallest and the
// largest amount, joint origins, several reps on a side with shares, deals of one day and
// reversals all occur. rapid shrinks a failing case.
package compgen
