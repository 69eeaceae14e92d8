package value_test

import (
	"errors"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
)

func TestDeadlineEndsAt24OfTheLastBusinessDay(t *testing.T) {
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
		got, err := value.Workplace{Zone: zone(t, row.zone), Calendar: &c}.Deadline(start, row.n)
		if err != nil || got.Format(time.RFC3339Nano) != row.want || got.Location() != time.UTC {
			t.Errorf("%s: got %s, %v; want %s", row.name, got, err, row.want)
		}
	}
	if _, err := (value.Workplace{}).Deadline(time.Unix(1<<62, 0), 1); !errors.Is(err, value.DateRange) {
		t.Errorf("%v", err)
	}
}

func TestZeroWorkplaceIsUTCAndMondayToFriday(t *testing.T) {
	christmas := time.Date(2026, 12, 24, 23, 30, 0, 0, time.FixedZone("", -3600)) // Friday in UTC
	if got, err := (value.Workplace{}).Deadline(christmas, 1); err != nil || got != time.Date(2026, 12, 29, 0, 0, 0, 0, time.UTC) {
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
		if got, err := row.place.Deadline(start, 1); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", row.name, got, err, want)
		}
	}
	if got := (value.Workplace{}).Clone(); got != (value.Workplace{}) {
		t.Errorf("the copy of none: %+v", got)
	}
}
