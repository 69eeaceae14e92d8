package value_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

func ratio(t rapid.TB, num, den int64) value.Ratio {
	t.Helper()
	r, err := value.NewRatio(num, den)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func anyTerm() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64Range(-math.MaxInt64, math.MaxInt64), rapid.Int64Range(-30, 30),
		rapid.SampledFrom([]int64{math.MaxInt64, -math.MaxInt64, math.MaxInt64 - 1, 1 << 62, 0, 1}))
}

func TestRatioIsWrittenInLowestTerms(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		want     string
	}{
		{6, 5, "6/5"}, {12, 10, "6/5"}, {-12, -10, "6/5"}, {12, -10, "-6/5"}, {-12, 10, "-6/5"},
		{4, 2, "2"}, {0, 7, "0"}, {0, -7, "0"}, {-3, 1, "-3"},
		{math.MaxInt64, -math.MaxInt64, "-1"}, {math.MaxInt64, 1, "9223372036854775807"}, {1, math.MaxInt64, "1/9223372036854775807"},
	} {
		if got := ratio(t, c.num, c.den).String(); got != c.want {
			t.Errorf("%d ÷ %d is %q, want %q", c.num, c.den, got, c.want)
		}
	}
}

func TestRatioRefuses(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		code     value.Code
		says     string
	}{
		{1, 0, value.Code("ratio.undefined"), "1 ÷ 0 has no value"},
		{0, 0, value.Code("ratio.undefined"), "0 ÷ 0 has no value"},
		{math.MinInt64, 0, value.Code("ratio.undefined"), ""},
		{math.MinInt64, 1, value.Code("ratio.range"), "a term of −2⁶³ is outside the range of a ratio"},
		{1, math.MinInt64, value.Code("ratio.range"), ""},
		{math.MinInt64, math.MinInt64, value.Code("ratio.range"), ""},
	} {
		r, err := value.NewRatio(c.num, c.den)
		says(t, "ratio", err, c.code, c.says)
		if !r.IsZero() {
			t.Errorf("%d ÷ %d: refused, yet %s", c.num, c.den, r)
		}
	}
}

func TestUndefinedRatio(t *testing.T) {
	var none value.Ratio
	if !none.IsZero() || none.String() != "" || none.Den() != 0 || none.Compare(none) != 0 {
		t.Errorf("undefined: %q, %d", none, none.Den())
	}
	for _, num := range []int64{-math.MaxInt64, -1, 0, 1} {
		r := ratio(t, num, 3)
		if r.IsZero() || none.Compare(r) != -1 || r.Compare(none) != 1 {
			t.Errorf("undefined is not below %s", r)
		}
	}
	_, err := none.Percent(value.HalfEven)
	says(t, "percent", err, "ratio.undefined", "an undefined ratio is no percentage")
}

func TestRatioAgreesWithFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (value.Ratio, *big.Rat) {
			num, den := anyTerm().Draw(t, name+" numerator"), anyTerm().Filter(func(n int64) bool { return n != 0 }).Draw(t, name+" denominator")
			return ratio(t, num, den), new(big.Rat).SetFrac(big.NewInt(num), big.NewInt(den))
		}
		a, x := draw("a")
		b, y := draw("b")
		if a.Num() != x.Num().Int64() || a.Den() != x.Denom().Int64() || a.String() != x.RatString() {
			t.Errorf("%s, want %s in lowest terms", a, x)
		}
		if a.Compare(b) != x.Cmp(y) || b.Compare(a) != y.Cmp(x) || (a == b) != (x.Cmp(y) == 0) {
			t.Errorf("%s against %s: %d", a, b, a.Compare(b))
		}
	})
}

func TestRatioPercentIsRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num := rapid.OneOf(anyTerm(), rapid.Int64Range(-1_000_000, 1_000_000)).Draw(t, "numerator")
		den := rapid.OneOf(rapid.Int64Range(1, math.MaxInt64), rapid.Int64Range(1, 1_000_000), rapid.Just[int64](200_000_000)).Draw(t, "denominator")
		r := ratio(t, num, den)
		x := new(big.Rat).Mul(big.NewRat(num, den), big.NewRat(100_000_000, 1))
		for _, mode := range roundingModes {
			got, err := r.Percent(mode)
			want := nearest(x, mode)
			if want.CmpAbs(big.NewInt(mostMillionths)) > 0 {
				refused(t, "beyond", err, value.PercentRange)
				continue
			}
			if err != nil || got.Millionths() != want.Int64() {
				t.Errorf("%s, %s: %s, %v; want %s millionths", r, mode, got, err, want)
			}
		}
	})
}

func TestRatioPercentAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		want     string
	}{
		{1, 3, "33.333333%"}, {2, 3, "66.666667%"}, {-2, 3, "-66.666667%"}, {6, 5, "120%"}, {100, 1, "10000%"}, {-100, 1, "-10000%"},
		{1, 200_000_000, "0%"}, {3, 200_000_000, "0.000002%"}, // exact halves of a millionth
	} {
		if got, err := ratio(t, c.num, c.den).Percent(value.HalfEven); err != nil || got.String() != c.want {
			t.Errorf("%d ÷ %d: %s, %v; want %s", c.num, c.den, got, err, c.want)
		}
	}
	_, err := ratio(t, 101, 1).Percent(value.HalfEven)
	says(t, "10100%", err, value.PercentRange, "10100% is beyond 10000%, the largest percentage")
	_, err = ratio(t, math.MaxInt64, 1).Percent(value.HalfEven)
	says(t, "beyond 64 bits", err, value.PercentRange, "9223372036854775807 is beyond 10000%, the largest percentage")
	for mode, got := range map[value.Rounding]string{0: "nothing is given", value.TowardZero + 1: `"number 4" is not known`} {
		_, err = ratio(t, 1, 2).Percent(mode)
		says(t, "rounding", err, "rounding.unknown", got+"; allowed are half_even, half_away_from_zero, toward_zero")
	}
}
