package stage_test

import (
	"runtime"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// ready is a partner-led deal in evaluation whose gates are all open.
func ready(tb testing.TB) (*stage.Rules, stage.Progress, stage.Move) {
	tb.Helper()
	rules, err := stage.DefaultRules()
	if err != nil {
		tb.Fatal(err)
	}
	d := deal{tb: tb, rules: rules}
	d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	d.walkTo(stage.Evaluation)
	d.finishStage()
	return rules, d.p, stage.Move{To: d.after(stage.Evaluation), By: d.leader(), At: d.now}
}

// Checking one guarded move on the happy path allocates nothing.
func TestCheckAllocatesNothing(t *testing.T) {
	rules, p, m := ready(t)
	if allocs := testing.AllocsPerRun(100, func() {
		if shut, err := rules.Judge(p, stage.VerbAdvance, m); len(shut) > 0 || err != nil {
			t.Fatal(shut, err)
		}
	}); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

// Making the move allocates the next progress and the entry of its history.
func TestAdvanceAllocatesTwice(t *testing.T) {
	rules, p, m := ready(t)
	if allocs := testing.AllocsPerRun(100, func() {
		if d, err := rules.Advance(p, m); len(d.Shut) > 0 || err != nil {
			t.Fatal(d.Shut, err)
		}
	}); allocs > 2 {
		t.Errorf("%v allocations", allocs)
	}
}

// A re-baseline replaces those before it, so the ten-thousandth one takes as much memory as the first.
func TestRebaselinesDoNotAddUp(t *testing.T) {
	rules, p, m := ready(t)
	m.To, m.Reason = "", "the prospect is away"
	m.Consents = []model.Consent{{By: model.Person{Name: "bo", Party: model.VendorOrg("us")}, At: m.At}}
	hundred := func() uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 100 {
			d, err := rules.Rebaseline(p, value.MustDate("2027-01-04"), m)
			if err != nil || len(d.Shut)+len(d.Pending) > 0 {
				t.Fatal(err, d.Shut, d.Pending)
			}
			p = d.Progress
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	first := hundred()
	for range 50 {
		hundred()
	}
	if last := hundred(); last > 2*first {
		t.Errorf("100 re-baselines took %d bytes at first, then %d", first, last)
	}
	if s, err := rules.Schedule(p, stage.Query{AsOf: m.At}); err != nil || s.Moved != 5200 {
		t.Errorf("moved %d times, %v", s.Moved, err)
	}
}

// Ticking a task for the ten-thousandth time costs as much as for the first time: an event
// does not copy the history.
func TestTicksDoNotCopyTheHistory(t *testing.T) {
	rules, p, m := ready(t)
	m.To = ""
	tick := func() {
		d, err := rules.Done(p, stage.WeeklySync, m)
		if err != nil || len(d.Shut) > 0 {
			t.Fatal(err, d.Shut)
		}
		p = d.Progress
	}
	hundred := func() uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 100 {
			tick()
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	first := hundred()
	for range 10_000 {
		tick()
	}
	if last := hundred(); last > 2*first {
		t.Errorf("100 ticks took %d bytes at first, then %d", first, last)
	}
}
