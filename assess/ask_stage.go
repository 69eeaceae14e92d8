package assess

import (
	"errors"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// askStages plays the history of the deal. An event that the rules refuse is told and
// left out.
func (c *inquiry) askStages() {
	opening := c.deal.Opening
	opening.Size = c.size()
	p, err := c.engine.stages.Open(opening)
	if errors.Is(err, stage.StageUnknown) && c.deal.Opening.Size == 0 && opening.Size == model.Simplified {
		c.lacks(OfPlaybook, "deal.opening.stage", value.NewError(stage.StageUnknown, value.Quote(string(opening.Stage)), "is not in the simplified playbook, which the amount calls for; the deal stands on the standard one"))
		opening.Size = model.Standard
		p, err = c.engine.stages.Open(opening)
	}
	if err != nil {
		c.lacks(OfPlaybook, "deal.opening", err)
		return
	}
	c.progress = p
	if opening.Stage == stage.Won {
		c.won = c.opened
	}
	facts := deal.Sorted(slices.Concat(c.unclaimed(c.record.Facts, func(f *stage.Fact) string { return deal.NameOf(*f) }), c.registered, c.engagedFacts()))
	events := deal.Sorted(c.record.Events)
	for len(events) > 0 && !events[0].At.After(c.asOf) {
		at := events[0].At
		facts = c.noteUntil(at, facts)
		n := slices.IndexFunc(events, func(e stage.Event) bool { return !e.At.Equal(at) })
		if n < 0 {
			n = len(events)
		}
		c.playInstant(events[:n])
		events = events[n:]
	}
	c.noteUntil(c.asOf, facts)
	c.history = c.progress.History()
	c.answer.progress = Progress{Stage: c.progress.Stage(), Status: c.progress.Status(), Size: c.progress.Size(), Options: c.engine.stages.Options(c.progress, c.asOf)}
}

// playInstant does the events of one instant in their order, but resumes or reopens last
// what is not held or lost yet: a CRM that knows days alone says that a deal was held and
// resumed on one.
func (c *inquiry) playInstant(events []stage.Event) {
	var last []stage.Event
	for _, e := range events {
		if status := c.progress.Status(); e.Verb == stage.VerbResume && status != stage.OnHold || e.Verb == stage.VerbReopen && status != stage.ClosedLost {
			last = append(last, e)
			continue
		}
		c.play(e)
	}
	for _, e := range last {
		c.play(e)
	}
}

// play does one event.
func (c *inquiry) play(e stage.Event) {
	name := deal.NameOf(e)
	e.Evidence = c.unclaimed(e.Evidence, func(*stage.Fact) string { return name + ".evidence" })
	c.playAs(name, e)
}

// playAs does one event under the name that it is told by.
func (c *inquiry) playAs(name string, e stage.Event) {
	if e.At.Before(c.opened) {
		e.At = c.opened
	}
	if err := c.strangers(&e); err != nil {
		c.lacks(OfPlaybook, name, err)
		return
	}
	decision, err := c.engine.stages.Apply(c.progress, e)
	if err != nil {
		c.lacks(OfPlaybook, name, err)
		return
	}
	for _, shut := range decision.Shut {
		err := value.NewError(shut.Code, e.Verb.String(), "is refused: "+shut.Missing.String())
		if e.Verb == stage.VerbDone && shut.Code == stage.StageTask {
			c.unticked = append(c.unticked, unticked{e.Task, name, err})
			continue
		}
		c.lacks(OfPlaybook, name, err)
	}
	c.progress = decision.Progress
	if e.Verb == stage.VerbWin && len(decision.Shut) == 0 {
		c.won = e.At.UTC()
	}
}

// strangers refuses people of organisations that are no party of the deal: a playbook
// knows its parties only by whom it met first.
func (c *inquiry) strangers(e *stage.Event) error {
	known := c.parties()
	var problems value.Errors
	problems.Add("by.party", known.Meet(e.By.Party))
	for i := range e.Consents {
		problems.Add(value.Index("consents", i)+".by.party", known.Meet(e.Consents[i].By.Party))
	}
	for i := range e.Overrides {
		problems.Add(value.Index("overrides", i)+".by.party", known.Meet(e.Overrides[i].By.Party))
	}
	return problems.Err()
}

// unticked is a task that was ticked in vain. Where it is done all the same, as a fact
// has ticked it, nothing lacks.
type unticked struct {
	task stage.TaskID
	name string
	err  error
}

func done(s stage.Schedule, task stage.TaskID) bool {
	return slices.ContainsFunc(s.Items, func(i stage.Item) bool {
		return i.Task.ID == task && (i.State == stage.Done || i.State == stage.Waived)
	})
}

// noteUntil records the facts up to an instant and returns those after it. Facts of the
// instant of a move come before it: its gates read them.
func (c *inquiry) noteUntil(at time.Time, facts []stage.Fact) []stage.Fact {
	n, _ := slices.BinarySearchFunc(facts, at, func(f stage.Fact, at time.Time) int {
		if f.At.After(at) {
			return 1
		}
		return -1
	})
	if n == 0 {
		return facts
	}
	if decision, err := c.engine.stages.Apply(c.progress, c.recording(facts[:n])); err == nil {
		c.progress = decision.Progress
		return facts[n:]
	}
	for i := range facts[:n] { // one of them is refused
		c.playAs(deal.NameOf(facts[i]), c.recording(facts[i:i+1]))
	}
	return facts[n:]
}

// recording is the event that records facts, at the instant of the last.
func (c *inquiry) recording(facts []stage.Fact) stage.Event {
	e := stage.Event{Verb: stage.VerbRecord}
	e.By = model.Person{Name: "record", Party: c.vendor}
	e.At, e.Evidence = later(facts[len(facts)-1].At, c.opened), facts
	return e
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// engagedFacts says when a rep of the partner was with the prospect: the first time
// after the opening and after each advance, as taking part counts from a stage on.
func (c *inquiry) engagedFacts() []stage.Fact {
	var met []time.Time
	for _, i := range c.contacts {
		if i.Kind != comms.Mail && i.Partner {
			met = append(met, i.At)
		}
	}
	var facts []stage.Fact
	add := func(from time.Time) {
		if i, _ := slices.BinarySearchFunc(met, from, time.Time.Compare); i < len(met) {
			facts = append(facts, stage.Fact{Kind: stage.PartnerEngaged, At: met[i]})
		}
	}
	add(time.Time{})
	add(c.opened) // an import stands beyond the first stage from there
	for i := range c.record.Events {
		if e := &c.record.Events[i]; e.Verb == stage.VerbAdvance {
			add(e.At)
		}
	}
	slices.SortFunc(facts, func(a, b stage.Fact) int { return a.At.Compare(b.At) })
	return slices.Compact(facts)
}

// size is that of the playbook on which the deal opened: the one stated, else the one
// that the first change of size left, else that of the amount.
func (c *inquiry) size() model.PlaybookSize {
	if c.deal.Opening.Size != 0 {
		return c.deal.Opening.Size
	}
	if changed := c.firstResize(); changed != 0 {
		return model.Standard + model.Simplified - changed // the other one
	}
	size, err := c.engine.stages.Size(c.deal.Amount, c.deal.Exchange)
	if err != nil {
		c.lacksOne(OfPlaybook, "deal.exchange", err)
		return model.Standard
	}
	return size
}

// firstResize is the size that the deal was first changed to, or 0.
func (c *inquiry) firstResize() model.PlaybookSize {
	var first *stage.Event
	for i := range c.record.Events {
		e := &c.record.Events[i]
		if e.Verb == stage.VerbResize && e.Size != 0 && !e.At.After(c.asOf) && (first == nil || deal.Compare(*e, *first) < 0) {
			first = e
		}
	}
	if first == nil {
		return 0
	}
	return first.Size
}

// askSchedule dates the playbook and collects what it finds.
func (c *inquiry) askSchedule() {
	if c.progress.IsZero() {
		return
	}
	q := stage.Query{AsOf: c.asOf, Team: c.team, Recommended: c.answer.model.Advice.Engagement}
	schedule, err := c.engine.stages.Schedule(c.progress, q)
	if err != nil {
		c.lacks(OfPlaybook, "", err)
		return
	}
	c.answer.schedule = schedule
	for _, tick := range c.unticked {
		if !done(schedule, tick.task) {
			c.lacks(OfPlaybook, tick.name, tick.err)
		}
	}
	for _, reason := range schedule.Findings {
		c.find(finding{Finding: Finding{Part: OfPlaybook, Side: duty(&schedule, reason), Since: c.since(reason), Reason: reason}})
	}
	c.checkSize()
}

// since is from when on a finding of the playbook holds: the end of the last day that it
// speaks of, or the instant; the zero time where it speaks of none.
func (c *inquiry) since(r value.Reason) time.Time {
	for _, op := range r.Operands() {
		switch at := op.Value().(type) {
		case value.Date:
			if next, err := at.AddDays(1); err == nil {
				return next.Start(c.engine.zone).UTC()
			}
		case time.Time:
			return at
		}
	}
	return time.Time{}
}

// duty is the side whose task a finding is about, or that did not take part; unset for
// both sides' tasks, and for what is about no task.
func duty(s *stage.Schedule, r value.Reason) model.Side {
	if r.Code() == stage.GatePartnerEngaged {
		return model.Partner
	}
	for i := range s.Items {
		if item := &s.Items[i]; slices.Contains(r.Paths(), "tasks."+string(item.Task.ID)) {
			return item.Owes
		}
	}
	return 0
}

// checkSize finds a deal whose amount calls for the playbook of another size, and says
// where the present one stays all the same (stage.replanned).
func (c *inquiry) checkSize() {
	size, err := c.engine.stages.Size(c.deal.Amount, c.deal.Exchange)
	if err != nil || size == c.progress.Size() || c.progress.Status() != stage.Running && c.progress.Status() != stage.OnHold {
		return
	}
	reason := value.NewReason(stage.StageReplanned, "the amount calls for the {size} playbook; the deal is on the {present} one",
		value.Op("size", size.String()), value.Op("present", c.progress.Size().String()))
	change := stage.Move{By: model.Person{Name: "record", Party: c.vendor}, At: c.asOf}
	if decision, err := c.engine.stages.Resize(c.progress, size, change); err == nil && len(decision.Shut) > 0 && decision.Shut[0].Code == stage.StageReplanned {
		reason = decision.Shut[0].Missing // why it stays
	}
	c.finds(OfPlaybook, 0, []string{"deal.amount"}, reason)
}

// holds are the times in which the deal stood still, lost ones that were reopened
// included, and when it ended.
func (c *inquiry) holds() (holds []comms.Hold, ended time.Time) {
	status := stage.Running
	switch c.deal.Opening.Stage {
	case stage.Lost: // imported as such; reopening ends the time since
		status, ended = stage.OnHold, c.opened
		holds = append(holds, comms.Hold{From: c.opened})
	case stage.Won:
		ended = c.opened
	}
	for _, e := range c.history {
		switch e.Verb {
		case stage.VerbHold, stage.VerbLose:
			if status == stage.Running {
				holds = append(holds, comms.Hold{From: e.At})
			}
			status = stage.OnHold
			ended = time.Time{}
			if e.Verb == stage.VerbLose {
				ended = e.At
			}
		case stage.VerbResume, stage.VerbReopen:
			holds[len(holds)-1].Until = e.At
			status, ended = stage.Running, time.Time{}
		case stage.VerbWin:
			ended = e.At
		}
	}
	return holds, ended
}

// modelSet is when an engagement model was first set, or the zero time.
func (c *inquiry) modelSet() time.Time {
	if c.deal.Opening.Engagement != 0 {
		return c.opened
	}
	for _, e := range c.history {
		if e.Verb == stage.VerbSetModel {
			return e.At
		}
	}
	return time.Time{}
}
