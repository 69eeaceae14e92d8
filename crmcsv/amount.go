package crmcsv

import (
	"errors"
	"strings"

	"github.com/coselling/coselling/value"
)

// amountStyle is how the amounts of a field are written.
type amountStyle struct {
	format           string // as the mapping has it; empty for the usual one
	thousands, point byte   // thousands is 0 where nothing separates them
}

func styleOf(format *string) amountStyle {
	switch {
	case format == nil:
		return amountStyle{"", 0, '.'}
	case *format == "1,234.50":
		return amountStyle{*format, ',', '.'}
	case *format == "1.234,50":
		return amountStyle{*format, '.', ','}
	default:
		return amountStyle{*format, 0, '.'}
	}
}

// parse reads an amount: at once where there is nothing to object to.
func (s amountStyle) parse(text string, c value.Currency) (value.Money, error) {
	if m, ok := s.quick(text, c); ok {
		return m, nil
	}
	return s.careful(text, c)
}

// quick reads what most amounts are: digits, with or without separators, and no more
// decimals than the currency has. It returns false for all that [amountStyle.careful]
// refuses, and for signs and long numbers.
func (s amountStyle) quick(text string, c value.Currency) (value.Money, bool) {
	const most = 18 // digits that 64 bits hold
	places := c.Places()
	if len(text)+places > most {
		return value.Money{}, false
	}
	minor, at, group, grouped := int64(0), 0, 0, false
	for ; at < len(text) && text[at] != s.point; at++ {
		switch digit := text[at] - '0'; {
		case digit <= 9:
			minor = 10*minor + int64(digit)
			group++
		case s.thousands != 0 && text[at] == s.thousands && (group == 3 || !grouped && group > 0 && group < 3):
			group, grouped = 0, true
		default:
			return value.Money{}, false
		}
	}
	if group == 0 || grouped && group != 3 {
		return value.Money{}, false
	}
	decimals := 0
	if at < len(text) {
		fraction := text[at+1:]
		if decimals = len(fraction); decimals == 0 || decimals > places {
			return value.Money{}, false
		}
		for i := range len(fraction) {
			digit := fraction[i] - '0'
			if digit > 9 {
				return value.Money{}, false
			}
			minor = 10*minor + int64(digit)
		}
	}
	for ; decimals < places; decimals++ {
		minor *= 10
	}
	m, err := value.NewMoney(minor, c)
	return m, err == nil
}

// careful reads any amount, or says what is wrong with it.
func (s amountStyle) careful(text string, c value.Currency) (value.Money, error) {
	plain, err := s.plain(text)
	if err != nil {
		return value.Money{}, err
	}
	m, err := value.ParseAmount(plain, c)
	if errors.Is(err, value.DecimalFormat) && s.format != "" {
		return m, s.notWritten(text)
	}
	return m, asWritten(err, text)
}

// plain turns an amount into digits with a point. Separators must stand before every
// three digits, or nowhere.
func (s amountStyle) plain(text string) (string, error) {
	if s.thousands == 0 {
		return text, nil
	}
	end := strings.IndexByte(text, s.point) // of the whole part
	if end < 0 {
		end = len(text)
	}
	digits := 0 // since the last separator
	grouped := false
	start := len(text) - len(strings.TrimPrefix(text, "-"))
	plain := make([]byte, start, 32)
	copy(plain, text)
	for i := start; i < end; i++ {
		if text[i] != s.thousands {
			plain = append(plain, text[i])
			digits++
			continue
		}
		if digits == 0 || digits > 3 || grouped && digits < 3 {
			return "", s.notWritten(text)
		}
		digits, grouped = 0, true
	}
	if grouped && digits != 3 {
		return "", s.notWritten(text)
	}
	if end < len(text) {
		plain = append(append(plain, '.'), text[end+1:]...)
	}
	return string(plain), nil
}

func (s amountStyle) notWritten(text string) error {
	return value.NewError(RowAmount, value.Quote(text), "is not written like "+s.format)
}
