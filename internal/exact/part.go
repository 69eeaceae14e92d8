package exact

import "math/bits"

// One is 100 %: fractions are whole numbers of a hundred-millionth, which is a
// millionth of a percent.
const One = 100_000_000

// Max is the largest magnitude of an amount in minor units that this package
// takes.
const Max = 1_000_000_000_000_000_000

const (
	oneSquared = One * One
	// smallEnough bounds the amounts whose product with One fits 63 bits.
	smallEnough = 1 << 63 / One
)

// Part returns v × p rounded once, for |v| ≤ Max and 0 ≤ p ≤ One.
func Part(v, p int64, m Mode) int64 {
	return Part2(v, p, One, m)
}

// Part2 returns v × p × q rounded once, for |v| ≤ Max and 0 ≤ p, q ≤ One. Where the
// product of the fractions is a whole number of hundred-millionths, as it is with two
// percentages of at most two decimals, 64 bits do for amounts below 92,233,720,368.
func Part2(v, p, q int64, m Mode) int64 {
	magnitude, negative := abs(v)
	fraction := uint64(p) * uint64(q)
	if f := fraction / One; f*One == fraction && magnitude < smallEnough {
		product := magnitude * f
		whole := product / One
		return signed(m.round(whole, 2*(product-whole*One), One), negative)
	}
	hi, lo := bits.Mul64(magnitude, fraction)
	whole, rest := bits.Div64(hi, lo, oneSquared)
	return signed(m.round(whole, 2*rest, oneSquared), negative)
}

// Part3 returns v × w × r rounded once, where w is a product of two fractions in
// units of One squared: |v| ≤ Max, 0 ≤ w ≤ One², 0 ≤ r ≤ One.
func Part3(v int64, w, r int64, m Mode) int64 {
	if w%One == 0 {
		return Part2(v, w/One, r, m)
	}
	magnitude, negative := abs(v)
	hi, lo := bits.Mul64(magnitude, uint64(w))
	return signed(m.partOf(hi, lo, r), negative)
}

// partOf returns a × r for a number of two words in units of One squared, rounded once.
// The product needs up to 140 bits, so it is held in three words.
func (m Mode) partOf(hi, lo uint64, r int64) uint64 {
	mid, n0 := bits.Mul64(lo, uint64(r))
	top, n1 := bits.Mul64(hi, uint64(r))
	n1, carry := bits.Add64(n1, mid, 0)
	n2 := top + carry

	// Division by One² and then by One keeps every remainder in one word; the
	// two remainders together say on which side of one half the rest lies.
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
