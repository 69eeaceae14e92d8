package main

import (
	"net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/shopspring/decimal"

	"github.com/coselling/coselling/value"
)

const (
	maxText   = 4096 // bytes of a text that a deal takes
	maxID     = 256
	maxDigits = 64 // of an amount, its exponent included
)

// id reads an id, as text.
func (d *draft) id(n *node) string {
	id := d.text(n)
	if len(id) > maxID {
		n.refuse(&d.problems, value.NewError(fieldSize, value.Quote(id), "is longer than the 256 bytes of an id"))
		return ""
	}
	return id
}

// text reads a text without blanks around it; "" where there is none. A number is read
// as it is written: some systems write their ids so.
func (d *draft) text(n *node) string {
	if !n.says() {
		return ""
	}
	n.read = true
	switch {
	case n.kind != '"' && n.kind != '0':
		n.refuse(&d.problems, value.NewError(fieldKind, "a JSON "+kindName(n.kind), "stands where a text is documented"))
		return ""
	case len(n.text) > maxText:
		n.refuse(&d.problems, value.NewError(fieldSize, value.Quote(n.text), "is longer than 4096 bytes"))
		return ""
	}
	return strings.TrimSpace(n.text)
}

// amount reads a number, or a text that is one, exactly: 1.25E7 is 12500000, and no
// float is between.
func (d *draft) amount(n *node, c value.Currency) value.Money {
	n.read = true
	text := strings.TrimSpace(n.text)
	exact, err := decimal.NewFromString(text[:min(len(text), maxDigits+1)])
	if err != nil || len(text) > maxDigits || !jsontext.Value(text).IsValid() { // as JSON writes it: no +5, .5 or 007
		n.refuse(&d.problems, value.NewError(amountFormat, value.Quote(text), "is no amount; a number of at most "+strconv.Itoa(maxDigits)+" characters, like 120000.00, is"))
		return value.Money{}
	}
	money, err := value.MoneyFromDecimal(exact, c)
	if err != nil {
		n.refuse(&d.problems, err)
	}
	return money
}

// layouts are the forms in which the four systems write times. Those without a zone
// are in that of the host.
var layouts = [...]struct {
	layout string
	zone   bool
}{
	{time.RFC3339Nano, true},
	{"2006-01-02T15:04:05.999999999Z0700", true}, // +0000, as Salesforce writes it
	{"2006-01-02T15:04:05.999999999", false},
	{time.DateOnly, false}, // the beginning of the day
}

// instant reads a date or an instant; the zero time where there is none.
func (d *draft) instant(n *node) time.Time {
	text := d.text(n)
	if text == "" {
		return time.Time{}
	}
	for _, l := range layouts {
		at, err := time.ParseInLocation(l.layout, text, d.terms.zone())
		if err != nil {
			continue
		}
		if at = at.UTC(); at.Year() < 1900 || at.Year() > 8999 {
			n.refuse(&d.problems, value.NewError(instantFormat, value.Quote(text), "is outside the years 1900 to 8999"))
			return time.Time{}
		}
		if !l.zone {
			d.assume(n.path, "has no time zone; it is read in "+d.terms.zone().String())
		}
		return at
	}
	n.refuse(&d.problems, value.NewError(instantFormat, value.Quote(text), "is no instant or date; write it like 2026-11-22T09:30:00Z or 2026-11-22"))
	return time.Time{}
}

// address reads a mail address; "" where there is none.
func (d *draft) address(n *node) string {
	text := d.text(n)
	if text == "" {
		return ""
	}
	if a, err := mail.ParseAddress(text); err != nil || a.Address != text || len(text) > 254 {
		n.refuse(&d.problems, value.NewError(addressFormat, value.Quote(text), "is no mail address like ana@acme.example"))
		return ""
	}
	return text
}
