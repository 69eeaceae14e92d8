package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func hasOverride(e stage.Event) bool { return len(e.Overrides) > 0 }

// override is an override with the stage in which it was given.
type override struct {
	stage.Override
	stage stage.Stage
}

// uncounted returns the overrides of shut gates, which do not count, as more reasons, one a gate.
func (r *replay) uncounted(shut []stage.Shut) (more []stage.Shut) {
	for i := range shut {
		gate := shut[i].Code
		var names []string
		for _, o := range r.given {
			if o.Gate == gate && o.stage == r.progress.Stage() && !slices.Contains(names, o.By.Name) {
				names = append(names, o.By.Name)
			}
		}
		if len(names) > 0 && (i == 0 || shut[i-1].Code != gate) {
			missing := value.NewReason(gate, "the override of {names} does not count yet: it takes managers of both "+
				"companies, or one of them {days} business days after a case went to the managers",
				value.Op("names", strings.Join(names, " and ")), value.Op("days", r.rules.managerDays))
			more = append(more, stage.Shut{Code: gate, Owner: shut[i].Owner, Missing: missing})
		}
	}
	return more
}

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
