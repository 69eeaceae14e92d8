package value_test

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
	"pgregory.net/rapid"
)

// The test counts all days by the rules of the calendar, and reads and writes each of them.
func TestEveryDateAgreesWithCountingByHand(t *testing.T) {
	lengths := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	first := value.MustDate("0001-01-01")
	count, weekday := 0, time.Monday
	for year := 1; year <= 9999; year++ {
		leap := year%4 == 0 && (year%100 != 0 || year%400 == 0)
		for month := time.January; month <= time.December; month++ {
			length := lengths[month-1]
			if leap && month == time.February {
				length = 29
			}
			for day := 1; day <= length; day++ {
				d, err := value.NewDate(year, month, day)
				if err != nil {
					t.Fatal(err)
				}
				y, m, dd := d.YMD()
				if y != year || m != month || dd != day || d.Sub(first) != count {
					t.Fatalf("%04d-%02d-%02d: %d-%d-%d, %d days after the first", year, month, day, y, m, dd, d.Sub(first))
				}
				if works := weekday != time.Saturday && weekday != time.Sunday; (value.Calendar{}).IsBusinessDay(d) != works {
					t.Fatalf("%s, a %s: business day %t", d, weekday, !works)
				}
				if counted, err := first.AddDays(count); err != nil || counted != d {
					t.Fatalf("%s: %d days after the first is %s, %v", d, count, counted, err)
				}
				count, weekday = count+1, (weekday+1)%7
			}
			if _, err := value.NewDate(year, month, length+1); !errors.Is(err, value.DateRange) {
				t.Fatalf("%04d-%02d-%02d: %v", year, month, length+1, err)
			}
			d, _ := value.NewDate(year, month, length)
			want := fmt.Sprintf("%04d-%02d-%02d", year, month, length)
			back, err := value.ParseDate(want)
			y, m, day := d.YMD()
			if err != nil || back != d || d.String() != want || y != year || m != month || day != length {
				t.Fatalf("%s: writes %s, reads %s, %v", want, d, back, err)
			}
		}
	}
	if last := value.MustDate("9999-12-31"); last.Sub(first) != count-1 {
		t.Errorf("%d days up to %s, want %d", last.Sub(first), last, count-1)
	}
}

func TestParseDateIsStrict(t *testing.T) {
	for _, c := range []struct {
		in   string
		code value.Code
	}{
		{"2026-02-29", value.DateRange}, {"1900-02-29", value.DateRange}, {"2100-02-29", value.DateRange},
		{"2026-02-30", value.DateRange}, {"2026-04-31", value.DateRange}, {"2026-01-32", value.DateRange},
		{"2026-00-01", value.DateRange}, {"2026-13-01", value.DateRange}, {"2026-01-00", value.DateRange},
		{"0000-01-01", value.DateRange}, {"0000-00-00", value.DateRange}, {"2026-99-99", value.DateRange},
		{"", value.DateFormat}, {" ", value.DateFormat}, {"2026-1-1", value.DateFormat}, {"26-01-01", value.DateFormat},
		{"2026/01/01", value.DateFormat}, {"20260101", value.DateFormat}, {"2026-01-01 ", value.DateFormat},
		{" 2026-01-01", value.DateFormat}, {"2026-01-01T00:00:00Z", value.DateFormat}, {"-026-01-01", value.DateFormat},
		{"+026-01-01", value.DateFormat}, {"10000-01-01", value.DateFormat}, {"2026-01-1x", value.DateFormat},
		{"2026-0 -01", value.DateFormat}, {"2026-01-+1", value.DateFormat}, {"20२6-01-1", value.DateFormat},
		{"2026x01-01", value.DateFormat}, {"2026-01x01", value.DateFormat}, {"01-01-2026", value.DateFormat},
		{"２０２６", value.DateFormat}, {"2026-01-01\x00", value.DateFormat}, {"YYYY-MM-DD", value.DateFormat},
	} {
		d, err := value.ParseDate(c.in)
		if !errors.Is(err, c.code) || !d.IsZero() {
			t.Errorf("%q: got %q, %v; want %s", c.in, d, err, c.code)
		}
	}
	for _, s := range []string{"0001-01-01", "9999-12-31", "2000-02-29", "2024-02-29", "2026-11-22", "1600-02-29"} {
		if d, err := value.ParseDate(s); err != nil || d.String() != s {
			t.Errorf("%s: got %q, %v", s, d, err)
		}
	}
}

func TestNewDateRefusesDaysThatDoNotExist(t *testing.T) {
	for _, c := range []struct {
		year  int
		month time.Month
		day   int
	}{
		{0, 1, 1}, {-1, 1, 1}, {10000, 1, 1}, {2026, 0, 1}, {2026, 13, 1}, {2026, -1, 1}, {2026, 1, 0}, {2026, 1, -1}, {2026, 1, 32},
		{2026, 2, 29}, {math.MaxInt, 1, 1}, {math.MinInt, 1, 1}, {2026, math.MaxInt, 1}, {2026, 1, math.MaxInt}, {2026, 1, math.MinInt},
		{9999, 12, 32}, {0, 12, 32},
	} {
		if d, err := value.NewDate(c.year, c.month, c.day); !errors.Is(err, value.DateRange) || !d.IsZero() {
			t.Errorf("%v: got %q, %v", c, d, err)
		}
	}
}

