package value

import (
	"slices"
	"strconv"
	"time"
)

const (
	maxHolidays     = 10_000
	maxBusinessDays = 10_000

	mondayToFriday weekdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday
)

// weekdays is a set of days of the week, a bit each.
type weekdays uint8

// Calendar says which days are business days: the working days of the week less
// the holidays. The zero value is Monday to Friday without holidays. Calendars
// are immutable and safe for concurrent use.
type Calendar struct {
	working  weekdays // 0 is mondayToFriday
	holidays []Date   // sorted, each once
}

// NewCalendar makes a calendar of the working days of the week and of the
// holidays, both in any order; repetitions count once, nil holidays are none, and
// the slices stay the caller's. All problems are reported at once: [CalendarEmpty]
// without a working day, [CalendarWeekday] for a number that is no weekday, [CalendarRange] for
// more than 10,000 holidays, [DateRange] for an unset holiday.
func NewCalendar(working []time.Weekday, holidays []Date) (Calendar, error) {
	var problems Errors
	var c Calendar
	if len(working) == 0 {
		problems.Add("working", NewError(CalendarEmpty, "a calendar without a working day", "has no business days; name at least one day of the week"))
	}
	for i, w := range working {
		if w < time.Sunday || w > time.Saturday {
			problems.Add(Index("working", i), NewError(CalendarWeekday, strconv.Itoa(int(w)), "is no day of the week; they are 0, Sunday, to 6, Saturday"))
			continue
		}
		c.working |= 1 << w
	}
	if len(holidays) > maxHolidays {
		problems.Add("holidays", NewError(CalendarRange, strconv.Itoa(len(holidays))+" holidays", "are more than a calendar takes, which is 10000"))
		return Calendar{}, problems.Err()
	}
	for i, h := range holidays {
		if h.IsZero() {
			problems.Add(Index("holidays", i), dateRange(Quote("")))
		}
	}
	if err := problems.Err(); err != nil {
		return Calendar{}, err
	}
	c.holidays = slices.Clone(holidays)
	slices.SortFunc(c.holidays, Date.Compare)
	c.holidays = slices.Compact(c.holidays)
	return c, nil
}

// IsBusinessDay reports whether d is a working day and no holiday; an unset d is
// neither.
func (c Calendar) IsBusinessDay(d Date) bool {
	working := c.working
	if working == 0 {
		working = mondayToFriday
	}
	if d.IsZero() || working&(1<<d.weekday()) == 0 {
		return false
	}
	_, holiday := slices.BinarySearchFunc(c.holidays, d, Date.Compare)
	return !holiday
}

// AddBusinessDays returns the n-th business day after d; d itself never counts.
// Errors: [CalendarRange] where n is not 1 to 10,000 or the range of dates ends
// first, [DateRange] where d is unset.
func (c Calendar) AddBusinessDays(d Date, n int) (Date, error) {
	if n < 1 || n > maxBusinessDays {
		return Date{}, NewError(CalendarRange, strconv.Itoa(n)+" business days", "cannot be counted; the count is 1 to 10000")
	}
	if d.IsZero() {
		return Date{}, dateRange(Quote(""))
	}
	for left := n; left > 0; left-- {
		next, err := d.AddDays(1)
		if err != nil {
			return Date{}, noBusinessDay("after", d)
		}
		if d, err = c.seek(next, 1); err != nil {
			return Date{}, err
		}
	}
	return d, nil
}

// OnOrAfter returns d, or the next business day where d is none. Errors:
// [CalendarRange] where the range of dates ends first, [DateRange] where d is
// unset.
func (c Calendar) OnOrAfter(d Date) (Date, error) { return c.seek(d, 1) }

// OnOrBefore returns d, or the last business day before it where d is none.
// Errors: [CalendarRange] where the range of dates begins after it, [DateRange]
// where d is unset.
func (c Calendar) OnOrBefore(d Date) (Date, error) { return c.seek(d, -1) }

// seek returns the first business day from d on, going forwards (+1) or
// backwards (−1). It ends because holidays are bounded, and so is Date.
func (c Calendar) seek(d Date, step int) (Date, error) {
	if d.IsZero() {
		return Date{}, dateRange(Quote(""))
	}
	for day := d; ; {
		if c.IsBusinessDay(day) {
			return day, nil
		}
		next, err := day.AddDays(step)
		if err != nil {
			if step < 0 {
				return Date{}, noBusinessDay("on or before", d)
			}
			return Date{}, noBusinessDay("on or after", d)
		}
		day = next
	}
}

func noBusinessDay(side string, d Date) *Error {
	return NewError(CalendarRange, "a business day "+side+" "+d.String(), "lies outside the calendar from 0001-01-01 to 9999-12-31")
}
