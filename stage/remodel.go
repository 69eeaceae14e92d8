package stage

import (
	"slices"

	"github.com/coselling/coselling/model"
)

// SetModel sets the engagement model of the deal, or changes it, by the rules of
// [model.Choose]: the first setting is free, a change needs a reason and the consent
// of both sides (SPEC 2.2, model.before_interaction). What is done or waived stays
// so; open tasks fall to their new owner, tasks that the new model lacks are
// cancelled, tasks that it adds to passed stages are not asked for, and in
// identification support is confirmed anew. No date moves.
func (r *Rules) SetModel(p Progress, e model.Engagement, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbSetModel, Engagement: e, Move: m})
}

func (r *Rules) setModel(s *state, e Event) ([]Shut, error) {
	old := s.book
	choice := model.Choice{Engagement: e.Engagement, Reason: e.Reason, Agreement: model.Agreement{By: e.By, At: e.At, Consents: e.Consents}}
	decision, err := model.Choose(s.chosen, choice)
	if err != nil {
		return nil, err
	}
	if len(decision.Missing) > 0 {
		return []Shut{{model.ConsentMissing, e.By.Party.Side.Other(), decision.Missing[0]}}, nil
	}
	s.chosen = decision.Chosen
	b := r.books[e.Engagement][s.size]
	s.book, s.leader = b, e.Engagement.Leader()
	if old == nil {
		s.goTo(b, 0)
		return nil, nil
	}
	r.work(s, old)
	s.drop(old, b, e)
	s.excuse(old, b)
	s.owed = s.owed.within(b.all)
	if s.at == 0 {
		s.voided = slices.Clone(s.voided)
		s.voidKind(SupportConfirmed, e.At)
	}
	return nil, nil
}

// drop cancels the open tasks that the new playbook lacks. One that comes back with
// it is cancelled no more.
func (s *state) drop(old, b *book, e Event) {
	s.dropped = slices.DeleteFunc(slices.Clone(s.dropped), func(d dropped) bool { return b.task(d.task.ID) != nil })
	old.eachTask(func(t *Task, at, i int) {
		pending := t.Kind == AfterClose || t.Kind == Conditional && !s.raised.has(i)
		if !b.all.has(i) && !s.done.has(i) && !s.excused.has(i) && !pending {
			s.dropped = append(s.dropped, dropped{t.clone(), old.Steps[at].Stage, e.At, e.Reason})
		}
	})
}

// excuse stops asking for what the new playbook adds to passed stages.
func (s *state) excuse(old, b *book) {
	s.excused = s.excused.union(b.where(func(_ *Task, at, i int) bool { return at < s.at && !old.all.has(i) }))
}
