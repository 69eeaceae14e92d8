package value

import (
	"cmp"
	"math/big"
	"strings"
)

const (
	maxRateDigits = 18
	maxRatePlaces = 30
)

// ExchangeRate is the worth of one unit of a currency in another on a day. It serves only to compare an amount
// with a bound in another currency. The zero value is no rate. Rates are comparable with ==; 1.50 is not 1.5.
type ExchangeRate struct {
	from, to Currency
	day      Date
	rate     string // without leading zeros before the one in front of the point
}

// NewExchangeRate returns a rate: one unit of from is worth rate units of to on that day. The rate is
// positive, has digits, and digits on both sides of a point if it has one; leading zeros are dropped. It has at most
// 18 significant digits and 30 decimals. All problems are reported at once: rate.currency at currency if one is
// unset or both are the same, [DateRange] at day for an unset one, [DecimalFormat] or rate.range at rate.
func NewExchangeRate(from, to Currency, rate string, day Date) (ExchangeRate, error) {
	var problems Errors
	if from.IsZero() || to.IsZero() || from == to {
		pair := Quote(from.String() + "/" + to.String())
		problems.Refuse("currency", "rate.currency", pair, "is not a pair of two currencies")
	}
	if day.IsZero() {
		problems.Add("day", dateRange(Quote("")))
	}
	rate, err := parseRate(rate)
	problems.Add("rate", err)
	if err := problems.Err(); err != nil {
		return ExchangeRate{}, err
	}
	return ExchangeRate{from, to, day, rate}, nil
}

// ParseExchangeRate reads "1 EUR = 1.0825 USD on 2026-11-02". Errors: [RateFormat] alone; else, all at once,
// those of [ParseCurrency] at from and to, of [ParseDate] at day and of the rate at rate; else rate.currency at
// currency for one currency twice.
func ParseExchangeRate(s string) (ExchangeRate, error) {
	words := strings.Split(s, " ")
	if len(words) != 7 || words[0] != "1" || words[2] != "=" || words[5] != "on" {
		const want = "is not a rate; write it like 1 EUR = 1.0825 USD on 2026-11-02"
		return ExchangeRate{}, NewError(RateFormat, Quote(s), want)
	}
	var problems Errors
	from, err := ParseCurrency(words[1])
	problems.Add("from", err)
	to, err := ParseCurrency(words[4])
	problems.Add("to", err)
	day, err := ParseDate(words[6])
	problems.Add("day", err)
	_, err = parseRate(words[3])
	problems.Add("rate", err)
	if err := problems.Err(); err != nil {
		return ExchangeRate{}, err
	}
	return NewExchangeRate(from, to, words[3], day)
}

// parseRate returns the digits of a rate without needless leading zeros.
func parseRate(s string) (string, error) {
	whole, fraction, point := strings.Cut(s, ".")
	if whole == "" || point && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		const want = "is not a rate; write digits and a point where needed, like 1.0825"
		return "", NewError(DecimalFormat, Quote(s), want)
	}
	significant := strings.TrimLeft(whole+fraction, "0")
	if significant == "" || len(significant) > maxRateDigits || len(fraction) > maxRatePlaces {
		const want = "is outside of what a rate may be: above 0, at most 18 significant digits and 30 decimals"
		return "", NewError("rate.range", Quote(s), want)
	}
	whole = cmp.Or(strings.TrimLeft(whole, "0"), "0")
	if point {
		whole += "." + fraction
	}
	return whole, nil
}

// IsZero reports whether r is no rate.
func (r ExchangeRate) IsZero() bool { return r == ExchangeRate{} }

// From returns the currency of which one unit is valued; unset for no rate.
func (r ExchangeRate) From() Currency { return r.from }

// To returns the currency that prices one unit of From, such as USD in 1 EUR = 1.0825 USD; unset for no rate.
func (r ExchangeRate) To() Currency { return r.to }

// String returns the rate like "1 EUR = 1.0825 USD on 2026-11-02"; "" for no rate.
func (r ExchangeRate) String() string {
	if r.IsZero() {
		return ""
	}
	return "1 " + r.from.String() + " = " + r.rate + " " + r.to.String() + " on " + r.day.String()
}

// CompareMoney compares amount × rate with a bound, unrounded: −1, 0 or +1. The amount must be in the rate's
// From currency and the bound in its To currency; anything else, and no rate, is a [MoneyCurrency] error.
func (r ExchangeRate) CompareMoney(amount, bound Money) (int, error) {
	if r.IsZero() || amount.currency != r.from || bound.currency != r.to {
		return 0, NewError(MoneyCurrency, amount.describe(), "cannot be compared with "+bound.describe()+r.describe())
	}
	rate, _ := new(big.Rat).SetString(r.rate)
	return rate.Mul(rate, amount.rational()).Cmp(bound.rational()), nil
}

func (r ExchangeRate) describe() string {
	if r.IsZero() {
		return " without a rate"
	}
	return " by the rate " + r.String()
}

// rational returns the amount in major units.
func (m Money) rational() *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(m.minor), tenTo(m.currency.Places()))
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// AppendText appends what [ParseExchangeRate] reads, and nothing for the zero value.
func (r ExchangeRate) AppendText(b []byte) ([]byte, error) { return append(b, r.String()...), nil }

// MarshalText returns what [ExchangeRate.AppendText] appends; the error is always nil.
func (r ExchangeRate) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a rate as [ParseExchangeRate] does; empty text is a [RateFormat] error.
func (r *ExchangeRate) UnmarshalText(text []byte) error { return read(r, text, ParseExchangeRate) }
