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
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = buffered.Discard(len(mark))
	}
	rows := csv.NewReader(buffered)
	rows.Comma, rows.ReuseRecord, rows.FieldsPerRecord = m.delimiter, true, -1
	header, err := readHeader(rows)
	if err != nil {
		return nil, err
	}
	reader := &Reader{csv: rows, header: header, roster: m.roster, ids: map[fingerprint]int{}, parties: map[string]model.Party{}}
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

func readHeader(rows *csv.Reader) ([]string, error) {
	record, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, value.In("header", value.NewError(FileHeader, "an empty file", "has no header"))
	}
	if problem, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, value.In("header", value.NewError(FileHeader, "line "+strconv.Itoa(problem.Line), "is no CSV: "+problem.Err.Error()))
	}
	if err != nil {
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
// is yielded as a [*BadRow] and reading goes on; any other error comes from the
// underlying reader and is the last. The sequence can be ranged over once.
func (r *Reader) Deals() iter.Seq2[Deal, error] {
	return func(yield func(Deal, error) bool) {
		for {
			record, err := r.csv.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			problem, malformed := errors.AsType[*csv.ParseError](err)
			var deal Deal
			switch {
			case malformed:
				err = r.notCSV(problem.StartLine, problem.Err.Error())
			case err == nil:
				deal, err = r.deal(record)
			}
			fatal := err != nil && !isBadRow(err)
			if !yield(deal, err) || fatal {
				return
			}
		}
	}
}

func isBadRow(err error) bool {
	_, ok := errors.AsType[*BadRow](err)
	return ok
}

func (r *Reader) notCSV(line int, why string) *BadRow {
	return &BadRow{Line: line, Cells: []BadCell{{Reason: value.NewError(RowCSV, "the row", "is no CSV of this header: "+why)}}}
}
