// Package value holds the exact values that every other package speaks in:
// [Money], [Currency], [Percent], [Ratio], [Date] and [Calendar], and the two
// ways an answer explains itself: [Reason] for a decision, [Error] for refused
// input. It knows nothing of co-selling.
//
// All of them are immutable. None obeys a process-wide setting, and a decimal
// appears in two places only: [MoneyFromDecimal] and [Money.Decimal].
package value
