package value

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/exact"
)

// maxMajorDigits is the number of digits that an amount may have before the point.
const maxMajorDigits = 14

// Money is an exact amount: whole minor units of one currency, below 10¹⁴ major units in magnitude. The zero value
// has no currency and is no amount; zero dollars is MustMoney("0 USD"). Money is comparable with ==.
type Money struct {
	minor    int64
	currency Currency
}

// NewMoney returns an amount of minor units, such as cents. Errors: [MoneyCurrency] for an unset c, [MoneyRange].
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

// moneyLimits are 10^14 major units in minor units, by decimal places; the first, for noMinorUnit, is 0.
var moneyLimits = [...]int64{0, 1e14, 1e15, 1e16, 1e17, 1e18}

// moneyLimit returns the magnitude that all money in c stays below; 0 where c is unset.
func moneyLimit(c Currency) int64 { return moneyLimits[currencies[c.n].places-noMinorUnit] }

// ParseMoney reads an amount, one space and an ISO 4217 code, like "120000.00 USD". There may be fewer decimals
// than the currency has, not more. One error, the first of: [MoneyFormat] for a text without a space, those of
// [ParseCurrency], also for a second space, those of [ParseAmount].
func ParseMoney(s string) (Money, error) {
	amount, code, ok := strings.Cut(s, " ")
	if !ok {
		const want = "is not an amount; write digits, a space and a currency, like 120000.00 USD"
		return Money{}, NewError(MoneyFormat, Quote(s), want)
	}
	c, err := ParseCurrency(code)
	if err != nil {
		return Money{}, err
	}
	return ParseAmount(amount, c)
}

