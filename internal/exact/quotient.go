package exact

import (
	"math"
	"math/big"
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

// Rational returns a fraction of any size rounded once.
func Rational(r *big.Rat, m Mode) *big.Int {
	whole, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	half := rest.Abs(rest).Lsh(rest, 1).Cmp(r.Denom()) // below, at or above one half
	odd := uint64(whole.Bit(0))
	up := int64(m.round(odd, uint64(4+2*half), 4) - odd)
	return whole.Add(whole, big.NewInt(up*int64(r.Sign())))
}
