package value_test

import (
	"errors"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
)

func TestBusinessDaysEndAt24OfTheLast(t *testing.T) {
	c := calendar(t, monToFri, "2026-12-25")
	for _, row := range []struct {
		name, start string
		n           int
		zone, want  string
	}{
		{"one day", "2026-11-23T09:00:00Z", 1, "UTC", "2026-11-25T00:00:00Z"},
		{"from the first instant of a day", "2026-11-23T00:00:00Z", 1, "UTC", "2026-11-25T00:00:00Z"},
		{"from the last instant of a day", "2026-11-23T23:59:59.999999999Z", 1, "UTC", "2026-11-25T00:00:00Z"},
		{"two days from a Friday", "2026-11-27T17:00:00Z", 2, "UTC", "2026-12-02T00:00:00Z"},
		{"from a weekend", "2026-11-28T17:00:00Z", 1, "UTC", "2026-12-01T00:00:00Z"},
		{"over a holiday", "2026-12-24T17:00:00Z", 1, "UTC", "2026-12-29T00:00:00Z"},
		{"the date is the zone's, east", "2026-11-23T23:30:00Z", 1, "Europe/Berlin", "2026-11-25T23:00:00Z"},
		{"the date is the zone's, west", "2026-11-24T02:00:00Z", 1, "America/New_York", "2026-11-25T05:00:00Z"},
		{"over the end of summer time", "2026-10-30T12:00:00Z", 1, "America/New_York", "2026-11-03T05:00:00Z"},
		{"over the begin of summer time", "2026-03-06T12:00:00Z", 1, "America/New_York", "2026-03-10T04:00:00Z"},
		{"24:00 is skipped", "2023-04-26T12:00:00Z", 1, "Africa/Cairo", "2023-04-27T22:00:00Z"},
		{"a skipped Friday counts", "2011-12-29T12:00:00Z", 1, "Pacific/Apia", "2011-12-30T10:00:00Z"},
	} {
		start, err := time.Parse(time.RFC3339Nano, row.start)
		if err != nil {
			t.Fatal(err)
		}
		got, err := value.Workplace{Zone: zone(t, row.zone), Calendar: &c}.End(start, value.BusinessDays(row.n))
		if err != nil || got.Format(time.RFC3339Nano) != row.want || got.Location() != time.UTC {
			t.Errorf("%s: got %s, %v; want %s", row.name, got, err, row.want)
		}
	}
	if _, err := (value.Workplace{}).End(time.Unix(1<<62, 0), value.BusinessDays(1)); !errors.Is(err, value.DateRange) {
		t.Errorf("%v", err)
	}
}

func TestZeroWorkplaceIsUTCAndMondayToFriday(t *testing.T) {
	christmas := time.Date(2026, 12, 24, 23, 30, 0, 0, time.FixedZone("", -3600)) // Friday in UTC
	if got, err := (value.Workplace{}).End(christmas, value.BusinessDays(1)); err != nil || got != time.Date(2026, 12, 29, 0, 0, 0, 0, time.UTC) {
		t.Errorf("%s, %v", got, err)
	}
}

func TestWorkplaceCloneKeepsItsCalendar(t *testing.T) {
	c := calendar(t, monToFri, "2026-11-24")
	loc := zone(t, "Europe/Berlin")
	original := value.Workplace{Zone: loc, Calendar: &c}
	kept := original.Clone()
	c = value.Calendar{}
	start := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		name  string
		place value.Workplace
		day   int
	}{{"the copy", kept, 25}, {"the original", original, 24}} {
		want := time.Date(2026, 11, row.day, 23, 0, 0, 0, time.UTC)
		if got, err := row.place.End(start, value.BusinessDays(1)); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", row.name, got, err, want)
		}
	}
	if got := (value.Workplace{}).Clone(); got != (value.Workplace{}) {
		t.Errorf("the copy of none: %+v", got)
	}
}

