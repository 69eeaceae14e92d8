package crmcsv

import (
	"cmp"
	"io"
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

// The bounds of a deal in several rows.
const (
	maxPayees  = 1000 // as many as comp takes
	maxBadRows = 100  // that are reported
)

// several holds what a reader knows of a deal in several rows.
type several struct {
	on    bool
	ahead ahead
	bad   []*BadRow // rows of a deal that was left out, which are still to be reported
	stray int       // the line of the row in front of the next one, where that row has no id that can be read; else 0
}

// ahead is a row that was read before its turn; full while there is one.
type ahead struct {
	full  bool
	cells []string
	line  int
	err   error
}

// next returns the next row: the one that was read ahead, if there is one.
func (r *Reader) next() (cells []string, line int, err error) {
	s := &r.several
	if len(s.bad) > 0 {
		bad := s.bad[0]
		s.bad = s.bad[1:]
		return nil, 0, bad
	}
	if s.ahead.full {
		a := s.ahead
		s.ahead = ahead{}
		cells, line, err = a.cells, a.line, a.err
	} else {
		cells, line, err = r.read()
	}
	if err != nil {
		s.stray = line
	}
	return cells, line, err
}

// others adds the rows that follow the first one of a deal and have its id. A deal with a row that cannot be read is
// left out whole; each such row is reported. A deal is left out, too, beside a row without an id that can be read.
func (r *Reader) others(d *Row, err error, record []string, line int) error {
	s := &r.several
	stray, id := s.stray, r.idOf(record, line)
	s.stray = 0
	if id == "" {
		s.stray = line
		return err
	}
	isOver := len(record) != len(r.header) // which leaves nothing to compare other rows with
	var texts [payeeRep]string
	if !isOver {
		texts = r.row.dealTexts()
	}
	for {
		cells, at, failed := r.read()
		other := ""
		if failed == nil {
			other = r.idOf(cells, at)
		}
		if other != id {
			s.ahead = ahead{true, slices.Clone(cells), at, failed}
			if other == "" && failed != io.EOF {
				stray = at
			}
			return cmp.Or(err, r.last(d, line, stray))
		}
		if isOver {
			continue
		}
		if bad := r.more(d, texts, cells, line); bad != nil && err == nil {
			err = bad
		} else if bad != nil {
			s.bad = append(s.bad, bad)
		}
		isOver = len(d.Booking.Payees) > maxPayees || len(s.bad) >= maxBadRows-1
	}
}

// last judges a deal after its last row.
func (r *Reader) last(d *Row, line, stray int) error {
	if stray > 0 {
		why := "is left out with its deal: line " + strconv.Itoa(stray) +
			" beside the deal has no id that can be read, and may be a row of it"
		return badRow(line, rowCSV, why)
	}
	if d.Reverses == "" && len(d.Booking.Payees) == 0 {
		return &BadRow{Line: line, Cells: []BadCell{{Reason: nobody()}}}
	}
	return nil
}

// idOf makes the row ready for a record, and returns the id of its deal; "" where that cannot be read.
func (r *Reader) idOf(cells []string, line int) string {
	r.row.begin(r, cells, line)
	id := r.fields[fieldID]
	isBeyond := func(column int) bool { return column >= len(cells) }
	if isBeyond(id.column) || slices.ContainsFunc(id.others, isBeyond) {
		return ""
	}
	return r.row.text(fieldID)
}

// more adds the payees of the present row to its deal, unless that is a reversal; texts are what the first row of the
// deal, on a line, says of it.
func (r *Reader) more(d *Row, texts [payeeRep]string, cells []string, line int) *BadRow {
	w, b := &r.row, &d.Booking
	if bad := r.checkCount(cells, w.bad.Line); bad != nil {
		return bad
	}
	for f := range payeeRep {
		if text := w.text(f); text != "" && text != texts[f] {
			want := "contradicts line " + strconv.Itoa(line) + " of the same deal, " + value.Quote(texts[f])
			w.refuse(f, value.NewError(rowContradicts, value.Quote(text), want))
		}
	}
	before := len(b.Payees)
	if d.Reverses == "" {
		w.shares = b.PartnerShares
		b.Payees = w.allPayees(b.Payees, b.Value.Currency())
		b.PartnerShares = w.shares
	}
	if len(b.Payees) > maxPayees {
		const want = "are too many; a deal has at most 1,000"
		w.refuse(theRow, value.NewError("row.payees", strconv.Itoa(len(b.Payees))+" payees", want))
	}
	if len(w.bad.Cells) > 0 {
		bad := w.bad
		return &bad
	}
	for i := range b.Payees[before:] {
		r.meet(w.known[i], &b.Payees[before+i])
	}
	return nil
}

// dealTexts returns what the row says of its deal.
func (w *row) dealTexts() (texts [payeeRep]string) {
	for f := range payeeRep {
		texts[f] = w.text(f)
	}
	return texts
}
