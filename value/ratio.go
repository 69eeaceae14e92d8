package value

import (
	"cmp"
	"math"
	"strconv"

	"github.com/coselling/coselling/internal/exact"
)

// Ratio is an exact quotient in lowest terms, such as a quota attainment, comparable with ==. The zero value is
// undefined, like 0 ÷ 0: its text is empty, and it compares below every number.
type Ratio struct{ num, den int64 }

// NewRatio returns num ÷ den in lowest terms with a positive denominator: 6 ÷ −4 is −3/2. Errors:
// ratio.undefined for den = 0, whatever num is, else ratio.range for a term of −2⁶³.
func NewRatio(num, den int64) (Ratio, error) {
	if den == 0 {
		return Ratio{}, NewError(ratioUndefined, strconv.FormatInt(num, 10)+" ÷ 0", "has no value")
	}
	if num == math.MinInt64 || den == math.MinInt64 {
		return Ratio{}, NewError("ratio.range", "a term of −2⁶³", "is outside the range of a ratio")
	}
	if den < 0 {
		num, den = -num, -den
	}
	divisor := gcd(num, den)
	return Ratio{num / divisor, den / divisor}, nil
}

// Num returns the numerator, which has the sign of the ratio.
func (r Ratio) Num() int64 { return r.num }

// Den returns the denominator: positive, or 0 where r is undefined.
func (r Ratio) Den() int64 { return r.den }

// IsZero reports whether r is undefined. It is false for the number 0.
func (r Ratio) IsZero() bool { return r.den == 0 }

// Compare returns −1, 0 or +1 as r is below, equal to or above other, exactly.
func (r Ratio) Compare(other Ratio) int {
	if r.den == 0 || other.den == 0 {
		return cmp.Compare(r.den, other.den)
	}
	return exact.Product(r.num, other.den).Compare(exact.Product(other.num, r.den))
}

// Percent returns r, rounded once to six decimals. One error, the first of: ratio.undefined, rounding.unknown,
// [PercentRange].
func (r Ratio) Percent(mode Rounding) (Percent, error) {
	if r.den == 0 {
		return Percent{}, NewError(ratioUndefined, "an undefined ratio", "is no percentage")
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

// String returns "6/5", "2" where the denominator is one, and "" where r is undefined.
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

// gcd returns the greatest common divisor of a and b > 0, of which one may be negative.
func gcd(a, b int64) int64 {
	for a != 0 {
		a, b = b%a, a
	}
	return max(b, -b)
}
