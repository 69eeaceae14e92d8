package value

import (
	"math/big"
	"strconv"

	"github.com/shopspring/decimal"
)

// maxDecimalDigits bounds the coefficient of a decimal, and maxDecimalExponent
// its exponent, before any arithmetic on it.
const (
	maxDecimalDigits   = 64
	maxDecimalExponent = 64
)

// MoneyFromDecimal returns a decimal as an amount in c. The decimal must be a whole number of minor units, of
// at most 64 digits and 64 decimals; zeros behind the last place do not matter. The decimal library's global
// settings have no effect. Errors: [MoneyScaleExcess], [MoneyRange], [MoneyCurrency].
func MoneyFromDecimal(d decimal.Decimal, c Currency) (Money, error) {
	if c.IsZero() || d.IsZero() {
		return NewMoney(0, c)
	}
	digits, exponent := d.NumDigits(), int(d.Exponent())
	if before := int64(digits) + int64(exponent); before > maxMajorDigits { // the sum may pass 32 bits
		return Money{}, moneyRange("a decimal of "+strconv.FormatInt(before, 10)+" digits before the point", c)
	}
	if digits > maxDecimalDigits || exponent < -maxDecimalExponent {
		got := "a decimal of " + strconv.Itoa(digits) + " digits and exponent " + strconv.Itoa(exponent)
		return Money{}, moneyScale(got, c)
	}
	minor, ok := scaled(d, exponent+c.Places())
	if !ok {
		return Money{}, moneyScale(d.StringFixed(int32(-exponent)), c)
	}
	return NewMoney(minor, c)
}

// scaled returns the coefficient of d × 10^shift, and false where that is not a whole number.
// It must have at most maxDigits digits.
func scaled(d decimal.Decimal, shift int) (int64, bool) {
	if shift >= 0 {
		return d.CoefficientInt64() * powerOfTen(shift), true
	}
	whole, rest := new(big.Int).QuoRem(d.Coefficient(), tenTo(-shift), new(big.Int))
	return whole.Int64(), rest.Sign() == 0
}

// Decimal returns the amount in major units as a fresh decimal.
func (m Money) Decimal() decimal.Decimal {
	return decimal.New(m.minor, -int32(m.currency.Places()))
}
