package crmcsv

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

// several holds what a reader knows of a deal in several rows.
type several struct {
	on    bool
	ahead ahead
	bad   []*BadRow // rows of a deal that was left out, which are still to be reported
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
	if !s.ahead.full {
		return r.read()
	}
	a := s.ahead
	s.ahead = ahead{}
	return a.cells, a.line, a.err
}

// others adds the rows that follow the first one of a deal and have its id. A deal with a row that cannot be read is
// left out whole; each such row is reported.
func (r *Reader) others(d *Row, err error, record []string, line int) error {
	if len(record) != len(r.header) {
		return err
	}
	r.row.begin(r, record, line)
	texts := r.row.dealTexts()
	for texts[fieldID] != "" {
		cells, at, failed := r.read()
		if failed != nil || len(cells) != len(r.header) || r.idOf(cells, at) != texts[fieldID] {
			r.several.ahead = ahead{true, slices.Clone(cells), at, failed}
			break
		}
		if bad := r.more(d, texts, line); bad != nil && err == nil {
			err = bad
		} else if bad != nil {
			r.several.bad = append(r.several.bad, bad)
		}
	}
	return err
}

// idOf makes the row ready for a record, and returns the id of its deal.
func (r *Reader) idOf(cells []string, line int) string {
	r.row.begin(r, cells, line)
	return r.row.text(fieldID)
}

// more adds the payees of the present row to its deal; texts are what the first row of the deal says of it.
func (r *Reader) more(d *Row, texts [payeeRep]string, line int) *BadRow {
	w, b := &r.row, &d.Booking
	for f := range payeeRep {
		if text := w.text(f); text != "" && text != texts[f] {
			want := "contradicts line " + strconv.Itoa(line) + " of the same deal, " + value.Quote(texts[f])
			w.refuse(f, value.NewError(rowContradicts, value.Quote(text), want))
		}
	}
	before := len(b.Payees)
	w.shares = b.PartnerShares
	b.Payees = w.allPayees(b.Payees, b.Value.Currency())
	b.PartnerShares = w.shares
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
