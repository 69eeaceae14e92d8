package comp

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

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

// meter bounds what is read for one item and in all.
type meter struct {
	from      io.Reader
	item, all int64 // bytes that may still be read
	above     bool
}

func (m *meter) Read(b []byte) (int, error) {
	if m.item <= 0 || m.all <= 0 {
		m.above = true
		return 0, io.ErrUnexpectedEOF
	}
	n, err := m.from.Read(b[:min(int64(len(b)), m.item, m.all)])
	m.item, m.all = m.item-int64(n), m.all-int64(n)
	return n, err
}

const (
	maxLedgerBytes = 16 << 30
	maxHeadBytes   = 4 << 20
)

// ledgerReader reads the document of a ledger, item by item.
type ledgerReader struct {
	meter
	dec       *jsontext.Decoder
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
	r := &ledgerReader{meter: meter{from: from, all: maxLedgerBytes}, sums: newSummed(io.Discard),
		lines: map[value.Date][]ClosedLine{}}
	r.dec = jsontext.NewDecoder(&r.meter)
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
		got := strconv.Itoa(len(r.head.Plans)) + " policy versions"
		return value.Below("head.plans", value.NewError("ledger.plan", got, "are named, which are not those of the plans"))
	}
	for through := range r.lines {
		if !slices.Contains(r.head.Closed, through) {
			return value.NewError(ledgerSum, through.String(), "has lines that stand, and is no closed day of the head")
		}
	}
	for _, through := range r.head.Closed {
		if err := l.Close(through, r.lines[through]...); err != nil {
			return value.Below("closed", err)
		}
	}
	return nil
}

func (r *ledgerReader) read() error {
	if err := r.token("{"); err != nil {
		return err
	}
	if err := member(r, "head", maxHeadBytes, &r.head); err != nil {
		return err
	}
	if err := r.items(); err != nil {
		return err
	}
	var end ledgerEnd
	if err := member(r, "end", maxHeadBytes, &end); err != nil {
		return err
	}
	if err := r.token("}"); err != nil {
		return err
	}
	if _, err := r.dec.ReadToken(); err != io.EOF {
		return value.NewError(wire.Syntax, "data", "follows the end of the document")
	}
	if end.Count != r.count || end.SHA256 != r.sums.sum() {
		want := "are not those of the count and the SHA-256 at the end"
		return value.NewError(ledgerSum, strconv.Itoa(r.count)+" items", want)
	}
	return nil
}

func (r *ledgerReader) items() error {
	for _, token := range [...]string{"items", "["} {
		if err := r.token(token); err != nil {
			return err
		}
	}
	for r.item = maxBookingBytes; r.dec.PeekKind() != ']'; r.item = maxBookingBytes {
		var i ledgerItem
		at := value.Index("items", r.count)
		if err := next(r, maxBookingBytes, &i); err != nil {
			return value.Below(at, err)
		}
		if r.sums.err != nil {
			return value.Below(at, r.sums.err)
		}
		if len(wire.Present(&i)) != 1 {
			return value.Below(at, value.NewError(wire.Missing, "the item", "is one booking, movement or line"))
		}
		if r.count > 0 && r.last.order(i) >= 0 {
			return value.Below(at, value.NewError(ledgerSum, "the item", "does not come after the one before it, by day and id"))
		}
		r.sums.item(&i)
		r.take(&i)
	}
	return r.token("]")
}

func (r *ledgerReader) take(i *ledgerItem) {
	r.last = *i
	r.count++
	switch {
	case i.Booking != nil:
		r.bookings = append(r.bookings, *i.Booking)
	case i.Movement != nil:
		r.movements = append(r.movements, *i.Movement)
	default:
		r.lines[i.Line.Through] = append(r.lines[i.Line.Through], i.Line.ClosedLine)
	}
}

// member reads one member of the document, which has a fixed order.
func member[T any](r *ledgerReader, name string, limit int, into *T) error {
	if err := r.token(name); err != nil {
		return err
	}
	return value.Below(name, next(r, limit, into))
}

// next reads the next value.
func next[T any](r *ledgerReader, limit int, into *T) error {
	r.item = int64(limit)
	raw, err := r.dec.ReadValue()
	if err != nil {
		return r.broken()
	}
	return wire.Unmarshal(raw, limit, into)
}

// token reads a bracket, or the name of a member.
func (r *ledgerReader) token(want string) error {
	r.item = maxHeadBytes
	t, err := r.dec.ReadToken()
	if err != nil {
		return r.broken()
	}
	if t.String() != want {
		return value.NewError(wire.Syntax, value.Quote(t.String()), "stands where "+want+" belongs")
	}
	return nil
}

func (r *ledgerReader) broken() error {
	if r.above {
		return value.NewError(wire.Size, "the document", "has an item above 32 MiB, or more than 16 GiB")
	}
	at := strconv.FormatInt(r.dec.InputOffset(), 10)
	return value.NewError(wire.Syntax, "the document", "is cut or is not JSON after "+at+" bytes")
}

const ledgerSum value.Code = "ledger.sum" // items that were changed, lost or moved
