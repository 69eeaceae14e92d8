package crmcsv

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// The formats of amounts and percentages. The first of each holds where the mapping states none.
var (
	amountFormats = [...]string{
		"1234.50", "1,234.50", "1.234,50", "1234,50", "1 234.50", "1 234,50", "1'234.50", "1'234,50", "12,34,567.50",
	}
	percentFormats = [...]string{"8%", "8", formatFraction}
)

// formatFraction is a percentage as a part of one: 0.3 is 30%.
const formatFraction = "fraction"

// formats is the format of a field, or for days a list of them: one text in JSON, or several.
type formats struct{ texts []string }

// maxFormats is the largest number of layouts of one field.
const maxFormats = 10

// UnmarshalJSON reads a text or a list of texts.
func (f *formats) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		data = slices.Concat([]byte{'['}, data, []byte{']'})
	}
	read, err := wire.Read[[]string](data, maxMappingBytes)
	if f.texts = read; read == nil && len(data) > 0 && data[0] == '[' {
		f.texts = []string{} // a list without a layout is one
	}
	return err
}

// AppendJSON writes a list of one text as a text.
func (f formats) AppendJSON(b []byte) ([]byte, error) {
	if len(f.texts) == 1 {
		return wire.Append(b, &f.texts[0])
	}
	return wire.Append(b, &f.texts)
}

// path returns the path of the format with a number, below its field.
func (f formats) path(i int) string {
	if len(f.texts) == 1 {
		return "format"
	}
	return value.Index("format", i)
}

// only returns the one format of an amount or a percentage; "" where the mapping states none.
func (f formats) only() string {
	if len(f.texts) == 0 {
		return ""
	}
	return f.texts[0]
}

// check returns every problem of the formats of a field, in the language whose names of months its days have.
func (f formats) check(of field, m months) error {
	var known []string
	switch of {
	case fieldClosed:
		if n := len(f.texts); f.texts != nil && n == 0 || n > maxFormats {
			want := "are not 1 to " + strconv.Itoa(maxFormats)
			return value.Below("format", value.NewError(formatUnknown, strconv.Itoa(n)+" layouts", want))
		}
		_, err := newDays(f, m)
		return err
	case fieldValue, fieldPartnerQuota, fieldVendorQuota, payeeFixed:
		known = amountFormats[:]
	case payeeRate, payeeShare:
		known = percentFormats[:]
	}
	switch {
	case f.texts == nil:
		return nil
	case known == nil:
		const want = "is not known; this field has no format, only amounts, days and percentages have"
		return value.Below("format", value.NewError(formatUnknown, value.Quote(strings.Join(f.texts, ", ")), want))
	case len(f.texts) != 1:
		const want = "stand here; only days have several, tried in order"
		return value.Below("format", value.NewError(formatUnknown, strconv.Itoa(len(f.texts))+" formats", want))
	case !slices.Contains(known, f.texts[0]):
		return value.Below("format", value.Known(formatUnknown, f.texts[0], known))
	}
	return nil
}

// part reads a percentage of the field's format, 0 % to 100 %.
func (s *source) part(text string) (value.Percent, error) {
	plain := text
	switch s.Format.only() {
	case percentFormats[1]:
		plain += "%"
	case formatFraction:
		plain = hundredfold(text) + "%"
	}
	p, err := value.ParsePercent(plain)
	if err == nil {
		err = p.CheckPart()
	}
	return p, asWritten(err, text)
}

// hundredfold moves the point of a plain number two digits to the right; other texts stay.
func hundredfold(text string) string {
	digits, negative := strings.CutPrefix(text, "-")
	whole, decimals, _ := strings.Cut(digits, ".")
	if !isDigits(whole) || strings.HasSuffix(digits, ".") || strings.Trim(decimals, "0123456789") != "" {
		return text
	}
	if decimals = strings.TrimRight(decimals, "0"); len(decimals) > 2 {
		decimals = decimals[:2] + "." + decimals[2:]
	} else {
		decimals += "00"[len(decimals):]
	}
	if negative {
		whole = "-" + whole
	}
	return whole + decimals
}

// asWritten returns an error that repeats the text of the cell in place of its plain form.
func asWritten(err error, text string) error {
	problem, ok := errors.AsType[*value.Error](err)
	if !ok {
		return err
	}
	return value.NewError(problem.Code, value.Quote(text), problem.Problem)
}
