package escalation

import (
	"slices"
	"sort"
	"time"

	"github.com/coselling/coselling/value"
)

// clock counts the terms of a deal as of an instant: by the days of a workplace, and not on hold.
type clock struct {
	place value.Workplace
	holds []value.Pause // in order; one that is under way ends at the instant
}

// clock returns the clock of a deal, whose holds are in order. A hold under way counts as if it ended now.
func (r *Rules) clock(d *Facts, at time.Time) clock {
	holds := d.Holds
	for n := len(holds); n > 0 && !holds[n-1].From.Before(at); n-- {
		holds = holds[:n-1]
	}
	if n := len(holds); n > 0 && (holds[n-1].Until.IsZero() || holds[n-1].Until.After(at)) {
		holds = slices.Clone(holds)
		holds[n-1].Until = at
	}
	return clock{r.place, holds}
}

// end returns the instant at which t ends. That instant itself is too late.
func (c clock) end(t value.Term, start time.Time) (time.Time, error) {
	return c.place.End(start, t, c.holds...)
}

// lastEnd returns the last end of the repeated term up to at, or start; it counts 10,000 units at most.
func (c clock) lastEnd(t value.Term, start, at time.Time) (last time.Time, err error) {
	ended := func(k int) bool {
		end, err := c.end(t.Times(k), start)
		return err == nil && !end.After(at)
	}
	most := 1
	for ended(most) {
		most *= 2
	}
	k := most/2 + sort.Search(most/2, func(i int) bool { return !ended(most/2 + i + 1) })
	if k == 0 {
		return start, nil
	}
	return c.end(t.Times(k), start)
}