// ParseAmount reads digits like "-120000.00": no separators, no exponent, no plus sign, digits on both sides of a
// point, at most as many decimals as c has, zeros included. One error, the first of: [MoneyCurrency] for an unset c,
// [DecimalFormat], [MoneyScaleExcess], [MoneyRange].
func ParseAmount(s string, c Currency) (Money, error) {
	if c.IsZero() {
		return NewMoney(0, c)
	}
	n, fault := parseFixed(s, c.Places())
	limit := moneyLimit(c)
	switch {
	case fault == fixedNotDigits:
		const want = "is not a plain number; write digits and at most one point, no separators, no exponent"
		return Money{}, NewError(DecimalFormat, Quote(s), want)
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

// Currency returns the currency; unset for the zero value of m.
func (m Money) Currency() Currency { return m.currency }

// IsZero reports whether m is the zero value, which is no amount. It is false for zero dollars; see [Money.Sign].
func (m Money) IsZero() bool { return m == Money{} }

// Sign returns −1, 0 or +1 as the amount is negative, zero or positive.
func (m Money) Sign() int { return cmp.Compare(m.minor, 0) }

// Neg returns −m.
func (m Money) Neg() Money { return Money{-m.minor, m.currency} }

// Add returns m + other. Errors: [MoneyCurrency] where the currencies differ or are unset, [MoneyRange].
func (m Money) Add(other Money) (Money, error) {
	if err := m.sameCurrency(other); err != nil {
		return Money{}, err
	}
	return NewMoney(m.minor+other.minor, m.currency)
}

// Sub returns m − other, with the errors of [Money.Add].
func (m Money) Sub(other Money) (Money, error) { return m.Add(other.Neg()) }

// Over returns m ÷ other, exactly. Errors: [MoneyCurrency] as for [Money.Add], ratio.undefined where other is an
// amount of zero.
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

// Take returns minor units in m's currency, from zero to m, both included; others are a [MoneyRange] error. Of
// the zero Money only zero can be taken, and it is the zero Money again.
func (m Money) Take(minor int64) (part Money, err error) {
	part = m // in this form the compiler inlines it
	part.minor = minor
	if minor < 0 || minor > m.minor {
		part, err = m.takeDown(minor)
	}
	return
}

// takeDown is Take for a negative m, and for what no m allows.
func (m Money) takeDown(minor int64) (Money, error) {
	if minor <= 0 && minor >= m.minor {
		return Money{minor, m.currency}, nil
	}
	got := string(appendFixed(nil, minor, m.currency.Places()))
	return Money{}, NewError(MoneyRange, got, "is no part of "+m.describe())
}

// Compare orders by currency code first, unset before all, so that sorting groups currencies; then by amount.
func (m Money) Compare(other Money) int {
	return cmp.Or(m.currency.Compare(other.currency), cmp.Compare(m.minor, other.minor))
}

// Sum is a running sum of money in one currency. It is held in 128 bits, so that the order of the amounts
// never matters. The zero value is empty and takes the currency of the first amount.
type Sum struct {
	sum      exact.Wide // of minor units
	currency Currency
}

// Add returns t plus m. Where m has another currency or none, it returns t and a [MoneyCurrency] error.
func (t Sum) Add(m Money) (Sum, error) {
	if m.currency.IsZero() || !t.currency.IsZero() && t.currency != m.currency {
		return t, NewError(MoneyCurrency, m.describe(), "cannot be added to a total in "+Quote(t.currency.String()))
	}
	return Sum{t.sum.Plus(exact.Widened(m.minor)), m.currency}, nil
}

// Merge returns t plus other; an empty one adds nothing. For two currencies it returns t and a [MoneyCurrency]
// error.
func (t Sum) Merge(other Sum) (Sum, error) {
	if other.currency.IsZero() {
		return t, nil
	}
	if !t.currency.IsZero() && t.currency != other.currency {
		want := "cannot be added to a total in " + t.currency.String()
		return t, NewError(MoneyCurrency, "a total in "+other.currency.String(), want)
	}
	return Sum{t.sum.Plus(other.sum), other.currency}, nil
}

// Money returns the sum: the zero [Money] for an empty total, a [MoneyRange] error where no Money can hold it.
func (t Sum) Money() (Money, error) {
	if t.currency.IsZero() {
		return Money{}, nil
	}
	minor, ok := t.sum.Int64()
	if !ok {
		return Money{}, moneyRange("a total beyond 64 bits", t.currency)
	}
	return NewMoney(minor, t.currency)
}

// Allocate divides m in proportion to whole weights, so that the parts total m exactly (comp.conserve). Units left
// over go to the largest remainders, among equal ones to the earlier part; a negative m gives negated parts. Bring
// fractions to one denominator first: 1/3 and 1/6 are the weights 2 and 1. The caller owns the result, one part
// for each weight. One error, the first of: [MoneyCurrency] for the zero m, weight.missing without a weight,
// weight.negative at weights[1] and the like, weight.total at weights for a total of 0 or above 2⁶³ − 1.
func (m Money) Allocate(weights ...int64) ([]Money, error) {
	if m.currency.IsZero() {
		return nil, NewError(MoneyCurrency, "an amount without a currency", "cannot be divided")
	}
	whole, err := wholeWeights(weights)
	if err != nil {
		return nil, err
	}
	minors, parts := make([]int64, len(whole)), make([]Money, len(whole))
	exact.Divide(m.minor, whole, minors)
	for i, minor := range minors {
		parts[i] = Money{minor, m.currency}
	}
	return parts, nil
}

func wholeWeights(weights []int64) ([]uint64, error) {
	if len(weights) == 0 {
		return nil, NewError("weight.missing", "no weight", "was given; a division needs at least one")
	}
	whole := make([]uint64, len(weights))
	var total uint64
	for i, w := range weights {
		if w < 0 {
			return nil, Below(Index("weights", i), NewError("weight.negative", strconv.FormatInt(w, 10), "is negative"))
		}
		whole[i] = uint64(w)
		if total += uint64(w); total > 1<<63-1 { // two such numbers stay within 64 bits
			return nil, weightTotal("a total above 2^63 − 1", "is too large; divide the weights by a common factor")
		}
	}
	if total == 0 {
		return nil, weightTotal("a total of 0", "divides nothing; at least one weight must be positive")
	}
	return whole, nil
}

func weightTotal(got, want string) error {
	return Below("weights", NewError("weight.total", got, want))
}
