package impact

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxParts = 1000

// Split divides one comparison among n workers, 1 to 1,000, that share one reader of the bookings. It returns a
// comparison for each worker, and the function that gives the numbers of the workers that take a booking: the reader
// passes each booking on to them, in its order, and each worker finishes its own comparison, for [Merge]. The result
// has the bytes of one comparison.
//
// Where no rate counts over a period, each booking has one worker, who has its movements; else each payee has one, and
// a booking goes to the workers of its payees, one with movements to all. The numbers belong to Split: do not change
// them. The function is safe for concurrent use; a function of [Rows] is called by all workers.
//
// Errors: impact.parts for another number, and that of [New].
func Split(n int, beforePlan, afterPlan *comp.Plan, options ...Option) (parts []*Comparison,
	takers func(b comp.Booking) []int, err error) {
	if n < 1 || n > maxParts {
		return nil, nil, value.NewError("impact.parts", strconv.Itoa(n)+" workers",
			"cannot share a comparison; 1 to "+strconv.Itoa(maxParts)+" can")
	}
	whole, err := New(beforePlan, afterPlan, options...)
	if err != nil {
		return nil, nil, err
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
		parts = append(parts, newComparison(whole.plans, whole.settings.part(i, n, whole.counts())))
	}
	if !whole.counts() {
		return parts, func(b comp.Booking) []int {
			i := partOf(b.ID, n)
			return all[i : i+1 : i+1]
		}, nil
	}
	return parts, func(b comp.Booking) []int {
		if whole.held[b.ID] != nil {
			return all
		}
		if len(b.Payees) == 0 {
			return []int{partOf("", n)}
		}
		var some []int
		for i := range b.Payees {
			if part := partOf(b.Payees[i].Rep, n); !slices.Contains(some, part) {
				some = append(some, part)
			}
		}
		return some
	}, nil
}

// part returns the settings of one of n parts: with its payees where a rate counts over a period, else with the
// movements of its bookings.
func (s settings) part(i, n int, history bool) settings {
	s.movements = slices.Clone(s.movements) // each comparison works its own list off
	if !history {
		s.movements = slices.DeleteFunc(s.movements, func(m scheduled) bool { return partOf(m.Of, n) != i })
		return s
	}
	only := s.only
	s.only = func(rep string, party model.Party) bool {
		return partOf(rep, n) == i && (only == nil || only(rep, party))
	}
	return s
}

// partOf returns the part of an id: the remainder of its FNV-1a hash.
func partOf(id string, n int) int {
	hash := uint64(14695981039346656037)
	for i := range len(id) {
		hash = (hash ^ uint64(id[i])) * 1099511628211
	}
	return int(hash % uint64(n))
}
