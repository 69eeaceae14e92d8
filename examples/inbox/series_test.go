package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"
)

// The iterator of rrule-go, which is without bounds, is the oracle: any rule that is read gives its starts.
func TestSeriesStartWhenTheLibrarySays(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		freq := rapid.SampledFrom([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}).Draw(t, "freq")
		rule := "FREQ=" + freq
		part := func(name string, of []string, most int) {
			list := rapid.SliceOfN(rapid.SampledFrom(of), 0, most).Draw(t, name)
			if len(list) > 0 {
				rule += ";" + name + "=" + strings.Join(list, ",")
			}
		}
		days := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
		if freq == "MONTHLY" || freq == "YEARLY" {
			if rapid.Bool().Draw(t, "nth") { // the oracle takes a list of both for days that are both
				days = []string{"1MO", "2TU", "-1FR", "5SU", "-5WE"}
			}
			part("BYSETPOS", []string{"1", "2", "-1", "-2", "4"}, 2)
		}
		part("BYDAY", days, 3)
		part("BYMONTH", []string{"1", "2", "3", "10", "11"}, 3)
		part("BYMONTHDAY", []string{"1", "13", "29", "30", "31", "-1", "-30"}, 3)
		part("INTERVAL", []string{"1", "2", "3", "5"}, 1)
		part("COUNT", []string{"1", "3", "40"}, 1)
		part("UNTIL", []string{"20261231T235959Z", "20280301T080000Z"}, 1)
		part("WKST", []string{"SU", "WE"}, 1)
		start := time.Date(2026, time.January, 1, 9, 0, 0, 0, berlin).AddDate(0, 0, rapid.IntRange(-4000, 400).Draw(t, "day"))
		from := start.AddDate(0, 0, rapid.IntRange(-10, 4000).Draw(t, "from"))
		until := from.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "length"))
		option, err := rrule.StrToROptionInLocation(rule, berlin)
		if err != nil {
			t.Fatal(err)
		}
		option.Dtstart = start
		slow, err := rrule.NewRRule(*option)
		if err != nil {
			t.Fatal(err)
		}
		var want []time.Time
		next := slow.Iterator()
		for at, ok := next(); ok && at.Before(until); at, ok = next() {
			if !at.Before(from) {
				want = append(want, at)
			}
		}
		s := series{start: start, rule: rule}
		got, err := s.starts(from, until, newWork())
		if !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Fatalf("%s at %v from %v until %v (%v)\n%v\n%v", rule, start, from, until, err, got, want)
		}
		if err != nil && len(want) > 0 {
			t.Fatal(err)
		}
	})
}

// A rule that is not read is named, as in M3 and M5 of CASES; what never occurs is no series.
func TestRulesThatAreNotReadAreNamed(t *testing.T) {
	for rule, want := range map[string]string{
		"FREQ=MONTHLY;BYDAY=53MO":                                 `names a weekday that no such period has: "+53MO"`,
		"FREQ=YEARLY;BYMONTH=2;BYDAY=6MO":                         "names a weekday that no such period has",
		"FREQ=MONTHLY;BYDAY=-0MO":                                 "names a weekday that no such period has",
		"FREQ=WEEKLY;BYDAY=1MO":                                   "names a weekday that no such period has",
		"FREQ=MONTHLY;BYMONTHDAY=32":                              "that no calendar has",
		"FREQ=MONTHLY;BYSETPOS=0;BYDAY=MO":                        "that no calendar has",
		"FREQ=YEARLY;BYMONTH=13":                                  "that no calendar has",
		"FREQ=YEARLY;BYWEEKNO=20":                                 `is not read: "BYWEEKNO"`,
		"FREQ=DAILY;BYHOUR=9,10":                                  `is not read: "BYHOUR"`,
		"RSCALE=HEBREW;FREQ=YEARLY":                               `is not read: "RSCALE"`,
		"FREQ=HOURLY":                                             "more often than daily",
		"FREQ=DAILY;COUNT=0":                                      "outside 1 to 100000",
		"FREQ=DAILY;INTERVAL=99999999999999999":                   "outside 1 to 100000",
		"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30":                      "names no day",
		"FREQ=DAILY;INTERVAL=7;BYDAY=TU":                          "names no day",
		"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO": "names no day",
		"FREQ=WEEKLY;UNTIL=20200101":                              "names no day",
		"FREQ=DAILY;UNTIL=soon":                                   "is no rule",
		"COUNT=3":                                                 "is no rule",
	} {
		s := series{start: time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC), rule: rule}
		list, err := s.starts(s.start, s.start.AddDate(1, 0, 0), newWork())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v; want %q", rule, list, err, want)
		}
	}
}

// UNTIL as a day includes it, in any order of the parts.
func TestASeriesEndsWithItsLastDay(t *testing.T) {
	for _, rule := range []string{"FREQ=DAILY;UNTIL=20261104", "until=20261104;freq=daily;"} {
		s := series{start: time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC), rule: rule}
		list, err := s.starts(s.start, s.start.AddDate(1, 0, 0), newWork())
		if got := fmt.Sprint(len(list), err); got != "3 <nil>" {
			t.Errorf("%s: %s", rule, got)
		}
	}
}
