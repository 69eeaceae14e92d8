package stage

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Done ticks a task of any stage, also ahead of it, by either side; of a task that each side does, only the part of
// the person's side. A recurring task can be ticked again. The decision refuses ([StageTask]) a task, or a part, that
// is done or waived, a conditional one that was not raised, and one after close before the deal is won. An unknown
// task is a task.unknown error at task.
func (r *Rules) Done(p Progress, task TaskID, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbDone, Task: task, Move: m})
}

// Waive waives the whole of a task, with a reason: it is not asked for and does not gate any more, but the fact
// that a gate reads stays missing. The decision refuses a recurring task, and otherwise the same tasks as
// [Rules.Done]; a task after close may be waived early. Either side may waive any task.
func (r *Rules) Waive(p Progress, task TaskID, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbWaive, Task: task, Move: m})
}

// Raise asks for a conditional task, also of a later stage; it then gates leaving its stage. The decision refuses
// ([StageTask]) a task of another kind, and one that was raised before. An unknown task is a task.unknown error.
func (r *Rules) Raise(p Progress, task TaskID, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbRaise, Task: task, Move: m})
}

func (r *Rules) judgeTask(s *state, b *book, e *Event, shut *shutOut) {
	t, number := b.task(e.Task), r.tasks[e.Task]
	var says string
	switch {
	case t.Owner == ByEach && s.further(e.By.Party):
		says = "{task} is work of the vendor and of the partner that leads, each its part"
	case s.done.has(number) || e.Verb == VerbDone && t.Owner == ByEach && s.hasPart(number, e.By.Party.Side):
		says = "{task} is done or waived already"
	case e.Verb == VerbRaise && (t.Kind != Conditional || s.raised.has(number)):
		says = "{task} is asked for already"
	case e.Verb == VerbWaive && t.Kind == Recurring:
		says = "{task} goes on while its stage lasts; there is nothing to waive"
	case e.Verb != VerbRaise && t.Kind == Conditional && !s.raised.has(number):
		says = "{task} is not raised"
	case e.Verb == VerbDone && t.Kind == AfterClose && s.status != ClosedWon:
		says = "{task} belongs after the close"
	}
	if says != "" {
		shut.add(StageTask, 0, says, value.Op("task", value.Word(t.ID)))
	}
}

func (r *Rules) tickTask(s *state, b *book, e Event) {
	t, number, side := b.task(e.Task), r.tasks[e.Task], e.By.Party.Side
	if t.Kind == Recurring {
		s.ticks = s.ticks.without(t.ID, side)
	}
	s.add(tick{task: t.ID, by: e.By.Name, side: side, at: e.At, waived: e.Verb == VerbWaive, reason: e.Reason})
	switch {
	case t.Kind == Recurring:
	case t.Owner == ByEach && e.Verb == VerbDone:
		s.part(number, side)
	default:
		s.done.add(number)
	}
	partners := t.Owner.Includes(model.Partner) && of(e.By.Party, s.lead)
	if e.Verb == VerbDone && partners && !s.second.IsZero() && s.partTick.IsZero() {
		s.partTick = e.At
	}
}
