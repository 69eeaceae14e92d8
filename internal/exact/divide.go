package exact

import (
	"cmp"
	"math/bits"
	"slices"
)

// Share is one part of a division. The caller sets Weight; the division sets the rest.
type Share struct {
	Weight   uint64
	Part     int64 // in minor units
	Leftover bool  // whether one unit of Part is a leftover of the division

	rest uint64
}

// fewShares is the number up to which picking the largest remainders one by one is faster than sorting.
const fewShares = 32

// Divide splits amount in proportion to the weights, so that the parts total it: the units left over go to the
// largest remainders, among equal ones to the earlier share. A negative amount gives negated parts. The weights
// total 1 to 2⁶³ − 1.
func Divide(amount int64, shares []Share) { split(amount, weightOf(shares), amount, shares) }

// Apportion gives each share its weight of base, in units of One squared, and returns the rounded sum, which the
// parts total. Leftovers are those of [Divide]. Weights and result are at most 2⁶³ − 1.
func Apportion(base int64, shares []Share, m Mode) int64 {
	amount, _ := Quotient(base, int64(weightOf(shares)), oneSquared, m)
	split(base, oneSquared, amount, shares)
	return amount
}

func weightOf(shares []Share) (total uint64) {
	for i := range shares {
		total += shares[i].Weight
	}
	return total
}

// split gives each share the whole units of base × weight ÷ divisor, and then the units missing to amount to the
// largest remainders. At most as many are missing as remainders are above zero.
func split(base int64, divisor uint64, amount int64, shares []Share) {
	magnitude, negative := abs(base)
	left, _ := abs(amount)
	for i := range shares {
		s := &shares[i]
		hi, lo := bits.Mul64(magnitude, s.Weight)
		whole, rest := bits.Div64(hi, lo, divisor)
		left -= whole
		*s = Share{Weight: s.Weight, Part: signed(whole, negative), rest: rest}
	}
	unit := signed(1, negative)
	if len(shares) <= fewShares {
		handOutFew(shares, left, unit)
		return
	}
	handOutMany(shares, left, unit)
}

func (s *Share) give(unit int64) {
	s.Part += unit
	s.Leftover = true
}

func handOutFew(shares []Share, left uint64, unit int64) {
	for ; left > 0; left-- {
		best := -1
		for i := range shares {
			if !shares[i].Leftover && (best < 0 || shares[i].rest > shares[best].rest) {
				best = i
			}
		}
		shares[best].give(unit)
	}
}

func handOutMany(shares []Share, left uint64, unit int64) {
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(shares[b].rest, shares[a].rest) })
	for _, i := range order[:left] {
		shares[i].give(unit)
	}
}
