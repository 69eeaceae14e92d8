package value_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func bigDecimal(coefficient string, exponent int32) decimal.Decimal {
	c, ok := new(big.Int).SetString(coefficient, 10)
	if !ok {
		panic(coefficient)
	}
	return decimal.NewFromBigInt(c, exponent)
}

func TestMoneyFromDecimalReads(t *testing.T) {
	zeros := strings.Repeat("0", 61)
	for _, c := range []struct {
		name     string
		d        decimal.Decimal
		currency string
		minor    int64
	}{
		{"zero value", decimal.Decimal{}, "USD", 0},
		{"whole", decimal.New(120000, 0), "USD", 12000000},
		{"cents", decimal.New(12000012, -2), "USD", 12000012},
		{"negative", decimal.New(-5, -2), "USD", -5},
		{"positive exponent", decimal.New(12, 4), "USD", 12000000},
		{"zeros behind the last place", decimal.New(15000, -4), "USD", 150},
		{"no places", decimal.New(500, -2), "JPY", 5},
		{"three places", decimal.New(1, -3), "KWD", 1},
		{"four places", decimal.New(-99999999999999_9999, -4), "CLF", 1 - 1e18},
		{"largest", bigDecimal("9999999999999999", -2), "USD", 1e16 - 1},
		{"largest power", decimal.New(1, 13), "CLF", 1e17},
		{"zero of a huge exponent", decimal.New(0, math.MaxInt32), "USD", 0},
		{"zero of a tiny exponent", decimal.New(0, math.MinInt32), "USD", 0},
		{"18 digits with zeros", decimal.New(123_000000000000000, -15), "JPY", 123},
		{"19 digits with zeros", decimal.New(1_230000000000000000, -16), "JPY", 123},
		{"64 digits with zeros", bigDecimal("123"+zeros, -61), "USD", 12300},
		{"64 digits, 64 places", bigDecimal("1"+strings.Repeat("0", 63), -64), "KWD", 100},
		{"64 digits below one minor unit's zeros", bigDecimal("-12"+zeros+"0", -63), "USD", -120},
	} {
		m, err := value.MoneyFromDecimal(c.d, value.MustCurrency(c.currency))
		if err != nil || m.Minor() != c.minor || m.Currency() != value.MustCurrency(c.currency) {
			t.Errorf("%s: %s, %v; want %d minor units", c.name, m, err, c.minor)
		}
	}
}

func TestMoneyFromDecimalRefuses(t *testing.T) {
	nines := strings.Repeat("9", 64)
	for _, c := range []struct {
		name     string
		d        decimal.Decimal
		currency string
		code     value.Code
		says     string
	}{
		{"half a cent", decimal.New(10005, -3), "USD", value.MoneyScaleExcess, "10.005 has more decimals than USD has (2)"},
		{"negative half a cent", decimal.New(-5, -3), "USD", value.MoneyScaleExcess, "-0.005 has more decimals than USD has (2)"},
		{"tenth of a yen", decimal.New(11, -1), "JPY", value.MoneyScaleExcess, "1.1 has more decimals than JPY has (0)"},
		{"64 nines", bigDecimal(nines, -50), "CLF", value.MoneyScaleExcess, ""},
		{"64 nines below one", bigDecimal("-"+nines, -64), "CLF", value.MoneyScaleExcess, "-0." + nines + " has more decimals than CLF has (4)"},
		{"65 digits", bigDecimal(nines+"9", -60), "USD", value.MoneyScaleExcess, "a decimal of 65 digits and exponent -60 has more decimals than USD has (2)"},
		{"65 digits of zeros", bigDecimal("1"+strings.Repeat("0", 64), -64), "USD", value.MoneyScaleExcess, ""},
		{"65 places", decimal.New(1, -65), "USD", value.MoneyScaleExcess, ""},
		{"tiny", decimal.New(1, -999999999), "USD", value.MoneyScaleExcess, "a decimal of 1 digits and exponent -999999999 has more decimals than USD has (2)"},
		{"tiniest", decimal.New(-1, math.MinInt32), "USD", value.MoneyScaleExcess, ""},
		{"20 digits, 19 of them behind the point", bigDecimal("18446744073709551716", -19), "JPY", value.MoneyScaleExcess, ""},
		{"bound", decimal.New(1, 14), "USD", value.MoneyRange, "a decimal of 15 digits before the point is out of range: amounts in USD stay below 100000000000000 (10^14)"},
		{"bound in yen", decimal.New(-100000000000000, 0), "JPY", value.MoneyRange, ""},
		{"bound with places", bigDecimal("1000000000000000000", -4), "CLF", value.MoneyRange, ""},
		{"above the bound, too fine as well", bigDecimal("1000000000000000000", -3), "USD", value.MoneyRange, ""},
		{"huge", decimal.New(1, 999999999), "USD", value.MoneyRange, "a decimal of 1000000000 digits before the point is out of range: amounts in USD stay below 100000000000000 (10^14)"},
		{"hugest", decimal.New(-7, math.MaxInt32), "USD", value.MoneyRange, "a decimal of 2147483648 digits before the point is out of range: amounts in USD stay below 100000000000000 (10^14)"},
		{"hugest of many digits", bigDecimal("-"+nines, math.MaxInt32), "USD", value.MoneyRange, ""},
		{"2^64", bigDecimal("18446744073709551616", 0), "USD", value.MoneyRange, ""},
		{"10000 digits", bigDecimal("1"+strings.Repeat("0", 9999), 0), "USD", value.MoneyRange, ""},
	} {
		m, err := value.MoneyFromDecimal(c.d, value.MustCurrency(c.currency))
		says(t, c.name, err, c.code, c.says)
		if !m.IsZero() {
			t.Errorf("%s: refused, yet %s", c.name, m)
		}
	}
	for _, d := range []decimal.Decimal{{}, decimal.New(1, 0), decimal.New(1, math.MaxInt32), decimal.New(1, math.MinInt32)} {
		_, err := value.MoneyFromDecimal(d, value.Currency{})
		refused(t, "no currency", err, value.MoneyCurrency)
	}
}

func TestMoneyAndItsDecimalAreEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMoney().Draw(t, "money")
		d := m.Decimal()
		if d.Coefficient().Cmp(big.NewInt(m.Minor())) != 0 || int(d.Exponent()) != -m.Currency().Places() {
			t.Errorf("%s: %s × 10^%d", m, d.Coefficient(), d.Exponent())
		}
		if back, err := value.MoneyFromDecimal(d, m.Currency()); err != nil || back != m {
			t.Errorf("%s comes back as %s, %v", m, back, err)
		}
	})
	if d := (value.Money{}).Decimal(); !d.IsZero() || d.Exponent() != 0 {
		t.Errorf("no amount is %s × 10^%d", d.Coefficient(), d.Exponent())
	}
}

// decimalRat is d as a fraction, without a method of d that calculates.
func decimalRat(d decimal.Decimal) *big.Rat {
	r := new(big.Rat).SetInt(d.Coefficient())
	scale := new(big.Rat).SetInt(tenTo(max(int(d.Exponent()), -int(d.Exponent()))))
	if d.Exponent() < 0 {
		scale.Inv(scale)
	}
	return r.Mul(r, scale)
}

func anyDecimal() *rapid.Generator[decimal.Decimal] {
	return rapid.Custom(func(t *rapid.T) decimal.Decimal {
		digits := rapid.StringMatching(`-?[1-9][0-9]{0,30}0{0,40}`).Draw(t, "digits")
		exponent := rapid.OneOf(rapid.Int32Range(-70, 20), rapid.Int32Range(-6, 2)).Draw(t, "exponent")
		return bigDecimal(digits, exponent)
	})
}

func TestMoneyFromDecimalAgreesWithFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, c := anyDecimal().Draw(t, "decimal"), anyCurrency().Draw(t, "currency")
		got, err := value.MoneyFromDecimal(d, c)
		x := new(big.Rat).Mul(decimalRat(d), new(big.Rat).SetInt(tenTo(c.Places())))
		limit := new(big.Rat).SetInt64(bound(c))
		switch magnitude := new(big.Rat).Abs(x); {
		case magnitude.Cmp(limit) >= 0:
			refused(t, "above the bound", err, value.MoneyRange)
		case !x.IsInt(), len(new(big.Int).Abs(d.Coefficient()).String()) > 64, d.Exponent() < -64:
			refused(t, "too fine", err, value.MoneyScaleExcess)
		case err != nil || got.Minor() != x.Num().Int64() || got.Currency() != c:
			t.Errorf("%s × 10^%d in %s: %s, %v", d.Coefficient(), d.Exponent(), c, got, err)
		}
	})
}
