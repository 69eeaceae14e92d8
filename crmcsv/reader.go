package crmcsv

import (
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Reader reads the deals of one export. It is mutable and not safe for concurrent use; make it by [NewReader]. The zero
// value has no rows.
type Reader struct {
	records   *records
	delimiter string
	cells     []string
	header    []string // the names of the columns
	fields    bound
	payees    []bound
	roster    map[string]*rosterEntry
	met       map[string]*model.Party // the party of each rep of earlier rows
	from      *Batch                  // whose rows are read in place of the file's; nil: none

	ids     *seen
	left    *seen // of rows that were left out
	row     row   // the present one
	skipped int   // titles, footers and blank rows
	body    body
	doubts  doubts

	order order // of day and month in the file

	several several // rows of one deal
}

// bound holds the sources of a set of fields; nil for a field that the mapping does not have.
type bound [fieldCount]*source

// NewReader reads up to the header of an export and finds the columns of the mapping in it. It keeps r. Errors:
// mapping.field.missing for the zero Mapping; mapping.zone for a zone that [Mapping.In] did not resolve; file.header
// for a file that is empty, not CSV, a workbook or not in its encoding; file.delimiter for another delimiter than the
// stated one; [ColumnMissing] for each field whose column is missing or stands twice; and those of r.
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
		records: &records{source: r},
		roster:  make(map[string]*rosterEntry, len(m.form.Roster)), met: map[string]*model.Party{},
		ids: newSeen(), left: newSeen(),
	}
	reader.doubts.alike = make(map[string]string, len(m.form.Roster))
	for _, name := range slices.Sorted(maps.Keys(m.form.Roster)) {
		composed := norm.NFC.String(name)
		reader.roster[composed] = new(m.form.Roster[name])
		reader.doubts.meet(composed, 0)
	}
	reader.doubts.reps = nil // the roster may have reps that the file does not name
	if err := reader.records.begin(m.form.Encoding); err != nil {
		return nil, value.Below("header", err)
	}
	header, err := reader.readHeader(m.form)
	if err != nil {
		return nil, err
	}
	reader.header = header.names
	var problems value.Errors
	reader.fields = bind(&problems, m.form.Fields, dealFields(), "fields", header, how)
	for i, payee := range m.form.Payees {
		fields := bind(&problems, payee, payeeFields(), value.Index("payees", i), header, how)
		reader.payees = append(reader.payees, fields)
	}
	if len(problems) > 0 {
		return nil, value.Below("mapping", problems)
	}
	reader.several.on = m.form.SeveralRows
	reader.order = orderOf(reader.fields[fieldClosed])
	return reader, nil
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// isText reports whether a text of the file is text; U+FFFD is not where it stands for bytes of another encoding.
func (r *Reader) isText(s string) bool {
	return isText(s) && !(r.records.decoded && strings.Contains(s, string(utf8.RuneError)))
}

