package crmcsv

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// spec is the source of one field, as a mapping states it.
type spec struct {
	// the column with the text
	Column *string `json:"column,omitzero"`
	// several columns with parts of the text, which join or take make one
	Columns []string `json:"columns,omitzero" wire:"..16"`
	// the text between the filled cells of the columns
	Join *string `json:"join,omitzero" wire:"..16"`
	// first takes the first filled cell of the columns
	Take string `json:"take,omitzero" wire:"filled"`
	// of the id of a deal: the number of the line at which the row begins, in place of a column
	RowNumber bool `json:"row_number,omitzero"`
	// a text for every row, without a column
	Constant *string `json:"constant,omitzero"`
	// the meaning of each text of the column
	Values map[string]string `json:"values,omitzero" wire:"filled,..100000"`
	// the meaning of any text of the column
	Present *string `json:"present,omitzero"`
	// the meaning of a blank cell
	Absent *string `json:"absent,omitzero"`
	// texts that count as a blank cell, beside those of the mapping
	NoValue []string `json:"no_value,omitzero" wire:"..100,each=1..1024"`
	// the format of an amount or a percentage, or the layouts of a day, where it is not the usual one
	Format formats `json:"format,omitzero"`
}

// check returns every problem of the spec of a field.
func (s spec) check(f field, how reading) error {
	sources := 0
	for _, stated := range [...]bool{s.Column != nil, s.Columns != nil, s.Constant != nil, s.RowNumber} {
		if stated {
			sources++
		}
	}
	switch {
	case sources != 1:
		return value.NewError(codeFieldSource, "the field", "needs either a column, columns or a constant")
	case s.RowNumber && f != fieldID:
		const want = "counts rows, which only the id of a deal may do"
		return value.Below("row_number", value.NewError(codeFieldSource, "true", want))
	case s.Constant != nil || s.RowNumber:
		return s.checkConstant(f, how)
	}
	var problems value.Errors
	problems.Add("", s.checkColumns())
	problems.Add("", s.checkColumn(f, how))
	return problems.Err()
}

// checkColumns returns every problem of several columns.
func (s spec) checkColumns() error {
	var problems value.Errors
	switch {
	case s.Columns == nil && (s.Join != nil || s.Take != ""):
		problems.Refuse("", codeFieldSource, "join or take", "belongs beside columns")
	case s.Columns != nil && (s.Join != nil) == (s.Take != ""):
		problems.Refuse("columns", codeFieldSource, "several columns", "need either join or take")
	}
	if s.Take != "" && s.Take != takeFirst {
		problems.Add("take", value.Known(codeFieldSource, s.Take, []string{takeFirst}))
	}
	return problems.Err()
}

// takeFirst is the one way to take a text from several columns.
const takeFirst = "first"

// columns returns the columns of a field; none for a constant and a row's number.
func (s spec) columns() []string {
	if s.Column != nil {
		return []string{*s.Column}
	}
	return s.Columns
}

// columnPath returns the path of a column below its field.
func (s spec) columnPath(i int) string {
	if s.Column != nil {
		return ".column"
	}
	return "." + value.Index("columns", i)
}

func (s spec) checkColumn(f field, how reading) error {
	var problems value.Errors
	if s.Present != nil && s.Values != nil {
		const want = "is never used beside present, which replaces every text; give one of the two"
		problems.Refuse("values", codeFieldSource, "a translation", want)
	}
	if _, ok := s.Values[""]; ok {
		problems.Refuse("values", codeFieldSource, "an empty text", "is never translated; say absent for a blank cell")
	}
	if err := s.Format.check(f, how.months); err != nil {
		problems.Add("", err)
		return problems
	}
	bound := newFormat(f, s, nil, how)
	alike := map[string]string{}
	for _, text := range slices.Sorted(maps.Keys(s.Values)) {
		switch where := "values." + wire.Member(text); {
		case len(problems) >= enoughProblems:
		case bound.isNone(text):
			const want = "is never translated, because no_value lists it; leave it out of one of the two"
			problems.Refuse(where, codeFieldSource, value.Quote(text), want)
		case differs(alike, s.Values, text):
			want := "differs from " + value.Quote(alike[folded(text)]) + " by form only, and means something else"
			problems.Refuse(where, codeFieldSource, value.Quote(text), want)
		default:
			problems.Add(where, bound.checkText(f, s.Values[text]))
		}
	}
	if s.Present != nil {
		problems.Add("present", bound.checkText(f, *s.Present))
	}
	if s.Absent != nil {
		problems.Add("absent", bound.checkText(f, *s.Absent))
	}
	return problems.Err()
}

// differs reports whether an earlier text of a table is alike and has another meaning; alike keeps the first texts.
func differs(alike, meanings map[string]string, text string) bool {
	first, ok := alike[folded(text)]
	if !ok {
		alike[folded(text)] = text
	}
	return ok && meanings[first] != meanings[text]
}

func (s spec) checkConstant(f field, how reading) error {
	if s.Values != nil || s.Present != nil || s.Absent != nil || s.Format.texts != nil || s.NoValue != nil ||
		s.Join != nil || s.Take != "" {
		const want = "is taken as it is; values, present, absent, no_value, format, join and take are for columns"
		return value.NewError(codeFieldSource, "a constant", want)
	}
	if s.RowNumber {
		return nil
	}
	return value.Below("constant", newFormat(f, s, nil, how).checkText(f, *s.Constant))
}

// checkText refuses a text that no row could use; an amount depends on the currency of the row.
func (s *source) checkText(f field, text string) error {
	if text == "" {
		return nil
	}
	var err error
	switch f {
	case fieldCurrency:
		_, err = value.ParseCurrency(text)
	case fieldClosed:
		_, err = s.day(text)
	case payeeRate, payeeShare:
		_, err = s.part(text)
	default:
		_, err = parseName(f, text)
	}
	return err
}

// parseName returns the number of the name in a field that takes one of a few; 0 for any text of another field.
func parseName(f field, text string) (uint8, error) {
	switch {
	case f == fieldStage:
		return number(ParseOutcome(text))
	case f == fieldEngagement:
		return number(model.ParseEngagement(text))
	case f == fieldSource:
		return number(model.ParseSource(text))
	case f == fieldRegistrant:
		return number(model.ParseRegistrant(text))
	case f.answers():
		return number(model.ParseYesNo(text))
	case f == payeeSide:
		return number(model.ParseSide(text))
	case f == payeeRole:
		return number(comp.ParseRole(text))
	default:
		return 0, nil
	}
}

func number[T ~uint8](v T, err error) (uint8, error) { return uint8(v), err }
