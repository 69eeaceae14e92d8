package crmcsv

import (
	"maps"
	"slices"
	"strings"
	"time"

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
	// texts that count as a blank cell, beside those of the mapping
	NoValue []string `json:"no_value,omitzero" wire:"..100,each=1..1024"`
	// the format of an amount or a percentage, or the layouts of a day, where it is not the usual one
	Format formats `json:"format,omitzero"`
}

// check returns every problem of the spec of a field.
func (s spec) check(f field, how reading) error {
	if (s.Column == nil) == (s.Constant == nil) {
		return value.NewError(codeFieldSource, "the field", "needs either a column or a constant")
	}
	if s.Constant != nil {
		return s.checkConstant(f, how)
	}
	return s.checkColumn(f, how)
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
	bound := newSource(f, s, 0, how)
	for _, text := range slices.Sorted(maps.Keys(s.Values)) {
		switch where := "values." + wire.Member(text); {
		case len(problems) >= enoughProblems:
		case bound.isNone(text):
			const want = "is never translated, because no_value lists it; leave it out of one of the two"
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

func (s spec) checkConstant(f field, how reading) error {
	if s.Values != nil || s.Present != nil || s.Absent != nil || s.Format.texts != nil || s.NoValue != nil {
		const want = "is taken as it is; values, present, absent, no_value and format are for columns"
		return value.NewError(codeFieldSource, "a constant", want)
	}
	return value.Below("constant", newSource(f, s, 0, how).checkText(f, *s.Constant))
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
	days   *days    // of a field of days
	none   []string // folded texts that count as blank
	pairs  []pair   // those of Values, where they are few
}

// pair is a text and its translation.
type pair struct {
	from, to string
	name     uint8 // the number of the name that to is, for a field of few names; otherwise 0
}

// fewPairs is the number of texts up to which a search is faster than a map.
const fewPairs = 8

// reading holds the statements of a mapping about the texts of all fields.
type reading struct {
	months months
	zone   *time.Location
	none   []string // texts that count as a blank cell
}

// newSource returns the source of a field, whose spec has no problems.
func newSource(f field, s spec, column int, how reading) *source {
	bound := &source{spec: s, column: column, style: styleOf(s.Format.only())}
	for _, text := range slices.Concat(how.none, s.NoValue) {
		bound.none = append(bound.none, folded(text))
	}
	if f == fieldClosed {
		bound.days, _ = newDays(s.Format, how.months)
		bound.days.zone = how.zone
	}
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

// isNone reports whether a text counts as a blank cell.
func (s *source) isNone(text string) bool {
	for _, none := range s.none {
		if text != "" && mayFold(text, none) && folded(text) == none {
			return true
		}
	}
	return false
}

// day reads a day in the layouts of the field.
func (s *source) day(text string) (value.Date, error) { return s.days.parse(text) }

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
