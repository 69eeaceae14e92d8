package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// queue holds won deals until they are priced: those of one day, or with -sort all deals and
// the reversals. Within a day deals come by id, and reversals last.
type queue struct {
	all     bool
	ordered bool // deals go through the queue
	day     value.Date
	deals   []crmcsv.Row
}

// line puts a deal in the queue. The first deal of a later day causes those before it to be
// priced.
func (b *book) line(deal crmcsv.Row) error {
	q := &b.queue
	if !q.all && deal.Booking.Closed != q.day {
		if deal.Booking.Closed.Before(q.day) {
			return fmt.Errorf("line %d: %s closed on %s, before a deal above it, and rates of the policy count over "+
				"a period; sort the file by closing date, or give -sort, which holds all deals in memory",
				deal.Line, value.Quote(deal.Booking.ID), deal.Booking.Closed)
		}
		if err := b.flush(); err != nil {
			return err
		}
		q.day = deal.Booking.Closed
	}
	deal.Booking.Payees = slices.Clone(deal.Booking.Payees)
	q.deals = append(q.deals, deal)
	return nil
}

// flush prices the deals in the queue.
func (b *book) flush() error {
	deals := b.queue.deals
	slices.SortStableFunc(deals, func(x, y crmcsv.Row) int {
		return cmp.Or(x.Booking.Closed.Compare(y.Booking.Closed), compareBool(x.Reverses != "", y.Reverses != ""),
			cmp.Compare(x.Booking.ID, y.Booking.ID))
	})
	origins := newOrigins(deals)
	for i := range deals {
		deal := &deals[i]
		if err := b.closePeriods(deal.Booking.Closed); err != nil {
			return err
		}
		if deal.Reverses != "" {
			if err := b.reverse(deal, origins[deal.Reverses]); err != nil {
				return err
			}
			continue
		}
		if err := b.addKept(deal, origins[deal.Booking.ID]); err != nil {
			return err
		}
	}
	clear(deals)
	b.queue.deals = deals[:0]
	return nil
}

// addKept adds a deal, and keeps its statements if it has a reversal.
func (b *book) addKept(deal *crmcsv.Row, o *origin) error {
	left := b.priceInOrder(deal)
	if o != nil && left == nil {
		o.entry = b.current.clone()
	}
	if left != nil {
		if o != nil {
			o.left = left
		}
		return b.leave(*left)
	}
	return b.enter(&b.current)
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	default:
		return 1
	}
}

// closePeriods closes every period that ended before a day, or without a day every one that
// ended by the day of -as-of, and adds what the floors pay.
func (b *book) closePeriods(before value.Date) error {
	if !b.prices.history {
		return nil
	}
	for _, l := range sortedLedgers(b.ledgers) {
		e := &entry{advice: &advice{}}
		if !l.closePeriod(e, func(last value.Date) bool {
			return before.After(last) || before.IsZero() && !b.asOf.IsZero() && !b.asOf.Before(last)
		}) {
			continue
		}
		if err := b.enter(e); err != nil {
			return err
		}
	}
	return nil
}

// closePeriod closes the open period of each run if it is over, and fills an entry with what
// the floors pay; false if they pay nothing.
func (l *ledger) closePeriod(e *entry, over func(last value.Date) bool) bool {
	pays := false
	for _, m := range l.prices.models {
		first, last := l.runs[m].Period()
		if !l.prices.plans[m].NeedsClosing() || last.IsZero() || !over(last) {
			continue
		}
		s, err := l.runs[m].Close("floors from "+first.String(), last)
		if err != nil {
			continue // the period is open, or its floors pay nothing
		}
		pays = pays || len(s.Lines) > 0
		e.statements[m] = s
		e.deal.Booking = comp.Booking{ID: s.Booking, Value: s.Value, Closed: s.Date}
	}
	for _, m := range l.prices.models {
		if s := &e.statements[m]; s.Booking == "" {
			none := e.deal.Booking.Value
			*s = comp.Statement{Booking: e.deal.Booking.ID, Model: m, Value: none, Quota: none,
				Date: e.deal.Booking.Closed, Period: e.deal.Booking.Closed}
		}
	}
	e.deal.Status = crmcsv.Won
	return pays
}
