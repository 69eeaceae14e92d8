package stage

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// SetModel sets the engagement model of the deal, or changes it. A change needs a reason and the consent of both
// sides, given since the model was last set; the mover's side consents by moving (model.before_interaction). Done
// and waived tasks stay so, open ones go to their new owner or, where the new model does not have them, are
// cancelled; tasks that it adds to passed stages are not asked for. In the first stage support must be confirmed
// anew. No date moves. Errors of a change, both at once, in a group of their own: [model.ChoiceReason] at reason,
// [model.ChoiceSame] at engagement. Another number is an engagement.unknown error.
func (r *Rules) SetModel(p Progress, e model.Engagement, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbSetModel, Engagement: e, Move: m})
}

func (r *Rules) setModel(s *state, e Event) {
	old, b := s.book, r.books[e.Engagement][s.size]
	if old == nil {
		s.book, s.engagement, s.chosen, s.first = b, e.Engagement, e.At, tick{by: e.By.Name, at: e.At}
		s.goTo(b, 0)
		s.earliest = s.stage
		return
	}
	s.book, s.engagement, s.chosen = b, e.Engagement, e.At
	s.work(old)
	s.drop(old, b, e)
	s.excuse(old, b)
	s.owed.tasks = s.owed.tasks.within(b.all)
	if s.at == 0 {
		s.voided = slices.Clone(s.voided)
		s.voidKind(SupportConfirmed, e.At)
	}
}

// checkChange refuses a change of model without a reason, and one to the same model.
func (s *state) checkChange(e *Event) error {
	if s.book == nil || e.Verb != VerbSetModel {
		return nil
	}
	var problems value.Errors
	if strings.TrimSpace(e.Reason) == "" {
		problems.Refuse("reason", model.ChoiceReason, "nothing", "says why the model changes")
	}
	if e.Engagement == s.engagement {
		problems.Refuse("engagement", model.ChoiceSame, e.Engagement.String(), "is set already")
	}
	return problems.Err()
}

// drop cancels the open tasks that are not in the new playbook, and reopens cancelled ones that are.
func (s *state) drop(old, b *book, e Event) {
	s.dropped = slices.DeleteFunc(slices.Clone(s.dropped), func(d Item) bool { return b.task(d.Task.ID) != nil })
	old.eachTask(func(t *Task, at, i int) {
		pending := t.Kind == AfterClose || t.Kind == Conditional && !s.raised.has(i)
		if !b.all.has(i) && !s.done.has(i) && !s.excused.has(i) && !pending {
			again := func(d Item) bool { return d.Task.ID == t.ID } // after a change of size
			s.dropped = append(slices.DeleteFunc(s.dropped, again), Item{
				Task: t.clone(), Stage: old.Steps[at].Stage, State: Cancelled, At: e.At, Reason: e.Reason,
			})
		}
	})
}

// excuse stops asking for the tasks that the new playbook adds to passed stages, and asks for those of the stage and
// after it, which an import or another playbook may have left out before the deal was sent back.
func (s *state) excuse(old, b *book) {
	s.excused = s.excused.union(b.where(func(_ *Task, at, i int) bool { return at < s.at && !old.all.has(i) }))
	s.askAhead(b)
}
