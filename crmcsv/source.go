package crmcsv

import (
	"maps"
	"slices"
	"strings"
)

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
