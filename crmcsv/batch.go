package crmcsv

import (
	"cmp"
	"io"
	"iter"
)

// Batch holds some of the next rows of a file, for a program that reads it on several processors: [Reader.Ahead] fills
// batches one after the other, [Batch.Map] makes deals of their rows, several batches at a time, and [Batch.Rows]
// yields them in the order in which the batches were filled. Each of the three may run beside the others, on different
// batches. The rows are those of [Reader.Read], to the byte: a row on which earlier rows bear, such as one with their
// id, is read once more when its turn comes, and so is every row that is bad. Rows of which several make one deal are
// read in [Batch.Rows] alone. The zero value is empty; fill a batch again when its rows are not needed anymore.
type Batch struct {
	reader *Reader
	mapper *Reader // knows nothing of other rows
	rows   []framed
	filled int
	at     int // the next row to be read
	mapped bool
}

// batchRows is the number of rows of a batch.
const batchRows = 64

// framed is a record of a file that is not read yet.
type framed struct {
	text    string
	line    int
	err     error // in place of a text, or about it
	isText  bool
	isASCII bool
	isCut   bool
	cells   []string
	isTitle bool // a title, a footer or a blank row
	isClean bool // deal is that of the reader unless an earlier row bears on it
	mark    mark // of its id
	deal    Row
}

// Ahead fills b with the next rows of the file, at most 64 of them. Do not mix it with [Reader.Read], which does not
// see the rows of a batch. A nil Batch takes none.
func (r *Reader) Ahead(b *Batch) {
	if b == nil {
		return
	}
	r = cmp.Or(r, new(Reader))
	if b.reader != r {
		*b = Batch{reader: r, mapper: r.mapper(), rows: make([]framed, batchRows)}
	}
	b.filled, b.at, b.mapped = 0, 0, false
	for !r.several.on && b.filled < len(b.rows) {
		f := &b.rows[b.filled]
		b.filled++
		*f = framed{cells: f.cells[:0], deal: f.deal}
		f.text, f.line, f.err = r.peek()
		if f.err != nil && !isBadRow(f.err) {
			return // the end
		}
		if f.err != nil {
			continue
		}
		f.isText, f.isASCII = r.records.isText, r.records.isASCII
		if r.records.lines > 1 { // whose mistake decides where the next record begins
			r.cut(f)
		}
		if f.err != nil {
			r.records.takeLine()
		} else {
			r.records.take()
		}
	}
}

// cut cuts a record into its cells, or notes its mistake.
func (r *Reader) cut(f *framed) {
	mistake := ""
	if f.cells, mistake = cut(f.cells[:0], f.text, r.delimiter); mistake != "" {
		f.err = badRow(f.line, rowCSV, "is no CSV: "+mistake)
	}
	f.isCut = true
}

// mapper returns a reader that makes deals of rows by the same mapping, and shares nothing with r that changes.
func (r *Reader) mapper() *Reader {
	m := &Reader{
		header: r.header, delimiter: r.delimiter, fields: r.fields, payees: r.payees, roster: r.roster,
		records: &records{}, ids: newSeen(), left: newSeen(),
	}
	if r.records != nil {
		m.records.decoded = r.records.decoded
	}
	if r.ids != nil {
		m.ids.one, m.ids.more = r.ids.one, r.ids.more // so that marks are alike
	}
	return m
}

// Map makes deals of the rows, which takes most of the time of reading. [Batch.Rows] does it where it was not done.
func (b *Batch) Map() {
	if b == nil || b.mapped {
		return
	}
	b.mapped = true
	for i := range b.rows[:b.filled] {
		f := &b.rows[i]
		if f.err == nil && !f.isCut {
			b.mapper.cut(f)
		}
		if f.err != nil {
			continue
		}
		m := b.mapper
		if f.isTitle = m.isTitle(f.cells); f.isTitle || m.noDeal(f.cells, f.line) != nil {
			continue
		}
		m.row.isText, m.row.isASCII, m.doubts.small = f.isText, f.isASCII, places{}
		payees := f.deal.Booking.Payees[:0]
		f.deal = Row{}
		f.deal.Booking.Payees = payees
		f.isClean = m.parse(&f.deal, f.cells, f.line) == nil && m.doubts.small.count == 0
		f.mark = m.row.mark
	}
}

// Rows yields the deals of the batch, once. They belong to the batch, and its next filling overwrites them. Beside a
// [*BadRow] the deal is zero, and reading goes on; any other error is the last, as it is of [Reader.Read]: [io.EOF]
// behind the last row of the file. Without an error at its end there is another batch to fill.
func (b *Batch) Rows() iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		if b == nil || b.reader == nil {
			return
		}
		b.Map()
		r := b.reader
		if r.several.on {
			b.filled = len(b.rows)
		}
		for b.at < b.filled {
			f := &b.rows[b.at]
			var err error
			switch {
			case f.isTitle && !r.several.on:
				r.skip(f.text, f.line)
				b.at++
				continue
			case f.isClean && r.accept(f):
				b.at++
			case r.several.on:
				b.at++
				err = r.Read(&f.deal)
			default:
				r.from = b
				err = r.Read(&f.deal)
				r.from = nil
			}
			if !yield(&f.deal, err) || err != nil && !isBadRow(err) {
				return
			}
		}
	}
}

// next returns the next row of a batch, as read does.
func (b *Batch) next() (cells []string, line int, err error) {
	f := &b.rows[b.at]
	b.at++
	r := b.reader
	r.row.isText, r.row.isASCII = f.isText, f.isASCII
	if f.err == io.EOF {
		return nil, f.line, r.body.end(r.delimiter)
	}
	r.body.cut = r.body.cut || f.err == nil
	return f.cells, f.line, f.err
}

// accept takes a deal that was made without regard to other rows, unless one of them bears on it.
func (r *Reader) accept(f *framed) bool {
	b := &f.deal.Booking
	if r.ids.line(b.ID, f.mark) > 0 || r.left.line(b.ID, f.mark) > 0 {
		return false
	}
	w := &r.row
	w.known = w.known[:0]
	for i := range b.Payees {
		p := &b.Payees[i]
		known := r.met[p.Rep]
		if known != nil && *known != p.Party {
			return false
		}
		w.known = append(w.known, known)
	}
	if r.order.days != nil {
		r.order.look(f.cells, f.line)
	}
	r.body.cut, w.bad.Line, w.mark = true, f.line, f.mark
	r.enter(b)
	return true
}
