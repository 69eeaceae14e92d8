package value

import (
	"cmp"
	"strconv"
	"strings"
)

// maxMajorDigits is how many digits an amount may have before the point.
const maxMajorDigits = 14

// Money is an exact amount: whole minor units of one currency, of a magnitude
// below 10¹⁴ major units. The zero value has no currency and is not an amount;
// nought dollars is MustMoney("0 USD"). Money is comparable with ==.
type Money struct {
	minor    int64
	currency Currency
}

// NewMoney makes an amount of minor units, such as cents. Errors:
// [MoneyCurrency] where c is unset, [MoneyRange] at 10¹⁴ major units and above.
func NewMoney(minor int64, c Currency) (Money, error) {
	if limit := moneyLimit(c); minor < limit && minor > -limit {
		return Money{minor, c}, nil
	}
	return notMoney(minor, c)
}

func notMoney(minor int64, c Currency) (Money, error) {
	if c.IsZero() {
		return Money{}, NewError(MoneyCurrency, "an amount without a currency", "is not money")
	}
	return Money{}, moneyRange(string(appendFixed(nil, minor, c.Places())), c)
}

// moneyLimits are 10^14 major units in minor units, by the places of a currency from
// noMinorUnit on, where nothing is below the limit.
var moneyLimits = [...]int64{0, 1e14, 1e15, 1e16, 1e17, 1e18}

// moneyLimit returns the first magnitude that c's money does not reach; 0 where c is
// unset.
func moneyLimit(c Currency) int64 { return moneyLimits[currencies[c.n].places-noMinorUnit] }

// ParseMoney reads an amount, one space and an ISO 4217 code, like
// "120000.00 USD". Decimals may be left out, not exceeded. Errors: [MoneyFormat],
// and those of [ParseAmount] and [ParseCurrency].
func ParseMoney(s string) (Money, error) {
	amount, code, ok := strings.Cut(s, " ")
	if !ok {
		return Money{}, NewError(MoneyFormat, Quote(s), "is not an amount; write digits, a space and a currency, like 120000.00 USD")
	}
	c, err := ParseCurrency(code)
	if err != nil {
		return Money{}, err
	}
	return ParseAmount(amount, c)
}

// ParseAmount reads the digits of an amount in a known currency, like
// "-120000.00": no separators, no exponent, at most the currency's decimals, which
// may be left out. Errors: [DecimalFormat], [MoneyScaleExcess], [MoneyRange],
// [MoneyCurrency].
func ParseAmount(s string, c Currency) (Money, error) {
	if c.IsZero() {
		return NewMoney(0, c)
	}
	n, fault := parseFixed(s, c.Places())
	limit := moneyLimit(c)
	switch {
	case fault == fixedNotDigits:
		return Money{}, NewError(DecimalFormat, Quote(s), "is not a plain number; write digits and at most one point, no separators, no exponent")
	case fault == fixedTooFine:
		return Money{}, moneyScale(Quote(s), c)
	case fault == fixedTooLarge || n >= limit || n <= -limit:
		return Money{}, moneyRange(Quote(s), c)
	}
	return Money{n, c}, nil
}

func moneyScale(got string, c Currency) *Error {
	return NewError(MoneyScaleExcess, got, "has more decimals than "+c.String()+" has ("+strconv.Itoa(c.Places())+")")
}

func moneyRange(got string, c Currency) *Error {
	return NewError(MoneyRange, got, "is out of range: amounts in "+c.String()+" stay below 100000000000000 (10^14)")
}

// MustMoney is [ParseMoney] for literals and tests; it panics on an error.
func MustMoney(s string) Money { return must(ParseMoney(s)) }

// Minor returns the amount in minor units.
func (m Money) Minor() int64 { return m.minor }

// Currency returns the currency; unset for the zero value.
func (m Money) Currency() Currency { return m.currency }

// IsZero reports whether m is the zero value, which is no amount at all; for an
// amount of nought see [Money.Sign].
func (m Money) IsZero() bool { return m == Money{} }

// Sign returns −1, 0 or +1 as the amount is negative, nought or positive.
func (m Money) Sign() int { return cmp.Compare(m.minor, 0) }

// Neg returns −m.
func (m Money) Neg() Money { return Money{-m.minor, m.currency} }

// Add returns m + other. Errors: [MoneyCurrency] where the currencies differ or
// are unset, [MoneyRange].
func (m Money) Add(other Money) (Money, error) {
	if err := m.sameCurrency(other); err != nil {
		return Money{}, err
	}
	return NewMoney(m.minor+other.minor, m.currency)
}

// Sub returns m − other, with the errors of [Money.Add].
func (m Money) Sub(other Money) (Money, error) { return m.Add(other.Neg()) }

// Over returns m ÷ other exactly. Errors: [MoneyCurrency], [RatioUndefined].
func (m Money) Over(other Money) (Ratio, error) {
	if err := m.sameCurrency(other); err != nil {
		return Ratio{}, err
	}
	return NewRatio(m.minor, other.minor)
}

func (m Money) sameCurrency(other Money) error {
	if m.currency != other.currency {
		return NewError(MoneyCurrency, other.describe(), "cannot be combined with "+m.describe())
	}
	if m.currency.IsZero() {
		return NewError(MoneyCurrency, "an amount without a currency", "is not money")
	}
	return nil
}

func (m Money) describe() string {
	if m.IsZero() {
		return "an amount without a currency"
	}
	return m.String()
}

// Take returns an amount of minor units in m's currency that lies between nought and
// m, both included. It is [NewMoney] for a part whose size was worked out; anything
// else is a [MoneyRange] error.
func (m Money) Take(minor int64) (Money, error) {
	if uint64(minor) <= uint64(m.minor) && m.minor >= 0 {
		return Money{minor, m.currency}, nil
	}
	return m.takeDown(minor)
}

// takeDown is Take from a negative amount, and its error.
func (m Money) takeDown(minor int64) (Money, error) {
	if minor <= 0 && minor >= m.minor {
		return Money{minor, m.currency}, nil
	}
	return Money{}, NewError(MoneyRange, string(appendFixed(nil, minor, m.currency.Places())), "is no part of "+m.describe())
}

// Compare orders by currency code first, so that a sort groups currencies, then
// by amount: −1, 0 or +1. Only amounts of one currency compare in business terms.
func (m Money) Compare(other Money) int {
	return cmp.Or(m.currency.Compare(other.currency), cmp.Compare(m.minor, other.minor))
}
