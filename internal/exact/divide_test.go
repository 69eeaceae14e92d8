package exact_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/coselling/coselling/internal/exact"
	"pgregory.net/rapid"
)

// few is the number of shares up to which leftovers are picked one by one;
// above it the shares are sorted.
const few = 32

func divide(amount int64, weights ...uint64) []exact.Share {
	shares := make([]exact.Share, len(weights))
	for i, w := range weights {
		// The old content of the other fields must not matter.
		shares[i] = exact.Share{Weight: w, Part: 77, Leftover: i%2 == 0}
	}
	exact.Divide(amount, shares)
	return shares
}

func anyWeights() *rapid.Generator[[]uint64] {
	return rapid.Custom(func(t *rapid.T) []uint64 {
		n := rapid.OneOf(rapid.IntRange(1, 60), rapid.IntRange(few-1, few+2)).Draw(t, "shares")
		most := rapid.SampledFrom([]uint64{1, 2, 5, 10_007, math.MaxInt64 / uint64(n)}).Draw(t, "largest weight")
		weights := rapid.SliceOfN(rapid.Uint64Range(0, most), n, n).Draw(t, "weights")
		i := rapid.IntRange(0, n-1).Draw(t, "positive")
		weights[i] = max(weights[i], 1)
		if rapid.Bool().Draw(t, "up to the bound") {
			weights[i] = 0
			weights[i] = math.MaxInt64 - totalOf(weights)
		}
		return weights
	})
}

func totalOf(weights []uint64) (total uint64) {
	for _, w := range weights {
		total += w
	}
	return total
}

// largestRemainder checks the conditions of the largest remainder for the parts of
// base × weight ÷ divisor that total amount. Only one answer meets them all.
func largestRemainder(t rapid.TB, base, amount int64, divisor *big.Int, weights []uint64, shares []exact.Share) {
	t.Helper()
	sign := int64(1)
	if base < 0 {
		sign = -1
	}
	magnitude, sum := new(big.Int).Abs(big.NewInt(base)), new(big.Int)
	rests := make([]*big.Int, len(shares))
	for i, s := range shares {
		exactly := new(big.Int).Mul(magnitude, new(big.Int).SetUint64(weights[i]))
		floor, rest := exactly.QuoRem(exactly, divisor, new(big.Int))
		rests[i] = rest
		want := floor.Int64()
		if s.Leftover {
			want++
		}
		if s.Weight != weights[i] || s.Part != sign*want {
			t.Errorf("share %d of weight %d (was %d) gets %d, leftover %t; its whole units are %d", i, s.Weight, weights[i], s.Part, s.Leftover, floor)
		}
		if s.Leftover && rest.Sign() == 0 {
			t.Errorf("share %d has no remainder, yet a leftover unit", i)
		}
		sum.Add(sum, big.NewInt(s.Part))
	}
	if sum.Cmp(big.NewInt(amount)) != 0 {
		t.Errorf("the parts total %s, not %d", sum, amount)
	}
	for i, with := range shares {
		for j, without := range shares {
			if !with.Leftover || without.Leftover {
				continue
			}
			if order := rests[i].Cmp(rests[j]); order < 0 || order == 0 && i > j {
				t.Errorf("share %d has a leftover unit before share %d", i, j)
			}
		}
	}
}

func mirrored(t rapid.TB, shares, negated []exact.Share) {
	t.Helper()
	for i, s := range negated {
		if s.Part != -shares[i].Part || s.Leftover != shares[i].Leftover {
			t.Errorf("of the negated amount share %d gets %d, want %d", i, s.Part, -shares[i].Part)
		}
	}
}

func TestDivide_comp_conserve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.OneOf(anyAmount(), anyInt64()).Draw(t, "amount")
		weights := anyWeights().Draw(t, "weights")
		shares := divide(amount, weights...)
		largestRemainder(t, amount, amount, new(big.Int).SetUint64(totalOf(weights)), weights, shares)
		mirrored(t, shares, divide(-amount, weights...))
	})
}

// The same shares with many shares of weight zero behind them are sorted.
func TestDivide_comp_conserve_bothWaysAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := anyAmount().Draw(t, "amount")
		weights := rapid.SliceOfN(rapid.Uint64Range(0, 5), 1, few).Draw(t, "weights")
		weights[0]++
		short := divide(amount, weights...)
		long := divide(amount, append(slices.Clone(weights), make([]uint64, few)...)...)
		for i, s := range long {
			if i < len(short) && s != short[i] || i >= len(short) && (s.Part != 0 || s.Leftover) {
				t.Errorf("share %d: %+v", i, s)
			}
		}
	})
}

func TestDivide_comp_conserve_tiesGoToTheEarlierShare(t *testing.T) {
	for _, n := range []int{1, 2, 3, few - 1, few, few + 1, 60} {
		for leftovers := range n {
			amount := int64(7*n + leftovers)
			for i, s := range divide(amount, slices.Repeat([]uint64{11}, n)...) {
				want := int64(7)
				if i < leftovers {
					want = 8
				}
				if s.Part != want || s.Leftover != (want == 8) {
					t.Errorf("%d by %d: share %d is %d, leftover %t", amount, n, i, s.Part, s.Leftover)
				}
			}
		}
	}
}

func TestDivideTheLargestAmounts(t *testing.T) {
	for _, amount := range []int64{math.MaxInt64, -math.MaxInt64, math.MinInt64, exact.Max, -exact.Max} {
		if got := divide(amount, math.MaxInt64); got[0].Part != amount || got[0].Leftover {
			t.Errorf("%d for one: %+v", amount, got[0])
		}
		shares := divide(amount, math.MaxInt64-2, 1, 1)
		if sum := shares[0].Part + shares[1].Part + shares[2].Part; sum != amount {
			t.Errorf("%d by three: %+v", amount, shares)
		}
	}
}

func TestDivideAmongFewAllocatesNothing(t *testing.T) {
	shares := []exact.Share{{Weight: 1}, {Weight: 1}, {Weight: 1}}
	if n := testing.AllocsPerRun(100, func() { exact.Divide(100, shares) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
