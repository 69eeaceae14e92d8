package impact

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Compare compares two plans over bookings in any order; it prices them by closing date, then id. It does not
// change them. Errors: impact.repeated for every id that stands twice; if there is none, those of [New],
// [Comparison.Add], for the first booking that has an error, [Comparison.Finish] and [Partial.Report].
func Compare(beforePlan, afterPlan *comp.Plan, bookings []comp.Booking, options ...Option) (Report, error) {
	sorted, err := inOrder(bookings)
	if err != nil {
		return Report{}, err
	}
	c, err := New(beforePlan, afterPlan, options...)
	if err != nil {
		return Report{}, err
	}
	for _, b := range sorted {
		if err := c.Add(*b); err != nil {
			return Report{}, err
		}
	}
	p, err := c.Finish()
	if err != nil {
		return Report{}, err
	}
	return p.Report()
}

// inOrder returns bookings by closing date, then id. An id that stands twice is an error.
func inOrder(bookings []comp.Booking) ([]*comp.Booking, error) {
	order := make([]*comp.Booking, len(bookings))
	count := make(map[string]int, len(bookings))
	for i := range bookings {
		order[i] = &bookings[i]
		count[bookings[i].ID]++
	}
	var problems value.Errors
	for _, id := range slices.Sorted(maps.Keys(count)) {
		if count[id] > 1 {
			problems.Add(named(id), repeated(id))
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(order, func(a, b *comp.Booking) int {
		return cmp.Or(a.Closed.Compare(b.Closed), cmp.Compare(a.ID, b.ID))
	})
	return order, nil
}
