package crmcsv

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Reader reads the deals of one export. It is mutable and not safe for concurrent use; make it by [NewReader].
type Reader struct {
	records   *records
	delimiter string
	cells     []string
	header    []string
	fields    bound
	payees    []bound
	reps      map[string]*rep

	ids *seen
	row row // the present one

	order order // of day and month in the file
}

// rep holds the known facts of a rep, from the roster and from earlier lines.
type rep struct {
	listed *rosterEntry // nil where the roster does not have the rep
	met    bool         // on an earlier line, with party
	party  model.Party
}

// bound holds the sources of a set of fields; nil for a field that the mapping does not have.
type bound [fieldCount]*source

// NewReader reads the header of an export, which is UTF-8 with or without a byte order mark, and finds the
// columns of the mapping in it. It keeps r. Errors: file.header for a file that is empty, not CSV or in
// another encoding, [ColumnMissing] for each column that is missing or stands twice, and those of r.
func NewReader(r io.Reader, m Mapping) (*Reader, error) {
	if len(m.form.Fields) == 0 {
		const want = "maps nothing; read one from a mapping file"
		return nil, value.Below("mapping", value.NewError(fieldMissing, "an empty mapping", want))
	}
	if err := m.checkZone(); err != nil {
		return nil, err
	}
	months, err := m.form.months()
	if err != nil {
		return nil, err
	}
	how := reading{months, m.zone, m.form.NoValue}
	reader := &Reader{
		records: &records{source: r}, delimiter: string(m.form.delimiter()),
		reps: make(map[string]*rep, len(m.form.Roster)), ids: newSeen(),
	}
	for name, entry := range m.form.Roster {
		reader.reps[name] = &rep{listed: &entry}
	}
	header, err := reader.readHeader()
	if err != nil {
		return nil, err
	}
	reader.header = header
	var problems value.Errors
	reader.fields = bind(&problems, m.form.Fields, dealFields(), "fields", header, how)
	for i, payee := range m.form.Payees {
		fields := bind(&problems, payee, payeeFields(), value.Index("payees", i), header, how)
		reader.payees = append(reader.payees, fields)
	}
	if len(problems) > 0 {
		return nil, value.Below("mapping", problems)
	}
	reader.order = orderOf(reader.fields[fieldClosed])
	return reader, nil
}

// readHeader reads the names of the columns and skips a byte order mark.
func (r *Reader) readHeader() ([]string, error) {
	if err := r.records.skipMark(); err != nil {
		return nil, value.Below("header", err)
	}
	record, line, err := r.read()
	switch bad, isBad := errors.AsType[*BadRow](err); {
	case errors.Is(err, io.EOF):
		return nil, value.Below("header", value.NewError(fileHeader, "an empty file", "has no header"))
	case isBad:
		problem := bad.Cells[0].Reason.Problem
		return nil, value.Below("header", value.NewError(fileHeader, "line "+strconv.Itoa(line), problem))
	case err != nil:
		return nil, err
	}
	header := make([]string, len(record))
	for i, name := range record {
		if !isText(name) {
			err := value.NewError(fileHeader, value.Quote(name), "is not UTF-8 text; "+saveAsUTF8)
			return nil, value.Below("header", err)
		}
		header[i] = strings.TrimSpace(name)
	}
	return header, nil
}

// saveAsUTF8 is the advice for a file in another encoding.
const saveAsUTF8 = `save the file as UTF-8, which spreadsheets call "CSV UTF-8"`

func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// bind finds the columns of a set of fields in the header.
func bind(problems *value.Errors, fields map[string]spec, k kind, path string, header []string, how reading) (b bound) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f, _ := k.fieldOf(name)
		s := fields[name]
		if s.Column == nil {
			b[f] = newSource(f, s, -1, how)
			continue
		}
		at := slices.Index(header, *s.Column)
		where := path + "." + name + ".column"
		switch {
		case at < 0:
			names := make([]string, len(header))
			for i, name := range header {
				names[i] = value.Quote(name)
			}
			want := "is no column of the file; it has " + firstOf(names)
			problems.Refuse(where, ColumnMissing, value.Quote(*s.Column), want)
		case slices.Contains(header[at+1:], *s.Column):
			problems.Refuse(where, ColumnMissing, value.Quote(*s.Column), "stands twice in the header")
		}
		b[f] = newSource(f, s, at, how)
	}
	return b
}

// Rows yields the deals in the order of the file, once. A row that cannot become a deal is a [*BadRow], and
// reading goes on; any other error is the last, and comes from the underlying reader or is that of [Reader.Read] for
// a file whose days are swapped.
func (r *Reader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			var deal Row
			err := r.Read(&deal)
			if err == io.EOF {
				return
			}
			if !yield(deal, err) || err != nil && !isBadRow(err) {
				return
			}
		}
	}
}

// Read reads the next deal into d and uses the slice of d's payees again, which is faster than [Reader.Rows].
// After a [*BadRow] there may be more rows; [io.EOF] is the end. A file.days error is the end of a file that has day
// and month the other way round than the mapping states: discard what was read, because the days of other rows may
// be swapped without a sign; see [Reader.Check]. Other errors are the reader's. After an error d is zero.
func (r *Reader) Read(d *Row) error {
	payees := d.Booking.Payees[:0]
	record, line, err := r.read()
	*d = Row{}
	if err == io.EOF {
		return r.order.end()
	}
	if err != nil {
		return err
	}
	d.Booking.Payees = payees
	if err := r.deal(d, record, line); err != nil {
		*d = Row{}
		return err
	}
	return nil
}

// read returns the cells of the next record, which are valid until the next call, and its line.
func (r *Reader) read() (cells []string, line int, err error) {
	for {
		record, whole, err := r.records.next()
		line = r.records.line + 1
		if err != nil {
			return nil, line, err
		}
		if !whole {
			r.records.takeLine()
			return nil, line, badRow(line, rowCSV, "is above 1 MiB or 1,000 lines, or opens a quote that is not closed")
		}
		r.row.isText = utf8.Valid(record) && bytes.IndexByte(record, 0) < 0
		text := textOf(record, r.records.lines)
		mistake := ""
		if r.cells, mistake = cut(r.cells[:0], text, r.delimiter); mistake != "" {
			r.records.takeLine()
			return nil, line, badRow(line, rowCSV, "is no CSV: "+mistake)
		}
		r.records.take()
		if text != "" { // a last line that is only a carriage return is no record
			return r.cells, line, nil
		}
	}
}

func isBadRow(err error) bool {
	_, isBad := errors.AsType[*BadRow](err)
	return isBad
}

// badRow returns a bad row with one problem, which no cell has.
func badRow(line int, code value.Code, why string) *BadRow {
	return &BadRow{Line: line, Cells: []BadCell{{Reason: value.NewError(code, "the row", why)}}}
}
