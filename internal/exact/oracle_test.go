package exact_test

import (
	"math"
	"math/big"

	"github.com/coselling/coselling/internal/exact"
	"pgregory.net/rapid"
)

var modes = []exact.Mode{exact.HalfEven, exact.HalfAwayFromZero, exact.TowardZero}

// nearest is the oracle of rounding: it measures the distance to both whole
// neighbours on fractions.
func nearest(x *big.Rat, mode exact.Mode) *big.Int {
	if x.IsInt() {
		return new(big.Int).Set(x.Num())
	}
	low := new(big.Int).Div(x.Num(), x.Denom()) // floor: the denominator is positive
	high := new(big.Int).Add(low, big.NewInt(1))
	if mode == exact.TowardZero {
		if x.Sign() < 0 {
			return high
		}
		return low
	}
	toLow := new(big.Rat).Sub(x, new(big.Rat).SetInt(low))
	toHigh := new(big.Rat).Sub(new(big.Rat).SetInt(high), x)
	switch nearer := toLow.Cmp(toHigh); {
	case nearer < 0:
		return low
	case nearer > 0:
		return high
	case mode == exact.HalfEven && low.Bit(0) == 0, mode == exact.HalfAwayFromZero && x.Sign() < 0:
		return low
	default:
		return high
	}
}

// product is v × the fractions.
func product(v int64, fractions ...*big.Rat) *big.Rat {
	x := new(big.Rat).SetInt64(v)
	for _, f := range fractions {
		x.Mul(x, f)
	}
	return x
}

func of(p int64) *big.Rat      { return big.NewRat(p, exact.One) }
func squared(w int64) *big.Rat { return big.NewRat(w, oneSquared) }

const oneSquared = exact.One * exact.One

// smallest is the amount below which products with whole basis points fit one word.
const smallest = 1 << 63 / exact.One

var amountEdges = []int64{0, 1, 2, 3, 5, 99, 100, 101, smallest - 1, smallest, smallest + 1, 1 << 53, 1<<62 - 1, exact.Max / 2, exact.Max - 1, exact.Max}

func anyAmount() *rapid.Generator[int64] {
	return rapid.Custom(func(t *rapid.T) int64 {
		v := rapid.OneOf(
			rapid.Int64Range(0, exact.Max),
			rapid.Int64Range(0, 2*smallest),
			rapid.Int64Range(0, 1000),
			rapid.SampledFrom(amountEdges),
		).Draw(t, "magnitude")
		if rapid.Bool().Draw(t, "negative") {
			return -v
		}
		return v
	})
}

var fractionEdges = []int64{0, 1, 2, 9_999, 10_000, 10_001, 50_000_000, 33_333_333, 66_666_667, 25_000_000, 12_500_000, 99_990_000, 99_999_999, exact.One}

func anyFraction() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Int64Range(0, exact.One),
		rapid.Map(rapid.Int64Range(0, 10_000), func(points int64) int64 { return points * 10_000 }),
		rapid.SampledFrom(fractionEdges),
	)
}

var productEdges = []int64{0, 1, exact.One - 1, exact.One, exact.One + 1, oneSquared/2 - 1, oneSquared / 2, oneSquared/2 + 1, oneSquared - 1, oneSquared}

// anyProduct draws the weight of a fraction: products of two fractions, and anything up
// to One squared.
func anyProduct() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) int64 {
			return anyFraction().Draw(t, "p") * anyFraction().Draw(t, "q")
		}),
		rapid.Int64Range(0, oneSquared),
		rapid.Map(rapid.Int64Range(0, exact.One), func(p int64) int64 { return p * exact.One }),
		rapid.SampledFrom(productEdges),
	)
}

func anyInt64() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64Range(-math.MaxInt64, math.MaxInt64), rapid.Int64Range(-1000, 1000),
		rapid.SampledFrom([]int64{math.MaxInt64, -math.MaxInt64, math.MaxInt64 - 1, 1 << 62, 0, 1}))
}
