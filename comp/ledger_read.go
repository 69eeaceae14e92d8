package comp

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// summed writes a document, and adds up the texts of its items.
type summed struct {
	to   io.Writer
	text []byte // that is not written yet
	hash hash.Hash
	n    int64
	err  error
}

func newSummed(to io.Writer) *summed { return &summed{to: to, hash: sha256.New()} }

// item appends an item.
func (s *summed) item(i *ledgerItem) {
	from := len(s.text)
	text, err := wire.Append(s.text, i)
	if err != nil {
		s.err = cmp.Or(s.err, err)
		return
	}
	s.hash.Write(text[from:])
	s.hash.Write([]byte{'\n'})
	if s.text = text; len(s.text) >= flushed {
		s.flush()
	}
}

func (s *summed) flush() {
	if s.err == nil {
		var n int
		n, s.err = s.to.Write(s.text)
		s.n += int64(n)
	}
	s.text = s.text[:0]
}

func (s *summed) sum() string { return hex.EncodeToString(s.hash.Sum(nil)) }

const maxLedgerBytes = 16 << 30

// ledgerReader reads the document of a ledger, item by item.
type ledgerReader struct {
	from      *wire.Stream
	head      ledgerHead
	bookings  []Booking
	movements []Movement
	lines     map[value.Date][]ClosedLine
	sums      *summed
	last      ledgerItem
	count     int
}

// ReadLedger reads what [Ledger.WriteTo] wrote, as strict as [ParsePolicy], and prices it by the plans of the days. A
// ledger that was written and read goes on as one that never was. An item has at most 32 MiB, a document 16 GiB and 50
// million items. Errors: those of form, json.syntax for a document that was cut; ledger.sum for items in another order,
// of another number or with another sum; ledger.plan for other policies than the document names; those of [Ledger.Add]
// and [Ledger.Close].
func ReadLedger(plans func(value.Date) (*Plan, error), from io.Reader) (*Ledger, error) {
	l, err := NewLedger(plans)
	if err != nil {
		return nil, err
	}
	r := &ledgerReader{from: wire.NewStream(from, maxBookingBytes, maxLedgerBytes), sums: newSummed(io.Discard),
		lines: map[value.Date][]ClosedLine{}}
	if err = r.read(); err == nil {
		err = r.fill(l)
	}
	if err != nil {
		return nil, value.Below("ledger", err)
	}
	return l, nil
}

// fill puts what was read into an empty ledger.
func (r *ledgerReader) fill(l *Ledger) error {
	if err := l.Add(r.bookings, r.movements); err != nil {
		return err
	}
	head, err := l.head()
	if err != nil {
		return err
	}
	if !slices.Equal(head.Plans, r.head.Plans) {
		err := value.NewError("ledger.plan", strconv.Itoa(len(r.head.Plans))+" policy versions",
			"are named, which are not those of the plans")
		return value.Below("head.plans", err)
	}
	for i, through := range r.head.Closed {
		if i > 0 && !r.head.Closed[i-1].Before(through) {
			err := value.NewError(ledgerSum, through.String(), "does not come after the day before it")
			return value.Below(value.JoinPath("head", value.Index("closed", i)), err)
		}
	}
	for through := range r.lines {
		if !slices.Contains(r.head.Closed, through) {
			return value.NewError(ledgerSum, through.String(), "has lines that stand, and is no closed day of the head")
		}
	}
	if len(r.head.Closed) == 0 {
		return nil
	}
	return value.Below("closed", l.closeAll(r.head.Closed, r.lines))
}

func (r *ledgerReader) read() error {
	if err := r.from.Token("{", "head"); err != nil {
		return err
	}
	if err := wire.Next(r.from, &r.head); err != nil {
		return value.Below("head", err)
	}
	if err := r.from.Token("items", "["); err != nil {
		return err
	}
	for r.from.More() {
		if err := r.item(); err != nil {
			return value.Below(value.Index("items", r.count), err)
		}
	}
	if err := r.from.Token("]", "end"); err != nil {
		return err
	}
	var end ledgerEnd
	if err := wire.Next(r.from, &end); err != nil {
		return value.Below("end", err)
	}
	if err := r.from.Token("}"); err != nil {
		return err
	}
	if end.Count != r.count || end.SHA256 != r.sums.sum() {
		want := "are not those of the count and the SHA-256 at the end"
		return value.NewError(ledgerSum, strconv.Itoa(r.count)+" items", want)
	}
	return r.from.End()
}

// item reads the next item.
func (r *ledgerReader) item() error {
	var i ledgerItem
	if err := wire.Next(r.from, &i); err != nil {
		return err
	}
	if len(wire.Present(&i)) != 1 {
		return value.NewError(wire.Missing, "the item", "is one booking, movement or line")
	}
	if r.count > 0 && r.last.order(i) >= 0 {
		return value.NewError(ledgerSum, "the item", "does not come after the one before it, by day and id")
	}
	r.sums.item(&i)
	r.last = i
	r.count++
	switch {
	case i.Booking != nil:
		r.bookings = append(r.bookings, *i.Booking)
	case i.Movement != nil:
		r.movements = append(r.movements, *i.Movement)
	default:
		r.lines[i.Line.Through] = append(r.lines[i.Line.Through], i.Line.ClosedLine)
	}
	return r.sums.err
}

const ledgerSum value.Code = "ledger.sum" // items that were changed, lost or moved
