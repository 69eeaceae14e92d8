package value_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones must not depend on the host

	"github.com/coselling/coselling/value"
	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestDateOfIsTheDateInTheZone(t *testing.T) {
	for _, c := range []struct{ at, zone, want string }{
		{"2026-11-22T23:59:59.999999999Z", "UTC", "2026-11-22"},
		{"2026-11-23T00:00:00Z", "UTC", "2026-11-23"},
		{"2026-11-22T23:30:00Z", "Europe/Berlin", "2026-11-23"},
		{"2026-11-22T04:59:59Z", "America/New_York", "2026-11-21"},
		{"2026-11-22T05:00:00Z", "America/New_York", "2026-11-22"},
		{"2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29"},
		{"2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31"},
		{"1969-12-31T23:59:59.5Z", "UTC", "1969-12-31"},
		{"1969-12-31T23:59:59+01:00", "UTC", "1969-12-31"},
		{"0001-01-01T00:00:00Z", "UTC", "0001-01-01"},
		{"9999-12-31T23:59:59Z", "UTC", "9999-12-31"},
		{"0001-01-01T00:00:00Z", "America/New_York", ""},
		{"0000-12-31T23:59:59Z", "UTC", ""},
		{"0000-12-31T23:59:59Z", "Asia/Tokyo", "0001-01-01"},
		{"9999-12-31T23:59:59Z", "Asia/Tokyo", ""},
		{"9999-12-31T23:59:59-00:01", "UTC", ""},
		{"9999-12-31T23:59:00-00:01", "UTC", ""}, // 10000-01-01T00:00:00Z
	} {
		at, err := time.Parse(time.RFC3339Nano, c.at)
		if err != nil {
			t.Fatal(err)
		}
		got, err := value.DateOf(at, zone(t, c.zone))
		if got.String() != c.want || (err != nil) != (c.want == "") || err != nil && !errors.Is(err, value.DateRange) {
			t.Errorf("%s in %s: got %q, %v; want %q", c.at, c.zone, got, err, c.want)
		}
		if c.zone == "UTC" {
			if inNil, _ := value.DateOf(at, nil); inNil != got {
				t.Errorf("%s: a nil zone gives %q", c.at, inNil)
			}
		}
	}
}

func TestDateOfRefusesInstantsFarOutside(t *testing.T) {
	east, west := time.FixedZone("east", 14*3600), time.FixedZone("west", -12*3600)
	for _, seconds := range []int64{math.MinInt64, math.MinInt64 + 1, -1 << 62, -1 << 40, 1 << 40, 1 << 62, math.MaxInt64 - 1, math.MaxInt64} {
		for _, loc := range []*time.Location{nil, east, west} {
			if d, err := value.DateOf(time.Unix(seconds, 0), loc); !errors.Is(err, value.DateRange) {
				t.Errorf("%d s in %v: %q, %v", seconds, loc, d, err)
			}
		}
	}
}

func TestStartIsTheFirstInstantOfTheDay(t *testing.T) {
	for _, c := range []struct{ day, zone, want, why string }{
		{"2026-11-22", "UTC", "2026-11-22T00:00:00Z", "plain"},
		{"2026-11-22", "Asia/Kolkata", "2026-11-21T18:30:00Z", "half an hour"},
		{"2026-11-22", "America/New_York", "2026-11-22T05:00:00Z", "west"},
		{"2026-03-08", "America/New_York", "2026-03-08T05:00:00Z", "clocks change later that day"},
		{"2026-03-09", "America/New_York", "2026-03-09T04:00:00Z", "clocks changed the day before"},
		{"2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "midnight is skipped"},
		{"2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00Z", "clocks go back at midnight to 23:00 of the day before"},
		{"2023-04-28", "Africa/Cairo", "2023-04-27T22:00:00Z", "midnight is skipped"},
		{"2023-11-05", "America/Havana", "2023-11-05T04:00:00Z", "midnight comes twice"},
		{"2010-11-07", "America/St_Johns", "2010-11-07T02:30:00Z", "at 00:01 clocks go back to the day before"},
		{"2011-12-29", "Pacific/Apia", "2011-12-29T10:00:00Z", "before the skipped day"},
		{"2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00Z", "the day is skipped"},
		{"2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z", "after the skipped day"},
		{"2012-01-01", "Pacific/Apia", "2011-12-31T10:00:00Z", "the day after that"},
		{"0001-01-01", "Asia/Tokyo", "0000-12-31T14:41:01Z", "local mean time"},
	} {
		got := value.MustDate(c.day).Start(zone(t, c.zone))
		if got.Format(time.RFC3339Nano) != c.want || got.Location() != time.UTC {
			t.Errorf("%s in %s (%s): got %s, want %s", c.day, c.zone, c.why, got, c.want)
		}
	}
}

func TestEndIsTheStartOfTheNextDay(t *testing.T) {
	apia := zone(t, "Pacific/Apia")
	skipped := value.MustDate("2011-12-30")
	if !skipped.End(apia).Equal(skipped.Start(apia)) {
		t.Errorf("a skipped day lasts from %s to %s", skipped.Start(apia), skipped.End(apia))
	}
	newYork := zone(t, "America/New_York")
	for day, hours := range map[string]float64{"2026-03-08": 23, "2026-11-01": 25, "2026-11-22": 24} {
		d := value.MustDate(day)
		if got := d.End(newYork).Sub(d.Start(newYork)).Hours(); got != hours {
			t.Errorf("%s lasts %v hours", day, got)
		}
	}
	last := value.MustDate("9999-12-31").End(nil)
	if want := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC); !last.Equal(want) {
		t.Errorf("the last day ends %s", last)
	}
}

