package bench

import (
	"context"
	"testing"
	"time"

	"github.com/qmuntal/stateless"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// The job: may the partner advance this deal from evaluation to proposal? The mover
// must own the relationship, the partner must have taken part, and the stage's
// required tasks must be done. Both contestants read what they know from memory.

var (
	ana    = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo     = model.Person{Name: "bo", Party: model.VendorOrg("us")}
	opened = time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
)

// inEvaluation returns a deal that stands in evaluation with the partner engaged.
func inEvaluation(tb testing.TB) (*stage.Rules, stage.Progress) {
	tb.Helper()
	rules, err := stage.DefaultRules()
	if err != nil {
		tb.Fatal(err)
	}
	p, err := rules.Open(stage.Opening{
		Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard,
		Stage: stage.Evaluation, At: opened, From: "bench",
	})
	if err != nil {
		tb.Fatal(err)
	}
	return rules, take(tb, p)(rules.Record(p, stage.Move{By: ana, At: opened, Evidence: []stage.Fact{{Kind: stage.PartnerEngaged, At: opened}}}))
}

// finished returns it with its required tasks done.
func finished(tb testing.TB, rules *stage.Rules, p stage.Progress) stage.Progress {
	tb.Helper()
	for _, task := range []stage.TaskID{stage.TechnicalResources, stage.CompetitiveIntelligence} {
		p = take(tb, p)(rules.Done(p, task, stage.Move{By: bo, At: opened}))
	}
	return p
}

func take(tb testing.TB, _ stage.Progress) func(stage.Decision, error) stage.Progress {
	return func(d stage.Decision, err error) stage.Progress {
		tb.Helper()
		if err != nil || len(d.Shut) > 0 {
			tb.Fatal(d.Shut, err)
		}
		return d.Progress
	}
}

// record is what a host that uses stateless would keep about a deal.
type record struct {
	engaged bool
	done    map[stage.TaskID]bool
}

type advance struct {
	by model.Person
	at time.Time
}

// machine returns the same rules written with stateless, over a stage that the
// caller keeps: in the usual way, a web request loads it and stores it again.
func machine(r *record, at *stage.Stage) *stateless.StateMachine {
	m := stateless.NewStateMachineWithExternalStorage(
		func(context.Context) (stateless.State, error) { return *at, nil },
		func(_ context.Context, next stateless.State) error {
			*at = next.(stage.Stage)
			return nil
		}, stateless.FiringImmediate)
	m.Configure(stage.Evaluation).Permit("advance", stage.Proposal,
		func(_ context.Context, args ...any) bool {
			a := args[0].(advance)
			return a.by.Name != "" && a.by.Party.Side == model.Partner && !a.at.Before(opened)
		},
		func(context.Context, ...any) bool { return r.engaged },
		func(context.Context, ...any) bool {
			return r.done[stage.TechnicalResources] && r.done[stage.CompetitiveIntelligence]
		},
	)
	m.Configure(stage.Proposal)
	return m
}

// TestTransitionsAgree makes sure that both contestants decide alike.
func TestTransitionsAgree(t *testing.T) {
	rules, open := inEvaluation(t)
	done := map[stage.TaskID]bool{stage.TechnicalResources: true, stage.CompetitiveIntelligence: true}
	for _, c := range []struct {
		name string
		p    stage.Progress
		r    *record
		by   model.Person
		want bool
	}{
		{"open", finished(t, rules, open), &record{true, done}, ana, true},
		{"tasks", open, &record{true, nil}, ana, false},
		{"authority", finished(t, rules, open), &record{true, done}, bo, false},
	} {
		shut, err := rules.Check(c.p, stage.VerbAdvance, stage.Move{To: stage.Proposal, By: c.by, At: opened})
		if ours := len(shut) == 0; ours != c.want || err != nil {
			t.Errorf("%s: we say %v %v %v", c.name, ours, shut, err)
		}
		theirs, err := machine(c.r, new(stage.Evaluation)).CanFire("advance", advance{c.by, opened})
		if theirs != c.want || err != nil {
			t.Errorf("%s: stateless says %v %v", c.name, theirs, err)
		}
	}
}

func BenchmarkTransition(b *testing.B) {
	rules, p := inEvaluation(b)
	p = finished(b, rules, p)
	move := stage.Move{To: stage.Proposal, By: ana, At: opened}
	r := &record{true, map[stage.TaskID]bool{stage.TechnicalResources: true, stage.CompetitiveIntelligence: true}}
	at := stage.Evaluation
	m := machine(r, &at)
	check := contestant{"check", 2000, func() {
		if shut, err := rules.Check(p, stage.VerbAdvance, move); len(shut) > 0 || err != nil {
			b.Fatal(shut, err)
		}
	}}
	advanced := contestant{"advance", 500, func() {
		if d, err := rules.Advance(p, move); len(d.Shut) > 0 || err != nil {
			b.Fatal(d.Shut, err)
		}
	}}
	canFire := contestant{"stateless-can-fire", 500, func() {
		at = stage.Evaluation
		if ok, err := m.CanFire("advance", advance{ana, opened}); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}}
	fire := contestant{"stateless-fire", 500, func() {
		at = stage.Evaluation
		if err := m.Fire("advance", advance{ana, opened}); err != nil || at != stage.Proposal {
			b.Fatal(at, err)
		}
	}}
	fresh := contestant{"stateless-machine-of-a-deal-and-fire", 50, func() {
		at := stage.Evaluation
		if err := machine(r, &at).Fire("advance", advance{ana, opened}); err != nil {
			b.Fatal(err)
		}
	}}
	reportRatios(b, check, advanced, canFire, fire, fresh)
}
