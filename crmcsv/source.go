package crmcsv

import (
	"maps"
	"slices"
	"strings"
)

// source is a spec bound to a column of the file; −1 for a constant.
type source struct {
	spec
	column int
	always bool // says something of a blank cell too
	style  amountStyle
	pairs  []pair // of Values, where they are few
}

// pair is a text and its translation.
type pair struct {
	from, to string
	name     uint8 // that a cell of nothing but from says, of a field of few names; else 0
}

// fewPairs is how many texts are found faster one after the other than in a map.
const fewPairs = 8

func newSource(f field, s spec, column int) *source {
	bound := &source{spec: s, column: column, always: s.Constant != nil || s.Absent != nil, style: styleOf(s.Format)}
	if len(s.Values) > fewPairs {
		return bound
	}
	for _, from := range slices.Sorted(maps.Keys(s.Values)) {
		p := pair{from: from, to: s.Values[from]}
		if n, err := parseName(f, p.to); err == nil && checkCell(from) == nil && strings.TrimSpace(from) == from {
			p.name = n // a row that has it needs no second look
		}
		bound.pairs = append(bound.pairs, p)
	}
	return bound
}

// translate returns what Values makes of a text.
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
