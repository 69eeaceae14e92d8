package crmcsv

import (
	"errors"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// The formats of amounts, days and percentages. The first of each is the one
// without a word in the mapping.
var (
	amountFormats  = [...]string{"1234.50", "1,234.50", "1.234,50"}
	dayFormats     = [...]string{"YYYY-MM-DD", "MM/DD/YYYY", "DD/MM/YYYY", "DD.MM.YYYY"}
	percentFormats = [...]string{"8%", "8"}
)

// formatsOf returns the formats that a field may have.
func formatsOf(f field) []string {
	switch f {
	case fieldValue, fieldPartnerQuota, fieldVendorQuota:
		return append([]string(nil), amountFormats[:]...)
	case fieldClosed:
		return append([]string(nil), dayFormats[:]...)
	case payeeRate, payeeShare:
		return append([]string(nil), percentFormats[:]...)
	default:
		return nil
	}
}

// parseAmount reads an amount of a format.
func parseAmount(text, format string, c value.Currency) (value.Money, error) {
	plain, err := plainAmount(text, format)
	if err != nil {
		return value.Money{}, err
	}
	m, err := value.ParseAmount(plain, c)
	if errors.Is(err, value.DecimalFormat) && format != "" {
		return m, notWrittenLike(text, format)
	}
	return m, asWritten(err, text)
}

// parseDay reads a day of a format. Days and months may have one digit.
func parseDay(text, format string) (value.Date, error) {
	if format == "" {
		format = dayFormats[0]
	}
	separator := format[2]
	if format == dayFormats[0] {
		separator = '-'
	}
	first := strings.IndexByte(text, separator)
	second := strings.LastIndexByte(text, separator)
	if first == second || strings.IndexByte(text[first+1:second], separator) >= 0 {
		return value.Date{}, badDay(text, format)
	}
	year, month, day := text[:first], text[first+1:second], text[second+1:]
	switch format[0] {
	case 'M':
		year, month, day = day, year, month
	case 'D':
		year, day = day, year
	}
	y, m, d := number(year), number(month), number(day)
	if len(year) != 4 || len(month) > 2 || len(day) > 2 || y < 0 || m < 0 || d < 0 {
		return value.Date{}, badDay(text, format)
	}
	date, err := value.NewDate(y, time.Month(m), d)
	return date, asWritten(err, text)
}

func badDay(text, format string) error {
	return value.NewError(RowDate, value.Quote(text), "is no day written "+format)
}

// number returns what one to four digits write; -1 for another text.
func number(text string) int {
	if text == "" || len(text) > 4 {
		return -1
	}
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return -1
		}
		n = 10*n + int(text[i]-'0')
	}
	return n
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

// asWritten lets an error repeat the text of the cell in place of the plain form
// that was made of it.
func asWritten(err error, text string) error {
	problem, ok := errors.AsType[*value.Error](err)
	if !ok {
		return err
	}
	return value.NewError(problem.Code, value.Quote(text), problem.Want)
}

// plainAmount turns an amount of a format into digits with a point. Separators
// must stand before every three digits, or nowhere.
func plainAmount(text, format string) (string, error) {
	thousands, point := separators(format)
	if thousands == 0 {
		return text, nil
	}
	end := strings.IndexByte(text, point) // of the whole part
	if end < 0 {
		end = len(text)
	}
	digits := 0 // since the last separator
	grouped := false
	start := len(text) - len(strings.TrimPrefix(text, "-"))
	plain := make([]byte, start, 32)
	copy(plain, text)
	for i := start; i < end; i++ {
		if text[i] != thousands {
			plain = append(plain, text[i])
			digits++
			continue
		}
		if digits == 0 || digits > 3 || grouped && digits < 3 {
			return "", notWrittenLike(text, format)
		}
		digits, grouped = 0, true
	}
	if grouped && digits != 3 {
		return "", notWrittenLike(text, format)
	}
	if end < len(text) {
		plain = append(append(plain, '.'), text[end+1:]...)
	}
	return string(plain), nil
}

func notWrittenLike(text, format string) error {
	return value.NewError(RowAmount, value.Quote(text), "is not written like "+format)
}

func separators(format string) (thousands, point byte) {
	switch format {
	case "1,234.50":
		return ',', '.'
	case "1.234,50":
		return '.', ','
	default:
		return 0, '.'
	}
}
