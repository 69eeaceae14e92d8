package crmcsv

import (
	"errors"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// The formats of amounts, days and percentages. The first of each holds where the mapping states none.
var (
	amountFormats  = [...]string{"1234.50", "1,234.50", "1.234,50"}
	dayFormats     = [...]string{"YYYY-MM-DD", "MM/DD/YYYY", "DD/MM/YYYY", "DD.MM.YYYY"}
	percentFormats = [...]string{"8%", "8"}
)

// formatsOf returns the formats that a field may have.
func formatsOf(f field) []string {
	switch f {
	case fieldValue, fieldPartnerQuota, fieldVendorQuota:
		return amountFormats[:]
	case fieldClosed:
		return dayFormats[:]
	case payeeRate, payeeShare:
		return percentFormats[:]
	default:
		return nil
	}
}

// parseDay reads a day of a format. Days and months may have one digit.
func parseDay(text, format string) (value.Date, error) {
	if format == "" {
		format = dayFormats[0]
	}
	var numbers, digits [3]int
	separator, n := format[2], 0
	year, month, day := 2, 1, 0
	switch format[0] {
	case 'Y':
		separator, year, day = '-', 0, 2
	case 'M':
		month, day = 0, 1
	}
	for i := range len(text) {
		switch digit := text[i] - '0'; {
		case digit <= 9 && digits[n] < 4:
			numbers[n] = 10*numbers[n] + int(digit)
			digits[n]++
		case text[i] == separator && n < 2:
			n++
		default:
			return value.Date{}, badDay(text, format)
		}
	}
	if digits[year] != 4 || digits[month] == 0 || digits[month] > 2 || digits[day] == 0 || digits[day] > 2 {
		return value.Date{}, badDay(text, format)
	}
	date, err := value.NewDate(numbers[year], time.Month(numbers[month]), numbers[day])
	if err != nil {
		return date, asWritten(err, text)
	}
	return date, nil
}

func badDay(text, format string) error {
	return value.NewError("row.date", value.Quote(text), "is no day written "+format)
}

// parsePart reads a percentage of a format, 0 % to 100 %.
func parsePart(text, format string) (value.Percent, error) {
	plain := text
	if format == percentFormats[1] {
		plain += "%"
	}
	p, err := value.ParsePercent(plain)
	if err == nil {
		err = p.CheckPart()
	}
	return p, asWritten(err, text)
}

// asWritten returns an error that repeats the text of the cell in place of its plain form.
func asWritten(err error, text string) error {
	problem, ok := errors.AsType[*value.Error](err)
	if !ok {
		return err
	}
	return value.NewError(problem.Code, value.Quote(text), problem.Problem)
}

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
