package comp_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func TestQuarterOfEveryStartMonth(t *testing.T) {
	for _, c := range []struct {
		start time.Month
		day   string
		want  string
	}{
		{time.January, "2026-01-01", "2026-01-01 to 2026-03-31"},
		{time.January, "2026-12-31", "2026-10-01 to 2026-12-31"},
		{time.February, "2026-01-31", "2025-11-01 to 2026-01-31"},
		{time.February, "2026-02-01", "2026-02-01 to 2026-04-30"},
		{time.March, "2028-02-29", "2027-12-01 to 2028-02-29"},
		{time.October, "2026-11-20", "2026-10-01 to 2026-12-31"},
		{time.December, "2026-11-30", "2026-09-01 to 2026-11-30"},
		{time.February, "0001-01-15", "0001-01-01 to 0001-01-31"},
		{time.March, "0001-02-01", "0001-01-01 to 0001-02-28"},
		{time.February, "9999-12-31", "9999-11-01 to 9999-12-31"},
	} {
		year := comp.FiscalYear{Start: c.start}
		if got := year.Quarter(value.MustDate(c.day)).String(); got != c.want {
			t.Errorf("quarter of %s, year from %s: %s, want %s", c.day, year, got, c.want)
		}
	}
}

// The oracle counts months: a day is the first of a quarter where it is the first
// of a month that is a multiple of three months after the start.
func firstOfQuarter(start time.Month, d value.Date) bool {
	quarters := map[time.Month]bool{}
	for m := int(start) - 1; len(quarters) < 4; m += 3 {
		quarters[time.Month(m%12+1)] = true
	}
	_, month, day := d.YMD()
	return day == 1 && quarters[month]
}

func TestQuartersFillTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := comp.FiscalYear{Start: time.Month(rapid.IntRange(1, 12).Draw(t, "start"))}
		d, err := value.MustDate("0001-01-01").AddDays(rapid.IntRange(0, 3652058).Draw(t, "day"))
		if err != nil {
			t.Fatal(err)
		}
		q := year.Quarter(d)
		if d.Before(q.First()) || d.After(q.Last()) {
			t.Fatalf("%s is not in its quarter, %s", d, q)
		}
		if q.First() != value.MustDate("0001-01-01") && !firstOfQuarter(year.Start, q.First()) {
			t.Fatalf("year from %s: %s begins a quarter", year, q.First())
		}
		for day := q.First(); day != q.Last(); {
			day, _ = day.AddDays(1)
			if firstOfQuarter(year.Start, day) || year.Quarter(day) != q {
				t.Fatalf("year from %s: %s lies inside %s", year, day, q)
			}
		}
		next, err := q.Last().AddDays(1)
		if err != nil {
			if !q.Next().IsZero() {
				t.Fatalf("after the end of the calendar comes %s", q.Next())
			}
			return
		}
		if q.Next() != year.Quarter(next) || q.Next().First() != next {
			t.Fatalf("after %s comes %s", q, q.Next())
		}
	})
}

func TestFiscalYearOutOfRangeHasNoQuarters(t *testing.T) {
	for _, year := range []comp.FiscalYear{{}, {Start: -1}, {Start: -255}, {Start: 13}, {Start: 256}, {Start: 257}} {
		if err := year.Check(); !errors.Is(err, value.Code("comp.fiscal_year.start")) || year.String() != "" {
			t.Errorf("%d: %v, %q", year.Start, err, year)
		}
		if q := year.Quarter(won); !q.IsZero() || q.String() != "" || !q.Next().IsZero() {
			t.Errorf("%d: quarter %s", year.Start, q)
		}
	}
	if q := (comp.FiscalYear{Start: time.May}).Quarter(value.Date{}); !q.IsZero() {
		t.Errorf("no day: quarter %s", q)
	}
}

func TestFiscalYearIsReadBack(t *testing.T) {
	for month := time.January; month <= time.December; month++ {
		year, err := named[comp.FiscalYear](strings.ToLower(month.String()))
		if err != nil || year.Start != month || year.String() != strings.ToLower(month.String()) {
			t.Errorf("%s: %v, %v", month, year, err)
		}
	}
	for _, s := range []string{"", "February", "feb", "2", "smarch"} {
		if year, err := named[comp.FiscalYear](s); !errors.Is(err, value.Code("comp.fiscal_year.start")) || year != (comp.FiscalYear{}) {
			t.Errorf("%q: %v, %v", s, year, err)
		}
	}
}
