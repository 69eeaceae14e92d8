package timeline_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/value"
)

// comp.quarter_lock: for every fiscal start month and every day of more than two
// years, one of them a leap year, a version is taken or refused as the oracle says,
// and the next legal date is the first later day that the oracle takes.
func TestQuarterLockOfEveryStartMonth(t *testing.T) {
	for start := time.January; start <= time.December; start++ {
		t.Run("comp.quarter_lock "+start.String(), func(t *testing.T) {
			h, err := timeline.New(timeline.Terms{FiscalYear: comp.FiscalYear{Start: start}, DatedBy: timeline.ByClosing}, version("first", "2027-01-13"))
			if err != nil {
				t.Fatal(err)
			}
			legal := 0
			next := value.Date{} // computed from the last day backwards
			for d := day("2029-06-30"); d.After(day("2027-01-13")); d = plus(t, d, -1) {
				decision, err := h.Add(timeline.Version{ID: "b", From: d, Policy: comp.DefaultPolicy()}, value.Date{})
				if err != nil {
					t.Fatal(err)
				}
				if begins(start, d) {
					legal++
					next = d
					if decision.Refused != nil || !decision.NextLegal.IsZero() {
						t.Fatalf("%s: %v", d, decision.Refused)
					}
					continue
				}
				if len(decision.Refused) != 1 || decision.Refused[0].Code() != timeline.QuarterLock || !next.IsZero() && decision.NextLegal != next {
					t.Fatalf("%s: %v, next legal %s, want %s", d, decision.Refused, decision.NextLegal, next)
				}
			}
			if legal < 9 || legal > 10 {
				t.Errorf("%d legal days in two and a half years", legal)
			}
		})
	}
}

func TestAddEqualsTheOracle(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range eachOutcome(t) {
		checkAdd(t, c.history, c.from, c.closed, seen)
	}
	for _, outcome := range []string{"error", "taken", string(timeline.QuarterLock), string(timeline.ClosedFixed), string(value.Code("correction.range"))} {
		if !seen[outcome] {
			t.Errorf("no case has the outcome %s", outcome)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory().Draw(t, "history")
		d := anyDay().Draw(t, "day")
		if list := h.Corrections(); len(list) > 0 && rapid.Bool().Draw(t, "before a correction") {
			d = plus(t, rapid.SampledFrom(list).Draw(t, "correction").From, -rapid.IntRange(0, 60).Draw(t, "days"))
		}
		if rapid.Bool().Draw(t, "first of a quarter") {
			d = h.Terms().FiscalYear.Quarter(d).First()
		}
		var closed value.Date
		if rapid.Bool().Draw(t, "some are closed") {
			closed = anyDay().Draw(t, "closed")
		}
		checkAdd(t, h, d, closed, seen)
	})
}

// addition is a version without an end that is added to a history.
type addition struct {
	history      timeline.History
	from, closed value.Date
}

// eachOutcome has an addition for each outcome, so that no outcome depends on a draw.
func eachOutcome(t *testing.T) []addition {
	one := newHistory(t, version("first", "2026-01-01"))
	return []addition{
		{one, day("2026-01-01"), value.Date{}},                                                       // another begins on that day
		{one, day("2026-04-01"), value.Date{}},                                                       // taken
		{one, day("2026-05-10"), value.Date{}},                                                       // inside a quarter
		{one, day("2026-04-01"), day("2026-04-20")},                                                  // closed
		{corrected(t, one, correction("c", "first", "2026-05-10")), day("2026-04-01"), value.Date{}}, // corrected from a later day on
	}
}

// checkAdd compares what adding a version decides with the oracle, and notes the
// outcome.
func checkAdd(t rapid.TB, h timeline.History, d, closed value.Date, seen map[string]bool) {
	t.Helper()
	want, wellFormed := taken(h, d, closed)
	decision, err := h.Add(timeline.Version{ID: "new", From: d, Policy: comp.DefaultPolicy()}, closed)
	if !wellFormed {
		seen["error"] = true
		if err == nil {
			t.Fatalf("%s was not refused in %v", d, spans(h))
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if (len(decision.Refused) == 0) != want {
		t.Fatalf("%s, closed up to %s, in %v: refused %v", d, closed, spans(h), decision.Refused)
	}
	if want {
		seen["taken"] = true
		checkClosedStay(t, h, decision.History, closed)
		return
	}
	for _, r := range decision.Refused {
		seen[string(r.Code())] = true
	}
	if next := scanned(t, h, d, closed); decision.NextLegal != next {
		t.Fatalf("%s, closed up to %s, in %v: next legal %s, a scan finds %s", d, closed, spans(h), decision.NextLegal, next)
	}
}

// scanned returns the first day after d on which a version is taken, by a scan of all days.
func scanned(t rapid.TB, h timeline.History, d, closed value.Date) value.Date {
	for range 12 * 366 {
		d = plus(t, d, 1)
		if taken, wellFormed := taken(h, d, closed); taken && wellFormed {
			return d
		}
	}
	return value.Date{}
}

// comp.closed_fixed: the policy of a closed day does not change.
func checkClosedStay(t rapid.TB, before, after timeline.History, closed value.Date) {
	t.Helper()
	for d := day("2024-01-01"); !d.After(closed); d = plus(t, d, 7) {
		was, err := before.On(d)
		if err != nil {
			continue
		}
		if is, _ := after.On(d); is.Version != was.Version || is.Correction != was.Correction || is.Plan != was.Plan {
			t.Fatalf("%s, closed up to %s: %v became %v", d, closed, was, is)
		}
	}
}

// comp.closed_fixed: while versions and corrections are added over time, the statement of a
// closed deal changes only where a correction shows in it.
func TestClosedDealsNeverMove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t, version("v0", "2024-01-01"))
		closed := day("2024-01-01")
		before := map[value.Date]timeline.InForce{}
		added := 0
		t.Repeat(map[string]func(*rapid.T){
			"time goes on": func(t *rapid.T) {
				closed = plus(t, closed, rapid.IntRange(0, 60).Draw(t, "days"))
				in, err := h.On(closed)
				if err != nil {
					t.Fatal(err)
				}
				before[closed] = in
			},
			"add": func(t *rapid.T) {
				added++
				v := version("", "2024-01-01")
				v.ID, v.From, v.Policy = "v"+closed.String()+string(rune('a'+added%26)), anyDay().Draw(t, "from"), anyPaying(t)
				decision, err := h.Add(v, closed)
				if err != nil {
					t.Skip(err)
				}
				h = decision.History
			},
			"correct": func(t *rapid.T) {
				d := anyDay().Draw(t, "from")
				in, err := h.On(d)
				if err != nil {
					t.Fatal(err)
				}
				c := correction("c"+d.String(), in.Version, d.String())
				next, err := h.Correct(c)
				if err != nil {
					t.Skip(err)
				}
				h = next
				for closed := range before {
					if in, _ := h.On(closed); in.Correction == c.ID {
						before[closed] = in // the correction is named
					}
				}
			},
			"": func(t *rapid.T) {
				for d, was := range before {
					if is, _ := h.On(d); is.Version != was.Version || is.Correction != was.Correction || is.Plan != was.Plan {
						t.Fatalf("%s: %v became %v", d, was, is)
					}
				}
			},
		})
	})
}
