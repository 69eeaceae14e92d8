package stagetest

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

var (
	gaps = []time.Duration{0, 0, time.Minute, time.Hour, 24 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour,
		12 * 24 * time.Hour}
	backs = []time.Duration{0, 0, time.Minute, time.Hour, 24 * time.Hour, 6 * 24 * time.Hour, 40 * 24 * time.Hour}
)

// Event draws a well-formed event of a verb, permitted or not.
func (g *Game) Event(t *rapid.T, verb stage.Verb) stage.Event {
	e := stage.Event{Verb: verb}
	e.At = g.now.Add(rapid.SampledFrom(gaps).Draw(t, "gap"))
	side := g.p.Engagement().Leader()
	if side == 0 || rapid.IntRange(0, 4).Draw(t, "other side") == 0 {
		side = rapid.SampledFrom(Sides[:]).Draw(t, "side")
	}
	e.By, e.Reason = Person(side), "as agreed"
	if rapid.IntRange(0, 5).Draw(t, "consents") > 0 {
		e.Consents = []model.Consent{{By: Person(side.Other()), At: e.At.Add(-rapid.SampledFrom(backs).Draw(t,
			"consented"))}}
	}
	g.subject(t, &e)
	if verb == stage.VerbConsent || verb == stage.VerbRefuse {
		g.answer(t, &e)
	}
	if rapid.IntRange(0, 2).Draw(t, "with evidence") == 0 || verb == stage.VerbRecord {
		for range rapid.IntRange(0, 4).Draw(t, "facts") {
			e.Evidence = append(e.Evidence, g.Fact(t, e.At))
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "with overrides") == 0 {
		for range rapid.IntRange(1, 3).Draw(t, "overrides") {
			e.Overrides = append(e.Overrides, g.override(t, e.At))
		}
	}
	return e
}

// subject draws the task, model, size or stage of an event.
func (g *Game) subject(t *rapid.T, e *stage.Event) {
	models := []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell}
	var book stage.Playbook
	if g.p.Engagement() != 0 {
		book, _ = g.rules.Playbook(g.p.Engagement(), g.p.Size())
	} else {
		book, _ = g.rules.Playbook(model.PartnerLed, g.p.Size())
	}
	switch e.Verb {
	case stage.VerbAdvance, stage.VerbSendBack:
		e.To = rapid.SampledFrom(StagesOf(book)).Draw(t, "to")
		next := Place(book, g.p.Stage()) + 1
		if e.Verb == stage.VerbAdvance && next < len(book.Steps) && rapid.IntRange(0, 5).Draw(t, "jump") > 0 {
			e.To = book.Steps[next].Stage
		}
	case stage.VerbHold:
		if rapid.Bool().Draw(t, "names a day") {
			e.Day = Plus(dayOf(e.At), rapid.IntRange(1, 20).Draw(t, "days"))
		}
	case stage.VerbSetModel:
		models = slices.DeleteFunc(models, func(m model.Engagement) bool { return m == g.p.Engagement() })
		e.Engagement = rapid.SampledFrom(models).Draw(t, "engagement")
	case stage.VerbResize:
		e.Size = rapid.SampledFrom([]model.PlaybookSize{model.Standard, model.Simplified}).Draw(t, "size")
	case stage.VerbRebaseline:
		e.Day = Plus(dayOf(e.At), rapid.SampledFrom([]int{0, 1, 9, 60}).Draw(t, "day"))
	case stage.VerbDone, stage.VerbWaive, stage.VerbRaise:
		var ids []stage.TaskID
		for _, step := range book.Steps {
			for _, task := range step.Tasks {
				if e.Verb == stage.VerbRaise && task.Kind == stage.Conditional {
					ids = append(ids, task.ID, task.ID, task.ID, task.ID)
				}
				if step.Stage == g.p.Stage() {
					ids = append(ids, task.ID, task.ID)
				}
				ids = append(ids, task.ID)
			}
		}
		e.Task = rapid.SampledFrom(ids).Draw(t, "task")
	}
}

