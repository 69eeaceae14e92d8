package crmcsv

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// row is one record while its deal is made.
type row struct {
	reader *Reader
	record []string
	fields map[string]source // of the deal, or of the payee at hand
	prefix string            // of the field names: "" or "payees[0]."
	bad    BadRow
}

func (w *row) has(field string) bool {
	_, ok := w.fields[field]
	return ok
}

// text returns the text of a field as the mapping translates it; "" where the
// mapping does not have the field or its cell is blank.
func (w *row) text(field string) string {
	s, ok := w.fields[field]
	if !ok {
		return ""
	}
	if s.Constant != nil {
		return *s.Constant
	}
	cell := strings.TrimSpace(w.record[s.column])
	switch {
	case !isText(cell):
		w.refuse(field, cell, value.NewError(RowText, value.Quote(cell), "is not UTF-8 text"))
		return ""
	case cell == "" && s.Absent != nil:
		return *s.Absent
	case cell != "" && s.Present != nil:
		return *s.Present
	case cell == "" || s.Values == nil:
		return cell
	}
	if translated, ok := s.Values[cell]; ok {
		return translated
	}
	if other, ok := s.Values["*"]; ok {
		return other
	}
	w.refuse(field, cell, value.Known(RowUnmapped, cell, slices.Sorted(maps.Keys(s.Values))))
	return ""
}

// refuse notes a problem of a field, once.
func (w *row) refuse(field, cell string, reason error) {
	problem := BadCell{Value: cell}
	if field != "" {
		problem.Field = w.prefix + field
	}
	if s, ok := w.fields[field]; ok && s.Column != nil {
		problem.Column = *s.Column
	}
	if e, ok := errors.AsType[*value.Error](reason); ok {
		problem.Reason = e
	}
	for _, known := range w.bad.Cells {
		if known.Field == problem.Field && known.Reason.Code == problem.Reason.Code {
			return
		}
	}
	w.bad.Cells = append(w.bad.Cells, problem)
}

func (w *row) refused(field string) bool {
	return slices.ContainsFunc(w.bad.Cells, func(c BadCell) bool { return c.Field == w.prefix+field })
}

// format returns the format of a field, or "" for the usual one.
func (w *row) format(field string) string {
	if f := w.fields[field].Format; f != nil {
		return *f
	}
	return ""
}

// amount returns the amount of a field; the zero Money for a blank one.
func (w *row) amount(field string) value.Money {
	text := w.text(field)
	if text == "" {
		return value.Money{}
	}
	currency := need(w, fieldCurrency, value.ParseCurrency)
	if currency.IsZero() {
		return value.Money{}
	}
	plain, err := plainAmount(text, w.format(field))
	if err != nil {
		w.refuse(field, text, err)
		return value.Money{}
	}
	m, err := value.ParseAmount(plain, currency)
	if err != nil {
		w.refuse(field, text, err)
	}
	return m
}

// day returns the day of a field that is needed.
func (w *row) day(field string) value.Date {
	return need(w, field, func(text string) (value.Date, error) {
		plain, err := plainDay(text, w.format(field))
		if err != nil {
			return value.Date{}, err
		}
		return value.ParseDate(plain)
	})
}

// percent returns the percentage of a field that is needed.
func (w *row) percent(field string) value.Percent {
	return need(w, field, func(text string) (value.Percent, error) {
		p, err := value.ParsePercent(plainPercent(text, w.format(field)))
		if err != nil {
			return p, err
		}
		return p, p.CheckPart()
	})
}

// need parses a field that must not be blank.
func need[T any](w *row, field string, parse func(string) (T, error)) T {
	text := w.text(field)
	if text == "" {
		if !w.refused(field) {
			w.refuse(field, "", missing(field+" is needed"))
		}
		var zero T
		return zero
	}
	v, err := parse(text)
	if err != nil {
		w.refuse(field, text, err)
	}
	return v
}

// optional parses a field unless it is blank.
func optional[T any](w *row, field string, parse func(string) (T, error)) T {
	text := w.text(field)
	if text == "" {
		var zero T
		return zero
	}
	v, err := parse(text)
	if err != nil {
		w.refuse(field, text, err)
	}
	return v
}
