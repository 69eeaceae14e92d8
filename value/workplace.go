package value

import (
	"slices"
	"strconv"
	"time"
)

// Workplace is the time zone and the business days of a place where people work. A policy holds neither, so a host
// gives both to compiled rules: rules.In(workplace). The zero value is UTC and Monday to Friday.
type Workplace struct {
	Zone     *time.Location // nil is UTC
	Calendar *Calendar      // of all; nil counts Monday to Friday, and moves no due date of a playbook
	// of one company each, by the number of its side of a deal, such as model.Partner; nil: Calendar. Calendar is
	// then what they have in common ([Calendar.Common])
	Own [3]*Calendar
}

// Clone returns a copy of w with its own copies of the calendars.
func (w Workplace) Clone() Workplace {
	for _, c := range [...]**Calendar{&w.Calendar, &w.Own[0], &w.Own[1], &w.Own[2]} {
		if *c != nil {
			*c = new(**c)
		}
	}
	return w
}

// Of returns the workplace of one company, which owns the terms of what it alone owes, by the number of its side; w
// itself for any other number, and where the company has no calendar of its own.
func (w Workplace) Of(side int) Workplace {
	if side >= 0 && side < len(w.Own) && w.Own[side] != nil {
		w.Calendar = w.Own[side]
	}
	return w
}

// End returns the end of a term, as an instant in UTC. Business days end at
// 24:00 of the n-th business day after start's date in w's zone; a day that the clocks skip counts. The pauses are
// those of [SortPauses]: in them all other terms stand still, and a business day at whose end one is
// under way does not count, so that no term ends in a pause. A term that a pause without an end stops has none: then
// the result is zero. Errors: term.range, and those of [DateOf] and [Calendar.AddBusinessDays].
func (w Workplace) End(start time.Time, t Term, pauses ...Pause) (time.Time, error) {
	if err := t.Check(); err != nil {
		return time.Time{}, err
	}
	if length := termUnits[t.unit].length; length != 0 {
		return elapse(start, time.Duration(t.n)*length, pauses).UTC(), nil
	}
	if t.unit == inBusinessHours {
		return w.work(start, time.Duration(t.n)*time.Hour, pauses)
	}
	last, err := w.lastDay(start, t.n, pauses)
	if err != nil || last.IsZero() {
		return time.Time{}, err
	}
	return last.End(w.Zone), nil
}

// work returns when so much working time has passed outside of the pauses; zero where that never happens.
func (w Workplace) work(at time.Time, left time.Duration, pauses []Pause) (time.Time, error) {
	var c Calendar
	if w.Calendar != nil {
		c = *w.Calendar
	}
	for {
		for len(pauses) > 0 && pauses[0].over(at) {
			pauses = pauses[1:]
		}
		if len(pauses) > 0 && !pauses[0].From.After(at) {
			if at = pauses[0].Until; at.IsZero() {
				return at, nil
			}
			continue
		}
		day, err := DateOf(at, w.Zone)
		if err != nil {
			return time.Time{}, err
		}
		open, stop := w.hours(c, day)
		if !c.IsBusinessDay(day) || !at.Before(stop) {
			if day, err = day.AddDays(1); err != nil {
				return time.Time{}, err
			}
			at = day.Start(w.Zone)
			continue
		}
		if at.Before(open) {
			at = open
			continue
		}
		if len(pauses) > 0 && pauses[0].From.Before(stop) {
			stop = pauses[0].From
		}
		worked := stop.Sub(at)
		if worked >= left {
			return at.Add(left).UTC(), nil
		}
		at, left = stop, left-worked
	}
}

// hours returns the beginning and the end of the working hours of a day.
func (w Workplace) hours(c Calendar, day Date) (from, until time.Time) {
	year, month, n := day.YMD()
	zone := w.Zone
	if zone == nil {
		zone = time.UTC
	}
	first, end := c.minutes()
	return time.Date(year, month, n, 0, first, 0, 0, zone), time.Date(year, month, n, 0, end, 0, 0, zone)
}

// elapse returns when so much time has passed outside of the pauses; zero where that never happens.
func elapse(start time.Time, d time.Duration, pauses []Pause) time.Time {
	end := start.Add(d)
	for _, p := range pauses {
		switch {
		case p.over(start):
			continue
		case !p.From.Before(end):
			return end
		case p.Until.IsZero():
			return time.Time{}
		case p.From.Before(start):
			end = end.Add(p.Until.Sub(start))
		default:
			end = end.Add(p.Until.Sub(p.From))
		}
	}
	return end
}

// lastDay returns the n-th business day after an instant that no pause takes away; zero where there is none.
func (w Workplace) lastDay(start time.Time, n int, pauses []Pause) (Date, error) {
	for _, p := range pauses { // in a pause the count begins with its end
		if !p.over(start) && !p.From.After(start) && !p.Until.IsZero() {
			start = p.Until
		}
	}
	first, err := DateOf(start, w.Zone)
	if err != nil {
		return Date{}, err
	}
	var c Calendar
	if w.Calendar != nil {
		c = *w.Calendar
	}
	last, err := c.AddBusinessDays(first, n)
	for _, p := range pauses {
		switch {
		case err != nil || !p.over(start) && !p.From.Before(last.End(w.Zone)):
			return last, err
		case p.over(start):
			continue
		case p.Until.IsZero():
			return Date{}, nil
		}
		from, _ := DateOf(p.From, w.Zone) // no error: the pause lies between two dates
		until, _ := DateOf(p.Until, w.Zone)
		if lost := c.count(Date{max(from.n, first.n+1)}, until); lost > 0 {
			last, err = c.AddBusinessDays(last, lost)
		}
	}
	return last, err
}

// Pause is a time in which terms stand still, such as a hold of a deal. It is half-open; a zero Until is an end that
// is not known.
type Pause struct{ From, Until time.Time }

// over reports whether the pause ended by an instant.
func (p Pause) over(at time.Time) bool { return !p.Until.IsZero() && !p.Until.After(at) }

const maxPauses = 1000

// SortPauses returns pauses in the order of their beginnings, in UTC, without those that end when they begin; nil
// for none. Errors, all at once, with the code pause.order: more than 1,000; at the element, such as [0], without a
// beginning, or with an end before it; then pauses that overlap. Pauses may touch. The caller owns the result.
func SortPauses(list []Pause) ([]Pause, error) {
	if len(list) > maxPauses {
		return nil, pauseOrder(strconv.Itoa(len(list))+" pauses", "are more than a deal takes, which is 1000")
	}
	var problems Errors
	sorted := make([]Pause, 0, len(list))
	for i, p := range list {
		p.From, p.Until = p.From.Round(0).UTC(), p.Until.Round(0).UTC()
		switch {
		case p.From.IsZero():
			problems.Add(Index("", i), pauseOrder("nothing", "says when the pause began"))
		case !p.Until.IsZero() && p.Until.Before(p.From):
			problems.Add(Index("", i), pauseOrder(p.Until.Format(time.RFC3339Nano), "is before the pause began"))
		case !p.Until.Equal(p.From):
			sorted = append(sorted, p)
		}
	}
	slices.SortFunc(sorted, func(a, b Pause) int { return a.From.Compare(b.From) })
	for i := 1; i < len(sorted); i++ {
		if !sorted[i-1].over(sorted[i].From) {
			problems.Add("", pauseOrder("the pause from "+sorted[i].From.Format(time.RFC3339Nano),
				"began before the one before it ended"))
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if len(sorted) == 0 {
		return nil, nil
	}
	return sorted, nil
}

func pauseOrder(got, want string) *Error { return NewError("pause.order", got, want) }
