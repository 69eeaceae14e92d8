package crmcsv

import (
	"errors"
	"strings"

	"github.com/coselling/coselling/value"
)

// amountStyle is the format of a field, and the separators of amounts in it.
type amountStyle struct {
	format           string // as the mapping states it; empty for the usual one
	thousands, point byte   // thousands is 0 without a separator
}

func styleOf(format *string) amountStyle {
	s := amountStyle{point: '.'}
	if format != nil {
		s.format = *format
	}
	switch s.format {
	case "1,234.50":
		s.thousands = ','
	case "1.234,50":
		s.thousands, s.point = '.', ','
	}
	return s
}

// parse reads an amount.
func (s amountStyle) parse(text string, c value.Currency) (value.Money, error) {
	if s.thousands == 0 {
		return s.amount(text, text, c)
	}
	var short [32]byte
	plain := short[:]
	if len(text) > len(plain) {
		plain = make([]byte, len(text))
	}
	n := s.plain(plain, text)
	if n < 0 {
		return value.Money{}, s.notWritten(text)
	}
	return s.amount(string(plain[:n]), text, c)
}

// amount reads plain, which is the plain form of a text.
func (s amountStyle) amount(plain, text string, c value.Currency) (value.Money, error) {
	m, err := value.ParseAmount(plain, c)
	switch {
	case err == nil:
		return m, nil
	case errors.Is(err, value.DecimalFormat) && s.format != "":
		return m, s.notWritten(text)
	default:
		return m, asWritten(err, text)
	}
}

// plain writes the plain form of an amount, digits with a point, into the bytes of into and
// returns its length; −1 unless separators stand before every three digits, or nowhere.
func (s amountStyle) plain(into []byte, text string) int {
	end := len(text) // of the part before the point
	if at := strings.IndexByte(text, s.point); at >= 0 {
		end = at
	}
	n, digits, grouped := 0, 0, false // digits are those since the last separator
	for at := range end {
		switch b := text[at]; {
		case b != s.thousands:
			into[n] = b
			n++
			if b != '-' || at > 0 {
				digits++
			}
		case digits == 0 || digits > 3 || grouped && digits < 3:
			return -1
		default:
			digits, grouped = 0, true
		}
	}
	if grouped && digits != 3 {
		return -1
	}
	if end < len(text) {
		into[n] = '.'
		n += 1 + copy(into[n+1:], text[end+1:])
	}
	return n
}

func (s amountStyle) notWritten(text string) error {
	return value.NewError(rowAmount, value.Quote(text), "is not written like "+s.format)
}
