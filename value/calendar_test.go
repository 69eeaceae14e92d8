package value_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
	"pgregory.net/rapid"
)

func dates(list ...string) []value.Date {
	out := make([]value.Date, len(list))
	for i, s := range list {
		out[i] = value.MustDate(s)
	}
	return out
}

func calendar(t testing.TB, working []time.Weekday, holidays ...string) value.Calendar {
	t.Helper()
	c, err := value.NewCalendar(working, dates(holidays...))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var (
	monToFri = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	sunToThu = []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday}
)

func TestZeroCalendarIsMondayToFriday(t *testing.T) {
	explicit := calendar(t, monToFri)
	monday := value.MustDate("2026-11-23")
	for i := range 14 {
		d, _ := monday.AddDays(i)
		want := i%7 < 5
		if got := (value.Calendar{}).IsBusinessDay(d); got != want {
			t.Errorf("%s: %t", d, got)
		}
		if got := explicit.IsBusinessDay(d); got != want {
			t.Errorf("%s: %t when named", d, got)
		}
	}
}

func TestBusinessDaysAreCounted(t *testing.T) {
	christmas := []string{"2026-12-26", "2026-12-25", "2027-01-01", "2026-12-25"}
	for _, c := range []struct {
		name     string
		calendar value.Calendar
		from     string
		n        int
		want     string
	}{
		{"the start does not count", value.Calendar{}, "2026-11-23", 1, "2026-11-24"},
		{"over a weekend", value.Calendar{}, "2026-11-27", 1, "2026-11-30"},
		{"from a Saturday", value.Calendar{}, "2026-11-28", 1, "2026-11-30"},
		{"from a Sunday", value.Calendar{}, "2026-11-29", 2, "2026-12-01"},
		{"a week", value.Calendar{}, "2026-11-23", 5, "2026-11-30"},
		{"the most", value.Calendar{}, "2026-11-23", 10000, "2065-03-23"},
		{"over holidays", calendar(t, monToFri, christmas...), "2026-12-24", 1, "2026-12-28"},
		{"over two of them", calendar(t, monToFri, christmas...), "2026-12-24", 5, "2027-01-04"},
		{"from a holiday", calendar(t, monToFri, christmas...), "2026-12-25", 1, "2026-12-28"},
		{"weekend on Friday and Saturday", calendar(t, sunToThu), "2026-11-26", 1, "2026-11-29"},
		{"one working day a week", calendar(t, []time.Weekday{time.Sunday}), "2026-11-22", 3, "2026-12-13"},
		{"every day", calendar(t, append(slices.Clone(sunToThu), time.Friday, time.Saturday)), "2026-11-26", 3, "2026-11-29"},
	} {
		got, err := c.calendar.AddBusinessDays(value.MustDate(c.from), c.n)
		if err != nil || got.String() != c.want {
			t.Errorf("%s: %d after %s is %s, %v; want %s", c.name, c.n, c.from, got, err, c.want)
		}
	}
}

func TestOnOrBeforeAndOnOrAfterFindTheNearestBusinessDay(t *testing.T) {
	c := calendar(t, monToFri, "2026-12-25", "2026-12-28")
	for _, row := range []struct{ day, before, after string }{
		{"2026-12-23", "2026-12-23", "2026-12-23"},
		{"2026-12-24", "2026-12-24", "2026-12-24"},
		{"2026-12-25", "2026-12-24", "2026-12-29"},
		{"2026-12-27", "2026-12-24", "2026-12-29"},
		{"2026-12-28", "2026-12-24", "2026-12-29"},
		{"2026-12-29", "2026-12-29", "2026-12-29"},
	} {
		before, err1 := c.OnOrBefore(value.MustDate(row.day))
		after, err2 := c.OnOrAfter(value.MustDate(row.day))
		if err1 != nil || err2 != nil || before.String() != row.before || after.String() != row.after {
			t.Errorf("%s: %s and %s, %v, %v; want %s and %s", row.day, before, after, err1, err2, row.before, row.after)
		}
	}
}

