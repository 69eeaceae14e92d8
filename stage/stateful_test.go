package stage_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var (
	bothSides    = []model.Side{model.Partner, model.Vendor}
	allModels    = []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell}
	allSizes     = []model.PlaybookSize{model.Standard, model.Simplified}
	overridables = []value.Code{stage.GateSupportConfirmed, stage.GatePartnerEngaged, stage.GateQualified, stage.GateCRMUpdated, stage.GateTasks}
)

// everyTask is the tasks of all default playbooks, each once.
func everyTask() []stage.TaskID {
	var ids []stage.TaskID
	for _, p := range stage.DefaultPolicy().Playbooks {
		for _, s := range p.Steps {
			for _, t := range s.Tasks {
				ids = append(ids, t.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// anyFact draws a fact dated up to two days before now, or now.
func anyFact(t *rapid.T, now time.Time) stage.Fact {
	f := stage.Fact{At: now.Add(-time.Duration(rapid.SampledFrom([]int{0, 0, 1, 30, 2880}).Draw(t, "minutes ago")) * time.Minute)}
	side := rapid.SampledFrom(bothSides).Draw(t, "side")
	f.Kind = rapid.SampledFrom([]stage.FactKind{
		stage.Registered, stage.SupportConfirmed, stage.PartnerEngaged, stage.Qualified, stage.ProposalSent, stage.ProposalWithdrawn,
		stage.PricingApproved, stage.ContractsExecuted, stage.CRMUpdated,
	}).Draw(t, "kind")
	switch f.Kind {
	case stage.Registered:
		f.Side = side
		if rapid.Bool().Draw(t, "ends") {
			f.Until = f.At.Add(time.Duration(rapid.IntRange(0, 4000).Draw(t, "until")) * time.Minute)
		}
	case stage.SupportConfirmed, stage.CRMUpdated:
		f.Side = side
	case stage.Qualified:
		f.Negative = rapid.IntRange(0, 4).Draw(t, "negative") == 0
	case stage.ProposalSent, stage.PricingApproved:
		f.Revision = rapid.IntRange(1, 2).Draw(t, "revision")
		fallthrough
	case stage.ProposalWithdrawn:
		f.Proposal = rapid.SampledFrom([]string{"P", "P", "Q"}).Draw(t, "proposal")
	}
	if f.Kind == stage.PricingApproved {
		f.Side = side
	}
	if f.Kind == stage.ProposalSent && rapid.IntRange(0, 3).Draw(t, "priced") == 0 {
		f.Without = side
	}
	return f
}

// anyMove draws who does something, with what.
func anyMove(t *rapid.T, now time.Time, leader model.Side) stage.Move {
	side := leader
	if leader == 0 || rapid.IntRange(0, 5).Draw(t, "other mover") == 0 {
		side = rapid.SampledFrom(bothSides).Draw(t, "mover")
	}
	m := stage.Move{By: person(side), At: now, Reason: "because"}
	if rapid.IntRange(0, 3).Draw(t, "consent") > 0 {
		m.Consents = []model.Consent{{By: person(side.Other()), At: now}}
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 4}).Draw(t, "facts") {
		m.Evidence = append(m.Evidence, anyFact(t, now))
	}
	for range rapid.SampledFrom([]int{0, 0, 0, 0, 2}).Draw(t, "overrides") {
		m.Overrides = append(m.Overrides, stage.Override{
			Gate: rapid.SampledFrom(overridables).Draw(t, "gate"), By: person(rapid.SampledFrom(bothSides).Draw(t, "manager")), At: now, Reason: "because",
		})
	}
	return m
}

// journey is a deal and its naive twin.
type journey struct {
	rules *stage.Rules
	p     stage.Progress
	n     *naive
	now   time.Time
}

func (j *journey) anyAttempt(t *rapid.T) attempt {
	a := attempt{
		verb: stage.Verb(rapid.IntRange(1, int(stage.VerbRaise)).Draw(t, "verb")),
		move: anyMove(t, j.now, j.n.engagement.Leader()),
		to:   rapid.SampledFrom(allModels).Draw(t, "model"), size: rapid.SampledFrom(allSizes).Draw(t, "size"),
	}
	switch a.verb {
	case stage.VerbLose, stage.VerbHold: // rarely, or no deal gets far
		if rapid.IntRange(0, 5).Draw(t, "give up") > 0 {
			a.verb = stage.VerbAdvance
		}
	}
	switch a.verb {
	case stage.VerbAdvance, stage.VerbSendBack:
		a.move.To = rapid.SampledFrom(order).Draw(t, "to")
		if at := slices.Index(j.n.stages(), j.n.at); a.verb == stage.VerbAdvance && at+1 < len(j.n.stages()) && rapid.IntRange(0, 4).Draw(t, "next") > 0 {
			a.move.To = j.n.stages()[at+1]
		}
	case stage.VerbDone, stage.VerbWaive, stage.VerbRaise:
		a.task = rapid.SampledFrom(everyTask()).Draw(t, "task")
		if a.verb == stage.VerbRaise {
			a.task = stage.DealDesk
		}
	}
	return a
}

func (j *journey) do(a attempt) (stage.Decision, error) {
	switch a.verb {
	case stage.VerbAdvance:
		return j.rules.Advance(j.p, a.move)
	case stage.VerbSendBack:
		return j.rules.SendBack(j.p, a.move)
	case stage.VerbHold:
		return j.rules.Hold(j.p, a.move)
	case stage.VerbResume:
		return j.rules.Resume(j.p, a.move)
	case stage.VerbWin:
		return j.rules.Win(j.p, a.move)
	case stage.VerbLose:
		return j.rules.Lose(j.p, a.move)
	case stage.VerbReopen:
		return j.rules.Reopen(j.p, a.move)
	case stage.VerbSetModel:
		return j.rules.SetModel(j.p, a.to, a.move)
	case stage.VerbResize:
		return j.rules.Resize(j.p, a.size, a.move)
	case stage.VerbRecord:
		return j.rules.Record(j.p, a.move)
	case stage.VerbDone:
		return j.rules.Done(j.p, a.task, a.move)
	case stage.VerbWaive:
		return j.rules.Waive(j.p, a.task, a.move)
	default:
		return j.rules.Raise(j.p, a.task, a.move)
	}
}

// step tries something on both, and compares.
func (j *journey) step(t *rapid.T, a attempt) {
	before := j.p
	if a.verb == stage.VerbAdvance {
		shut, err := j.rules.Check(j.p, a.verb, a.move)
		if decision, other := j.do(a); !reflect.DeepEqual(shut, decision.Shut) || !reflect.DeepEqual(err, other) {
			t.Fatalf("checking says %v %v, advancing %v %v", shut, err, decision.Shut, other)
		}
	}
	decision, err := j.do(a)
	want, ok := j.n.try(a)
	if (err == nil) != ok {
		t.Fatalf("%v: error %v, the naive one takes it: %v", a.verb, err, ok)
	}
	var got []string
	for _, s := range decision.Shut {
		got = append(got, string(s.Code)+" "+s.Owner.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("%v to %s in %s: shut are %q, want %q", a.verb, a.move.To, before.Stage(), got, want)
	}
	if refused := err != nil || len(got) > 0; refused != (decision.Progress == before) {
		t.Fatalf("%v: refused %v, changed %v", a.verb, refused, decision.Progress != before)
	}
	j.p = decision.Progress
	j.now = j.now.Add(time.Minute)
	j.compare(t)
}

func (j *journey) compare(t *rapid.T) {
	if j.p.Status() != j.n.status || j.p.Engagement() != j.n.engagement || j.p.Size() != j.n.size || j.n.engagement != 0 && j.p.Stage() != j.n.at {
		t.Fatalf("stands %v %v %v %s, want %v %v %v %s", j.p.Status(), j.p.Engagement(), j.p.Size(), j.p.Stage(), j.n.status, j.n.engagement, j.n.size, j.n.at)
	}
	schedule, err := j.rules.Schedule(j.p, stage.Query{AsOf: j.now})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range schedule.Items {
		if item.State != stage.Cancelled && item.State != j.n.state(item) {
			t.Fatalf("%s is %v, want %v", item.Task.ID, item.State, j.n.state(item))
		}
	}
}

func (n *naive) state(item stage.Item) stage.ItemState {
	t := item.Task
	switch {
	case n.done[t.ID] && item.State == stage.Waived:
		return stage.Waived
	case n.done[t.ID]:
		return stage.Done
	case n.status == stage.ClosedLost || n.excused[t.ID]:
		return stage.NotAsked
	case t.Kind == stage.AfterClose && n.status != stage.ClosedWon || t.Kind == stage.Conditional && !n.raised[t.ID]:
		return stage.Pending
	default:
		return stage.Open
	}
}

// Random events on a deal and on its naive twin: the same is permitted, the same is
// shut, the same is done; what was refused changed nothing; the history gives the
// deal again.
func TestJourneys(t *testing.T) {
	rules := defaultRules(t)
	rapid.Check(t, func(t *rapid.T) {
		engagement := rapid.SampledFrom(append([]model.Engagement{0}, allModels...)).Draw(t, "engagement")
		size := rapid.SampledFrom(allSizes).Draw(t, "size")
		j := &journey{rules: rules, n: newNaive(engagement, size), now: at("2026-11-02")}
		o := stage.Opening{Day: day("2026-11-02"), Engagement: engagement, Size: size}
		if engagement != 0 && rapid.IntRange(0, 3).Draw(t, "import") == 0 {
			o.Stage, o.At, o.From = rapid.SampledFrom(j.n.stages()).Draw(t, "imported at"), j.now, "a CRM"
			j.n.place(o)
		}
		var err error
		if j.p, err = rules.Open(o); err != nil {
			t.Fatal(err)
		}
		j.n.settle()
		for range rapid.IntRange(1, 120).Draw(t, "events") {
			if rapid.IntRange(0, 2).Draw(t, "helpful") == 0 {
				j.helpful(t)
				continue
			}
			j.step(t, j.anyAttempt(t))
		}
		again, err := rules.Replay(j.p.Opening(), j.p.History())
		if err != nil {
			t.Fatal(err)
		}
		sameProgress(t, again, j.p)
	})
}

// helpful does what opens a gate, so that deals get on.
func (j *journey) helpful(t *rapid.T) {
	m := stage.Move{By: person(j.n.engagement.Leader()), At: j.now, Reason: "because", Consents: []model.Consent{{By: bo, At: j.now}}}
	if m.By == bo {
		m.Consents[0].By = ana
	}
	if j.n.engagement == 0 {
		j.step(t, attempt{verb: stage.VerbSetModel, to: rapid.SampledFrom(allModels).Draw(t, "first model"), move: m})
		return
	}
	if j.n.status == stage.OnHold {
		j.step(t, attempt{verb: stage.VerbResume, move: m})
		return
	}
	d := deal{now: j.now, p: j.p}
	for _, f := range d.facts() {
		if f.At = j.now; rapid.IntRange(0, 5).Draw(t, "forget a fact") > 0 {
			m.Evidence = append(m.Evidence, f)
		}
	}
	j.step(t, attempt{verb: stage.VerbRecord, move: m})
	m.Evidence = nil
	for _, task := range j.n.tasks() {
		if j.n.stageOf(task.ID) != j.n.at && !j.n.owed[task.ID] || rapid.IntRange(0, 9).Draw(t, "forget") == 0 {
			continue
		}
		for _, side := range bothSides {
			if task.Owner.Includes(side) {
				m.At, m.By, m.Consents = j.now, person(side), nil
				j.step(t, attempt{verb: stage.VerbDone, task: task.ID, move: m})
			}
		}
	}
	j.onwards(t)
}

// onwards asks for the next stage, or for won.
func (j *journey) onwards(t *rapid.T) {
	by := person(j.n.engagement.Leader())
	m := stage.Move{By: by, At: j.now, Consents: []model.Consent{{By: person(by.Party.Side.Other()), At: j.now}}}
	next := slices.Index(j.n.stages(), j.n.at) + 1
	if next == len(j.n.stages()) {
		j.step(t, attempt{verb: stage.VerbWin, move: m})
		return
	}
	m.To = j.n.stages()[next]
	j.step(t, attempt{verb: stage.VerbAdvance, move: m})
}