// firstInstantOf is the oracle of Start: it looks at the local date every quarter of an
// hour, then at every second before the first quarter that has the day.
func firstInstantOf(d value.Date, loc *time.Location) time.Time {
	year, month, day := d.YMD()
	shown := func(t time.Time) bool {
		y, m, dd := t.In(loc).Date()
		return slices.Compare([]int{y, int(m), dd}, []int{year, int(month), day}) >= 0
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Add(-50 * time.Hour)
	for !shown(t) {
		t = t.Add(15 * time.Minute)
	}
	for at := t.Add(-15 * time.Minute); ; at = at.Add(time.Second) {
		if shown(at) {
			return at
		}
	}
}

func TestStartAgreesWithASearchSecondBySecond(t *testing.T) {
	spans := []struct{ zone, from, to string }{
		{"America/Sao_Paulo", "2017-10-01", "2019-03-01"},
		{"Africa/Cairo", "2023-04-01", "2024-11-30"},
		{"Pacific/Apia", "2011-09-20", "2012-04-05"},
		{"Pacific/Kwajalein", "1993-08-15", "1993-08-25"},
		{"America/St_Johns", "1987-10-20", "1988-11-05"}, // two hours at 00:01
		{"America/St_Johns", "2010-03-10", "2011-11-10"},
		{"America/Havana", "2023-03-01", "2023-11-10"},
		{"Asia/Beirut", "2022-03-20", "2023-04-05"},
		{"America/Asuncion", "2023-03-20", "2023-10-05"},
		{"America/Santiago", "2022-04-01", "2023-04-05"},
		{"Asia/Tehran", "2021-03-15", "2022-09-25"},
		{"Asia/Amman", "2021-03-20", "2022-10-30"},
		{"Asia/Gaza", "2023-04-01", "2023-11-01"},
		{"Atlantic/Azores", "2023-03-20", "2023-11-01"},
		{"America/Scoresbysund", "2023-03-20", "2024-04-05"},
		{"Australia/Lord_Howe", "2023-03-25", "2023-10-05"},
		{"Antarctica/Troll", "2023-03-20", "2023-11-01"},
		{"Africa/Casablanca", "2023-03-10", "2023-04-30"},
		{"Europe/Berlin", "1945-03-01", "1947-11-01"},
		{"Asia/Manila", "1844-12-25", "1845-01-05"},
		{"America/Juneau", "1867-10-10", "1867-10-25"}, // a day came twice
		{"Africa/Monrovia", "1972-01-01", "1972-01-15"},
		{"Europe/Amsterdam", "1937-06-25", "1937-07-05"},
		{"Asia/Kathmandu", "1985-12-28", "1986-01-03"},
		{"America/New_York", "2040-12-28", "2041-01-03"}, // a leap year by the rule of the zone
		{"Europe/London", "2040-12-28", "2041-01-03"},
		{"Australia/Sydney", "2040-12-28", "2041-01-03"},
		{"UTC", "2026-11-20", "2026-11-25"},
	}
	for _, s := range spans {
		loc := zone(t, s.zone)
		to := value.MustDate(s.to)
		for d := value.MustDate(s.from); !d.After(to); d, _ = d.AddDays(1) {
			if got, want := d.Start(loc), firstInstantOf(d, loc); !got.Equal(want) {
				t.Errorf("%s in %s: got %s, want %s", d, s.zone, got, want.UTC())
			}
		}
	}
	names := []string{"Europe/London", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Fakaofo", "America/Toronto", "Asia/Damascus", "Asia/Kolkata"}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "zone")
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "fixed") {
			loc = time.FixedZone("", rapid.IntRange(-86399, 86399).Draw(t, "offset"))
		}
		d, err := value.MustDate("1850-01-01").AddDays(rapid.IntRange(0, 250*365).Draw(t, "day"))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.Start(loc), firstInstantOf(d, loc); !got.Equal(want) {
			t.Fatalf("%s in %s: got %s, want %s", d, loc, got, want.UTC())
		}
		next, _ := d.AddDays(1)
		if !d.End(loc).Equal(next.Start(loc)) {
			t.Fatalf("%s in %s: ends %s", d, loc, d.End(loc))
		}
	})
}
