package exact

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// modes are all modes.
var modes = []Mode{HalfEven, HalfAwayFromZero, TowardZero}

func wide() *rapid.Generator[int64] {
	return rapid.OneOf(rapid.Int64Range(-Max, Max), rapid.Int64Range(-300, 300), rapid.SampledFrom([]int64{-Max, -One, -1, 0, 1, One, Max}))
}

func TestWideAgreesWithBigIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c, d := wide().Draw(t, "a"), wide().Draw(t, "b"), wide().Draw(t, "c"), wide().Draw(t, "d")
		f := rapid.Int64Range(0, 100).Draw(t, "f")
		x := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
		y := new(big.Int).Mul(big.NewInt(c), big.NewInt(d))
		v, w := Product(a, b), Product(c, d)
		for name, got := range map[string][2]*big.Int{
			"product": {v.Big(), x}, "plus": {v.Plus(w).Big(), new(big.Int).Add(x, y)}, "minus": {v.Minus(w).Big(), new(big.Int).Sub(x, y)},
			"times": {v.Times(f).Big(), new(big.Int).Mul(x, big.NewInt(f))}, "of big": {WideOf(x).Big(), x},
		} {
			if got[0].Cmp(got[1]) != 0 {
				t.Fatalf("%s of %s, %s, %d: %s, want %s", name, x, y, f, got[0], got[1])
			}
		}
		if n, ok := v.Int64(); ok != x.IsInt64() || ok && n != x.Int64() {
			t.Fatalf("%s in 64 bits is %d, %t", x, n, ok)
		}
		if v.Compare(w) != x.Cmp(y) || v.Sign() != x.Sign() {
			t.Fatalf("%s against %s: %d; sign %d", x, y, v.Compare(w), v.Sign())
		}
	})
}

// rounded is the oracle: a fraction rounded by comparing twice the rest.
func rounded(num, den *big.Int, m Mode) int64 {
	q, r := new(big.Int).QuoRem(new(big.Int).Abs(num), den, new(big.Int))
	half := r.Lsh(r, 1).Cmp(den)
	if m != TowardZero && (half > 0 || half == 0 && (m == HalfAwayFromZero || q.Bit(0) == 1)) {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64() * int64(num.Sign())
}

func TestPartOfIsRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, w := wide().Draw(t, "v"), rapid.OneOf(rapid.Int64Range(0, oneSquared), rapid.Map(rapid.Int64Range(0, 100), func(n int64) int64 { return n * (oneSquared / 100) })).Draw(t, "w")
		r := rapid.OneOf(rapid.Int64Range(0, One), rapid.Map(rapid.Int64Range(0, 100), func(n int64) int64 { return n * (One / 100) })).Draw(t, "r")
		m := rapid.SampledFrom(modes).Draw(t, "mode")
		num := new(big.Int).Mul(Product(v, w).Big(), big.NewInt(r))
		den := new(big.Int).Mul(big.NewInt(oneSquared), big.NewInt(One))
		if got, want := PartOf(Product(v, w), r, m), rounded(num, den, m); got != want {
			t.Fatalf("%d × %d × %d: %d, want %d", v, w, r, got, want)
		}
	})
}

func TestBlendIsRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.OneOf(rapid.Int64Range(1, 50), rapid.Int64Range(1, Max))
		base := amount.Draw(t, "base")
		weight := rapid.OneOf(rapid.Just[int64](oneSquared), rapid.Int64Range(0, oneSquared), rapid.SampledFrom([]int64{oneSquared / 2, oneSquared / 4, 1})).Draw(t, "weight")
		credit := rapid.OneOf(rapid.Just(base), amount).Draw(t, "credit")
		cut := rapid.Int64Range(0, One).Draw(t, "cut")
		low, high := rapid.Int64Range(0, One).Draw(t, "low"), rapid.SampledFrom([]int64{0, One / 2, One}).Draw(t, "high")
		m := rapid.SampledFrom(modes).Draw(t, "mode")
		blend := Product(credit, cut).Times(low).Plus(Product(credit, One-cut).Times(high))
		if weight != oneSquared { // what is shown is never more than a unit above what is exact
			credit = max(1, PartOf(Product(base, weight), One, m))
			blend = Product(credit, cut).Times(low).Plus(Product(credit, One-cut).Times(high))
		}
		num := new(big.Int).Mul(Product(base, weight).Big(), blend.Big())
		den := new(big.Int).Mul(big.NewInt(oneSquared), big.NewInt(oneSquared))
		den.Mul(den, big.NewInt(credit))
		if want := rounded(num, den, m); want < Max {
			if got := Blend(base, weight, blend, credit, m); got != want {
				t.Fatalf("%d × %d × %s ÷ %d: %d, want %d", base, weight, blend.Big(), credit, got, want)
			}
		}
		if got, want := BlendedRate(blend, credit), rounded(blend.Big(), new(big.Int).Mul(big.NewInt(credit), big.NewInt(One)), HalfEven); got != want {
			t.Fatalf("blended rate %d, want %d", got, want)
		}
	})
}

// The last division leaves exactly one half of each of these, and an earlier one a rest, so
// that the number is a little above an even number and a half.
func TestRestsOfEarlierDivisionsCount(t *testing.T) {
	if got := PartOf(Widened(oneSquared/2+1), One, HalfEven); got != 1 {
		t.Errorf("a half and a hair is %d, want 1", got)
	}
	// 5297 × 296151003284141 × 2008016941474878 is 7 × 10¹⁶ × 4.5 × 10¹⁶ + 6.
	if got := Blend(5297, 296151003284141, Widened(2008016941474878), 7, HalfEven); got != 5 {
		t.Errorf("4.5 and a hair is %d, want 5", got)
	}
}
