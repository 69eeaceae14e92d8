package stage

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Resize puts the deal on the playbook of another size (stage.replanned). Done tasks stay done. From simplified
// to standard the stage stays; a task that is added to a passed stage must be done before the deal leaves its
// present stage, and is due at the end of its window or the policy's ReplanDays after the change, whichever is
// later. From standard to simplified it is refused ([StageReplanned]) once the deal is in, or has passed, a
// stage that the simplified playbook does not have. The same size is recorded in the history and leaves stage
// and tasks as they are. Another number is a playbook.size.unknown error at size.
func (r *Rules) Resize(p Progress, size model.PlaybookSize, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbResize, Size: size, Move: m})
}

func (r *Rules) judgeResize(s *state, b *book, e *Event, shut *shutOut) {
	if b == nil || e.Size != model.Simplified || s.size == model.Simplified {
		return
	}
	smaller := r.books[b.Engagement][model.Simplified]
	if smaller.position(s.stage) != s.at || !slices.Equal(smaller.stages()[:s.at], b.stages()[:s.at]) {
		shut.add(StageReplanned, 0,
			"the deal is in {stage}, too far for the simplified playbook, so the standard one stays",
			value.Op("stage", value.Word(s.stage)))
	}
}

func (r *Rules) resize(s *state, e Event) {
	old, grows := s.book, e.Size == model.Standard
	if e.Size == s.size {
		return
	}
	s.size = e.Size
	b := r.books[s.engagement][e.Size]
	if b == nil {
		return
	}
	s.work(old)
	s.book = b
	s.owed = taskSet{}
	s.excused = s.excused.union(s.unasked(b).without(b.from(b.position(s.stage))))
	s.at = b.position(s.stage)
	if grows {
		r.uncover(s, old)
		r.refresh(s)
		r.owe(s, old, b, e)
		return
	}
	r.cover(s, b)
	s.excuse(old, b)
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

// owe asks for the required tasks that the standard playbook adds to passed stages: neither done nor covered.
func (r *Rules) owe(s *state, simplified, b *book, e Event) {
	known := simplified.all
	simplified.eachTask(func(t *Task, _, _ int) {
		for _, id := range t.Covers {
			known.add(r.tasks[id])
		}
	})
	for _, step := range b.steps[:s.at] {
		s.owed = s.owed.union(step.required)
	}
	s.owed = s.owed.without(s.done).without(s.excused).without(known)
	s.owedAt = s.at
	s.owedOn = r.day(e.At)
	s.owedDue = plus(s.owedOn, r.policy.ReplanDays)
}
