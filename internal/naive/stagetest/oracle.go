// Package stagetest plays deals by any events in any order, in package stage and in a naive model of the process that
// reads all events again for each answer.
package stagetest

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// oracle is a naive model of the process, changes of model included. It keeps only the
// opening and the events that took effect, and reads them again from the beginning at each
// question. It takes the playbooks as data from the rules.
type oracle struct {
	rules   *stage.Rules
	books   map[moment]stage.Playbook // by model and size
	opening stage.Opening
	log     []stage.Event
	waits   []stage.Event // for the consent of the other side

	provisional bool // nobody has set the model of the opening
}

// moment is the stage, status, model and size of a deal.
type moment struct {
	stage      stage.Stage
	status     stage.Status
	engagement model.Engagement
	size       model.PlaybookSize
}

// Sides are the two sides.
var Sides = [...]model.Side{model.Partner, model.Vendor}

func (o *oracle) book(m moment) stage.Playbook {
	return o.books[moment{engagement: m.engagement, size: m.size}]
}

func allBooks(rules *stage.Rules) map[moment]stage.Playbook {
	books := map[moment]stage.Playbook{}
	for _, book := range rules.Policy().Playbooks {
		books[moment{engagement: book.Engagement, size: book.Size}] = book
	}
	return books
}

// Place returns the place of a stage in a playbook; below zero: it has none.
func Place(book stage.Playbook, s stage.Stage) int {
	return slices.IndexFunc(book.Steps, func(step stage.Step) bool { return step.Stage == s })
}

func (o *oracle) began() time.Time {
	if !o.opening.At.IsZero() {
		return o.opening.At
	}
	return o.opening.Day.Start(nil)
}

// first returns the moment after the opening.
func (o *oracle) first() moment {
	m := moment{stage.Identification, stage.Running, o.opening.Engagement, o.opening.Size}
	switch o.opening.Stage {
	case "":
	case stage.Won:
		m.stage, m.status = stage.Close, stage.ClosedWon
	case stage.Lost:
		m.stage, m.status = cmp.Or(o.opening.LostFrom, m.stage), stage.ClosedLost
	default:
		m.stage = o.opening.Stage
	}
	return m
}

// then returns the moment after an event that took effect.
func (m moment) then(e stage.Event) moment {
	switch e.Verb {
	case stage.VerbAdvance, stage.VerbSendBack:
		m.stage = e.To
	case stage.VerbHold:
		m.status = stage.OnHold
	case stage.VerbResume, stage.VerbReopen:
		m.status = stage.Running
	case stage.VerbWin:
		m.status = stage.ClosedWon
	case stage.VerbLose:
		m.status = stage.ClosedLost
	case stage.VerbSetModel:
		m.engagement = e.Engagement
	case stage.VerbResize:
		m.size = e.Size
	}
	return m
}

// moments returns the moment before each event, and the present one at the end.
func (o *oracle) moments() []moment {
	list := []moment{o.first()}
	for _, e := range o.log {
		list = append(list, list[len(list)-1].then(e))
	}
	return list
}

func (o *oracle) now() moment {
	list := o.moments()
	return list[len(list)-1]
}

// until returns the record as it was at an instant.
func (o *oracle) until(at time.Time) *oracle {
	n := 0
	for n < len(o.log) && !o.log[n].At.After(at) {
		n++
	}
	return o.reading(o.log[:n])
}

// reading returns the record with another log.
func (o *oracle) reading(log []stage.Event) *oracle {
	other := *o
	other.log = log
	return &other
}

// with returns the record as if an event had taken effect.
func (o *oracle) with(e stage.Event) *oracle {
	return o.reading(append(slices.Clone(o.log), e))
}

// decidedIn holds the stage that decides on each kind of fact that a send-back voids.
var decidedIn = map[stage.FactKind]stage.Stage{
	stage.SupportConfirmed:  stage.Identification,
	stage.Qualified:         stage.Discovery,
	stage.ProposalSent:      stage.Proposal,
	stage.ProposalWithdrawn: stage.Proposal,
	stage.PricingApproved:   stage.Proposal,
	stage.CRMUpdated:        stage.Close,
}

// void returns the instant up to which facts of a kind no longer count.
func (o *oracle) void(kind stage.FactKind) time.Time {
	var order []stage.Stage
	for _, playbook := range stage.DefaultPolicy().Playbooks {
		for _, step := range playbook.Steps {
			if playbook.Size == model.Standard && !slices.Contains(order, step.Stage) {
				order = append(order, step.Stage)
			}
		}
	}
	var at time.Time
	before := o.moments()
	for i, e := range o.log {
		decided, ok := decidedIn[kind]
		if e.Verb == stage.VerbSendBack && ok && slices.Index(order, decided) >= slices.Index(order, e.To) {
			at = e.At
		}
		change := e.Verb == stage.VerbSetModel && before[i].engagement != 0
		if change && kind == stage.SupportConfirmed && before[i].stage == stage.Identification {
			at = e.At
		}
	}
	return at
}