func TestUnsetDateIsEmptyAndBeforeAll(t *testing.T) {
	var unset value.Date
	first := value.MustDate("0001-01-01")
	y, m, d := unset.YMD()
	text, err := unset.MarshalText()
	if y != 0 || m != 0 || d != 0 || unset.Year() != 0 ||
		unset.String() != "" || len(text) != 0 || err != nil || !unset.IsZero() || first.IsZero() {
		t.Errorf("unset: %d-%d-%d %q %q %v", y, m, d, unset, text, err)
	}
	if !unset.Before(first) || unset.After(first) || !first.After(unset) || unset.Compare(first) != -1 || first.Sub(unset) != 1 {
		t.Error("unset is not before 0001-01-01")
	}
	if !unset.Start(time.UTC).IsZero() || !unset.End(time.UTC).IsZero() {
		t.Error("unset has instants")
	}
	for _, n := range []int{-1, 0, 1} {
		if got, err := unset.AddDays(n); !errors.Is(err, value.DateRange) {
			t.Errorf("unset and %d days: %q, %v", n, got, err)
		}
	}
	got := value.MustDate("2026-11-22")
	if err := got.UnmarshalText([]byte{}); err != nil || !got.IsZero() {
		t.Errorf("empty text gives %q, %v", got, err)
	}
}

func TestRefusedTextLeavesTheDateAsItWas(t *testing.T) {
	d := value.MustDate("2026-11-22")
	if err := d.UnmarshalText([]byte("2026-02-30")); !errors.Is(err, value.DateRange) || d.String() != "2026-11-22" {
		t.Errorf("%q, %v", d, err)
	}
	if err := d.UnmarshalText([]byte("2026-02-28")); err != nil || d.String() != "2026-02-28" {
		t.Errorf("%q, %v", d, err)
	}
	if b, _ := d.AppendText([]byte("on ")); string(b) != "on 2026-02-28" {
		t.Errorf("%q", b)
	}
}

func TestMustDatePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	value.MustDate("2026-02-30")
}

func TestAddDaysStopsAtTheEndsOfTheRange(t *testing.T) {
	first, last := value.MustDate("0001-01-01"), value.MustDate("9999-12-31")
	span := last.Sub(first)
	for _, c := range []struct {
		from value.Date
		n    int
		want string
	}{
		{first, 0, "0001-01-01"}, {first, span, "9999-12-31"}, {last, -span, "0001-01-01"}, {last, 0, "9999-12-31"},
		{value.MustDate("2024-02-28"), 1, "2024-02-29"}, {value.MustDate("2023-02-28"), 1, "2023-03-01"},
		{value.MustDate("2026-01-01"), -1, "2025-12-31"},
		{first, -1, ""}, {first, span + 1, ""}, {last, 1, ""}, {last, -span - 1, ""},
		{last, math.MaxInt, ""}, {last, math.MinInt, ""}, {first, math.MaxInt, ""}, {first, math.MinInt, ""},
		{first, math.MaxInt32, ""}, {last, math.MinInt32, ""},
	} {
		got, err := c.from.AddDays(c.n)
		if got.String() != c.want || (err != nil) != (c.want == "") || err != nil && !errors.Is(err, value.DateRange) {
			t.Errorf("%s and %d days: got %q, %v; want %q", c.from, c.n, got, err, c.want)
		}
	}
}

func TestDatesBehaveAsNumbersOfDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, other := anyDate(t, "d"), anyDate(t, "other")
		if back, err := other.AddDays(d.Sub(other)); err != nil || back != d {
			t.Fatalf("%s, %s: back %s, %v", d, other, back, err)
		}
		before := d.String() < other.String() // the text sorts as the days do
		after := d.String() > other.String()
		if d.Before(other) != before || d.After(other) != after || d.Compare(other) != -other.Compare(d) ||
			(d.Compare(other) < 0) != before || (d.Compare(other) > 0) != after {
			t.Fatalf("%s, %s: %d", d, other, d.Compare(other))
		}
		text, _ := d.MarshalText()
		var u value.Date
		if err := u.UnmarshalText(text); err != nil || u != d {
			t.Fatalf("%s: %q gives %s, %v", d, text, u, err)
		}
		year, month, day := d.YMD()
		oracle := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		if !d.Start(nil).Equal(oracle) || d.Start(nil).Location() != time.UTC {
			t.Fatalf("%s starts %s", d, d.Start(nil))
		}
	})
}

func anyDate(t *rapid.T, label string) value.Date {
	first, last := value.MustDate("0001-01-01"), value.MustDate("9999-12-31")
	d, err := first.AddDays(rapid.IntRange(0, last.Sub(first)).Draw(t, label))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-22", "0001-01-01", "9999-12-31", "2024-02-29", "2023-02-29", "0000-00-00", "", "2026-1-1", "+026-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := value.ParseDate(s)
		oracle, oracleErr := time.Parse(time.DateOnly, s)
		if legal := oracleErr == nil && oracle.Year() >= 1; legal != (err == nil) {
			t.Fatalf("%q: %v; time.Parse says %v", s, err, oracleErr)
		}
		if err != nil {
			if !d.IsZero() || errors.Is(err, value.DateFormat) == errors.Is(err, value.DateRange) {
				t.Fatalf("%q: %q, %v", s, d, err)
			}
			return
		}
		if d.String() != s || !d.Start(nil).Equal(oracle) {
			t.Fatalf("%q is read as %q", s, d)
		}
	})
}
