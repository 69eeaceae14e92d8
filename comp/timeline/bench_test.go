package timeline_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/value"
)

// The cost of the look-up in a century of quarters, compared with one policy.
func BenchmarkStatement(b *testing.B) {
	q := comp.FiscalYear{Start: time.January}.Quarter(day("1950-01-01"))
	var versions []timeline.Version
	for i := range 400 {
		versions = append(versions, timeline.Version{ID: fmt.Sprint("v", i), From: q.First(), Policy: comp.DefaultPolicy()})
		q = q.Next()
	}
	h := newHistory(b, versions...)
	deal := booking("2026-11-20")
	plan := h.Spans()[0].Plan
	buf := make([]comp.Line, 0, 8)
	b.Run("plan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := plan.AppendStatement(buf, &deal); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("version and plan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			in, err := h.For(timeline.Dates{Closed: deal.Closed})
			if err != nil {
				b.Fatal(err)
			}
			if _, err := in.Plan.AppendStatement(buf, &deal); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Looking a version up allocates nothing.
func TestLookUpAllocatesNothing(t *testing.T) {
	h := corrected(t, newHistory(t, version("2026", "2026-01-01"), version("2027", "2027-01-01")), correction("fix", "2026", "2026-02-02"))
	closed := value.MustDate("2026-11-20")
	if n := testing.AllocsPerRun(100, func() {
		if in, err := h.For(timeline.Dates{Closed: closed}); err != nil || in.Correction != "fix" {
			t.Error(in, err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
