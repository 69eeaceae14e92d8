package exact_test

import (
	"math/big"
	"testing"

	"github.com/coselling/coselling/internal/exact"
	"pgregory.net/rapid"
)

// anyClaims draws up to 8 claims whose fractions are whole hundred-millionths.
func anyClaims() *rapid.Generator[[]exact.Claim] {
	const step = 10_000 // a percentage of two decimals
	percent := rapid.OneOf(rapid.Int64Range(0, exact.One/step), rapid.SampledFrom([]int64{1, 5_000, 10_000}))
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) exact.Claim {
		weight := percent.Draw(t, "percent") * step * exact.One
		if rapid.Bool().Draw(t, "any share") {
			weight = rapid.Int64Range(0, exact.One).Draw(t, "share") * exact.One
		}
		pay := exact.NewFraction(weight, percent.Draw(t, "rate")*step)
		if weight/exact.One%step != 0 {
			pay = exact.NewFraction(weight, exact.One*rapid.Int64Range(0, 1).Draw(t, "all or nothing"))
		}
		return exact.Claim{Credit: exact.NewFraction(weight, exact.One), Pay: pay}
	}), 1, 8)
}

// Nine claims and more are always divided in two words: claims of nothing behind the others change no answer.
func TestOneWordGivesWhatTwoWordsGive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		claims := anyClaims().Draw(t, "claims")
		more := append(claims[:len(claims):len(claims)], make([]exact.Claim, 8)...)
		v := rapid.OneOf(rapid.Int64Range(0, smallest-1), rapid.Int64Range(0, 200),
			rapid.SampledFrom([]int64{0, 1, smallest - 1, smallest, smallest + 1})).Draw(t, "v")
		for _, credit := range modes {
			for _, pay := range modes {
				one, two := make([]exact.Due, len(claims)), make([]exact.Due, len(more))
				exact.NewPool(claims, credit, pay).Of(v, claims, one)
				exact.NewPool(more, credit, pay).Of(v, more, two)
				for i, due := range two {
					if i < len(one) && due != one[i] || i >= len(one) && due != (exact.Due{}) {
						t.Errorf("%d, modes %d and %d, claim %d: %v, in one word %v", v, credit, pay, i, due, one)
					}
				}
			}
		}
	})
}

// Each pay is the fraction rounded by itself, in one word and in more.
func TestPoolPaysTheRoundedFraction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weight, rate := anyProduct().Draw(t, "weight"), anyFraction().Draw(t, "rate")
		v := max(anyAmount().Draw(t, "v"), 0)
		claims := []exact.Claim{{exact.NewFraction(weight, exact.One), exact.NewFraction(weight, rate)}}
		for _, m := range modes {
			var due [1]exact.Due
			exact.NewPool(claims, exact.TowardZero, m).Of(v, claims, due[:])
			if want := nearest(product(v, squared(weight), of(rate)), m); want.Cmp(big.NewInt(due[0].Pay)) != 0 {
				t.Errorf("%d, mode %d: %d, want %s", v, m, due[0].Pay, want)
			}
			want := nearest(product(v, squared(weight)), exact.TowardZero)
			if want.Cmp(big.NewInt(due[0].Credit)) != 0 {
				t.Errorf("%d: credit %d, want %s", v, due[0].Credit, want)
			}
		}
	})
}

func TestPoolOfFewAllocatesNothing(t *testing.T) {
	third := exact.NewFraction(exact.One*exact.One/3, exact.One) // needs two words
	half := exact.NewFraction(exact.One*exact.One/2, exact.One)
	for name, f := range map[string]exact.Fraction{"one word": half, "two words": third} {
		claims, due := make([]exact.Claim, 8), make([]exact.Due, 8)
		for i := range claims {
			claims[i].Credit = f
		}
		pool := exact.NewPool(claims, exact.HalfEven, exact.HalfEven)
		if n := testing.AllocsPerRun(100, func() { pool.Of(101, claims, due) }); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
