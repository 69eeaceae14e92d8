package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/stage"
)

func hasOverride(e stage.Event) bool { return len(e.Overrides) > 0 }

// yields reports whether overrides may let a move pass: whether a manager decides alone depends on the cases then.
func (r *replay) yields(e *stage.Event) bool {
	if r.override.IsZero() || e.At.Before(r.override) {
		return false
	}
	switch e.Verb {
	case stage.VerbAdvance, stage.VerbSendBack, stage.VerbHold, stage.VerbResume, stage.VerbWin, stage.VerbReopen,
		stage.VerbConsent:
		return true
	}
	return false
}

// escalated returns since when each open case is at level 2, or went on from there, as of an instant, as facts for
// a move. What had happened on the playbook until then decides. It makes no notes: the answer notes what is malformed.
func (r *replay) escalated(at time.Time) (facts []stage.Fact) {
	q := r.ask(at)
	if q.rules.routes[q.partnership] == nil {
		return nil
	}
	p := played{progress: r.progress, history: r.progress.Effects(), won: r.won}
	q.lead(p)
	p.state.Options = q.rules.stages.Options(p.progress, at)
	l := r.log
	l.contacts = slices.DeleteFunc(slices.Clone(l.contacts), func(i comms.Interaction) bool { return i.At.After(at) })
	claim, _ := q.registration(r.claimed, p)
	s, _ := q.schedule(q.team, p, advice{})
	talk, _ := q.talk(l, p)
	blockers, _ := q.escalate(q.team, l, p, claim, s, talk)
	for i := range blockers {
		if since := managedSince(&blockers[i].State); !since.IsZero() && q.ofBoth(blockers[i].Concerns) {
			facts = append(facts, stage.Fact{Kind: stage.Escalated, At: since})
		}
	}
	return facts
}

// managedSince returns when an open case entered level 2 since it was opened, or reopened; zero: it did not.
func managedSince(s *escalation.State) time.Time {
	for _, step := range s.Steps {
		if s.IsOpen() && !step.At.Before(s.Opened) && step.Level == escalation.ManagerLevel {
			return step.At.UTC()
		}
	}
	return time.Time{}
}
