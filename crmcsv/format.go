package crmcsv

import (
	"errors"
	"strings"

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

// parseDay reads a day of a format.
func parseDay(text, format string) (value.Date, error) {
	plain, err := plainDay(text, format)
	if err != nil {
		return value.Date{}, err
	}
	day, err := value.ParseDate(plain)
	return day, asWritten(err, text)
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
	if thousands == "" {
		return text, nil
	}
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, hasPoint := strings.Cut(digits, point)
	groups := strings.Split(whole, thousands)
	for i, group := range groups {
		if len(groups) > 1 && (i > 0 && len(group) != 3 || len(group) > 3 || group == "") {
			return "", notWrittenLike(text, format)
		}
	}
	plain := strings.Join(groups, "")
	if hasPoint {
		plain += "." + fraction
	}
	if negative {
		plain = "-" + plain
	}
	return plain, nil
}

func notWrittenLike(text, format string) error {
	return value.NewError(RowAmount, value.Quote(text), "is not written like "+format)
}

func separators(format string) (thousands, point string) {
	switch format {
	case "1,234.50":
		return ",", "."
	case "1.234,50":
		return ".", ","
	default:
		return "", "."
	}
}

// plainDay turns a day of a format into YYYY-MM-DD. Days and months may have one
// digit.
func plainDay(text, format string) (string, error) {
	if format == "" {
		format = dayFormats[0]
	}
	separator := strings.Trim(format, "YMD")[:1]
	layout, parts := strings.Split(format, separator), strings.Split(text, separator)
	if len(parts) != len(layout) {
		return "", badDay(text, format)
	}
	var year, month, day string
	for i, unit := range layout {
		switch unit {
		case "YYYY":
			year = parts[i]
		case "MM":
			month = parts[i]
		default:
			day = parts[i]
		}
	}
	if len(year) != 4 || len(month) > 2 || len(day) > 2 || month == "" || day == "" || !allDigits(year+month+day) {
		return "", badDay(text, format)
	}
	return year + "-" + twoDigits(month) + "-" + twoDigits(day), nil
}

func badDay(text, format string) error {
	return value.NewError(RowDate, value.Quote(text), "is no day written "+format)
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
