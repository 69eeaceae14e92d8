package value

import (
	"errors"
	"math/big"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/shopspring/decimal"
)

// String returns the amount with all decimals and the code, like "120000.00 USD"; "" for the zero value.
func (m Money) String() string {
	if m.IsZero() {
		return ""
	}
	b := m.AppendAmount(make([]byte, 0, 24))
	b = append(b, ' ')
	return string(append(b, m.currency.String()...))
}

// Grouped returns the amount as people write it, like "120,000 USD" or "92,000.50 EUR": thousands apart, and decimals
// only where they are not all 0; "" for the zero value. [ParseMoney] does not read it.
func (m Money) Grouped() string {
	if m.IsZero() {
		return ""
	}
	whole, part, _ := strings.Cut(string(m.AppendAmount(nil)), ".")
	sign := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		sign, whole = "-", rest
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if strings.Trim(part, "0") != "" {
		whole += "." + part
	}
	return sign + whole + " " + m.currency.String()
}

// AppendAmount appends the digits alone, like "120000.00"; "0" for the zero value.
func (m Money) AppendAmount(b []byte) []byte { return appendFixed(b, m.minor, m.currency.Places()) }

// AppendJSON appends {"amount":"120000.00","currency":"USD"}, and null for the zero value; no error.
func (m Money) AppendJSON(b []byte) ([]byte, error) {
	if m.IsZero() {
		return append(b, "null"...), nil
	}
	b = append(b, `{"amount":"`...)
	b = m.AppendAmount(b)
	b = append(b, `","currency":"`...)
	b = append(b, m.currency.String()...)
	return append(b, `"}`...), nil
}

// MarshalJSON returns what [Money.AppendJSON] appends; the error is always nil.
func (m Money) MarshalJSON() ([]byte, error) { return m.AppendJSON(make([]byte, 0, 48)) }

// UnmarshalJSON reads that form, or null as the zero value. One error, the first of: [MoneyFormat] at the member, if
// there is one; those of [ParseCurrency] at currency; those of [ParseAmount] at amount. A missing member is empty
// text.
func (m *Money) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return store(m, Money{}, nil)
	}
	var wire struct {
		Amount   string `json:"amount"`
		Currency string `json:"currency"`
	}
	err := json.Unmarshal(data, &wire, json.RejectUnknownMembers(true), jsontext.AllowDuplicateNames(false))
	if err != nil {
		return moneyFormat(data, err)
	}
	c, err := ParseCurrency(wire.Currency)
	if err != nil {
		return Below("currency", err)
	}
	parsed, err := ParseAmount(wire.Amount, c)
	if err != nil {
		return Below("amount", err)
	}
	return store(m, parsed, nil)
}

// moneyFormat returns a [MoneyFormat] error at the member that err is about, if there is one.
func moneyFormat(data []byte, err error) error {
	var pointer jsontext.Pointer
	if e, ok := errors.AsType[*json.SemanticError](err); ok {
		pointer = e.JSONPointer
	} else if e, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		pointer = e.JSONPointer
	}
	path := ""
	for member := range pointer.Tokens() {
		path = memberPath(member)
		break
	}
	const want = `is not money; write {"amount":"120000.00","currency":"USD"}`
	return Below(path, NewError(MoneyFormat, Quote(string(data)), want))
}

// memberPath returns the name of a member as a path shows it: quoted unless it is short and plain.
func memberPath(name string) string {
	if name == "" {
		return `""`
	}
	if quoted := Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// The bounds of a decimal, which are checked before any arithmetic on it.
const (
	maxDecimalDigits   = 64
	maxDecimalExponent = 64
)

// MoneyFromDecimal returns a decimal as an amount in c: a whole number of minor units, of at most 64 digits and 64
// decimals; zeros behind the last place do not matter. Errors: [MoneyScaleExcess], [MoneyRange], [MoneyCurrency].
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

// scaled returns the coefficient of d × 10^shift, of at most maxDigits digits; false where it is not whole.
func scaled(d decimal.Decimal, shift int) (int64, bool) {
	if shift >= 0 {
		return d.CoefficientInt64() * powerOfTen(shift), true
	}
	whole, rest := new(big.Int).QuoRem(d.Coefficient(), tenTo(-shift), new(big.Int))
	return whole.Int64(), rest.Sign() == 0
}

// Decimal returns the amount in major units as a fresh decimal.
func (m Money) Decimal() decimal.Decimal { return decimal.New(m.minor, -int32(m.currency.Places())) }