// recorded returns every fact, with those that no longer count.
func (o *oracle) recorded() []stage.Fact {
	var list []stage.Fact
	for _, e := range o.log {
		list = append(list, e.Evidence...)
	}
	return list
}

// facts returns every fact of a kind that counts.
func (o *oracle) facts(kind stage.FactKind) []stage.Fact {
	void := o.void(kind)
	return slices.DeleteFunc(o.recorded(), func(f stage.Fact) bool {
		return f.Kind != kind || !void.IsZero() && !f.At.After(void)
	})
}

func (o *oracle) has(kind stage.FactKind, side model.Side) bool {
	return slices.ContainsFunc(o.facts(kind), func(f stage.Fact) bool { return f.Side == side })
}

// registered: the latest registration counts; at its very end it is active for won alone.
func (o *oracle) registered(verb stage.Verb, at time.Time) bool {
	f, ok := o.registration()
	if ok && verb == stage.VerbWin && at.Equal(f.Until) {
		return true
	}
	return ok && (f.Until.IsZero() || at.Before(f.Until))
}

// endsFirst reports whether a registration ends before another one.
func endsFirst(f, g stage.Fact) bool {
	return !f.Until.IsZero() && (g.Until.IsZero() || f.Until.Before(g.Until))
}

// registration returns the latest one; of two of one instant the one that ends first.
func (o *oracle) registration() (latest stage.Fact, ok bool) {
	for _, f := range o.facts(stage.Registered) {
		if !ok || f.At.After(latest.At) || f.At.Equal(latest.At) && endsFirst(f, latest) {
			latest, ok = f, true
		}
	}
	return latest, ok
}

// debrief returns the latest decision; of two of one instant the negative one.
func (o *oracle) debrief() (latest stage.Fact, ok bool) {
	for _, f := range o.facts(stage.Qualified) {
		if !ok || f.At.After(latest.At) || f.At.Equal(latest.At) && f.Negative {
			latest, ok = f, true
		}
	}
	return latest, ok
}

// live returns the live revision of every live proposal: the highest one, unless it is
// withdrawn.
func (o *oracle) live() map[string]stage.Fact {
	live := map[string]stage.Fact{}
	for _, f := range o.facts(stage.ProposalSent) {
		have, ok := live[f.Proposal]
		if !ok || f.Revision > have.Revision || f.Revision == have.Revision && f.At.After(have.At) {
			live[f.Proposal] = f
		}
	}
	for _, w := range o.facts(stage.ProposalWithdrawn) {
		if f, ok := live[w.Proposal]; ok && !w.At.Before(f.At) {
			delete(live, w.Proposal)
		}
	}
	return live
}

// left returns the instant at which the deal first left a place of the playbook; zero: not
// yet.
func (o *oracle) left(from int) time.Time {
	if from == 0 && Place(o.book(o.first()), o.first().stage) > 0 {
		return o.began()
	}
	before := o.moments()
	for i, e := range o.log {
		if e.Verb == stage.VerbAdvance && Place(o.book(before[i]), before[i].stage) == from {
			return e.At
		}
	}
	return time.Time{}
}

// engaged returns the instant at which the partner first took part from the second stage
// on.
func (o *oracle) engaged() time.Time {
	from := o.left(0)
	if from.IsZero() {
		return from
	}
	var times []time.Time
	for _, f := range o.recorded() {
		part := f.Kind == stage.PartnerEngaged || f.Side == model.Partner && f.Kind != stage.Registered
		if part {
			times = append(times, f.At)
		}
	}
	before := o.moments()
	for i, e := range o.log {
		if e.Verb != stage.VerbDone || e.By.Party.Side != model.Partner || o.reading(o.log[:i]).left(0).IsZero() {
			continue
		}
		if task, ok := TaskOf(o.book(before[i]), e.Task); ok && task.Owner.Includes(model.Partner) {
			times = append(times, e.At)
		}
	}
	times = slices.DeleteFunc(times, func(t time.Time) bool { return t.Before(from) })
	if len(times) == 0 {
		return time.Time{}
	}
	return slices.MinFunc(times, time.Time.Compare)
}

// overridden reports whether managers let a deal pass a gate, or the wrong side move it: one of each company, or one of
// either where the event says that a case has been at level 2 for the policy's business days.
func (o *oracle) overridden(gate value.Code, at time.Time) bool {
	before, by := o.moments(), map[model.Side]bool{}
	for i, e := range o.log {
		for _, v := range e.Overrides {
			if v.Gate == gate && before[i].stage == o.now().stage {
				by[v.By.Party.Side] = true
			}
		}
	}
	alone := false
	last := o.log[len(o.log)-1] // the event itself
	for _, f := range last.Evidence {
		end, err := value.Workplace{}.End(f.At, value.BusinessDays(o.rules.Policy().OverrideDays))
		alone = alone || f.Kind == stage.Escalated && err == nil && !at.Before(end)
	}
	return len(by) == 2 || len(by) == 1 && alone
}
