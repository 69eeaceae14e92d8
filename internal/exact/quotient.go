package exact

import (
	"math"
	"math/bits"
)

// Quotient returns v × factor ÷ divisor rounded once, and false where its
// magnitude is above 2⁶³ − 1. The divisor must be positive and the factor not
// negative.
func Quotient(v, factor, divisor int64, m Mode) (int64, bool) {
	magnitude, negative := abs(v)
	hi, lo := bits.Mul64(magnitude, uint64(factor))
	if hi >= uint64(divisor) {
		return 0, false
	}
	whole, rest := bits.Div64(hi, lo, uint64(divisor))
	if whole > math.MaxInt64 {
		return 0, false
	}
	whole = m.round(whole, 2*rest, uint64(divisor))
	if whole > math.MaxInt64 {
		return 0, false
	}
	return signed(whole, negative), true
}
