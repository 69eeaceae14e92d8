package impact

import (
	"cmp"
	"iter"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Compare compares two plans over bookings, which it takes by closing date, then id:
// any order of the slice gives the same report. Nothing of bookings is changed or
// kept. Errors: those of [New], [Comparison.Add] and [Comparison.Finish], all of an id
// that stands twice included ([Repeated]).
func Compare(beforePlan, afterPlan *comp.Plan, bookings []comp.Booking, options ...Option) (Report, error) {
	sorted, err := inOrder(bookings)
	if err != nil {
		return Report{}, err
	}
	return CompareSeq(beforePlan, afterPlan, sorted, options...)
}

// CompareSeq is [Compare] over a stream, of which it holds one booking at a time; an
// error of the stream ends it. Where a rate counts over a period the bookings come by
// closing date, then id, or it is an [Order] error.
func CompareSeq(beforePlan, afterPlan *comp.Plan, bookings iter.Seq2[comp.Booking, error], options ...Option) (Report, error) {
	p, err := PartialSeq(beforePlan, afterPlan, bookings, options...)
	if err != nil {
		return Report{}, err
	}
	return p.Report()
}

// PartialSeq is [CompareSeq] that ends before the report, so that comparisons of some
// payees each ([Only]) can be merged.
func PartialSeq(beforePlan, afterPlan *comp.Plan, bookings iter.Seq2[comp.Booking, error], options ...Option) (Partial, error) {
	c, err := New(beforePlan, afterPlan, options...)
	if err != nil {
		return Partial{}, err
	}
	for b, err := range bookings {
		if err != nil {
			return Partial{}, err
		}
		if err := c.Add(b); err != nil {
			return Partial{}, err
		}
	}
	return c.Finish()
}

// inOrder yields bookings by closing date, then id; the same id twice is an error.
func inOrder(bookings []comp.Booking) (iter.Seq2[comp.Booking, error], error) {
	order := make([]*comp.Booking, len(bookings))
	for i := range bookings {
		order[i] = &bookings[i]
	}
	slices.SortFunc(order, func(a, b *comp.Booking) int { return cmp.Compare(a.ID, b.ID) })
	var problems value.Errors
	for i := range order {
		if i > 0 && order[i].ID == order[i-1].ID && (i == 1 || order[i-2].ID != order[i].ID) {
			problems.Add(named(order[i].ID), repeated(order[i].ID))
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(order, func(a, b *comp.Booking) int {
		return cmp.Or(a.Closed.Compare(b.Closed), cmp.Compare(a.ID, b.ID))
	})
	return func(yield func(comp.Booking, error) bool) {
		for _, b := range order {
			if !yield(*b, nil) {
				return
			}
		}
	}, nil
}
