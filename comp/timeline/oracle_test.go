package timeline_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The oracle scans plain lists, without spans, searches or plans.

// naive returns the ids of the version and of the correction on a day, "" for none.
func naive(versions []timeline.Version, corrections []timeline.Correction, d value.Date) (version, correction string) {
	for _, v := range versions {
		if !d.Before(v.From) {
			version = v.ID
			if !v.To.IsZero() && d.After(v.To) {
				version = ""
			}
		}
	}
	for _, c := range corrections {
		if version != "" && c.Corrects == version && !d.Before(c.From) {
			correction = c.ID
		}
	}
	return version, correction
}

// begins reports whether a fiscal quarter begins on d: it is the first of a month
// whose distance from the start of the year is a multiple of three.
func begins(start time.Month, d value.Date) bool {
	distance := 0
	_, month, day := d.YMD()
	for m := start; m != month; m = m%12 + 1 {
		distance++
	}
	return day == 1 && distance%3 == 0
}

// taken reports whether a version without an end that begins on d is taken, and whether it
// is good input. It is bad input where another version begins on that day, and where it
// does not fit a stated end.
func taken(h timeline.History, d, closed value.Date) (taken, wellFormed bool) {
	versions := h.Versions()
	taken, wellFormed = true, true
	first := true // among the versions
	for i, v := range versions {
		switch {
		case v.From == d:
			wellFormed = false
		case v.From.Before(d):
			first = false
			last := i == len(versions)-1 || versions[i+1].From.After(d)
			if last && !v.To.IsZero() && d.Sub(v.To) != 1 {
				wellFormed = false
			}
		}
	}
	start := h.Terms().FiscalYear.Start
	if first {
		taken = begins(start, versions[0].From)
	} else {
		taken = begins(start, d)
	}
	before, _ := naive(versions, nil, d)
	if before != "" && !d.After(closed) {
		taken = false
	}
	for i, c := range h.Corrections() {
		replaced := false
		for _, later := range h.Corrections()[i+1:] {
			replaced = replaced || later.Corrects == c.Corrects && !later.From.After(c.From)
		}
		if c.Corrects == before && !c.From.Before(d) && !replaced {
			taken = false
		}
	}
	return taken, wellFormed
}

func anyTerms() *rapid.Generator[timeline.Terms] {
	return rapid.Custom(func(t *rapid.T) timeline.Terms {
		return timeline.Terms{
			FiscalYear: comp.FiscalYear{Start: time.Month(rapid.IntRange(1, 12).Draw(t, "start"))},
			DatedBy:    timeline.Basis(rapid.IntRange(1, 2).Draw(t, "dated by")),
		}
	})
}

// anyDay draws a day of the six years of the test histories.
func anyDay() *rapid.Generator[value.Date] {
	return rapid.Map(rapid.IntRange(0, 6*365), func(n int) value.Date {
		d, err := value.MustDate("2024-01-01").AddDays(n)
		if err != nil {
			panic(err)
		}
		return d
	})
}

// anyHistory draws a history of 1 to 8 versions, the last one sometimes with an end, and up
// to 6 corrections.
func anyHistory() *rapid.Generator[timeline.History] {
	return rapid.Custom(func(t *rapid.T) timeline.History {
		terms := anyTerms().Draw(t, "terms")
		versions := []timeline.Version{{ID: "v0", From: anyDay().Draw(t, "first"), Policy: anyPaying(t)}}
		q := terms.FiscalYear.Quarter(versions[0].From)
		for i := range rapid.IntRange(0, 7).Draw(t, "further versions") {
			for range rapid.IntRange(1, 4).Draw(t, "quarters") {
				q = q.Next()
			}
			if before := &versions[i]; rapid.IntRange(0, 3).Draw(t, "end stated") == 0 {
				before.To = plus(t, q.First(), -1)
			}
			versions = append(versions, timeline.Version{ID: fmt.Sprint("v", i+1), From: q.First(), Policy: anyPaying(t)})
		}
		if rapid.IntRange(0, 3).Draw(t, "ends") == 0 {
			for range rapid.IntRange(0, 3).Draw(t, "quarters to the end") {
				q = q.Next()
			}
			versions[len(versions)-1].To = q.Last()
		}
		h, err := timeline.New(terms, versions...)
		if err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		for i := range rapid.IntRange(0, 6).Draw(t, "corrections") {
			of := rapid.IntRange(0, len(versions)-1).Draw(t, "corrects")
			days := 400
			if of+1 < len(versions) {
				days = versions[of+1].From.Sub(versions[of].From) - 1
			} else if !versions[of].To.IsZero() {
				days = versions[of].To.Sub(versions[of].From)
			}
			at = at.Add(time.Duration(rapid.Int64Range(0, 1e15).Draw(t, "later")))
			c := timeline.Correction{
				ID: fmt.Sprint("c", i), Corrects: versions[of].ID, Policy: anyPaying(t), Reason: "wrong",
				From:     plus(t, versions[of].From, rapid.IntRange(0, days).Draw(t, "into")),
				Approved: timeline.Approval{By: model.Person{Name: "dora", Party: model.VendorOrg("us")}, At: at},
			}
			if h, err = h.Correct(c); err != nil {
				t.Fatal(err)
			}
		}
		return h
	})
}

func anyPaying(t *rapid.T) comp.Policy {
	return paying(fmt.Sprint(rapid.IntRange(0, 100).Draw(t, "percent"), "%"))
}

// comp.consistent: a scan over all versions finds the same policy on every day.
func TestCompConsistentOnEqualsAScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory().Draw(t, "history")
		versions, corrections := h.Versions(), h.Corrections()
		policies := map[string]comp.Policy{}
		for _, v := range versions {
			policies[v.ID] = v.Policy
		}
		for _, c := range corrections {
			policies[c.ID] = c.Policy
		}
		for range 20 {
			d := anyDay().Draw(t, "day")
			version, correction := naive(versions, corrections, d)
			got, err := h.On(d)
			if got.Version != version || got.Correction != correction || (err == nil) != (version != "") {
				t.Fatalf("%s: %+v, %v; a scan finds %q and %q", d, got, err, version, correction)
			}
			if err != nil {
				continue
			}
			if d.Before(got.From) || !got.To.IsZero() && d.After(got.To) {
				t.Fatalf("%s: in force from %s to %s", d, got.From, got.To)
			}
			source := policies[version]
			if correction != "" {
				source = policies[correction]
			}
			want, percent := source.RoleBased.Contributions[comp.TechnicalValidation], got.Plan.Policy().RoleBased.Contributions[comp.TechnicalValidation]
			if want != percent {
				t.Fatalf("%s: prices with %s, its policy says %s", d, percent, want)
			}
		}
		for i, s := range h.Spans()[1:] {
			if h.Spans()[i].To != plus(t, s.From, -1) {
				t.Fatalf("spans do not touch: %v", spans(h))
			}
		}
	})
}
