package exact_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/coselling/coselling/internal/exact"
	"pgregory.net/rapid"
)

// checkQuotient checks the quotient in 64 bits, and the same fraction of any size.
func checkQuotient(t rapid.TB, v, factor, divisor int64) {
	t.Helper()
	exactly := new(big.Rat).Mul(new(big.Rat).SetInt64(v), big.NewRat(factor, divisor))
	for _, m := range modes {
		got, ok := exact.Quotient(v, factor, divisor, m)
		want := nearest(exactly, m)
		if fits := want.CmpAbs(big.NewInt(math.MaxInt64)) <= 0; ok != fits || fits && got != want.Int64() || !fits && got != 0 {
			t.Errorf("%d × %d ÷ %d, mode %d: %d, %t; want %s", v, factor, divisor, m, got, ok, want)
		}
		if whole := exact.Rational(exactly, m); whole.Cmp(want) != 0 {
			t.Errorf("%s, mode %d: %s, want %s", exactly, m, whole, want)
		}
		if mirrored, also := exact.Quotient(-v, factor, divisor, m); mirrored != -got || also != ok {
			t.Errorf("%d × %d ÷ %d, mode %d: %d, of the negated amount %d", v, factor, divisor, m, got, mirrored)
		}
	}
}

func TestQuotientIsRoundedOnceOrDoesNotFit(t *testing.T) {
	edges := []int64{1, 2, 3, 5, exact.One, oneSquared, 1 << 62, math.MaxInt64 - 1, math.MaxInt64}
	for _, v := range append(edges, 0) {
		for _, factor := range append(edges, 0) {
			for _, divisor := range edges {
				checkQuotient(t, v, factor, divisor)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		factor := rapid.OneOf(rapid.Int64Range(0, math.MaxInt64), rapid.Int64Range(0, 1000), rapid.Just[int64](exact.One)).Draw(t, "factor")
		divisor := rapid.OneOf(rapid.Int64Range(1, math.MaxInt64), rapid.Int64Range(1, 1000), rapid.Just[int64](oneSquared)).Draw(t, "divisor")
		checkQuotient(t, anyInt64().Draw(t, "v"), factor, divisor)
	})
}

// Near the bound the rounding decides whether the quotient fits.
func TestQuotientAtTheBound(t *testing.T) {
	for _, c := range []struct {
		v, factor, divisor int64
		mode               exact.Mode
		want               int64
		ok                 bool
	}{
		{math.MaxInt64, 1, 1, exact.HalfEven, math.MaxInt64, true},
		{-math.MaxInt64, 1, 1, exact.HalfEven, -math.MaxInt64, true},
		{1 << 62, 2, 1, exact.HalfEven, 0, false},
		{-1 << 62, 2, 1, exact.HalfEven, 0, false},
		{1 << 62, 4, 2, exact.TowardZero, 0, false},
		{math.MaxInt64, math.MaxInt64, math.MaxInt64, exact.HalfEven, math.MaxInt64, true},
		{math.MaxInt64, math.MaxInt64, 1, exact.HalfEven, 0, false},
		{math.MaxInt64, math.MaxInt64, math.MaxInt64 - 1, exact.HalfEven, 0, false},
		// 2⁶³ − 1/2: down it fits, to the even neighbour and away from zero it does not.
		{6148914691236517205, 3, 2, exact.TowardZero, math.MaxInt64, true},
		{6148914691236517205, 3, 2, exact.HalfEven, 0, false},
		{-6148914691236517205, 3, 2, exact.HalfAwayFromZero, 0, false},
	} {
		if got, ok := exact.Quotient(c.v, c.factor, c.divisor, c.mode); got != c.want || ok != c.ok {
			t.Errorf("%d × %d ÷ %d, mode %d: %d, %t; want %d, %t", c.v, c.factor, c.divisor, c.mode, got, ok, c.want, c.ok)
		}
	}
}