// Fact draws a fact. No two registrations or debriefs are of one instant.
func (g *Game) Fact(t *rapid.T, event time.Time) stage.Fact {
	g.facts++
	f := stage.Fact{At: event.Add(-rapid.SampledFrom(backs).Draw(t, "back"))}
	f.Kind = rapid.SampledFrom([]stage.FactKind{
		stage.Registered, stage.SupportConfirmed, stage.PartnerEngaged, stage.Qualified, stage.ProposalSent,
		stage.ProposalWithdrawn, stage.PricingApproved, stage.ContractsExecuted, stage.CRMUpdated,
		stage.Escalated,
	}).Draw(t, "kind")
	side := func() model.Side { return rapid.SampledFrom(Sides[:]).Draw(t, "side of it") }
	proposal := func() {
		f.Proposal = rapid.SampledFrom([]string{"P-1", "P-1", "P-2"}).Draw(t, "proposal")
	}
	switch f.Kind {
	case stage.Escalated:
		f.At = event.Add(-time.Duration(rapid.IntRange(0, 10).Draw(t, "days open")) * 24 * time.Hour)
	case stage.Registered:
		f.At = f.At.Add(-g.facts)
		f.Side = side()
		if rapid.Bool().Draw(t, "ends") {
			f.Until = f.At.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "days")) * 24 * time.Hour)
		}
	case stage.Qualified:
		f.At = f.At.Add(-g.facts)
		f.Negative = rapid.IntRange(0, 3).Draw(t, "negative") == 0
	case stage.SupportConfirmed, stage.CRMUpdated:
		f.Side = side()
	case stage.ProposalSent:
		proposal()
		f.Revision = rapid.IntRange(1, 3).Draw(t, "revision")
		f.Without = rapid.SampledFrom([]model.Side{0, 0, model.Partner, model.Vendor}).Draw(t, "without")
		for _, sent := range append(g.oracle.recorded(), g.drawn...) { // one revision goes out once
			if sent.Kind == f.Kind && sent.Proposal == f.Proposal && sent.Revision == f.Revision {
				f = sent
			}
			if f.At.After(event) {
				return stage.Fact{Kind: stage.PartnerEngaged, At: event}
			}
		}
		g.drawn = append(g.drawn, f)
	case stage.ProposalWithdrawn:
		proposal()
	case stage.PricingApproved:
		proposal()
		f.Revision, f.Side = rapid.IntRange(1, 3).Draw(t, "revision"), side()
	}
	return f
}

func (g *Game) override(t *rapid.T, event time.Time) stage.Override {
	o := stage.Override{
		Gate: rapid.SampledFrom(append(g.rules.Policy().Overridable, stage.StageAuthority)).Draw(t, "gate"),
		By:   Person(rapid.SampledFrom(Sides[:]).Draw(t, "manager of")),
		At:   event.Add(-rapid.SampledFrom(backs).Draw(t, "overridden")), Reason: "a known customer",
	}
	return o
}

// finish records the facts that open the gates of the stage and does its tasks, so that
// games get far.
func (g *Game) finish(t *rapid.T) {
	facts := FactsOf(g.p.Stage())
	revision := 1
	for _, f := range append(g.oracle.recorded(), g.drawn...) {
		revision = max(revision, f.Revision+1)
	}
	for i := range facts {
		facts[i].At = g.now
		if facts[i].Revision != 0 {
			facts[i].Revision = revision // one revision goes out once
		}
	}
	g.step(t, stage.Event{Verb: stage.VerbRecord, Move: stage.Move{By: ana, At: g.now, Evidence: facts}})
	if g.p.Engagement() == 0 || g.p.Status() == stage.ClosedLost {
		return
	}
	book, _ := g.rules.Playbook(g.p.Engagement(), g.p.Size())
	schedule, err := g.rules.Schedule(g.p, stage.Query{AsOf: g.now})
	if err != nil {
		t.Fatal(err)
	}
	at := Place(book, g.p.Stage())
	for _, item := range schedule.Items {
		if item.State != stage.Open || Place(book, item.Stage) > at || item.Task.Kind != stage.Required {
			continue
		}
		for _, side := range Sides {
			if item.Task.Owner.Includes(side) && (item.Task.Owner == stage.ByEach || SideOf(item.Task.Owner) != 0 ||
				side == model.Partner) {
				g.step(t, stage.Event{Verb: stage.VerbDone, Task: item.Task.ID, Move: stage.Move{By: Person(side),
					At: g.now}})
			}
		}
	}
}

func (g *Game) check(t *rapid.T) {
	if rapid.IntRange(0, 7).Draw(t, "replay") == 0 {
		g.replayed(t)
	}
	if rapid.Bool().Draw(t, "skip") {
		return
	}
	asOf := g.now
	switch rapid.IntRange(0, 3).Draw(t, "as of") {
	case 0:
		asOf = asOf.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "later")) * 24 * time.Hour)
	case 1:
		asOf = asOf.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "earlier")) * 24 * time.Hour)
	}
	if began := g.oracle.began(); asOf.Before(began) {
		asOf = began
	}
	g.compare(t, asOf, rapid.SampledFrom([]model.Engagement{0, model.VendorLed, model.TrueCoSell}).Draw(t,
		"recommended"))
}

// Play plays a deal by any events in any order, in the package and in the naive model.
func Play(t *rapid.T, rules *stage.Rules) {
	g := NewGame(t, rules)
	actions := map[string]func(*rapid.T){"": g.check, "finish": g.finish}
	for verb := stage.VerbAdvance; verb <= stage.VerbRebaseline; verb++ {
		actions[verb.String()] = func(t *rapid.T) { g.step(t, g.Event(t, verb)) }
	}
	actions["advance again"] = actions["advance"]
	actions["finish again"] = actions["finish"]
	actions["consent again"] = actions["consent"]
	t.Repeat(actions)
	g.replayed(t)
}
