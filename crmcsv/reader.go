package crmcsv

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Reader reads the deals of one export. It is mutable and not safe for concurrent
// use; make it with [NewReader].
type Reader struct {
	lines  *lines
	csv    *csv.Reader
	header []string
	fields map[string]source
	payees []map[string]source
	roster map[string]rosterEntry

	ids     map[fingerprint]int    // the line of each deal id
	parties map[string]model.Party // whose rep each id is
}

// source is a spec bound to a column of the file; −1 for a constant.
type source struct {
	spec
	column int
}

// NewReader reads the header of an export, UTF-8 with or without a byte order
// mark, and finds the mapping's columns in it. Errors: [FileHeader] for a file
// that is empty or no CSV, [ColumnMissing] for each column that is not there or
// there twice, and what r returns. It keeps r.
func NewReader(r io.Reader, m Mapping) (*Reader, error) {
	if len(m.fields) == 0 {
		return nil, value.In("mapping", value.NewError(FieldMissing, "an empty mapping", "maps nothing; make one with ParseMapping"))
	}
	buffered := bufio.NewReaderSize(r, 1<<16)
	mark, err := buffered.Peek(3)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if string(mark) == "\ufeff" {
		_, _ = buffered.Discard(len(mark))
	}
	reader := &Reader{lines: &lines{source: buffered}, roster: m.roster, ids: map[fingerprint]int{}, parties: map[string]model.Party{}}
	reader.csv = csv.NewReader(reader.lines)
	reader.csv.Comma, reader.csv.ReuseRecord, reader.csv.FieldsPerRecord = m.delimiter, true, -1
	header, err := reader.readHeader()
	if err != nil {
		return nil, err
	}
	reader.header = header
	var problems value.Errors
	reader.fields = bind(&problems, m.fields, "fields", header)
	for i, payee := range m.payees {
		reader.payees = append(reader.payees, bind(&problems, payee, value.Index("payees", i), header))
	}
	if len(problems) > 0 {
		return nil, value.In("mapping", problems)
	}
	return reader, nil
}

func (r *Reader) readHeader() ([]string, error) {
	record, line, err := r.read()
	switch bad, isBad := errors.AsType[*BadRow](err); {
	case errors.Is(err, io.EOF):
		return nil, value.In("header", value.NewError(FileHeader, "an empty file", "has no header"))
	case isBad:
		return nil, value.In("header", value.NewError(FileHeader, "line "+strconv.Itoa(line), bad.Cells[0].Reason.Want))
	case err != nil:
		return nil, err
	}
	header := make([]string, len(record))
	for i, name := range record {
		if !isText(name) {
			return nil, value.In("header", value.NewError(FileHeader, value.Quote(name), "is not UTF-8 text; export the file as UTF-8"))
		}
		header[i] = strings.TrimSpace(name)
	}
	return header, nil
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// bind finds the columns of a set of fields in the header.
func bind(problems *value.Errors, fields map[string]spec, path string, header []string) map[string]source {
	bound := make(map[string]source, len(fields))
	for _, name := range sortedNames(fields) {
		s := fields[name]
		if s.Column == nil {
			bound[name] = source{s, -1}
			continue
		}
		at := slices.Index(header, *s.Column)
		where := path + "." + name + ".column"
		switch {
		case at < 0:
			problems.Add(where, value.NewError(ColumnMissing, value.Quote(*s.Column), "is no column of the file; it has "+headerText(header)))
		case slices.Contains(header[at+1:], *s.Column):
			problems.Add(where, value.NewError(ColumnMissing, value.Quote(*s.Column), "stands twice in the header"))
		}
		bound[name] = source{s, at}
	}
	return bound
}

func sortedNames(fields map[string]spec) []string {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// headerText lists the first columns of a header.
func headerText(header []string) string {
	const most = 20
	shownNames := make([]string, 0, most)
	for _, name := range header[:min(len(header), most)] {
		shownNames = append(shownNames, value.Quote(name))
	}
	text := strings.Join(shownNames, ", ")
	if len(header) > most {
		text += " and " + strconv.Itoa(len(header)-most) + " more"
	}
	return text
}

// Deals yields the deals in the order of the file. A row that cannot become a deal
// is yielded as a [*BadRow] and reading goes on with the next line, behind a quote
// that is never closed too; any other error comes from the underlying reader and is
// the last. The sequence can be ranged over once.
func (r *Reader) Deals() iter.Seq2[Deal, error] {
	return func(yield func(Deal, error) bool) {
		for {
			record, line, err := r.read()
			if errors.Is(err, io.EOF) {
				return
			}
			var deal Deal
			if err == nil {
				deal, err = r.deal(record, line)
			}
			fatal := err != nil && !isBadRow(err)
			if !yield(deal, err) || fatal {
				return
			}
		}
	}
}

// read returns the next record and the line where it begins; what is no CSV is a
// [*BadRow].
func (r *Reader) read() (record []string, line int, err error) {
	for {
		r.lines.begin()
		record, err = r.csv.Read()
		line = r.lines.first()
		problem, malformed := errors.AsType[*csv.ParseError](err)
		switch {
		case r.lines.cut && r.lines.skipBlank():
			continue // the row itself may be short
		case r.lines.cut:
			r.lines.retry()
			return nil, line, notCSV(line, "is above "+strconv.Itoa(maxRowBytes)+" bytes, or opens a quote that is not closed")
		case malformed:
			r.lines.retry()
			return nil, line, notCSV(line, "is no CSV: "+problem.Err.Error())
		default:
			return record, line, err
		}
	}
}

func isBadRow(err error) bool {
	_, ok := errors.AsType[*BadRow](err)
	return ok
}

func notCSV(line int, why string) *BadRow {
	return &BadRow{Line: line, Cells: []BadCell{{Reason: value.NewError(RowCSV, "the row", why)}}}
}
