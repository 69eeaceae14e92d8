package value

import (
	"cmp"
	"math"
	"math/bits"
	"strconv"

	"github.com/coselling/coselling/internal/exact"
)

// Ratio is an exact quotient in lowest terms, such as a quota inflation or a
// quota attainment. The zero value is undefined, like 0 ÷ 0: it has no text and
// compares below every number. Ratios are comparable with ==.
type Ratio struct{ num, den int64 }

// NewRatio returns num ÷ den in lowest terms. Errors: [RatioUndefined] where den
// is zero, [RatioRange] where a term is the one 64-bit number without a negative.
func NewRatio(num, den int64) (Ratio, error) {
	if den == 0 {
		return Ratio{}, NewError(RatioUndefined, strconv.FormatInt(num, 10)+" ÷ 0", "has no value")
	}
	if num == math.MinInt64 || den == math.MinInt64 {
		return Ratio{}, NewError(RatioRange, "a term of −2⁶³", "is outside the range of a ratio")
	}
	if den < 0 {
		num, den = -num, -den
	}
	divisor := gcd(magnitude(num), uint64(den))
	return Ratio{num / int64(divisor), den / int64(divisor)}, nil
}

// Num returns the numerator, which carries the sign.
func (r Ratio) Num() int64 { return r.num }

// Den returns the denominator: positive, or 0 where r is undefined.
func (r Ratio) Den() int64 { return r.den }

// IsZero reports whether r is undefined; the number 0 is not.
func (r Ratio) IsZero() bool { return r.den == 0 }

// Compare returns −1, 0 or +1 as r is below, equal to or above other, exactly.
func (r Ratio) Compare(other Ratio) int {
	if r.den == 0 || other.den == 0 {
		return cmp.Compare(r.den, other.den)
	}
	if sign := cmp.Compare(r.num, 0); sign != cmp.Compare(other.num, 0) || sign == 0 {
		return cmp.Compare(r.num, other.num)
	}
	leftHi, leftLo := bits.Mul64(magnitude(r.num), uint64(other.den))
	rightHi, rightLo := bits.Mul64(magnitude(other.num), uint64(r.den))
	order := cmp.Or(cmp.Compare(leftHi, rightHi), cmp.Compare(leftLo, rightLo))
	if r.num < 0 {
		return -order
	}
	return order
}

// Percent returns r as a percentage, rounded once to six decimals of a percent.
// Errors: [RatioUndefined], [RoundingUnknown], and [PercentRange] beyond ±10,000 %.
func (r Ratio) Percent(mode Rounding) (Percent, error) {
	if r.den == 0 {
		return Percent{}, NewError(RatioUndefined, "an undefined ratio", "is no percentage")
	}
	if err := mode.Check(); err != nil {
		return Percent{}, err
	}
	millionths, ok := exact.Quotient(r.num, exact.One, r.den, exact.Mode(mode))
	if !ok {
		return Percent{}, percentRange(r.String())
	}
	return NewPercent(millionths)
}

// String returns "6/5", "2" where the denominator is one, and "" where r is
// undefined.
func (r Ratio) String() string {
	switch r.den {
	case 0:
		return ""
	case 1:
		return strconv.FormatInt(r.num, 10)
	default:
		return strconv.FormatInt(r.num, 10) + "/" + strconv.FormatInt(r.den, 10)
	}
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
