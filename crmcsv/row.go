package crmcsv

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// maxCellBytes bounds the cells that a mapping reads; other cells may be longer.
const maxCellBytes = 1024

// row is one record while its deal is made.
type row struct {
	reader     *Reader
	record     []string
	isText     bool               // the whole record is UTF-8 text without NUL
	isASCII    bool               // and so its accents need not be composed
	fields     *bound             // of the deal, or of the present payee
	nth        int                // the number of the present payee, from 1; 0 for the deal
	currencies [32]value.Currency // of earlier rows, by their first letter
	mark       mark               // of the deal's id
	known      []*model.Party     // of the rep of each payee, in earlier rows; nil for a new rep
	shares     []comp.PartnerShare
	bad        BadRow
	refused    [theRow + 1]bool // the fields of the deal and of the present payee with a problem
}

// theRow stands for the row as a whole, where no field has the problem.
const theRow = fieldCount

func (w *row) has(f field) bool { return w.fields[f] != nil }

// text returns the translated text of a field; "" where it is not mapped or its cell is blank.
func (w *row) text(f field) string {
	if w.says(f) {
		return w.stated(f)
	}
	return ""
}

// says reports whether a field may have a text. Most cells are blank and need only this check.
func (w *row) says(f field) bool {
	s := w.fields[f]
	return s != nil && (s.always || w.record[s.column] != "")
}

// stated is text for a field of which says is true.
func (w *row) stated(f field) string {
	s := w.fields[f]
	if s.Constant != nil {
		return *s.Constant
	}
	if s.RowNumber {
		return strconv.Itoa(w.bad.Line)
	}
	cell := s.textIn(w.record)
	if !w.isText || len(cell) > maxCellBytes {
		problem := checkCell(cell)
		if problem == nil && !w.reader.isText(cell) {
			problem = value.NewError(rowText, value.Quote(cell), "is not text in the encoding of the mapping")
		}
		if problem != nil {
			w.refuse(f, problem)
			return ""
		}
	}
	if !w.isASCII {
		cell = norm.NFC.String(cell)
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

// checkCell refuses a cell that is not text or is longer than a field may be.
func checkCell(cell string) error {
	if !isText(cell) {
		return value.NewError(rowText, value.Quote(cell), "is not UTF-8 text")
	}
	if len(cell) > maxCellBytes {
		return value.NewError(rowText, value.Quote(cell), "is longer than "+strconv.Itoa(maxCellBytes)+" bytes")
	}
	return nil
}

func unmapped(cell string, values map[string]string) *value.Error {
	known := make([]string, 0, len(values))
	for text := range values {
		known = append(known, value.Quote(text))
	}
	slices.Sort(known)
	want := "is not translated by the mapping, which knows " + firstOf(known)
	return value.NewError(RowUnmapped, value.Quote(cell), want)
}

// firstOf lists the first of many texts, and the number of the others.
func firstOf(texts []string) string {
	const most = 20
	if more := len(texts) - most; more > 0 {
		return strings.Join(texts[:most], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(texts, ", ")
}

// refuse notes the first problem of a field, or of theRow.
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

// cell returns the header and the text of a field's cell; no header for a constant.
func (s source) cell(record []string) (column, text string) {
	switch {
	case s.Constant != nil:
		return "", short(*s.Constant)
	case s.column < 0:
		return "", ""
	}
	return strings.Join(s.columns(), ", "), short(s.textIn(record))
}

// amount returns the amount of a field; the zero Money for a blank one.
func (w *row) amount(f field) value.Money {
	text := w.text(f)
	if text == "" {
		return value.Money{}
	}
	return w.amountOf(f, text)
}

// amountOf parses the text of a field as an amount.
func (w *row) amountOf(f field, text string) value.Money {
	currency := w.currency()
	if currency.IsZero() {
		return value.Money{}
	}
	return w.amountIn(f, text, currency)
}

func (w *row) amountIn(f field, text string, c value.Currency) value.Money {
	m, err := w.fields[f].style.parse(text, c)
	if err != nil {
		w.refuse(f, err)
	}
	return m
}

// currency returns the row's currency. Most rows have the currency of an earlier row.
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

// name returns the number of the name to which the mapping translates a whole cell; 0 where that is not known.
func (w *row) name(f field) uint8 {
	if s := w.fields[f]; s != nil {
		for i := range s.pairs { // which only one column has
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

// BadRow is a row that could not become a deal, with all of its problems. Reading goes on with the next row.
type BadRow struct {
	Line  int // of the file, from 1, at which the row begins
	Cells []BadCell
}

// BadCell is one problem of a row.
type BadCell struct {
	Column string // the header of the column; empty for a constant or the row as a whole
	// the field of the mapping, such as value or payees[0].rate; empty for the row as a whole
	Field  string
	Value  string       // the text of the cell without blanks around it, its first 1,024 bytes
	Reason *value.Error // the problem
}

// short returns a copy of the beginning of a cell: a program that keeps a bad row keeps nothing else of the file.
func short(cell string) string { return strings.Clone(cell[:min(len(cell), maxCellBytes)]) }

// Error returns one line with every problem of the row.
func (b *BadRow) Error() string {
	b = cmp.Or(b, new(BadRow))
	texts := make([]string, len(b.Cells))
	for i, c := range b.Cells {
		texts[i] = c.where() + c.Reason.Got + " " + c.Reason.Problem
	}
	return "line " + strconv.Itoa(b.Line) + ": " + strings.Join(texts, "; ")
}

// Unwrap returns the reasons for errors.Is, in a new slice.
func (b *BadRow) Unwrap() []error {
	b = cmp.Or(b, new(BadRow))
	reasons := make([]error, len(b.Cells))
	for i, c := range b.Cells {
		reasons[i] = c.Reason
	}
	return reasons
}

func (c BadCell) where() string {
	if name := cmp.Or(c.Column, c.Field); name != "" {
		return wire.Member(name) + ": "
	}
	return ""
}
