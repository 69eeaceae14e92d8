package crmcsv

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// headerRows is the number of rows at the beginning of a file among which the header is looked for.
const headerRows = 20

// maxColumns is the largest number of columns of a header.
const maxColumns = 16384

// header is a row as the header of a file: it has the names of its columns, and the places of the mapped ones.
type header struct {
	names []string
	at    map[string]int  // of each mapped column; −1 where it is missing
	twice map[string]bool // the mapped columns that stand more than once
	found int             // the number of mapped columns that it has
}

// newHeader looks for the mapped columns in a row. A name is found as it is written, or else folded.
func newHeader(cells, columns []string) *header {
	h := &header{names: make([]string, len(cells)), at: map[string]int{}, twice: map[string]bool{}}
	exact, alike := map[string][]int{}, map[string][]int{}
	longest := 0 // bytes of a name that may be one of them, with accents apart and more blanks
	for _, column := range columns {
		form := folded(column)
		exact[column], alike[form] = nil, nil
		longest = max(longest, 4*len(form)+16)
	}
	for i, cell := range cells {
		name := strings.TrimSpace(cell)
		h.names[i] = name
		note(exact, name, i)
		if len(name) <= longest {
			note(alike, folded(name), i)
		}
	}
	for _, column := range columns {
		places := exact[column]
		if len(places) == 0 {
			places = alike[folded(column)]
		}
		if h.at[column] = -1; len(places) > 0 {
			h.at[column] = places[0]
			h.found++
		}
		h.twice[column] = len(places) > 1
	}
	return h
}

// note adds a place to those of a name that is looked for, of which two are enough.
func note(places map[string][]int, name string, at int) {
	if known, ok := places[name]; ok && len(known) < 2 {
		places[name] = append(known, at)
	}
}

// delimiters are those that are tried where the mapping states none.
const delimiters = ",;\t|"

// headerSearch looks for the header of a file.
type headerSearch struct {
	columns    []string // that the mapping names
	stated     string   // the delimiter of the mapping; "" where it states none
	delimiters []string // that are tried, in order
	best       *header  // the row with the most of the columns
	delimiter  string   // of best
	bad        error    // the first row that cannot be read
	mistake    string   // of the last such row
	looksLike  string   // another delimiter, by which a row has every column
}

// readHeader reads up to the header, which is the first of twenty rows that has every column of the mapping. Where no
// row has, it returns the one with the most of them.
func (r *Reader) readHeader(m form) (*header, error) {
	s := &headerSearch{columns: m.columns(), delimiters: strings.Split(delimiters, "")}
	if m.Delimiter != nil {
		s.stated = string(m.delimiter())
		s.delimiters = []string{s.stated}
	}
	rows := headerRows
	for row := 0; row < rows; row++ {
		text, line, err := r.peek()
		switch {
		case err == io.EOF:
			return r.use(s)
		case isBadRow(err):
			s.note(err, line)
			continue
		case err != nil:
			return nil, err
		}
		if delimiter, ok := separatorLine(text); ok && row == 0 {
			if s.stated != "" && s.stated != delimiter {
				want := "is the delimiter of the mapping, and the first line of the file says " + value.Quote(delimiter)
				return nil, value.Below("mapping.delimiter", value.NewError(fileDelimiter, value.Quote(s.stated), want))
			}
			s.delimiters = []string{delimiter}
			rows++ // it counts for nothing
			r.records.take()
			continue
		}
		switch s.try(text) {
		case isHeader:
			r.records.take()
			return r.use(s)
		case isTitle:
			r.records.take()
			r.skipped++
		default:
			s.note(badRow(line, rowCSV, s.mistake), line)
			r.records.takeLine()
		}
	}
	return r.use(s)
}

// separatorLine returns the delimiter that a first line such as "sep=;" states to spreadsheets.
func separatorLine(text string) (string, bool) {
	text = strings.Trim(text, `"`)
	if len(text) != len("sep=;") || !strings.EqualFold(text[:len("sep=")], "sep=") {
		return "", false
	}
	delimiter := text[len("sep="):]
	return delimiter, mayDelimit(runeOf(delimiter))
}

// The kinds of rows at the beginning of a file.
const (
	isNoCSV = iota
	isTitle
	isHeader
)

// try cuts a row by each of the delimiters, and returns its kind.
func (s *headerSearch) try(text string) int {
	kind := isNoCSV
	for _, delimiter := range s.delimiters {
		h, mistake := s.cut(text, delimiter)
		if mistake != "" {
			s.mistake = mistake
			continue
		}
		kind = isTitle
		if s.best == nil || h.found > s.best.found {
			s.best, s.delimiter = h, delimiter
		}
		if h.found == len(s.columns) {
			return isHeader
		}
	}
	for delimiter := range strings.SplitSeq(delimiters, "") {
		if s.stated == "" || s.looksLike != "" {
			break
		}
		if h, mistake := s.cut(text, delimiter); mistake == "" && h.found == len(s.columns) {
			s.looksLike = delimiter
		}
	}
	return kind
}

// cut returns a row as a header by one delimiter, or why it can be none.
func (s *headerSearch) cut(text, delimiter string) (h *header, mistake string) {
	if strings.Count(text, delimiter) >= maxColumns {
		return nil, "has more than 16,384 columns, which no spreadsheet has"
	}
	cells, mistake := cut(nil, text, delimiter)
	if mistake != "" {
		return nil, "is no CSV: " + mistake
	}
	return newHeader(cells, s.columns), ""
}

// note keeps the first row that cannot be read.
func (s *headerSearch) note(err error, line int) {
	if bad, ok := errors.AsType[*BadRow](err); ok && s.bad == nil {
		s.bad = value.NewError(fileHeader, "line "+strconv.Itoa(line), bad.Cells[0].Reason.Problem)
	}
}

// use returns the best row of a search, or why it can be no header.
func (r *Reader) use(s *headerSearch) (*header, error) {
	switch {
	case s.bad != nil && (s.best == nil || s.best.found == 0 && len(s.columns) > 0):
		return nil, value.Below("header", s.bad)
	case s.best == nil:
		return nil, value.Below("header", value.NewError(fileHeader, "an empty file", "has no header"))
	case s.looksLike != "" && s.best.found < len(s.columns):
		want := "is the delimiter of the mapping, and the file looks like " + value.Quote(s.looksLike)
		return nil, value.Below("mapping.delimiter", value.NewError(fileDelimiter, value.Quote(s.stated), want))
	}
	if at := slices.IndexFunc(s.best.names, func(name string) bool { return !r.isText(name) }); at >= 0 {
		want := "is not UTF-8 text; state the file's encoding, or " + saveAsUTF8
		err := value.NewError(fileHeader, value.Quote(s.best.names[at]), want)
		return nil, value.Below("header", err)
	}
	r.delimiter = s.delimiter
	return s.best, nil
}
