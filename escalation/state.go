package escalation

import (
	"time"

	"github.com/coselling/coselling/value"
)

// State is the state of a case at an instant. Before the case was raised it is zero.
type State struct {
	Opened       time.Time `json:"opened,omitzero"`       // when it was opened, or last reopened
	Entered      time.Time `json:"entered,omitzero"`      // when it entered its level; its clocks run from here
	Acknowledged time.Time `json:"acknowledged,omitzero"` // when somebody first responded at this level; zero: not yet
	Resolved     time.Time `json:"resolved,omitzero"`     // zero: not yet
	// when its people were last notified: on entering its level, or again since (esc.timeout)
	Notified time.Time `json:"notified,omitzero"`
	Route    Route     `json:"route,omitzero"` // the people to call; zero: it is resolved
	// a late response at this level (esc.respond); zero: somebody responded in time, or still can
	Late value.Reason `json:"late,omitzero"`
	// the history until then, with the steps that time took; the caller owns the slice
	Steps []Entry `json:"steps,omitzero"`
}

// IsOpen reports whether the case was raised and is not resolved.
func (s State) IsOpen() bool { return !s.Opened.IsZero() && s.Resolved.IsZero() }

// State returns the state of a case as of an instant: its recorded steps until then, and the steps that time has
// taken since the last of them (esc.timeout). Time moves an open case up at the very instant at which the term of its
// level ends, as far as the policy's Reach for the playbook that is in force then, or at the resize to one that has
// more; never to or from level 4. There its people are notified again after each
// term, until 10,000 minutes, hours, days or business days have passed. On hold its clocks stand still. It ends when
// the deal is won or lost, and a detected one with the fact that ends its evidence (esc.detect), see [Rules.Detect].
//
// d is the deal as it is known now; it does not alter steps that time took before the last recorded step. Errors, all
// at once: fact.instant at as_of, the deal's facts below deal, esc.case.other at case; then, of a case at level 1,
// [DealLead] below deal.
func (r *Rules) State(c Case, d Facts, asOf time.Time) (State, error) {
	if err := r.missing(); err != nil {
		return State{}, err
	}
	var problems value.Errors
	problems.Add("as_of", enter(&asOf))
	problems.Add("deal", d.check(&r.policy))
	problems.Add("case", belongs(c, d))
	if err := problems.Err(); err != nil {
		return State{}, err
	}
	run, err := r.run(c, d, asOf)
	if err != nil || run.steps == nil {
		return State{}, err
	}
	s := State{Opened: run.Opened, Entered: run.Entered, Acknowledged: run.Acknowledged, Resolved: run.Resolved,
		Steps: run.steps.entries()}
	if s.Notified, err = run.clock.lastEnd(r.policy.Timeout.of(run.level), s.Entered,
		firstOf(s.Resolved, asOf)); err != nil {
		return State{}, err
	}
	if s.Resolved.IsZero() {
		to := &destination{run.level, r.because(c.kind, run)}
		if err := r.route(&s.Route, &d, to, run.clock, run.Entered, asOf); err != nil {
			return State{}, err
		}
	}
	s.Late, err = r.late(run, asOf)
	return s, err
}

// because returns the reason why a case is at its level.
func (r *Rules) because(kind BlockerKind, run run) value.Reason {
	if run.by == Escalated {
		return value.NewReason(TimeoutRule,
			"{kind}: not resolved at level {below} within {term}, now for "+r.whom(run.level),
			value.Op("kind", value.Word(kind)), value.Op("below", value.Word((run.level-1).String())),
			value.Op("term", r.policy.Timeout.of(run.level-1).String()))
	}
	if to, ok := r.kinds[kind]; ok && run.by == Opened && to.level == run.level {
		if r.companies != nil {
			return r.reason(kind, run.level)
		}
		return to.reason
	}
	return value.NewReason(levelRules[run.level], "{kind}: {by} at level {level}, for "+r.whom(run.level),
		value.Op("kind", value.Word(kind)),
		value.Op("by", value.Word(run.by.String())), value.Op("level", value.Word(run.level.String())))
}

// late returns the reason why the response at the present level is late; zero where it is not.
func (r *Rules) late(run run, asOf time.Time) (value.Reason, error) {
	respondBy, err := run.clock.end(r.policy.Respond.of(run.level), run.Entered)
	if err != nil {
		return value.Reason{}, err
	}
	answered := firstOf(run.Acknowledged, run.Resolved)
	if answered.IsZero() && asOf.Before(respondBy) || !answered.IsZero() && answered.Before(respondBy) {
		return value.Reason{}, nil
	}
	kind, level, by := value.Op("kind", value.Word(run.kind)), value.Op("level", value.Word(run.level.String())),
		value.Op("respond_by", value.End(respondBy))
	if answered.IsZero() {
		return value.NewReason(RespondRule, "nobody at level {level} responded by {respond_by}: {kind}", kind,
			level, by), nil
	}
	return value.NewReason(RespondRule,
		"level {level} responded only on {answered}, not by {respond_by}: {kind}", kind, level, by,
		value.Op("answered", answered)), nil
}

// firstOf returns the earlier instant that is set, or the zero time.
func firstOf(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// run is a case that is played up to an instant.
type run struct {
	life
	deal  string
	kind  BlockerKind
	clock clock
	steps *step // the last one
}

// run returns a case as of an instant: after its recorded steps until then, and the steps that time took.
func (r *Rules) run(c Case, d Facts, at time.Time) (run, error) {
	state := run{deal: c.deal, kind: c.kind, clock: r.clock(&d, at), steps: c.steps}
	for state.steps != nil && state.steps.entry.At.After(at) {
		state.steps = state.steps.before
	}
	if state.steps == nil {
		return state, nil
	}
	if state.life = state.steps.life; state.steps != c.steps {
		return state, nil // the steps of time before a recorded step are recorded
	}
	over, why := r.over(&state, &d, at)
	for state.Resolved.IsZero() && state.level < ExecutiveLevel {
		end, err := state.clock.end(r.policy.Timeout.of(state.level), state.Entered)
		if err != nil {
			return run{}, err
		}
		end, moves := d.reaches(r.policy.Reach, state.level, end, at)
		if !moves || end.After(at) || !over.IsZero() && !end.Before(over) {
			break
		}
		state.add(Entry{Act: Escalated, At: end.UTC(), Level: state.level + 1})
	}
	if state.Resolved.IsZero() && !over.IsZero() {
		state.add(Entry{Act: Resolved, At: over, Level: state.level, Note: why})
	}
	return state, nil
}

func (s *run) add(e Entry) {
	s.steps = s.steps.then(e)
	s.life = s.steps.life
}
