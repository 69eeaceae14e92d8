package stage

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Resize puts the deal on the playbook of another size (stage.replanned); the side moves it that moves the deal. Done
// tasks stay done. From simplified to standard the stage stays. Of passed stages nothing is asked for but the facts
// that their gates read and the deal does not have: these gate leaving its present stage too, and their tasks are due
// the policy's ReplanDays after the change. From standard to simplified it is refused ([StageReplanned]) once the
// deal is in, or has passed, a stage that the simplified playbook does not have. The same size is recorded in the
// history and leaves stage and tasks as they are. Another number is a playbook.size.unknown error at size.
func (r *Rules) Resize(p Progress, size model.PlaybookSize, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbResize, Size: size, Move: m})
}

func (r *Rules) judgeResize(s *state, b *book, e *Event, shut *shutOut) {
	if e.Size != model.Simplified || s.size == model.Simplified {
		return
	}
	smaller := r.books[b.Engagement][model.Simplified]
	if smaller.position(s.stage) != s.at || !slices.Equal(smaller.stages()[:s.at], b.stages()[:s.at]) {
		shut.add(StageReplanned, 0,
			"the deal is in {stage}, too far for the simplified playbook, so the standard one stays",
			value.Op("stage", value.Word(s.stage)))
	}
}

// debt holds what a re-planning asks for of stages that the deal had passed.
type debt struct {
	gates   gateSet // that gate leaving the stage of the change too
	at      int     // the place of that stage
	tasks   taskSet // whose facts open them
	on, due value.Date
}

func (r *Rules) resize(s *state, e Event) {
	if e.Size == s.size {
		return
	}
	old, passed := s.book, s.book.asked(0, s.at)
	s.work(old)
	s.size, s.book = e.Size, r.books[s.engagement][e.Size]
	s.at, s.owed = s.book.position(s.stage), debt{}
	if e.Size == model.Standard {
		r.uncover(s, old)
		r.refresh(s)
		r.owe(s, passed, e.At)
		return
	}
	r.cover(s, s.book)
	s.excuse(old, s.book)
}

// uncover marks as done the tasks that done tasks of the simplified playbook cover.
func (r *Rules) uncover(s *state, simplified *book) {
	simplified.eachTask(func(t *Task, _, i int) {
		for _, id := range t.Covers {
			if s.done.has(r.tasks[id]) {
				continue
			}
			for _, side := range sides {
				if s.hasPart(i, side) {
					s.part(r.tasks[id], side)
				}
			}
			if s.done.has(r.tasks[id]) {
				s.inherit(s.ticksOf(t.ID), id, s.waived(t.ID))
			}
		}
	})
}

// cover marks a task of the simplified playbook as done where all tasks that it covers are.
func (r *Rules) cover(s *state, simplified *book) {
	simplified.eachTask(func(t *Task, _, i int) {
		if len(t.Covers) == 0 || s.done.has(i) {
			return
		}
		for _, side := range sides {
			if !slices.ContainsFunc(t.Covers, func(id TaskID) bool { return !s.hasPart(r.tasks[id], side) }) {
				s.part(i, side)
			}
		}
		if !s.done.has(i) {
			return
		}
		waived := !slices.ContainsFunc(t.Covers, func(id TaskID) bool { return !s.waived(id) })
		var ticks []tick
		for _, id := range t.Covers {
			ticks = append(ticks, s.ticksOf(id)...)
		}
		// the task was done with the last of them
		slices.SortStableFunc(ticks, func(a, b tick) int { return a.at.Compare(b.at) })
		s.inherit(ticks, t.ID, waived)
	})
}

// waived reports whether somebody waived a task.
func (s *state) waived(id TaskID) bool {
	for t := s.ticks; t != nil; t = t.before {
		if t.task == id && t.waived {
			return true
		}
	}
	return false
}

// inherit copies the ticks of tasks to a task that covers them, or that they cover.
func (s *state) inherit(ticks []tick, to TaskID, waived bool) {
	known := s.ticksOf(to)
	for _, t := range ticks {
		if !slices.ContainsFunc(known, func(u tick) bool { return u.by == t.by && u.at.Equal(t.at) }) {
			t.task, t.waived = to, waived
			s.add(t)
			known = append(known, t)
		}
	}
}

// owe asks for the facts that the gates of passed stages read and the deal does not have, where the playbook that it
// leaves did not ask for them, and for nothing else of these stages.
func (r *Rules) owe(s *state, asked gateSet, at time.Time) {
	b, first := s.book, s.book.position(s.earliest)
	gates := b.asked(first, s.at) &^ (asked | s.open | 1<<slices.Index(r.gates, GateTasks))
	if s.registeredFor(VerbAdvance, at) {
		gates &^= registeredBit
	}
	day := r.day(at)
	s.owed = debt{gates: gates, at: s.at, on: day, due: plus(day, r.policy.ReplanDays)}
	passed := b.where(func(t *Task, place, _ int) bool { return place < s.at && t.Kind != AfterClose })
	s.owed.tasks = passed.within(b.where(func(t *Task, place, i int) bool {
		gate := slices.Index(r.gates, gateOf(t.Fact))
		return first <= place && gate >= 0 && gates&(1<<gate) != 0 && !s.done.has(i)
	}))
	s.excused = s.excused.union(passed).without(s.owed.tasks)
	s.askAhead(b)
}