func TestCalendarRefusesAndNamesEveryProblem(t *testing.T) {
	many := make([]value.Date, 10_001)
	for i := range many {
		many[i], _ = value.MustDate("2000-01-01").AddDays(i)
	}
	for _, c := range []struct {
		name     string
		working  []time.Weekday
		holidays []value.Date
		want     []string // code and path
	}{
		{"no working day", nil, nil, []string{"calendar.empty working"}},
		{"empty working days", []time.Weekday{}, nil, []string{"calendar.empty working"}},
		{"no weekday", []time.Weekday{time.Monday, 7, -1}, nil, []string{"calendar.weekday working[1]", "calendar.weekday working[2]"}},
		{"only what is no weekday", []time.Weekday{8}, nil, []string{"calendar.weekday working[0]"}},
		{"unset holidays", monToFri, []value.Date{value.MustDate("2026-12-25"), {}, {}}, []string{"date.range holidays[1]", "date.range holidays[2]"}},
		{"too many holidays", monToFri, many, []string{"calendar.range holidays"}},
		{"several", nil, []value.Date{{}}, []string{"calendar.empty working", "date.range holidays[0]"}},
		{"several with too many", []time.Weekday{9}, many, []string{"calendar.weekday working[0]", "calendar.range holidays"}},
	} {
		_, err := value.NewCalendar(c.working, c.holidays)
		list, _ := errors.AsType[value.Errors](err)
		var got []string
		for _, e := range list {
			got = append(got, string(e.Code)+" "+e.Path)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if _, err := value.NewCalendar(monToFri, many[1:]); err != nil {
		t.Errorf("10,000 holidays: %v", err)
	}
}

func TestCalendarKeepsItsOwnDays(t *testing.T) {
	working := slices.Clone(monToFri)
	holidays := dates("2026-12-25", "2026-11-23")
	c, err := value.NewCalendar(working, holidays)
	if err != nil {
		t.Fatal(err)
	}
	if holidays[0] != value.MustDate("2026-12-25") {
		t.Error("the caller's holidays were sorted")
	}
	working[0], holidays[0], holidays[1] = time.Sunday, value.MustDate("2026-12-24"), value.MustDate("2026-12-24")
	for day, want := range map[string]bool{"2026-12-24": true, "2026-12-25": false, "2026-11-23": false, "2026-11-30": true, "2026-11-29": false} {
		if c.IsBusinessDay(value.MustDate(day)) != want {
			t.Errorf("%s: not %t any more", day, want)
		}
	}
}

func TestOrderAndRepetitionOfHolidaysDoNotMatter(t *testing.T) {
	one := calendar(t, monToFri, "2026-12-25", "2026-12-26")
	same := calendar(t, []time.Weekday{5, 4, 3, 2, 1, 1, 5}, "2026-12-26", "2026-12-25", "2026-12-26", "2026-12-25")
	if !reflect.DeepEqual(one, same) {
		t.Errorf("%v differs from %v", one, same)
	}
}

func TestCountOfBusinessDaysIsBounded(t *testing.T) {
	monday := value.MustDate("2026-11-23")
	for _, n := range []int{0, -1, 10_001, math.MaxInt, math.MinInt} {
		if d, err := (value.Calendar{}).AddBusinessDays(monday, n); !errors.Is(err, value.CalendarRange) || !d.IsZero() {
			t.Errorf("%d: %q, %v", n, d, err)
		}
		if at, err := (value.Workplace{}).End(monday.Start(nil), value.BusinessDays(n)); !errors.Is(err, value.Code("term.range")) || !at.IsZero() {
			t.Errorf("%d: %s, %v", n, at, err)
		}
	}
}

func TestUnsetDateIsNoBusinessDay(t *testing.T) {
	everyDay := calendar(t, append(slices.Clone(sunToThu), time.Friday, time.Saturday))
	var unset value.Date
	if everyDay.IsBusinessDay(unset) {
		t.Error("unset is a business day")
	}
	_, err1 := everyDay.AddBusinessDays(unset, 1)
	_, err2 := everyDay.OnOrAfter(unset)
	_, err3 := everyDay.OnOrBefore(unset)
	for _, err := range []error{err1, err2, err3} {
		if !errors.Is(err, value.DateRange) {
			t.Errorf("%v", err)
		}
	}
}

// Holidays can be as many as are left of the range at either end.
func TestSearchEndsWhereTheCalendarEnds(t *testing.T) {
	first, last := value.MustDate("0001-01-01"), value.MustDate("9999-12-31")
	everyDay := append(slices.Clone(sunToThu), time.Friday, time.Saturday)
	var atEnds []value.Date
	for i := range 100 {
		early, _ := first.AddDays(i)
		late, _ := last.AddDays(-i)
		atEnds = append(atEnds, late, early)
	}
	c, err := value.NewCalendar(everyDay, atEnds)
	if err != nil {
		t.Fatal(err)
	}
	inside, _ := last.AddDays(-100)
	beginning, _ := first.AddDays(100)
	if got, err := c.OnOrAfter(inside); err != nil || got != inside {
		t.Errorf("%s, %v", got, err)
	}
	if got, err := c.OnOrAfter(first); err != nil || got != beginning {
		t.Errorf("%s, %v", got, err)
	}
	afterInside, _ := inside.AddDays(1)
	beforeBeginning, _ := beginning.AddDays(-1)
	_, err1 := c.AddBusinessDays(inside, 1)
	_, err2 := c.AddBusinessDays(last, 1)
	_, err3 := c.OnOrAfter(afterInside)
	_, err4 := c.OnOrBefore(beforeBeginning)
	_, err5 := value.Workplace{Calendar: &c}.End(inside.Start(nil), value.BusinessDays(1))
	_, err6 := (value.Calendar{}).AddBusinessDays(last, 1) // a Friday
	for i, err := range []error{err1, err2, err3, err4, err5, err6} {
		if !errors.Is(err, value.CalendarRange) {
			t.Errorf("%d: %v", i+1, err)
		}
	}
}

func TestCalendarAgreesWithCountingDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		working := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 6), func(n int) time.Weekday { return time.Weekday(n) }), 1, 7).Draw(t, "working")
		offsets := rapid.SliceOfN(rapid.IntRange(-60, 60), 0, 120).Draw(t, "holidays")
		middle := value.MustDate("2026-11-22")
		closed := map[value.Date]bool{}
		var holidays []value.Date
		for _, n := range offsets {
			d, _ := middle.AddDays(n)
			closed[d] = true
			holidays = append(holidays, d)
		}
		c, err := value.NewCalendar(working, holidays)
		if err != nil {
			t.Fatal(err)
		}
		open := func(d value.Date) bool {
			y, m, day := d.YMD()
			return slices.Contains(working, time.Date(y, m, day, 12, 0, 0, 0, time.UTC).Weekday()) && !closed[d]
		}
		walk := func(d value.Date, n, step int) value.Date {
			for {
				if open(d) {
					if n--; n <= 0 {
						return d
					}
				}
				d, _ = d.AddDays(step)
			}
		}
		d, _ := middle.AddDays(rapid.IntRange(-80, 80).Draw(t, "start"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		next, _ := d.AddDays(1)
		if c.IsBusinessDay(d) != open(d) {
			t.Fatalf("%s: %t", d, c.IsBusinessDay(d))
		}
		if got, err := c.AddBusinessDays(d, n); err != nil || got != walk(next, n, 1) {
			t.Fatalf("%d after %s: %s, %v; want %s", n, d, got, err, walk(next, n, 1))
		}
		if got, err := c.OnOrAfter(d); err != nil || got != walk(d, 1, 1) {
			t.Fatalf("on or after %s: %s, %v", d, got, err)
		}
		if got, err := c.OnOrBefore(d); err != nil || got != walk(d, 1, -1) {
			t.Fatalf("on or before %s: %s, %v", d, got, err)
		}
	})
}
