// Package terms finds the end of a term by counting it off, half an hour or a day at a time. Tests and the simulator
// compare the library with it.
package terms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/value"
)

// Place is where people work, at half or full hours of its clock, which differs from UTC by such as well.
type Place struct {
	Zone        *time.Location
	Working     []time.Weekday
	Holidays    []string // as 2026-12-25
	From, Until time.Duration
}

// Usual is UTC, Monday to Friday, 9:00 to 17:00.
func Usual() Place {
	return Place{Zone: time.UTC, From: 9 * time.Hour, Until: 17 * time.Hour,
		Working: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}}
}

// Workplace is the place as the library takes it.
func (p Place) Workplace() (value.Workplace, error) {
	var days []value.Date
	for _, day := range p.Holidays {
		days = append(days, value.MustDate(day))
	}
	c, err := value.NewCalendar(p.Working, days)
	if err == nil {
		c, err = c.WithHours(p.From, p.Until)
	}
	return value.Workplace{Zone: p.Zone, Calendar: &c}, err
}

const step = 30 * time.Minute

// Pauses are times in which terms stand still, half-open, at half or full hours; a zero Until is never.
type Pauses []value.Pause

// cover reports whether an instant lies in a pause, and whether that one never ends.
func (list Pauses) cover(at time.Time) (paused, forever bool) {
	for _, p := range list {
		if !at.Before(p.From) && (p.Until.IsZero() || at.Before(p.Until)) {
			return true, p.Until.IsZero()
		}
	}
	return false, false
}

// Hours returns when so many hours have passed outside of the pauses; zero: never.
func (list Pauses) Hours(at time.Time, n int) time.Time {
	return list.count(at, n, func(time.Time) bool { return true })
}

// BusinessHours returns when so many working hours of a place have passed outside of the pauses; zero: never.
func (list Pauses) BusinessHours(p Place, at time.Time, n int) time.Time {
	return list.count(at, n, func(at time.Time) bool {
		at = at.In(p.Zone)
		clock := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
		return p.works(at) && clock >= p.From && clock < p.Until
	})
}

func (list Pauses) count(at time.Time, hours int, counts func(time.Time) bool) time.Time {
	for left := time.Duration(hours) * time.Hour; left > 0; at = at.Add(step) {
		paused, forever := list.cover(at)
		if forever {
			return time.Time{}
		}
		if !paused && counts(at) {
			left -= step
		}
	}
	return at
}

// BusinessDays returns the end of the n-th business day of a place after that of an instant, or of the end of the pause
// in which it lies; a day at whose end a pause is under way does not count. Zero: never.
func (list Pauses) BusinessDays(p Place, at time.Time, n int) time.Time {
	for {
		paused, forever := list.cover(at)
		if forever {
			return time.Time{}
		}
		if !paused {
			break
		}
		at = at.Add(step)
	}
	year, month, day := at.In(p.Zone).Date()
	for i := 1; ; i++ {
		end := time.Date(year, month, day+i+1, 0, 0, 0, 0, p.Zone)
		paused, forever := list.cover(end.Add(-1))
		if forever {
			return time.Time{}
		}
		if !paused && p.works(end.Add(-step)) {
			n--
		}
		if n == 0 {
			return end
		}
	}
}

// works reports whether the day of an instant is a business day.
func (p Place) works(at time.Time) bool {
	return slices.Contains(p.Working, at.Weekday()) && !slices.Contains(p.Holidays, at.Format(time.DateOnly))
}
