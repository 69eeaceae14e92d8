package value

import (
	"cmp"
	"strconv"
	"time"
)

const (
	maxDay     = 3652059 // 9999-12-31
	unixDay    = 719163  // 1970-01-01
	daySeconds = 24 * 60 * 60

	// maxOffset is more than any zone is ahead of UTC; the search for the start of a day begins so early.
	maxOffset = 48 * time.Hour
)

// Date is a day of the Gregorian calendar, from 0001-01-01 to 9999-12-31, without a time or
// a zone. The zero value is unset and is before every day. Dates are comparable with ==.
type Date struct {
	n int32 // 0001-01-01 is 1
}

// NewDate returns a date; a [DateRange] error for a day that does not exist and for a year outside 1 to 9999.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, d := t.Date(); year < 1 || year > 9999 || y != year || m != month || d != day {
		got := strconv.Itoa(year) + "-" + strconv.Itoa(int(month)) + "-" + strconv.Itoa(day)
		return Date{}, dateRange(got)
	}
	return Date{int32(t.Unix()/daySeconds + unixDay)}, nil
}

// ParseDate reads "2026-11-22" and no other form. Errors: [DateFormat], also for "", and those of [NewDate].
func ParseDate(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		year, month, day := digits(s[:4]), digits(s[5:7]), digits(s[8:])
		if min(year, month, day) >= 0 {
			d, err := NewDate(year, time.Month(month), day)
			if err != nil {
				return Date{}, dateRange(Quote(s))
			}
			return d, nil
		}
	}
	return Date{}, NewError(DateFormat, Quote(s), "is not a date; write year, month and day like 2026-11-22")
}

// digits returns the number that a text of at most four digits states, and −1 for other text.
func digits(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return -1
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
}

func dateRange(got string) *Error {
	return NewError(DateRange, got, "is not a day of the calendar from 0001-01-01 to 9999-12-31")
}

// MustDate is [ParseDate] for literals and tests; it panics with the error of ParseDate.
func MustDate(s string) Date { return must(ParseDate(s)) }

// Year returns the year, 1 to 9999; 0 where d is unset.
func (d Date) Year() int { year, _, _ := d.YMD(); return year }

// YMD returns year, month and day; all 0 where d is unset.
func (d Date) YMD() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return time.Unix(d.unix(), 0).UTC().Date()
}

// weekday returns the day of the week of a date that is set.
func (d Date) weekday() time.Weekday { return time.Weekday(d.n % 7) } // 0001-01-01 was a Monday

// AddDays returns the date n days later (n may be negative); a [DateRange] error out of range or for an unset d.
func (d Date) AddDays(n int) (Date, error) {
	if d.IsZero() {
		return Date{}, dateRange(Quote(""))
	}
	if n < 1-int(d.n) || n > maxDay-int(d.n) {
		return Date{}, dateRange(d.String() + " and " + strconv.Itoa(n) + " days")
	}
	return Date{d.n + int32(n)}, nil
}

// Sub returns the days from other to d, negative where d is earlier; unset is the day before 0001-01-01.
func (d Date) Sub(other Date) int { return int(d.n) - int(other.n) }

// Compare returns −1, 0 or +1 as d is before, equal to or after other; an unset date is before every other.
func (d Date) Compare(other Date) int { return cmp.Compare(d.n, other.n) }

// Before reports whether d is earlier than other; an unset date is the earliest.
func (d Date) Before(other Date) bool { return d.n < other.n }

// After reports whether d is later than other; an unset date is the earliest.
func (d Date) After(other Date) bool { return d.n > other.n }

// IsZero reports whether d is unset.
func (d Date) IsZero() bool { return d.n == 0 }

// String returns the date like "2026-11-22"; "" where d is unset.
func (d Date) String() string {
	b, _ := d.AppendText(make([]byte, 0, len(time.DateOnly)))
	return string(b)
}

// AppendText appends what [Date.String] returns; the error is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d.IsZero() {
		return b, nil
	}
	year, month, day := d.YMD()
	b = append(b, digit(year/1000), digit(year/100), digit(year/10), digit(year), '-')
	return append(b, digit(int(month)/10), digit(int(month)), '-', digit(day/10), digit(day)), nil
}

// digit returns the last digit of n.
func digit(n int) byte { return '0' + byte(n%10) }

// MarshalText returns what [Date.String] returns; the error is always nil.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads what [ParseDate] reads. Empty text gives the unset date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return store(d, Date{}, nil)
	}
	return read(d, text, ParseDate)
}

// unix returns the start of the day in UTC in seconds since 1970.
func (d Date) unix() int64 { return (int64(d.n) - unixDay) * daySeconds }

// DateOf returns the date in loc at t; a nil loc is UTC. A year outside 1 to 9999 is a [DateRange] error.
func DateOf(t time.Time, loc *time.Location) (Date, error) {
	local := t.Unix()
	if !isUTC(loc) {
		_, offset := t.In(loc).Zone()
		local += int64(offset)
	}
	// Compared before it becomes a day, because a time.Time reaches far beyond int32 days.
	if local < (Date{1}).unix() || local >= (Date{maxDay + 1}).unix() {
		return Date{}, dateRange(t.UTC().Format(time.RFC3339))
	}
	return Date{int32((local - Date{}.unix()) / daySeconds)}, nil
}

// Start returns the first instant, in UTC, at which the date in loc is d or later; a nil loc is UTC. Mostly that
// is midnight in loc. It is the end of the gap, mostly 01:00, where the clocks skip midnight, the first of two
// midnights where they repeat it, and the start of the next day where loc skipped the whole of d. It returns the
// zero time where d is unset.
func (d Date) Start(loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return startOfDay(d, loc)
}

// End returns the instant, in UTC, at which the next day starts in loc; a nil loc is UTC. It may lie in the year
// 10000. It returns the zero time where d is unset.
func (d Date) End(loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return startOfDay(Date{d.n + 1}, loc)
}

// startOfDay seeks d's midnight in each period of constant offset; around a gap time.Date may be on either side.
func startOfDay(d Date, loc *time.Location) time.Time {
	midnight := time.Unix(d.unix(), 0).UTC()
	if isUTC(loc) {
		return midnight
	}
	t := midnight.Add(-maxOffset)
	for {
		_, offset := t.In(loc).Zone()
		start := midnight.Add(-time.Duration(offset) * time.Second)
		if !start.After(t) {
			return t // the change of offset at t jumped over midnight
		}
		_, end := t.In(loc).ZoneBounds()
		if !end.IsZero() && !end.After(t) { // on the last day of a leap year, where Go ends a period after 365 days
			end = t.Add(24 * time.Hour)
		}
		if end.IsZero() || start.Before(end) {
			return start
		}
		t = end.UTC()
	}
}

// isUTC reports whether loc has no offset to ask for.
func isUTC(loc *time.Location) bool { return loc == nil || loc == time.UTC }
