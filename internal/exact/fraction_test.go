package exact_test

import (
	"math/big"
	"math/bits"
	"testing"

	"github.com/coselling/coselling/internal/exact"
	"pgregory.net/rapid"
)

// agrees compares one function with its exact value, for every mode, and with
// itself on the negated amount.
func agrees(t rapid.TB, what string, v int64, exactly *big.Rat, part func(v int64, m exact.Mode) int64) {
	t.Helper()
	for _, m := range modes {
		got := part(v, m)
		if want := nearest(exactly, m); !want.IsInt64() || got != want.Int64() {
			t.Errorf("%s, mode %d: %d, want %s (%s)", what, m, got, want, exactly.FloatString(24))
		}
		if mirrored := part(-v, m); mirrored != -got {
			t.Errorf("%s, mode %d: %d, of the negated amount %d", what, m, got, mirrored)
		}
	}
}

// fraction checks weight × rate of v, and that one word and several give the same.
func checkFraction(t rapid.TB, v, weight, rate int64) {
	t.Helper()
	f := exact.NewFraction(weight, rate)
	agrees(t, "fraction", v, product(v, squared(weight), of(rate)), f.Of)
}

func TestFractionIsTheRoundedProduct(t *testing.T) {
	for _, v := range amountEdges {
		for _, w := range productEdges {
			for _, r := range fractionEdges {
				checkFraction(t, v, w, r)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		checkFraction(t, anyAmount().Draw(t, "v"), anyProduct().Draw(t, "weight"), anyFraction().Draw(t, "rate"))
	})
}

// Two percentages leave two words, or one where their product is a whole number of hundred-millionths.
func TestFractionOfTwoPercentagesIsTheRoundedProduct(t *testing.T) {
	for _, v := range amountEdges {
		for _, p := range fractionEdges {
			for _, q := range fractionEdges {
				checkFraction(t, v, p*exact.One, q)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		checkFraction(t, anyAmount().Draw(t, "v"), anyFraction().Draw(t, "p")*exact.One, anyFraction().Draw(t, "q"))
	})
}

func TestZeroFractionIsNothing(t *testing.T) {
	for _, v := range amountEdges {
		for _, m := range modes {
			if got := new(exact.Fraction).Of(v, m); got != 0 {
				t.Errorf("%d of %d, mode %d", got, v, m)
			}
		}
	}
}

// One random product in 10¹¹ carries from the middle word into the top one; all of these do.
func TestFractionCarriesBetweenItsWords(t *testing.T) {
	const w = oneSquared - 1
	carries := 0
	for r := int64(exact.One - 1); r > exact.One-200; r -= 2 {
		for j := int64(1); j < 100; j++ {
			top := new(big.Int).Lsh(big.NewInt(j), 64)
			top.Quo(top, big.NewInt(r)) // its product with r is just below a power of the word
			v := new(big.Int).Lsh(top.Add(top, big.NewInt(1)), 64)
			v.Quo(v.Sub(v, big.NewInt(1)), big.NewInt(w))
			checkFraction(t, v.Int64(), w, r)

			high, low := bits.Mul64(v.Uint64(), w)
			middle, _ := bits.Mul64(low, uint64(r))
			if _, carry := bits.Add64(high*uint64(r), middle, 0); carry > 0 {
				carries++
			}
		}
	}
	if carries == 0 {
		t.Error("none of these products carries")
	}
}

// Random products are hardly ever one half; these are, or differ from it by the smallest
// fraction there is.
func TestFractionsAreRoundedRightBesideOneHalf(t *testing.T) {
	isHalf := func(x *big.Rat) bool { return x.Denom().Cmp(big.NewInt(2)) == 0 }
	rapid.Check(t, func(t *rapid.T) {
		odd := 2*rapid.Int64Range(0, 40_000_000).Draw(t, "half of the odd number") + 1
		beside := rapid.Int64Range(-1, 1).Draw(t, "beside")
		many := odd * exact.One // room for one more factor below one unit
		for name, x := range map[string]*big.Rat{
			"one word": product(odd, of(exact.One/2)),
			"two":      product(many, of(4), of(12_500_000)),
			"three":    product(many, squared(62_500_000), of(80_000_000)),
			"weight":   product(odd, squared(oneSquared/2), of(exact.One)),
		} {
			if !isHalf(x) {
				t.Fatalf("%s: %s is no half", name, x)
			}
		}
		checkFraction(t, odd, (exact.One/2+beside)*exact.One, exact.One)
		checkFraction(t, many, 4*exact.One, 12_500_000+beside)
		checkFraction(t, odd, oneSquared, exact.One/2+beside)
		checkFraction(t, many, 62_500_000+beside, 80_000_000)
		checkFraction(t, odd, oneSquared/2+beside, exact.One)
	})
}

func fraction(v, weight, rate int64) func(m exact.Mode) int64 {
	f := exact.NewFraction(weight, rate)
	return func(m exact.Mode) int64 { return f.Of(v, m) }
}

func TestFractionsByHand(t *testing.T) {
	for _, c := range []struct {
		name                     string
		got                      func(m exact.Mode) int64
		halfEven, halfAway, zero int64
	}{
		{"half of 1", fraction(1, oneSquared/2, exact.One), 0, 1, 0},
		{"half of 3", fraction(3, oneSquared/2, exact.One), 2, 2, 1},
		{"half of -5", fraction(-5, oneSquared/2, exact.One), -2, -3, -2},
		{"8% of 30% of 120000.00", fraction(12_000_000, 30_000_000*exact.One, 8_000_000), 288_000, 288_000, 288_000},
		{"rounded once: 50% of 50% of 6", fraction(6, 50_000_000*exact.One, 50_000_000), 2, 2, 1},
		{"rounded once: a third of 50% of 9", fraction(9, 50_000_000*33_333_333, exact.One), 1, 1, 1},
		{"half of 5 and one 16th decimal", fraction(5, oneSquared/2+1, exact.One), 3, 3, 2},
		{"half of 5 less one 16th decimal", fraction(5, oneSquared/2-1, exact.One), 2, 2, 2},
		// The product is 5 × 10²³ + 1: the last of its 24 decimals decides.
		{"half of 1 and one 24th decimal", fraction(397_875_747_432_171, 1_256_673_731, 1), 1, 1, 0},
		{"all of the largest", fraction(-exact.Max, oneSquared, exact.One), -exact.Max, -exact.Max, -exact.Max},
		{"all but a hair of the largest", fraction(exact.Max, oneSquared-1, exact.One), exact.Max - 100, exact.Max - 100, exact.Max - 100},
	} {
		for i, want := range []int64{c.halfEven, c.halfAway, c.zero} {
			if got := c.got(modes[i]); got != want {
				t.Errorf("%s, mode %d: %d, want %d", c.name, modes[i], got, want)
			}
		}
	}
}
