package crmcsv

import (
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// spec is the source of one field, as a mapping states it.
type spec struct {
	// the column with the text
	Column *string `json:"column,omitzero"`
	// a text for every row, without a column
	Constant *string `json:"constant,omitzero"`
	// the meaning of each text of the column
	Values map[string]string `json:"values,omitzero" wire:"filled,..100000"`
	// the meaning of any text of the column
	Present *string `json:"present,omitzero"`
	// the meaning of a blank cell
	Absent *string `json:"absent,omitzero"`
	// the format of the text, where it is not the usual one
	Format *string `json:"format,omitzero"`
}

// check returns every problem of the spec of a field.
func (s spec) check(f field) error {
	if (s.Column == nil) == (s.Constant == nil) {
		return value.NewError(codeFieldSource, "the field", "needs either a column or a constant")
	}
	if s.Constant != nil {
		return s.checkConstant(f)
	}
	return s.checkColumn(f)
}

func (s spec) checkColumn(f field) error {
	var problems value.Errors
	if s.Present != nil && s.Values != nil {
		const want = "is never used beside present, which replaces every text; give one of the two"
		problems.Refuse("values", codeFieldSource, "a translation", want)
	}
	if _, ok := s.Values[""]; ok {
		problems.Refuse("values", codeFieldSource, "an empty text", "is never translated; say absent for a blank cell")
	}
	format := ""
	if s.Format != nil {
		format = *s.Format
		if formats := formatsOf(f); !slices.Contains(formats, format) {
			problems.Add("format", unknownFormat(format, formats))
			return problems
		}
	}
	for _, text := range slices.Sorted(maps.Keys(s.Values)) {
		if len(problems) < enoughProblems {
			problems.Add("values."+wire.Member(text), checkText(f, s.Values[text], format))
		}
	}
	if s.Present != nil {
		problems.Add("present", checkText(f, *s.Present, format))
	}
	if s.Absent != nil {
		problems.Add("absent", checkText(f, *s.Absent, format))
	}
	return problems.Err()
}

func (s spec) checkConstant(f field) error {
	if s.Values != nil || s.Present != nil || s.Absent != nil || s.Format != nil {
		const want = "is taken as it is; values, present, absent and format are for columns"
		return value.NewError(codeFieldSource, "a constant", want)
	}
	return value.Below("constant", checkText(f, *s.Constant, ""))
}

func unknownFormat(format string, formats []string) *value.Error {
	if len(formats) == 0 {
		const want = "is not known; this field has no format, only amounts, days and percentages have"
		return value.NewError(formatUnknown, value.Quote(format), want)
	}
	return value.Known(formatUnknown, format, formats)
}

// checkText refuses a text that no row could use; an amount depends on the currency of the row.
func checkText(f field, text, format string) error {
	if text == "" {
		return nil
	}
	var err error
	switch f {
	case fieldCurrency:
		_, err = value.ParseCurrency(text)
	case fieldClosed:
		_, err = parseDay(text, format)
	case payeeRate, payeeShare:
		_, err = parsePart(text, format)
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
	case f.isSignal():
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

// source is a spec with its column in the file.
type source struct {
	spec
	column int  // −1 for a constant
	always bool // whether a blank cell may have a text too
	style  amountStyle
	pairs  []pair // those of Values, where they are few
}

// pair is a text and its translation.
type pair struct {
	from, to string
	name     uint8 // the number of the name that to is, for a field of few names; otherwise 0
}

// fewPairs is the number of texts up to which a search is faster than a map.
const fewPairs = 8

func newSource(f field, s spec, column int) *source {
	bound := &source{spec: s, column: column, style: styleOf(s.Format)}
	bound.always = s.Constant != nil || s.Absent != nil
	if len(s.Values) > fewPairs {
		return bound
	}
	for _, from := range slices.Sorted(maps.Keys(s.Values)) {
		p := pair{from: from, to: s.Values[from]}
		if n, err := parseName(f, p.to); err == nil && checkCell(from) == nil && strings.TrimSpace(from) == from {
			p.name = n
		}
		bound.pairs = append(bound.pairs, p)
	}
	return bound
}

// translate returns the translation of a text by Values, and false where it has none.
func (s *source) translate(cell string) (string, bool) {
	for i := range s.pairs {
		if s.pairs[i].from == cell {
			return s.pairs[i].to, true
		}
	}
	if s.pairs == nil {
		if to, ok := s.Values[cell]; ok {
			return to, true
		}
	}
	other, ok := s.Values["*"]
	return other, ok
}
