// Package exact has the arithmetic of packages value and comp: rounded products of whole minor units with
// fractions, and the division of an amount into parts that total it. It uses no floats, allocates nothing for
// usual sizes, and no result wraps inside the bounds that each function states.
package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// Mode is a way of rounding a product that falls between two minor units.
type Mode uint8

// The modes. All of them mirror: the rounding of −x is the negated rounding of x.
const (
	HalfEven Mode = 1 + iota
	HalfAwayFromZero
	TowardZero
	AwayFromZero
)

// round returns q, or q + 1 where the mode rounds up. It takes twice the remainder, plus one where more is left.
// The comparison has no branch, which a processor could not predict.
func (m Mode) round(q, twice, divisor uint64) uint64 {
	switch m {
	case TowardZero:
		return q
	case AwayFromZero:
		return q + min(twice, 1)
	case HalfEven:
		twice += q & 1
	case HalfAwayFromZero:
		twice++
	}
	_, up := bits.Sub64(divisor, twice, 0)
	return q + up
}

const (
	One        = 100_000_000               // 100 %: fractions are counted in millionths of a percent
	Max        = 1_000_000_000_000_000_000 // the largest magnitude of an amount in minor units
	oneSquared = One * One
)

// partOf returns a × r rounded once, for a in units of One squared. The product has up to 140 bits.
func (m Mode) partOf(hi, lo uint64, r int64) uint64 {
	mid, n0 := bits.Mul64(lo, uint64(r))
	top, n1 := bits.Mul64(hi, uint64(r))
	n1, carry := bits.Add64(n1, mid, 0)
	n2 := top + carry

	// Both divisions keep the rest in one word; the two rests say on which side of one half it lies.
	_, r1 := bits.Div64(0, n2, oneSquared)
	q1, r1 := bits.Div64(r1, n1, oneSquared)
	q0, r1 := bits.Div64(r1, n0, oneSquared)
	whole, r0 := bits.Div64(q1, q0, One)
	return m.round(whole, 2*r0+min(r1, 1), One)
}

func abs(v int64) (magnitude uint64, negative bool) {
	if v < 0 {
		return -uint64(v), true
	}
	return uint64(v), false
}

func signed(magnitude uint64, negative bool) int64 {
	if negative {
		return -int64(magnitude)
	}
	return int64(magnitude)
}

// Quotient returns v × factor ÷ divisor rounded once; false above 2⁶³ − 1. It needs factor ≥ 0 and divisor > 0.
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

// Rational returns a fraction of any size, rounded once.
func Rational(r *big.Rat, m Mode) *big.Int {
	whole, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	half := rest.Abs(rest).Lsh(rest, 1).Cmp(r.Denom()) // below, at or above one half
	odd := uint64(whole.Bit(0))
	up := int64(m.round(odd, uint64(4+2*half), 4) - odd)
	return whole.Add(whole, big.NewInt(up*int64(r.Sign())))
}
