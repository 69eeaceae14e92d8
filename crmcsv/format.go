package crmcsv

import (
	"errors"
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
	return value.NewError(rowDate, value.Quote(text), "is no day written "+format)
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
