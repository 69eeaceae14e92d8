package world

import (
	"fmt"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/value"
)

// movements plays the money of one deal: a ledger takes a movement exactly where all of them add up by hand, and pays
// what is due on what was received (comp.cumulative, comp.clawback).
func (w *world) movements() {
	policy := anyPolicy(w.rand)
	plan, err := comp.Compile(policy)
	if err != nil {
		w.wrong("a policy is refused: %v", err)
		return
	}
	booking := anyBooking(w.rand, "D", value.MustDate("2026-02-10"))
	booking.Deferred = w.chance(2)
	for i := range booking.Payees {
		booking.Payees[i].Table, booking.Payees[i].Rate = "", anyPercent(w.rand)
	}
	ledger, whole := plan.Ledger(), booking.Value.Minor()
	if err := ledger.Add([]comp.Booking{booking}, nil); err != nil {
		w.wrong("the ledger refuses %s: %v", written(booking), err)
		return
	}
	atOnce := whole
	if booking.Deferred {
		atOnce = 0
	}
	var taken []comp.Movement
	for n := range 2 + w.rand.IntN(7) {
		m := comp.Movement{ID: fmt.Sprint("M", n), Of: booking.ID, Kind: pick(w.rand, comp.Received, comp.Received,
			comp.Refunded, comp.Refunded, comp.Reversed, comp.WrittenOff)}
		m.Amount = dollars(pick(w.rand, whole, 1+whole/2, 1+whole/3, 1+w.rand.Int64N(whole)))
		days := w.rand.IntN(8)
		if early := m.Kind == comp.Received || m.Kind == comp.Refunded; early {
			days -= 2
		}
		m.On, _ = booking.Closed.AddDays(days)
		all := append(taken[:len(taken):len(taken)], m)
		_, _, ok := pay.Money(whole, atOnce, booking.Closed, all)
		err := ledger.Add(nil, []comp.Movement{m})
		w.trace(written(m), err == nil)
		if (err == nil) != ok {
			w.wrong("comp.cumulative: of a deal of %s, deferred %t, after %s, %s is taken: %t, want %t, %v",
				booking.Value, booking.Deferred, written(taken), written(m), err == nil, ok, err)
			return
		}
		if ok {
			taken = all
			w.Rules["comp "+m.Kind.String()]++
		}
	}
	w.addsUp(&booking, taken, statements(ledger), policy)
}
