package stage

import (
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// day returns a date in the zone of the workplace. No instant is after the year 9000, so no date is out of range.
func (r *Rules) day(t time.Time) value.Date {
	d, _ := value.DateOf(t, r.workplace.Zone)
	return d
}

// checkReview refuses a day of review that is not after the hold.
func (r *Rules) checkReview(e *Event) error {
	switch {
	case e.Day.IsZero() || e.Day.After(r.day(e.At)) && e.Day.Year() <= wire.LastYear:
		return nil
	default:
		return value.NewError("hold.review", e.Day.String(), "is not after the day of the hold, "+r.day(e.At).String()+
			", and before the year "+strconv.Itoa(wire.LastYear+1))
	}
}

func plus(d value.Date, days int) value.Date {
	later, _ := d.AddDays(days)
	return later
}

// shift moves an end later by each pause that began on it or before it.
func shift(end value.Date, pauses []pause) value.Date {
	for _, p := range pauses {
		if !end.Before(p.from) {
			end = plus(end, p.days)
		}
	}
	return end
}

// after returns the parts of the pauses that lie after a day.
func after(pauses []pause, day value.Date) []pause {
	var later []pause
	for _, p := range pauses {
		if early := day.Sub(p.from); early > 0 {
			p.from, p.days = day, p.days-early
		}
		if p.days > 0 {
			later = append(later, p)
		}
	}
	return later
}

// paused is the last pause of a deal. The progresses of one deal share pauses, so that a hold costs the same however
// many there were.
type paused struct {
	before *paused
	n      int // how many pauses there are
	pause
	at value.Pause // the time itself
}

// len returns the number of pauses; nil has none.
func (l *paused) len() int {
	if l == nil {
		return 0
	}
	return l.n
}

// list returns the pauses in order; nil for none.
func (l *paused) list() []pause {
	if l == nil {
		return nil
	}
	list := make([]pause, l.n)
	for ; l != nil; l = l.before {
		list[l.n-1] = l.pause
	}
	return list
}

// pausedUntil returns the pauses with one more: from the hold or the loss to an instant.
func (r *Rules) pausedUntil(s *state, end time.Time) *paused {
	from := r.day(s.since)
	return &paused{s.pauses, s.pauses.len() + 1, pause{from, max(0, r.day(end).Sub(from))},
		value.Pause{From: s.since, Until: end}}
}

// pausesAfter returns the times on hold or lost that end after an instant, in order; one under way has no end.
func (s *state) pausesAfter(at time.Time) (list []value.Pause) {
	if s.status == OnHold || s.status == ClosedLost {
		list = append(list, value.Pause{From: s.since})
	}
	for l := s.pauses; l != nil && l.at.Until.After(at); l = l.before {
		if l.at.Until.After(l.at.From) {
			list = append(list, l.at)
		}
	}
	slices.Reverse(list)
	return list
}

// toWorkday returns the last working day from first to due, else the first one after; due without a calendar.
func (r *Rules) toWorkday(first, due value.Date) value.Date {
	if r.workplace.Calendar == nil {
		return due
	}
	if d, err := r.workplace.Calendar.OnOrBefore(due); err == nil && !d.Before(first) {
		return d
	}
	if d, err := r.workplace.Calendar.OnOrAfter(due); err == nil {
		return d
	}
	return due
}
