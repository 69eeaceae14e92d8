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

func checkPart(t rapid.TB, v, p int64) {
	t.Helper()
	agrees(t, "part", v, product(v, of(p)), func(v int64, m exact.Mode) int64 { return exact.Part(v, p, m) })
}

func checkPart2(t rapid.TB, v, p, q int64) {
	t.Helper()
	agrees(t, "part2", v, product(v, of(p), of(q)), func(v int64, m exact.Mode) int64 { return exact.Part2(v, p, q, m) })
}

func checkPart3(t rapid.TB, v, w, r int64) {
	t.Helper()
	agrees(t, "part3", v, product(v, squared(w), of(r)), func(v int64, m exact.Mode) int64 { return exact.Part3(v, w, r, m) })
}

func TestPartIsTheRoundedProduct(t *testing.T) {
	for _, v := range amountEdges {
		for _, p := range fractionEdges {
			checkPart(t, v, p)
		}
	}
	rapid.Check(t, func(t *rapid.T) { checkPart(t, anyAmount().Draw(t, "v"), anyFraction().Draw(t, "p")) })
}

func TestPart2IsTheRoundedProduct(t *testing.T) {
	for _, v := range amountEdges {
		for _, p := range fractionEdges {
			for _, q := range fractionEdges {
				checkPart2(t, v, p, q)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		checkPart2(t, anyAmount().Draw(t, "v"), anyFraction().Draw(t, "p"), anyFraction().Draw(t, "q"))
	})
}

func TestPart3IsTheRoundedProduct(t *testing.T) {
	for _, v := range amountEdges {
		for _, w := range productEdges {
			for _, r := range fractionEdges {
				checkPart3(t, v, w, r)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		checkPart3(t, anyAmount().Draw(t, "v"), anyProduct().Draw(t, "w"), anyFraction().Draw(t, "r"))
	})
}

// One random product in 10¹¹ carries from the middle word into the top one; all of these do.
func TestPart3CarriesBetweenItsWords(t *testing.T) {
	const w = oneSquared - 1
	carries := 0
	for r := int64(exact.One - 1); r > exact.One-200; r -= 2 {
		for j := int64(1); j < 100; j++ {
			top := new(big.Int).Lsh(big.NewInt(j), 64)
			top.Quo(top, big.NewInt(r)) // its product with r is just below a power of the word
			v := new(big.Int).Lsh(top.Add(top, big.NewInt(1)), 64)
			v.Quo(v.Sub(v, big.NewInt(1)), big.NewInt(w))
			checkPart3(t, v.Int64(), w, r)

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
func TestPartsAreRoundedRightBesideOneHalf(t *testing.T) {
	isHalf := func(x *big.Rat) bool { return x.Denom().Cmp(big.NewInt(2)) == 0 }
	rapid.Check(t, func(t *rapid.T) {
		odd := 2*rapid.Int64Range(0, 40_000_000).Draw(t, "half of the odd number") + 1
		beside := rapid.Int64Range(-1, 1).Draw(t, "beside")
		many := odd * exact.One // room for one more factor below one unit
		for name, x := range map[string]*big.Rat{
			"part":  product(odd, of(exact.One/2)),
			"part2": product(many, of(4), of(12_500_000)),
			"part3": product(many, squared(62_500_000), of(80_000_000)),
			"wide":  product(odd, squared(oneSquared/2), of(exact.One)),
		} {
			if !isHalf(x) {
				t.Fatalf("%s: %s is no half", name, x)
			}
		}
		checkPart(t, odd, exact.One/2+beside)
		checkPart2(t, many, 4, 12_500_000+beside)
		checkPart2(t, odd, exact.One/2+beside, exact.One)
		checkPart3(t, many, 62_500_000+beside, 80_000_000)
		checkPart3(t, odd, oneSquared/2+beside, exact.One)
	})
}

func TestPartsByHand(t *testing.T) {
	for _, c := range []struct {
		name                     string
		got                      func(m exact.Mode) int64
		halfEven, halfAway, zero int64
	}{
		{"half of 1", func(m exact.Mode) int64 { return exact.Part(1, exact.One/2, m) }, 0, 1, 0},
		{"half of 3", func(m exact.Mode) int64 { return exact.Part(3, exact.One/2, m) }, 2, 2, 1},
		{"half of -5", func(m exact.Mode) int64 { return exact.Part(-5, exact.One/2, m) }, -2, -3, -2},
		{"8% of 30% of 120000.00", func(m exact.Mode) int64 { return exact.Part2(12_000_000, 30_000_000, 8_000_000, m) }, 288_000, 288_000, 288_000},
		{"rounded once: 50% of 50% of 6", func(m exact.Mode) int64 { return exact.Part2(6, 50_000_000, 50_000_000, m) }, 2, 2, 1},
		{"rounded once: a third of 50% of 9", func(m exact.Mode) int64 { return exact.Part3(9, 50_000_000*33_333_333, exact.One, m) }, 1, 1, 1},
		{"half of 5 and one 16th decimal", func(m exact.Mode) int64 { return exact.Part3(5, oneSquared/2+1, exact.One, m) }, 3, 3, 2},
		{"half of 5 less one 16th decimal", func(m exact.Mode) int64 { return exact.Part3(5, oneSquared/2-1, exact.One, m) }, 2, 2, 2},
		// The product is 5 × 10²³ + 1: the last of its 24 decimals decides.
		{"half of 1 and one 24th decimal", func(m exact.Mode) int64 { return exact.Part3(397_875_747_432_171, 1_256_673_731, 1, m) }, 1, 1, 0},
		{"all of the largest", func(m exact.Mode) int64 { return exact.Part3(-exact.Max, oneSquared, exact.One, m) }, -exact.Max, -exact.Max, -exact.Max},
		{"all but a hair of the largest", func(m exact.Mode) int64 { return exact.Part3(exact.Max, oneSquared-1, exact.One, m) }, exact.Max - 100, exact.Max - 100, exact.Max - 100},
	} {
		for i, want := range []int64{c.halfEven, c.halfAway, c.zero} {
			if got := c.got(modes[i]); got != want {
				t.Errorf("%s, mode %d: %d, want %d", c.name, modes[i], got, want)
			}
		}
	}
}
