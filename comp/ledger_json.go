package comp

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const flushed = 1 << 16 // bytes that are written at once

// ledgerHead is the beginning of a ledger's document.
type ledgerHead struct {
	Plans  []ledgerPlan `json:"plans" wire:"needed,..10000"`
	Closed []value.Date `json:"closed" wire:"needed,..10000"` // the days given to [Ledger.Close]
}

// ledgerPlan is a policy version by its hash, and the first day of a deal that it prices.
type ledgerPlan struct {
	From   value.Date `json:"from" wire:"needed,set"`
	Policy string     `json:"policy" wire:"needed,64..64"`
}

// ledgerEnd is the end of a ledger's document.
type ledgerEnd struct {
	Count  int    `json:"count" wire:"needed,0..50000000"`
	SHA256 string `json:"sha256" wire:"needed,64..64"`
}

// standingLine is a line of the closed period that ends on a day.
type standingLine struct {
	Through    value.Date `json:"through" wire:"needed,set"`
	ClosedLine `json:",inline"`
}

// ledgerItem is a booking, a movement or a line that stands.
type ledgerItem struct {
	Booking  *Booking      `json:"booking,omitzero"`
	Movement *Movement     `json:"movement,omitzero"`
	Line     *standingLine `json:"line,omitzero"`
}

func (i *ledgerItem) key() (day value.Date, id string, kind int) {
	switch {
	case i.Booking != nil:
		return i.Booking.Closed, i.Booking.ID, 0
	case i.Movement != nil:
		return i.Movement.On, i.Movement.ID, 1
	default:
		return i.Line.Through, i.Line.Cause, 2
	}
}

func (i ledgerItem) order(o ledgerItem) int {
	day, id, kind := i.key()
	otherDay, other, otherKind := o.key()
	order := cmp.Or(day.Compare(otherDay), cmp.Compare(id, other), cmp.Compare(kind, otherKind))
	if order == 0 && i.Line != nil {
		return wire.Compare(&i.Line.LineID, &o.Line.LineID)
	}
	return order
}

// items returns all bookings, movements and lines by day, then id.
func (l *Ledger) items() []ledgerItem {
	items := make([]ledgerItem, 0, len(l.deals)+len(l.moves))
	for _, d := range l.deals {
		items = append(items, ledgerItem{Booking: &d.Booking})
		for i := range d.moves {
			items = append(items, ledgerItem{Movement: &d.moves[i]})
		}
	}
	for through, lines := range l.closings {
		for id, amounts := range lines {
			items = append(items, ledgerItem{Line: &standingLine{through, ClosedLine{id, amounts}}})
		}
	}
	slices.SortFunc(items, ledgerItem.order)
	return items
}

func (l *Ledger) head() (h ledgerHead, err error) {
	days := map[value.Date]bool{}
	for _, d := range l.deals {
		days[d.Closed] = true
	}
	for _, day := range slices.SortedFunc(maps.Keys(days), value.Date.Compare) {
		plan, err := l.planOf(day)
		if err != nil {
			return h, err
		}
		if hash := plan.Hash(); len(h.Plans) == 0 || h.Plans[len(h.Plans)-1].Policy != hash {
			h.Plans = append(h.Plans, ledgerPlan{day, hash})
		}
	}
	h.Closed = slices.SortedFunc(maps.Keys(l.closings), value.Date.Compare)
	return h, nil
}

// WriteTo writes the ledger as one JSON document, without holding it in memory: the policy versions by their hashes
// and the closed days, all bookings, movements and lines that stand by day and id, then their number and the SHA-256 of
// their texts, each followed by a line feed. The same content gives the same bytes. [ReadLedger] reads it.
func (l *Ledger) WriteTo(w io.Writer) (int64, error) {
	if err := l.made(); err != nil {
		return 0, err
	}
	head, err := l.head()
	if err != nil {
		return 0, err
	}
	out := newSummed(w)
	if out.text, err = wire.Append(append(out.text, `{"head":`...), &head); err != nil {
		return 0, err
	}
	items, begin := l.items(), `,"items":[`
	for i := range items {
		out.text = append(out.text, begin...)
		begin = ","
		out.item(&items[i])
	}
	if len(items) == 0 {
		out.text = append(out.text, begin...)
	}
	end := ledgerEnd{len(items), out.sum()}
	if out.text, err = wire.Append(append(out.text, `],"end":`...), &end); err != nil {
		return 0, err
	}
	out.text = append(out.text, '}')
	out.flush()
	return out.n, out.err
}

// MarshalJSON returns what [Ledger.WriteTo] writes.
func (l *Ledger) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	_, err := l.WriteTo(&b)
	return b.Bytes(), err
}
