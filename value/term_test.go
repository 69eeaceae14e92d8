package value_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/terms"
	"github.com/coselling/coselling/value"
)

func TestTermIsReadAsItIsWritten(t *testing.T) {
	for text, want := range map[string]value.Term{
		"30 minutes": value.Minutes(30), "1 hour": value.Hours(1), "24 hours": value.Hours(24), "14 days": value.Days(14),
		"8 business hours": value.BusinessHours(8), "1 business day": value.BusinessDays(1), "10000 business days": value.BusinessDays(10_000),
	} {
		if got, err := value.ParseTerm(text); err != nil || got != want || got.String() != text {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]value.Code{
		"": "term.format", "24": "term.format", "24h": "term.format",
		"1 hours": "term.format",
		"2 day":   "term.format", "02 days": "term.format", " 2 days": "term.format",
		"2 days ": "term.format",
		"2  days": "term.format", "+2 days": "term.format", "2.5 days": "term.format",
		"NaN days": "term.format",
		"two days": "term.format", "2 weeks": "term.format", "0 weeks": "term.format",
		"0 ": "term.format", "0 days ": "term.format", "1e3 hours": "term.format",
		"-1 days": "term.format",
		"0 days":  "term.range", "10001 hours": "term.range",
		"99999999999999999999 days": "term.range",
	} {
		got, err := value.ParseTerm(text)
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
		if got != (value.Term{}) {
			t.Errorf("%q gives %v beside an error", text, got)
		}
	}
	if text := (value.Term{}).String(); text != "" {
		t.Errorf("no term is %q", text)
	}
}

// instant returns an instant of November 2026, which begins on a Sunday.
func instant(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }

// In a pause a term in hours keeps what was left, and business days grow by those between.
func TestATermStandsStillInAPause(t *testing.T) {
	for _, c := range []struct {
		name        string
		term        value.Term
		start       time.Time
		from, until time.Time
		want        time.Time
	}{
		{"before the pause", value.Hours(24), instant(2, 9), instant(3, 9), instant(9, 9), instant(3, 9)},
		{"an hour was left", value.Hours(24), instant(2, 9), instant(3, 8), instant(9, 17), instant(9, 18)},
		{"begun in the pause", value.Hours(24), instant(4, 9), instant(3, 8), instant(9, 17), instant(10, 17)},
		{"after the pause", value.Hours(24), instant(9, 17), instant(3, 8), instant(9, 17), instant(10, 17)},
		{"days", value.Days(10), instant(2, 9), instant(3, 9), instant(8, 9), instant(17, 9)},
		{"minutes", value.Minutes(30), instant(2, 9), instant(2, 8), instant(2, 10), instant(2, 11).Add(-30 * time.Minute)},
		{"no end", value.Hours(24), instant(2, 9), instant(3, 8), time.Time{}, time.Time{}},
		{"business days", value.BusinessDays(2), instant(2, 9), instant(3, 9), instant(5, 9), instant(7, 0)},
		{"and a weekend", value.BusinessDays(2), instant(2, 9), instant(5, 9), instant(9, 9), instant(5, 0)},
		{"over a weekend", value.BusinessDays(4), instant(2, 9), instant(5, 9), instant(9, 9), instant(11, 0)},
		{"resumed on one day", value.BusinessDays(2), instant(2, 9), instant(3, 9), instant(3, 10), instant(5, 0)},
		{"resumed on a Sunday", value.BusinessDays(4), instant(2, 9), instant(6, 9), instant(8, 9), instant(10, 0)},
		{"business days begun in it", value.BusinessDays(1), instant(4, 9), instant(3, 8), instant(5, 17), instant(7, 0)},
		{"business days without end", value.BusinessDays(2), instant(2, 9), instant(4, 23), time.Time{}, time.Time{}},
	} {
		got, err := value.Workplace{}.End(c.start, c.term, value.Pause{From: c.from, Until: c.until})
		if err != nil || got != c.want {
			t.Errorf("%s: %v, %v, want %v", c.name, got, err, c.want)
		}
	}
	if got, err := (value.Workplace{}).End(instant(2, 9), value.Term{}); !errors.Is(err, value.Code("term.range")) {
		t.Errorf("no term ends at %v, %v", got, err)
	}
}

// An hour counts that no pause covers, a business day at whose end none is under way; no term ends in a pause.
func TestTermsAgreeWithCountedHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hour := rapid.IntRange(0, 40*24)
		var pauses terms.Pauses
		for at := instant(1, hour.Draw(t, "first")); len(pauses) < 4; {
			p := value.Pause{From: at, Until: at.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "long")) * time.Hour)}
			pauses = append(pauses, p)
			at = p.Until.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "apart")) * time.Hour)
		}
		start, n := instant(1, hour.Draw(t, "start")), rapid.IntRange(1, 60).Draw(t, "n")
		for term, want := range map[value.Term]time.Time{
			value.Hours(n):         pauses.Hours(start, n),
			value.BusinessDays(n):  pauses.BusinessDays(terms.Usual(), start, n),
			value.BusinessHours(n): pauses.BusinessHours(terms.Usual(), start, n),
		} {
			if got, err := (value.Workplace{}).End(start, term, pauses...); err != nil || got != want {
				t.Fatalf("%s from %v without %v end at %v, %v, want %v", term, start, pauses, got, err, want)
			}
		}
	})
}

func TestPausesAreSortedOrRefused(t *testing.T) {
	sorted, err := value.SortPauses([]value.Pause{{From: instant(5, 0)}, {From: instant(4, 0), Until: instant(4, 0)},
		{From: instant(2, 0), Until: instant(5, 0)}})
	if err != nil || len(sorted) != 2 || sorted[0].From != instant(2, 0) {
		t.Errorf("%v, %v", sorted, err)
	}
	for name, list := range map[string][]value.Pause{
		"without a beginning": {{Until: instant(2, 0)}},
		"backwards":           {{From: instant(2, 0), Until: instant(1, 0)}},
		"overlapping":         {{From: instant(3, 0)}, {From: instant(2, 0), Until: instant(3, 1)}},
		"after an open one":   {{From: instant(2, 0)}, {From: instant(3, 0)}},
		"too many":            make([]value.Pause, 1001),
	} {
		if sorted, err := value.SortPauses(list); !errors.Is(err, value.Code("pause.order")) || sorted != nil {
			t.Errorf("%s: %v, %v", name, sorted, err)
		}
	}
}
