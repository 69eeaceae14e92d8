package exact_test

import (
	"math/big"
	"testing"

	"github.com/coselling/coselling/internal/exact"
	"pgregory.net/rapid"
)

func apportion(base int64, m exact.Mode, weights ...uint64) (amount int64, parts []int64) {
	claims, due := make([]exact.Claim, len(weights)), make([]exact.Due, len(weights))
	for i, w := range weights {
		claims[i].Credit = exact.NewFraction(int64(w), exact.One)
		due[i] = exact.Due{Credit: 77, Pay: 77} // the old content must not matter
	}
	exact.NewPool(claims, m, exact.HalfEven).Of(base, claims, due)
	for _, d := range due {
		parts = append(parts, d.Credit)
	}
	for _, part := range parts {
		amount += part
	}
	return amount, parts
}

// anyFractions draws up to 60 weights in units of One squared; products of two
// fractions, as credits are, or anything.
func anyFractions() *rapid.Generator[[]uint64] {
	return rapid.Custom(func(t *rapid.T) []uint64 {
		weight := rapid.Map(anyProduct(), func(w int64) uint64 { return uint64(w) })
		// Sixty times One squared is below 2⁶³; the amount is kept below it by its bound.
		return rapid.SliceOfN(weight, 1, 60).Draw(t, "weights")
	})
}

func TestApportion_comp_conserve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := anyFractions().Draw(t, "weights")
		base := max(anyAmount().Draw(t, "base"), 0)
		if exactly := product(base, squared(int64(totalOf(weights)))); exactly.Num().BitLen()-exactly.Denom().BitLen() > 61 {
			base /= 60
		}
		for _, m := range modes {
			amount, parts := apportion(base, m, weights...)
			if want := nearest(product(base, squared(int64(totalOf(weights)))), m); want.Cmp(big.NewInt(amount)) != 0 {
				t.Errorf("%d by %v, mode %d: %d, want %s", base, weights, m, amount, want)
			}
			largestRemainder(t, base, amount, big.NewInt(oneSquared), weights, parts)
		}
	})
}

func TestApportion_comp_conserve_byHand(t *testing.T) {
	const half, third = oneSquared / 2, 3_333_333_333_333_333
	for _, c := range []struct {
		name    string
		base    int64
		mode    exact.Mode
		weights []uint64
		amount  int64
		parts   []int64
	}{
		{"all of it", 100, exact.HalfEven, []uint64{half, half}, 100, []int64{50, 50}},
		{"an odd unit, to the earlier of two halves", 101, exact.HalfEven, []uint64{half, half}, 101, []int64{51, 50}},
		{"half of five, to even", 5, exact.HalfEven, []uint64{half}, 2, []int64{2}},
		{"half of five, away from zero", 5, exact.HalfAwayFromZero, []uint64{half}, 3, []int64{3}},
		{"cut: the rests of two halves make a unit", 5, exact.TowardZero, []uint64{half, half}, 5, []int64{3, 2}},
		{"cut: less than a unit goes to nobody", 1, exact.TowardZero, []uint64{third, third, third}, 0, []int64{0, 0, 0}},
		{"rounded up: to the first of three thirds", 1, exact.HalfEven, []uint64{third, third, third}, 1, []int64{1, 0, 0}},
		{"more than all of it", 3, exact.HalfEven, []uint64{oneSquared, half}, 4, []int64{3, 1}},
		{"a weight of zero", 3, exact.HalfEven, []uint64{0, half, half}, 3, []int64{0, 2, 1}},
		{"no weight at all", 3, exact.HalfEven, []uint64{0, 0}, 0, []int64{0, 0}},
		{"nobody", 3, exact.HalfEven, nil, 0, nil},
		{"nothing", 0, exact.HalfEven, []uint64{half, half}, 0, []int64{0, 0}},
	} {
		amount, parts := apportion(c.base, c.mode, c.weights...)
		if amount != c.amount {
			t.Errorf("%s: %d, want %d", c.name, amount, c.amount)
		}
		for i, want := range c.parts {
			if parts[i] != want {
				t.Errorf("%s: part %d is %d, want %d", c.name, i, parts[i], want)
			}
		}
	}
}
