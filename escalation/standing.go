package escalation

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Standing is how a case stands at an instant. Where it was not raised yet, every
// field is zero.
type Standing struct {
	Opened  time.Time `json:"opened,omitzero"`  // when it was opened, or last reopened
	Entered time.Time `json:"entered,omitzero"` // when it entered its level; its clocks run from here
	// when somebody first responded at this level; zero is not yet
	Acknowledged time.Time `json:"acknowledged,omitzero"`
	Resolved     time.Time `json:"resolved,omitzero"` // when it was over; zero is not yet
	// when its people were notified last: on entering, or again since (esc.timeout)
	Notified time.Time `json:"notified,omitzero"`
	Route    Route     `json:"route,omitzero"` // whom to call; zero where it is resolved
	// esc.respond: nobody responded in time; zero where somebody did, or still can
	Late value.Reason `json:"late,omitzero"`
	// the history until then, with what time did; the caller owns the slice
	Steps []Step `json:"steps,omitzero"`
}

// IsOpen reports whether the case was raised and is not resolved.
func (s Standing) IsOpen() bool { return !s.Opened.IsZero() && s.Resolved.IsZero() }

// Standing returns how a case stands at an instant, any instant: events after it
// are ignored, and what time did until then is computed (esc.timeout). From entering
// a level and unresolved, a case moves up when the level's term is over, as far as
// the policy's Reach for the deal's playbook; there it stays and its people are
// notified again, for 10,000 units of the term at most. Level 4 is never left and
// never reached by time. A case of kind large_deal is over when both executives are
// named after it was opened (esc.detect).
//
// d is the deal as it is known now. What time did before the last recorded step was
// recorded with it and stays, whatever the policy and the deal say today. Errors: [CaseOther], [Instant], [DealLead]
// at level 1, and those of the deal's facts.
func (r *Routes) Standing(c Case, d Deal, asOf time.Time) (Standing, error) {
	var problems value.Errors
	problems.Add("as_of", enter(&asOf))
	problems.Add("deal", d.check(&r.policy))
	problems.Add("case", belongs(c, d))
	if err := problems.Err(); err != nil {
		return Standing{}, err
	}
	run, err := r.run(c, d, asOf)
	if err != nil || len(run.Steps) == 0 {
		return Standing{}, err
	}
	s := run.Standing
	s.Steps = slices.Clone(run.Steps)
	if s.Notified, err = r.clock.lastEnd(r.policy.Timeout.of(run.level), s.Entered, firstOf(s.Resolved, asOf)); err != nil {
		return Standing{}, err
	}
	if s.Resolved.IsZero() {
		to := &destination{run.level, r.because(c.kind, run)}
		if err := r.route(&s.Route, &d, to, run.Entered, asOf); err != nil {
			return Standing{}, err
		}
	}
	s.Late, err = r.late(run, asOf)
	return s, err
}

// because is why a case stands where it does.
func (r *Routes) because(kind Kind, run run) value.Reason {
	if run.by == Escalated {
		return value.NewReason(TimeoutRule, "{kind} was not resolved at level {below} within {term} and is now for "+levelCalls[run.level],
			value.Op("kind", string(kind)), value.Op("below", (run.level-1).String()), value.Op("term", r.policy.Timeout.of(run.level-1).String()))
	}
	if to, ok := r.kinds[kind]; ok && run.by == Opened && to.level == run.level {
		return to.reason
	}
	return value.NewReason(levelRules[run.level], "{kind} was {by} at level {level}, for "+levelCalls[run.level],
		value.Op("kind", string(kind)), value.Op("by", run.by.String()), value.Op("level", run.level.String()))
}

// late is esc.respond broken at the present level.
func (r *Routes) late(run run, asOf time.Time) (value.Reason, error) {
	respondBy, err := r.clock.end(r.policy.Respond.of(run.level), run.Entered)
	if err != nil {
		return value.Reason{}, err
	}
	kind, level, by := value.Op("kind", string(run.kind)), value.Op("level", run.level.String()), value.Op("respond_by", respondBy)
	switch answered := firstOf(run.Acknowledged, run.Resolved); {
	case answered.IsZero() && asOf.Before(respondBy), !answered.IsZero() && answered.Before(respondBy):
		return value.Reason{}, nil
	case answered.IsZero():
		return value.NewReason(RespondRule, "nobody at level {level} responded to {kind} before {respond_by}", kind, level, by), nil
	default:
		return value.NewReason(RespondRule, "somebody at level {level} responded to {kind} at {answered}, not before {respond_by}", kind, level, by, value.Op("answered", answered)), nil
	}
}

// firstOf returns the earlier instant that is set, or the zero time.
func firstOf(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// run is a case played to an instant. Its steps are a slice of its own, or clipped.
type run struct {
	Standing
	deal  string
	kind  Kind
	level Level
	by    Act // how it entered its level
}

// run plays a case: what is recorded until at, then what time did.
func (r *Routes) run(c Case, d Deal, at time.Time) (run, error) {
	n := len(c.steps)
	for n > 0 && c.steps[n-1].At.After(at) {
		n--
	}
	state := run{Standing: Standing{Steps: slices.Clip(c.steps[:n])}, deal: c.deal, kind: c.kind}
	for _, step := range state.Steps {
		state.take(step)
	}
	if n < len(c.steps) || n == 0 {
		return state, nil // what time did before a recorded step is recorded
	}
	over := r.over(state, d, at)
	for state.Resolved.IsZero() && state.level < r.policy.Reach.of(d.Size) {
		end, err := r.clock.end(r.policy.Timeout.of(state.level), state.Entered)
		if err != nil {
			return run{}, err
		}
		if end.After(at) || !over.IsZero() && !end.Before(over) {
			break
		}
		state.add(Step{Act: Escalated, At: end.UTC(), Level: state.level + 1})
	}
	if state.Resolved.IsZero() && !over.IsZero() {
		state.add(Step{Act: Resolved, At: over, Level: state.level, Note: executivesNote(d)})
	}
	return state, nil
}

// over is when the facts of the deal end a case, at or before at; or the zero time.
// Executives who were named before it was opened did not end it.
func (r *Routes) over(state run, d Deal, at time.Time) time.Time {
	named := d.executivesNamed()
	if state.kind != LargeDeal || named.Before(state.Opened) || named.After(at) {
		return time.Time{}
	}
	if last := state.Steps[len(state.Steps)-1].At; named.Before(last) {
		return last // the fact came late; history is not rewritten
	}
	return named
}

func executivesNote(d Deal) string {
	return "both executives are named: " + d.PartnerExecutive + " (" + model.Partner.String() + ") and " + d.VendorExecutive + " (" + model.Vendor.String() + ")"
}

func (s *run) add(step Step) {
	s.Steps = append(s.Steps, step)
	s.take(step)
}

// take plays one step.
func (s *run) take(step Step) {
	s.level = step.Level
	switch {
	case step.Act.enters():
		if step.Act != Escalated {
			s.Opened = step.At
		}
		s.by, s.Entered = step.Act, step.At
		s.Acknowledged, s.Resolved = time.Time{}, time.Time{}
	case step.Act == Acknowledged && s.Acknowledged.IsZero():
		s.Acknowledged = step.At
	case step.Act == Resolved:
		s.Resolved = step.At
	}
}