// bind finds the columns of a set of fields in the header.
func bind(problems *value.Errors, fields map[string]spec, k kind, path string, h *header, how reading) (b bound) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f, _ := k.fieldOf(name)
		s := fields[name]
		var at []int
		for i, column := range s.columns() {
			where := path + "." + name + s.columnPath(i)
			switch {
			case h.at[column] < 0:
				names := make([]string, len(h.names))
				for i, name := range h.names {
					names[i] = value.Quote(name)
				}
				want := "is no column of the file; it has " + firstOf(names)
				problems.Refuse(where, ColumnMissing, value.Quote(column), want)
			case h.twice[column]:
				problems.Refuse(where, ColumnMissing, value.Quote(column), "stands twice in the header")
			}
			at = append(at, h.at[column])
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
// be swapped without a sign; see [Reader.Check]. A file.delimiter error is the end of a file whose rows have another
// delimiter than its header. Other errors are the reader's. After an error d is zero.
func (r *Reader) Read(d *Row) error {
	if d == nil {
		return value.NewError(value.Unexpected, "a nil pointer", "has no room for a row")
	}
	if r == nil {
		*d = Row{}
		return io.EOF
	}
	payees := d.Booking.Payees[:0]
	record, line, err := r.next()
	*d = Row{}
	if err == io.EOF {
		return r.order.end()
	}
	if err != nil {
		return err
	}
	d.Booking.Payees = payees
	err = r.deal(d, record, line)
	if r.several.on {
		err = r.others(d, err, record, line)
	}
	if err != nil {
		*d = Row{}
	}
	return err
}

// read returns the cells of the next row, which are valid until the next call, and its line. It counts titles, footers
// and blank rows.
func (r *Reader) read() (cells []string, line int, err error) {
	if r.from != nil {
		return r.from.next()
	}
	for {
		text, line, err := r.peek()
		if err == io.EOF {
			return nil, line, r.body.end(r.delimiter)
		}
		if err != nil {
			return nil, line, err
		}
		mistake := ""
		if r.cells, mistake = cut(r.cells[:0], text, r.delimiter); mistake != "" {
			r.records.takeLine()
			return nil, line, badRow(line, rowCSV, "is no CSV: "+mistake)
		}
		r.records.take()
		if r.isTitle(r.cells) {
			r.skip(text, line)
			continue
		}
		r.row.isText, r.row.isASCII = r.records.isText, r.records.isASCII
		r.body.cut = true
		return r.cells, line, nil
	}
}

// isTitle reports whether a row is a title, a footer or blank, and so no deal.
func (r *Reader) isTitle(cells []string) bool {
	return len(r.header) >= leastColumns && !hasTwoTexts(cells)
}

// skip counts such a row.
func (r *Reader) skip(text string, line int) {
	r.skipped++
	r.body.skip(text, len(r.header), line)
}

// body holds the facts of the rows behind the header.
type body struct {
	cut       bool   // one has several cells
	looksLike string // a delimiter by which a row with at most one cell has as many as the header; "": none
	line      int    // of that row
}

// skip looks at a row with at most one cell that is filled.
func (b *body) skip(text string, columns, line int) {
	if b.cut || b.looksLike != "" {
		return
	}
	for delimiter := range strings.SplitSeq(delimiters, "") {
		cells, mistake := cut(nil, text, delimiter)
		if mistake == "" && len(cells) == columns && hasTwoTexts(cells) {
			b.looksLike, b.line = delimiter, line
		}
	}
}

// end returns the end of a file, which is an error where all rows have another delimiter than the header.
func (b *body) end(delimiter string) error {
	if b.cut || b.looksLike == "" {
		return io.EOF
	}
	line := strconv.Itoa(b.line)
	problem := "is the delimiter of the header, and line " + line + " looks like " + value.Quote(b.looksLike)
	return value.Below("file", value.NewError(fileDelimiter, value.Quote(delimiter), problem))
}

// peek returns the text of the next record, which is valid until the next call, and its line. It takes no record but
// the first line of one that is above the bounds.
func (r *Reader) peek() (text string, line int, err error) {
	if r.records == nil {
		return "", 0, io.EOF
	}
	for {
		record, whole, err := r.records.next()
		line = r.records.line + 1
		if err != nil {
			return "", line, err
		}
		if !whole {
			r.records.takeLine()
			return "", line, badRow(line, rowCSV, "is above 1 MiB or 1,000 lines, or opens a quote that is not closed")
		}
		if text := textOf(record, r.records.lines, r.records.lineEnd); text != "" {
			r.records.isASCII = isASCII(record)
			r.records.isText = strings.IndexByte(text, 0) < 0 && (r.records.isASCII || r.isText(text))
			return text, line, nil
		}
		r.records.take() // an empty line is no record
	}
}

// isASCII reports whether a text has no byte above 127.
func isASCII(text []byte) bool {
	const high = 0x8080808080808080
	all := uint64(0)
	for ; len(text) >= 16; text = text[16:] {
		all |= binary.LittleEndian.Uint64(text) | binary.LittleEndian.Uint64(text[8:])
	}
	for _, b := range text {
		all |= uint64(b)
	}
	return all&high == 0
}

// leastColumns is the number of columns from which a row with one filled cell is no deal.
const leastColumns = 3

func hasTwoTexts(cells []string) bool {
	texts := 0
	for _, cell := range cells {
		if cell != "" && (cell[0] > ' ' && cell[0] < utf8.RuneSelf || strings.TrimSpace(cell) != "") {
			if texts++; texts == 2 {
				return true
			}
		}
	}
	return false
}

func isBadRow(err error) bool {
	_, isBad := errors.AsType[*BadRow](err)
	return isBad
}

// badRow returns a bad row with one problem, which no cell has.
func badRow(line int, code value.Code, why string) *BadRow {
	return &BadRow{Line: line, Cells: []BadCell{{Reason: value.NewError(code, "the row", why)}}}
}
