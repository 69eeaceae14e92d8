package impact

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// closePeriods closes the periods of a book that ended before a day, all of them where
// it is unset, and adds what their floors pay, in the order of their days. Periods that
// both policies close at once are one event.
func (b *book) closePeriods(c *Comparison, day value.Date) error {
	var events []event
	for side := range b.pricers {
		s, closed, err := b.pricers[side].closeBefore(day)
		if err != nil {
			return value.In(columns[side], err)
		}
		if !closed {
			continue
		}
		if len(events) == 0 || events[0].priced[before].Period != s.Period || events[0].date != s.Date {
			events = append(events, event{id: s.Booking, date: s.Date})
		}
		events[len(events)-1].priced[side] = s
	}
	slices.SortStableFunc(events, func(x, y event) int { return x.date.Compare(y.date) })
	for i := range events {
		events[i].statements = events[i].priced
		if err := c.settle(b, &events[i], nil); err != nil {
			return err
		}
	}
	return nil
}
