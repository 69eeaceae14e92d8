package crmcsv

import (
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/coselling/coselling/value"
)

// source is a spec with its columns in the file.
type source struct {
	spec
	column  int   // the first one; −1 for a constant and a row's number
	others  []int // behind the first one
	always  bool  // whether a blank cell may have a text too
	style   amountStyle
	days    *days             // of a field of days
	none    []string          // folded texts that count as blank
	pairs   []pair            // those of Values, where they are few and of one column
	texts   map[string]string // those of Values, where pairs has none
	similar map[string]string // Values by their folded texts
}

// pair is a text and its translation.
type pair struct {
	from, to string
	folded   string
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

// newSource returns the source of a field in the columns at, whose spec has no problems.
func newSource(f field, s spec, at []int, how reading) *source {
	bound := newFormat(f, s, at, how)
	bound.translations(f)
	return bound
}

// newFormat returns a source that reads texts, and translates none.
func newFormat(f field, s spec, at []int, how reading) *source {
	bound := &source{spec: s, column: -1, style: styleOf(s.Format.only())}
	if len(at) > 0 {
		bound.column, bound.others = at[0], at[1:]
	}
	if s.Constant != nil {
		bound.Constant = new(norm.NFC.String(*s.Constant))
	}
	bound.always = s.Constant != nil || s.RowNumber || s.Absent != nil || len(bound.others) > 0
	for _, text := range slices.Concat(how.none, s.NoValue) {
		bound.none = append(bound.none, folded(text))
	}
	if f == fieldClosed {
		bound.days, _ = newDays(s.Format, how.months)
		bound.days.zone = how.zone
	}
	return bound
}

// translations prepares Values.
func (s *source) translations(f field) {
	few := len(s.Values) <= fewPairs && len(s.others) == 0
	s.texts, s.similar = map[string]string{}, map[string]string{}
	for _, text := range slices.Sorted(maps.Keys(s.Values)) {
		p := pair{from: norm.NFC.String(text), to: s.Values[text], folded: folded(text)}
		if n, err := parseName(f, p.to); err == nil && checkCell(text) == nil && strings.TrimSpace(text) == text {
			p.name = n
		}
		if few {
			s.pairs = append(s.pairs, p)
		} else {
			s.texts[p.from] = p.to
		}
		s.similar[p.folded] = p.to
	}
}

// isNone reports whether a text counts as a blank cell.
func (s *source) isNone(text string) bool {
	for _, none := range s.none {
		if text != "" && len(text) <= maxCellBytes && mayFold(text, none) && folded(text) == none {
			return true
		}
	}
	return false
}

// textIn returns the text of the columns in a record, without blanks around it; "" where it counts as blank.
func (s *source) textIn(record []string) string {
	text := strings.TrimSpace(record[s.column])
	if s.none != nil && s.isNone(text) {
		text = ""
	}
	if len(s.others) == 0 || s.Take != "" && text != "" {
		return text
	}
	var joined []byte
	joined = append(joined, text...)
	for _, column := range s.others {
		part := strings.TrimSpace(record[column])
		switch {
		case part == "" || s.isNone(part):
		case s.Take != "":
			return part
		default:
			if len(joined) > 0 {
				joined = append(joined, *s.Join...)
			}
			joined = append(joined, part...)
		}
	}
	return string(joined)
}

// day reads a day in the layouts of the field.
func (s *source) day(text string) (value.Date, error) { return s.days.parse(text) }

// translate returns the translation of a text by Values, and false where it has none: that of the very text, of one
// that differs by form only, or of "*".
func (s *source) translate(cell string) (string, bool) {
	for i := range s.pairs {
		if s.pairs[i].from == cell {
			return s.pairs[i].to, true
		}
	}
	if s.pairs == nil {
		if to, ok := s.texts[cell]; ok {
			return to, true
		}
	}
	mayBeSimilar := s.pairs == nil
	for i := range s.pairs {
		mayBeSimilar = mayBeSimilar || mayFold(cell, s.pairs[i].folded)
	}
	if mayBeSimilar {
		if to, ok := s.similar[folded(cell)]; ok {
			return to, true
		}
	}
	other, ok := s.Values["*"]
	return other, ok
}
