package value

import (
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// String returns the amount with all decimals of its currency, and the code, like
// "120000.00 USD"; "" for the zero value.
func (m Money) String() string {
	if m.IsZero() {
		return ""
	}
	b := m.AppendAmount(make([]byte, 0, 24))
	b = append(b, ' ')
	return string(append(b, m.currency.String()...))
}

// AppendAmount appends the digits alone, like "120000.00".
func (m Money) AppendAmount(b []byte) []byte {
	return appendFixed(b, m.minor, m.currency.Places())
}

// AppendJSON appends {"amount":"120000.00","currency":"USD"}, and null for the zero
// value; the error is always nil.
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

// UnmarshalJSON reads the form of [Money.AppendJSON]; null gives the zero value. Unknown, repeated or wrongly
// cased members and an amount that is not a string are a [MoneyFormat] error, which names the member; the
// other errors are those of [ParseAmount] and [ParseCurrency].
func (m *Money) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*m = Money{}
		return nil
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
	*m = parsed
	return nil
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
