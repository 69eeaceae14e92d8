package crmcsv

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bounds of the beginning of a file from which [Guess] guesses.
const (
	maxSampleBytes = 1 << 20
	maxSampleRows  = 1000
	maxNameBytes   = 256 // of a column that a guess may take
)

// sample is the beginning of a file.
type sample struct {
	data      []byte
	encoding  string   // that the mapping has to state; "" for none
	delimiter *string  // nil where the first line of the file states it
	columns   []column // in the order of their names; those whose name stands twice are left out
	rows      int
}

// column is a column of a sample.
type column struct {
	name  string
	short string   // the letters and digits of the folded name
	cells []string // of each row, without blanks around them
}

// newSample reads the beginning of a file.
func newSample(r io.Reader) (*sample, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSampleBytes))
	if err != nil {
		return nil, err
	}
	s := &sample{data: data, encoding: encodingFor(data)}
	names, err := s.header()
	if err != nil {
		return nil, err
	}
	reader, err := s.reader()
	if err != nil {
		return nil, err
	}
	all := spec{}
	for _, name := range names {
		if name != "" {
			all.Columns = append(all.Columns, name)
		}
	}
	h, err := reader.readHeader(form{Delimiter: s.delimiter, Fields: map[string]spec{"id": all}})
	if err != nil {
		return nil, err
	}
	reader.header = h.names
	for name, at := range h.at {
		if at >= 0 && !h.twice[name] && len(name) <= maxNameBytes {
			s.columns = append(s.columns, column{name: name, short: lettersOf(name)})
		}
	}
	slices.SortFunc(s.columns, func(a, b column) int { return strings.Compare(a.name, b.name) })
	var places []int
	for _, c := range s.columns {
		places = append(places, h.at[c.name])
	}
	return s, s.read(reader, places)
}

// reader returns a reader at the beginning of the sample.
func (s *sample) reader() (*Reader, error) {
	r := &Reader{records: &records{source: bytes.NewReader(s.data)}}
	return r, r.records.begin(s.encoding)
}

// read reads the cells of the rows. The last record of a sample that is cut off is none.
func (s *sample) read(r *Reader, places []int) error {
	for s.rows < maxSampleRows {
		cells, _, err := r.read()
		switch {
		case isBadRow(err):
			continue
		case err != nil && (errors.Is(err, io.EOF) || errors.Is(err, fileDelimiter)):
			return nil
		case err != nil:
			return err
		case len(cells) != len(r.header) || !r.row.isText || s.isCutOff(r):
			continue
		}
		s.rows++
		for i, at := range places {
			s.columns[i].cells = append(s.columns[i].cells, strings.TrimSpace(cells[at]))
		}
	}
	return nil
}

// isCutOff reports whether the record that r has read last may go on behind the sample.
func (s *sample) isCutOff(r *Reader) bool {
	return len(s.data) == maxSampleBytes && r.records.failed != nil && r.records.start == r.records.end
}

// encodingFor returns the encoding that a mapping has to state for a file: none for UTF-8 and for a file with a mark.
func encodingFor(data []byte) string {
	mark, _ := byteOrderMark(data)
	if mark != "" || len(data) < 2 {
		return ""
	}
	switch {
	case data[0] == 0 && data[1] != 0:
		return utf16BEName
	case data[0] != 0 && data[1] == 0:
		return utf16LEName
	}
	for range utf8.UTFMax {
		if utf8.Valid(data) {
			return ""
		}
		if len(data) < maxSampleBytes-utf8.UTFMax { // the sample ends inside of no character
			break
		}
		data = data[:len(data)-1]
	}
	return "windows-1252"
}

// header finds the header of the file and the delimiter: among the first twenty rows, cut by each delimiter, the first
// one with the most names of [hints], and of those the one with the most cells that are filled.
func (s *sample) header() (names []string, err error) {
	r, err := s.reader()
	if err != nil {
		return nil, err
	}
	tried, most, isStated := strings.Split(delimiters, ""), 0, false
	known := hintsByName()
	for row := 0; row < headerRows; row++ {
		text, _, err := r.peek()
		if err == io.EOF {
			break
		}
		if isBadRow(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if stated, ok := separatorLine(text); ok && row == 0 && !isStated {
			tried, isStated = []string{stated}, true
			row--
			r.records.take()
			continue
		}
		isCSV := false
		for _, delimiter := range tried {
			cells, mistake := cut(nil, text, delimiter)
			if mistake != "" || len(cells) > maxColumns {
				continue
			}
			isCSV = true
			if points := pointsOf(cells, known); points > most {
				most, names = points, cells
				s.delimiter = &delimiter
			}
		}
		if isCSV {
			r.records.take()
		} else {
			r.records.takeLine()
		}
	}
	if isStated {
		s.delimiter = nil
	}
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names, nil
}

// pointsOf returns how much a row looks like a header.
func pointsOf(cells []string, known map[string]hint) int {
	points := 0
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			points++
		}
		if _, ok := known[lettersOf(cell)]; ok {
			points += 2 * maxColumns
		}
	}
	return points
}

// lettersOf returns the letters and digits of a folded text.
func lettersOf(text string) string {
	if len(text) > maxNameBytes {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if isLetterOrDigit(r) {
			return r
		}
		return -1
	}, folded(text))
}
