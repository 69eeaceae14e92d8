package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// closePeriods closes the periods of a book that ended before a day, all of them where
// it is unset, and adds what their floors pay.
func (b *book) closePeriods(c *Comparison, day value.Date) error {
	if !b.pricers[before].closes && !b.pricers[after].closes {
		return nil
	}
	var closed [policies]bool
	var statements [policies]comp.Statement
	for side := range b.pricers {
		s, ok, err := b.pricers[side].closeBefore(day)
		if err != nil {
			return value.In(columns[side], err)
		}
		statements[side], closed[side] = s, ok
	}
	for _, e := range closings(statements, closed) {
		e.statements = e.priced
		if err := c.settle(b, &e, nil); err != nil {
			return err
		}
	}
	return nil
}

// closings returns the closings of both policies in the order of their days. Periods
// that both close at once are one event.
func closings(statements [policies]comp.Statement, closed [policies]bool) []event {
	one, two := &statements[before], &statements[after]
	if closed[before] && closed[after] && one.Period == two.Period && one.Date == two.Date {
		return []event{{id: one.Booking, date: one.Date, priced: statements}}
	}
	var events []event
	for side := range closed {
		if !closed[side] {
			continue
		}
		e := event{id: statements[side].Booking, date: statements[side].Date}
		e.priced[side] = statements[side]
		events = append(events, e)
	}
	if len(events) == 2 && events[1].date.Before(events[0].date) {
		events[0], events[1] = events[1], events[0]
	}
	return events
}
