package exact_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/coselling/coselling/internal/exact"
	"pgregory.net/rapid"
)

// few is the number of parts up to which their rests are ranked; above it they are sorted.
const few = 8

func divide(amount int64, weights ...uint64) []int64 {
	parts := slices.Repeat([]int64{77}, len(weights)) // the old content must not matter
	exact.Divide(amount, weights, parts)
	return parts
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
func largestRemainder(t rapid.TB, base, amount int64, divisor *big.Int, weights []uint64, parts []int64) {
	t.Helper()
	magnitude, sum := new(big.Int).Abs(big.NewInt(base)), new(big.Int)
	rests, leftover := make([]*big.Int, len(parts)), make([]bool, len(parts))
	for i, part := range parts {
		exactly := new(big.Int).Mul(magnitude, new(big.Int).SetUint64(weights[i]))
		floor, rest := exactly.QuoRem(exactly, divisor, new(big.Int))
		above := new(big.Int).Sub(new(big.Int).Abs(big.NewInt(part)), floor)
		rests[i], leftover[i] = rest, above.Sign() > 0
		if above.Sign() < 0 || above.Cmp(big.NewInt(1)) > 0 || part != 0 && (part < 0) != (base < 0) {
			t.Errorf("part %d of weight %d is %d; its whole units are %d", i, weights[i], part, floor)
		}
		if leftover[i] && rest.Sign() == 0 {
			t.Errorf("part %d has no remainder, yet a leftover unit", i)
		}
		sum.Add(sum, big.NewInt(part))
	}
	if sum.Cmp(big.NewInt(amount)) != 0 {
		t.Errorf("the parts total %s, not %d", sum, amount)
	}
	for i := range parts {
		for j := range parts {
			if !leftover[i] || leftover[j] {
				continue
			}
			if order := rests[i].Cmp(rests[j]); order < 0 || order == 0 && i > j {
				t.Errorf("part %d has a leftover unit before part %d", i, j)
			}
		}
	}
}

func mirrored(t rapid.TB, parts, negated []int64) {
	t.Helper()
	for i, part := range negated {
		if part != -parts[i] {
			t.Errorf("of the negated amount part %d is %d, want %d", i, part, -parts[i])
		}
	}
}

func TestDivide_comp_conserve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.OneOf(anyAmount(), anyInt64()).Draw(t, "amount")
		weights := anyWeights().Draw(t, "weights")
		parts := divide(amount, weights...)
		largestRemainder(t, amount, amount, new(big.Int).SetUint64(totalOf(weights)), weights, parts)
		mirrored(t, parts, divide(-amount, weights...))
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
		for i, part := range long {
			if i < len(short) && part != short[i] || i >= len(short) && part != 0 {
				t.Errorf("part %d: %d", i, part)
			}
		}
	})
}

func TestDivide_comp_conserve_tiesGoToTheEarlierShare(t *testing.T) {
	for _, n := range []int{1, 2, 3, few - 1, few, few + 1, 60} {
		for leftovers := range n {
			amount := int64(7*n + leftovers)
			for i, part := range divide(amount, slices.Repeat([]uint64{11}, n)...) {
				want := int64(7)
				if i < leftovers {
					want = 8
				}
				if part != want {
					t.Errorf("%d by %d: part %d is %d", amount, n, i, part)
				}
			}
		}
	}
}

func TestDivideTheLargestAmounts(t *testing.T) {
	for _, amount := range []int64{math.MaxInt64, -math.MaxInt64, math.MinInt64, exact.Max, -exact.Max} {
		if got := divide(amount, math.MaxInt64); got[0] != amount {
			t.Errorf("%d for one: %d", amount, got[0])
		}
		parts := divide(amount, math.MaxInt64-2, 1, 1)
		if sum := parts[0] + parts[1] + parts[2]; sum != amount {
			t.Errorf("%d by three: %d", amount, parts)
		}
	}
}

func TestDivideAmongFewAllocatesNothing(t *testing.T) {
	weights, parts := []uint64{1, 1, 1}, make([]int64, 3)
	if n := testing.AllocsPerRun(100, func() { exact.Divide(100, weights, parts) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