func workday(t *testing.T, from, until time.Duration, holidays ...string) value.Calendar {
	t.Helper()
	c, err := calendar(t, monToFri, holidays...).WithHours(from, until)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBusinessHoursAreThoseOfTheCalendar(t *testing.T) {
	early := workday(t, 8*time.Hour, 16*time.Hour+30*time.Minute, "2026-11-03")
	always := workday(t, 0, 24*time.Hour)
	for _, c := range []struct {
		name     string
		calendar *value.Calendar
		zone     string
		start    time.Time
		hours    int
		pause    value.Pause
		want     time.Time
	}{
		{"on one day", nil, "UTC", instant(2, 10), 4, value.Pause{}, instant(2, 14)},
		{"the whole day", nil, "UTC", instant(2, 9), 8, value.Pause{}, instant(2, 17)},
		{"over night", nil, "UTC", instant(2, 16), 2, value.Pause{}, instant(3, 10)},
		{"before the day", nil, "UTC", instant(2, 3), 1, value.Pause{}, instant(2, 10)},
		{"at its end", nil, "UTC", instant(2, 17), 1, value.Pause{}, instant(3, 10)},
		{"over a weekend", nil, "UTC", instant(6, 16), 2, value.Pause{}, instant(9, 10)},
		{"from a Sunday", nil, "UTC", instant(8, 12), 8, value.Pause{}, instant(9, 17)},
		{"over a holiday, with other hours", &early, "UTC", instant(2, 16), 1, value.Pause{},
			instant(4, 8).Add(30 * time.Minute)},
		{"round the clock", &always, "UTC", instant(6, 23), 2, value.Pause{}, instant(9, 1)},
		{"by the clock of the place", nil, "Europe/Berlin", instant(2, 15), 2, value.Pause{}, instant(3, 9)},
		{"over the end of summer time", nil, "Europe/Berlin", time.Date(2026, 10, 23, 14, 0, 0, 0, time.UTC), 2,
			value.Pause{}, time.Date(2026, 10, 26, 9, 0, 0, 0, time.UTC)},
		{"in a pause", nil, "UTC", instant(2, 10), 4, value.Pause{From: instant(2, 9), Until: instant(3, 12)}, instant(3, 16)},
		{"with a pause", nil, "UTC", instant(2, 10), 4, value.Pause{From: instant(2, 12), Until: instant(3, 20)},
			instant(4, 11)},
		{"with a pause after it", nil, "UTC", instant(2, 10), 2, value.Pause{From: instant(2, 12)}, instant(2, 12)},
		{"with a pause without end", nil, "UTC", instant(2, 10), 3, value.Pause{From: instant(2, 12)}, time.Time{}},
	} {
		got, err := value.Workplace{Zone: zone(t, c.zone), Calendar: c.calendar}.End(c.start, value.BusinessHours(c.hours),
			c.pause)
		if c.pause == (value.Pause{}) {
			got, err = value.Workplace{Zone: zone(t, c.zone), Calendar: c.calendar}.End(c.start, value.BusinessHours(c.hours))
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %v, %v, want %v", c.name, got, err, c.want)
		}
	}
	last := time.Date(9999, 12, 31, 20, 0, 0, 0, time.UTC)
	if got, err := (value.Workplace{}).End(last, value.BusinessHours(1)); err == nil {
		t.Errorf("after the last day: %v", got)
	}
	for _, hours := range [][2]time.Duration{{-1, 1}, {0, 25 * time.Hour}, {time.Hour, time.Hour}, {0, time.Second}} {
		if c, err := (value.Calendar{}).WithHours(hours[0], hours[1]); !errors.Is(err, value.Code("calendar.hours")) {
			t.Errorf("%v are hours: %v, %v", hours, c, err)
		}
	}
}

// A term of both counts the days and hours on which both work; who owes an answer alone owns its term.
func TestTwoCompaniesHaveACommonCalendar(t *testing.T) {
	acme, us := workday(t, 8*time.Hour, 15*time.Hour, "2026-11-03"), workday(t, 10*time.Hour, 18*time.Hour, "2026-11-04")
	both, err := acme.Common(us)
	if err != nil {
		t.Fatal(err)
	}
	w := value.Workplace{Calendar: &both, Own: [3]*value.Calendar{1: &acme}}.Clone()
	acme = value.Calendar{}
	for side, want := range map[int]time.Time{-1: instant(7, 0), 0: instant(7, 0), 1: instant(6, 0), 2: instant(7, 0),
		3: instant(7, 0)} {
		if got, err := w.Of(side).End(instant(2, 9), value.BusinessDays(2)); err != nil || got != want {
			t.Errorf("of %d: %v, %v, want %v", side, got, err, want)
		}
	}
	if got, err := w.End(instant(2, 9), value.BusinessHours(6)); err != nil || got != instant(5, 11) {
		t.Errorf("common hours: %v, %v", got, err)
	}
	sundays, err := value.NewCalendar([]time.Weekday{time.Sunday}, nil)
	if err != nil {
		t.Fatal(err)
	}
	night := workday(t, 20*time.Hour, 24*time.Hour)
	for name, c := range map[string]value.Calendar{"no day": sundays, "no hour": night} {
		if both, err := us.Common(c); !errors.Is(err, value.Code("calendar.common")) {
			t.Errorf("%s: %v, %v", name, both, err)
		}
	}
}
