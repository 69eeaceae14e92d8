package crmcsv

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// maxCellBytes bounds the cells that a mapping reads; others may be longer.
const maxCellBytes = 1024

// row is one record while its deal is made.
type row struct {
	reader     *Reader
	record     []string
	isText     bool               // all of the record is
	fields     *bound             // of the deal, or of the payee at hand
	nth        int                // the payee at hand, from 1; 0 for the deal
	currencies [32]value.Currency // of earlier rows, by their first letter
	mark       mark               // of the deal's id
	known      []*rep             // of each payee; nil for one that is new
	bad        BadRow
	refused    [theRow + 1]bool // what has a problem of the deal and of the payee at hand
}

// theRow stands for the row as a whole, where no field is to blame.
const theRow = fieldCount

func (w *row) has(f field) bool { return w.fields[f] != nil }

// text returns the text of a field as the mapping translates it; "" where the
// mapping does not have the field or its cell is blank.
func (w *row) text(f field) string {
	if w.says(f) {
		return w.stated(f)
	}
	return ""
}

// says reports whether a field may have a text: most cells are blank, and cost no more
// than this.
func (w *row) says(f field) bool {
	s := w.fields[f]
	return s != nil && (s.always || w.record[s.column] != "")
}

// stated is text where the field says something, or may.
func (w *row) stated(f field) string {
	s := w.fields[f]
	if s.Constant != nil {
		return *s.Constant
	}
	cell := strings.TrimSpace(w.record[s.column])
	if !w.isText || len(cell) > maxCellBytes {
		if problem := checkCell(cell); problem != nil {
			w.refuse(f, problem)
			return ""
		}
	}
	switch {
	case cell == "" && s.Absent != nil:
		return *s.Absent
	case cell != "" && s.Present != nil:
		return *s.Present
	case cell == "" || s.Values == nil:
		return cell
	}
	if translated, ok := s.translate(cell); ok {
		return translated
	}
	w.refuse(f, unmapped(cell, s.Values))
	return ""
}

// checkCell refuses what is not text, and what is longer than any field of a deal.
func checkCell(cell string) error {
	if !isText(cell) {
		return value.NewError(RowText, value.Quote(cell), "is not UTF-8 text")
	}
	if len(cell) > maxCellBytes {
		return value.NewError(RowText, value.Quote(cell), "is longer than "+strconv.Itoa(maxCellBytes)+" bytes")
	}
	return nil
}

func unmapped(cell string, values map[string]string) *value.Error {
	known := make([]string, 0, len(values))
	for text := range values {
		known = append(known, value.Quote(text))
	}
	slices.Sort(known)
	return value.NewError(RowUnmapped, value.Quote(cell), "is not translated by the mapping, which knows "+firstOf(known))
}

// firstOf lists the first of many texts, and says how many more there are.
func firstOf(texts []string) string {
	const most = 20
	if more := len(texts) - most; more > 0 {
		return strings.Join(texts[:most], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(texts, ", ")
}

// refuse notes a problem of a field, its first, or of theRow.
func (w *row) refuse(f field, reason error) {
	if w.refused[f] {
		return
	}
	w.refused[f] = true
	var problem BadCell
	problem.Reason, _ = errors.AsType[*value.Error](reason)
	if f != theRow {
		problem.Field = f.String()
		if w.nth > 0 {
			problem.Field = value.Index("payees", w.nth-1) + "." + problem.Field
		}
		if s := w.fields[f]; s != nil {
			problem.Column, problem.Value = s.cell(w.record)
		}
	}
	w.bad.Cells = append(w.bad.Cells, problem)
}

// cell returns the header and the text of a field's cell, or its constant.
func (s source) cell(record []string) (column, text string) {
	if s.Constant != nil {
		return "", short(*s.Constant)
	}
	return *s.Column, short(strings.TrimSpace(record[s.column]))
}

// amount returns the amount of a field; the zero Money for a blank one.
func (w *row) amount(f field) value.Money {
	text := w.text(f)
	if text == "" {
		return value.Money{}
	}
	return w.amountOf(f, text)
}

// amountOf returns the amount that a field's text states.
func (w *row) amountOf(f field, text string) value.Money {
	currency := w.currency()
	if currency.IsZero() {
		return value.Money{}
	}
	m, err := w.fields[f].style.parse(text, currency)
	if err != nil {
		w.refuse(f, err)
	}
	return m
}

// currency returns the row's currency, which is most often one that an earlier row has.
func (w *row) currency() value.Currency {
	text := w.text(fieldCurrency)
	if text == "" {
		return need(w, fieldCurrency, value.ParseCurrency)
	}
	known := &w.currencies[text[0]%byte(len(w.currencies))]
	if known.String() != text {
		*known = need(w, fieldCurrency, value.ParseCurrency)
	}
	return *known
}

// needIn is need for what has a format.
func needIn[T any](w *row, f field, parse func(text, format string) (T, error)) T {
	return need(w, f, func(text string) (T, error) { return parse(text, w.fields[f].style.format) })
}

// need parses a field that must not be blank.
func need[T any](w *row, f field, parse func(string) (T, error)) (v T) {
	text := w.text(f)
	if text == "" {
		w.refuse(f, missing(f.String()+" is needed"))
		return v
	}
	return parsed(w, f, text, parse)
}

func parsed[T any](w *row, f field, text string, parse func(string) (T, error)) T {
	v, err := parse(text)
	if err != nil {
		w.refuse(f, err)
	}
	return v
}

// named is optional for a field of few names.
func named[T ~uint8](w *row, f field, parse func(string) (T, error)) T {
	if !w.says(f) {
		return 0
	}
	if n := w.name(f); n != 0 {
		return T(n)
	}
	return optional(w, f, parse)
}

// name returns what a field's cell says where nothing is to be done with it but to look
// it up; else 0.
func (w *row) name(f field) uint8 {
	if s := w.fields[f]; s != nil {
		for i := range s.pairs {
			if s.pairs[i].from == w.record[s.column] {
				return s.pairs[i].name
			}
		}
	}
	return 0
}

// optional parses a field unless it is blank.
func optional[T any](w *row, f field, parse func(string) (T, error)) (v T) {
	if text := w.text(f); text != "" {
		v = parsed(w, f, text, parse)
	}
	return v
}
