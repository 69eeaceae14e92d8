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
	if problem := checkCell(cell); problem != nil {
		w.refuse(field, problem)
		return ""
	}
	switch {
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
	w.refuse(field, unmapped(cell, s.Values))
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
	const most = 20
	known := make([]string, 0, len(values))
	for text := range values {
		known = append(known, value.Quote(text))
	}
	slices.Sort(known)
	want := "is not translated by the mapping, which knows " + strings.Join(known[:min(len(known), most)], ", ")
	if len(known) > most {
		want += " and " + strconv.Itoa(len(known)-most) + " more"
	}
	return value.NewError(RowUnmapped, value.Quote(cell), want)
}

// refuse notes a problem of a field, its first; of the row as a whole where field
// is "".
func (w *row) refuse(field string, reason error) {
	if w.refused(field) {
		return
	}
	var problem BadCell
	problem.Reason, _ = errors.AsType[*value.Error](reason)
	if field != "" {
		problem.Field = w.prefix + field
	}
	if s, ok := w.fields[field]; ok {
		problem.Column, problem.Value = s.cell(w.record)
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

func (w *row) refused(field string) bool {
	return slices.ContainsFunc(w.bad.Cells, func(c BadCell) bool { return c.Field == w.prefix+field })
}

// lacks notes that a field is blank, unless its cell was refused before.
func (w *row) lacks(field string, reason error) {
	if !w.refused(field) {
		w.refuse(field, reason)
	}
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
	m, err := parseAmount(text, w.format(field), currency)
	if err != nil {
		w.refuse(field, err)
	}
	return m
}

// day returns the day of a field that is needed.
func (w *row) day(field string) value.Date {
	return need(w, field, func(text string) (value.Date, error) { return parseDay(text, w.format(field)) })
}

// percent returns the percentage of a field that is needed.
func (w *row) percent(field string) value.Percent {
	return need(w, field, func(text string) (value.Percent, error) { return parsePart(text, w.format(field)) })
}

// need parses a field that must not be blank.
func need[T any](w *row, field string, parse func(string) (T, error)) T {
	text := w.text(field)
	if text == "" {
		w.lacks(field, missing(field+" is needed"))
		var zero T
		return zero
	}
	v, err := parse(text)
	if err != nil {
		w.refuse(field, err)
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
		w.refuse(field, err)
	}
	return v
}
