package value

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"time"
)

// calendarCommon refuses two calendars without a common day or hour.
const calendarCommon Code = "calendar.common"

const (
	maxHolidays     = 10_000
	maxBusinessDays = 10_000

	mondayToFriday weekdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday
)

// weekdays is a set of days of the week, a bit each.
type weekdays uint8

// Calendar knows which days are business days: the working days of the week except the holidays, and the working hours
// of such a day. The zero value is Monday to Friday, 9:00 to 17:00, without holidays. Calendars are immutable.
type Calendar struct {
	working  weekdays // 0 is mondayToFriday
	holidays []Date   // sorted, each once
	hours    [2]int16 // the first minute of a working day, and the end, exclusive; both 0: 9:00 to 17:00
}

// NewCalendar returns a calendar with these working days of the week and holidays, in any order; repetitions
// count once, and the slices stay the caller's. Errors, all at once: calendar.empty at working without a working
// day, [CalendarRange] at holidays for more than 10,000, and at the element, such as working[1] or holidays[0],
// calendar.weekday and, for an unset holiday, [DateRange].
func NewCalendar(working []time.Weekday, holidays []Date) (Calendar, error) {
	var problems Errors
	var c Calendar
	if len(working) == 0 {
		const want = "has no business days; name at least one day of the week"
		problems.Refuse("working", "calendar.empty", "a calendar without a working day", want)
	}
	for i, w := range working {
		if w < time.Sunday || w > time.Saturday {
			const want = "is no day of the week; they are 0, Sunday, to 6, Saturday"
			problems.Refuse(Index("working", i), "calendar.weekday", strconv.Itoa(int(w)), want)
			continue
		}
		c.working |= 1 << w
	}
	if len(holidays) > maxHolidays {
		const want = "are more than a calendar takes, which is 10000"
		problems.Refuse("holidays", CalendarRange, strconv.Itoa(len(holidays))+" holidays", want)
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

// WithHours returns the calendar with other working hours, by the clock of its place, such as 8*time.Hour to
// 16*time.Hour+30*time.Minute; what happens at their end is late. An error (calendar.hours) refuses hours outside of a
// day, or not in whole minutes, and an end that is not after the beginning.
func (c Calendar) WithHours(from, until time.Duration) (Calendar, error) {
	if from < 0 || until > 24*time.Hour || from >= until || from%time.Minute != 0 || until%time.Minute != 0 {
		return Calendar{}, NewError("calendar.hours", from.String()+" to "+until.String(),
			"are no working hours; give whole minutes from 0h to 24h, the end after the beginning")
	}
	c.hours = [2]int16{int16(from / time.Minute), int16(until / time.Minute)}
	return c, nil
}

// minutes returns the first minute of a working day, and the end.
func (c Calendar) minutes() (from, until int) {
	if c.hours == [2]int16{} {
		return 9 * 60, 17 * 60
	}
	return int(c.hours[0]), int(c.hours[1])
}

// Common returns the calendar of two companies together: the days and the hours on which both work. An error
// (calendar.common) refuses two that share no day of the week, or no minute of a day.
func (c Calendar) Common(other Calendar) (Calendar, error) {
	const without = "two calendars without a common "
	both := Calendar{working: cmp.Or(c.working, mondayToFriday) & cmp.Or(other.working, mondayToFriday)}
	if both.working == 0 {
		return Calendar{}, NewError(calendarCommon, without+"working day",
			"have no business days; terms of both would never end")
	}
	from, until := c.minutes()
	otherFrom, otherUntil := other.minutes()
	if from, until = max(from, otherFrom), min(until, otherUntil); from >= until {
		return Calendar{}, NewError(calendarCommon, without+"working hour",
			"have no business hours; terms of both would never end")
	}
	both.hours = [2]int16{int16(from), int16(until)}
	both.holidays = slices.Concat(c.holidays, other.holidays)
	slices.SortFunc(both.holidays, Date.Compare)
	both.holidays = slices.Compact(both.holidays)
	return both, nil
}

// IsBusinessDay reports whether d is a working day and not a holiday; false where d is unset.
func (c Calendar) IsBusinessDay(d Date) bool {
	working := cmp.Or(c.working, mondayToFriday)
	if d.IsZero() || working&(1<<d.weekday()) == 0 {
		return false
	}
	_, holiday := slices.BinarySearchFunc(c.holidays, d, Date.Compare)
	return !holiday
}

// count returns how many business days there are from a day on and before another.
func (c Calendar) count(from, until Date) (n int) {
	if from.n >= until.n {
		return 0
	}
	working := cmp.Or(c.working, mondayToFriday)
	weeks := (until.n - from.n) / 7
	n = int(weeks) * bits.OnesCount8(uint8(working))
	for d := from.n + 7*weeks; d < until.n; d++ {
		n += int(working >> (Date{d}).weekday() & 1)
	}
	first, _ := slices.BinarySearchFunc(c.holidays, from, Date.Compare)
	for _, h := range c.holidays[first:] {
		if h.n >= until.n {
			break
		}
		n -= int(working >> h.weekday() & 1)
	}
	return n
}

// AddBusinessDays returns the n-th business day after d; d itself never counts. Errors: [CalendarRange] where
// n is not 1 to 10,000 or the day would be after 9999-12-31, [DateRange] where d is unset.
func (c Calendar) AddBusinessDays(d Date, n int) (Date, error) {
	if n < 1 || n > maxBusinessDays {
		const want = "cannot be counted; the count is 1 to 10000"
		return Date{}, NewError(CalendarRange, strconv.Itoa(n)+" business days", want)
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

// OnOrAfter returns d where d is a business day, and the next business day otherwise. Errors: [CalendarRange]
// where that would be after 9999-12-31, [DateRange] where d is unset.
func (c Calendar) OnOrAfter(d Date) (Date, error) { return c.seek(d, 1) }

// OnOrBefore returns d where d is a business day, and the last business day before it otherwise. Errors:
// [CalendarRange] where that would be before 0001-01-01, [DateRange] where d is unset.
func (c Calendar) OnOrBefore(d Date) (Date, error) { return c.seek(d, -1) }

// seek returns the first business day from d on, going forwards (+1) or backwards (−1).
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
	const want = "lies outside the calendar from 0001-01-01 to 9999-12-31"
	return NewError(CalendarRange, "a business day "+side+" "+d.String(), want)
}
