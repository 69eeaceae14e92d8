package escalation

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/value"
)

// Due is what happens next if nobody does anything.
type Due struct {
	At    time.Time // UTC
	Kind  Kind
	Act   Act   // Acknowledged: respond until then; Escalated; Reminded; Opened: a rule of detection comes true
	Level Level // to which the case goes, or at which it stays
	// Reason says what happens and why: esc.respond, esc.timeout or esc.detect.
	Reason value.Reason
}

// Next returns what is due for a deal next after an instant: one instant, and all
// that is due at it, ordered by kind, then act. A host sets one timer, on the instant
// of the first; when it rings, the host looks at [Routes.Standing] and
// [Routes.Detect] and asks again. Nil is nothing. cases are as for [Routes.Detect].
// Errors: those of Detect, which include a case of another deal.
func (r *Routes) Next(d Deal, cases []Case, asOf time.Time) ([]Due, error) {
	signs, err := r.signs(&d, cases, &asOf)
	if err != nil {
		return nil, err
	}
	var dues []Due
	for _, s := range signs {
		dues = append(dues, Due{s.at.UTC(), s.kind, Opened, r.kinds[s.kind].level, s.evidence})
	}
	for i, c := range cases {
		more, err := r.dues(c, d, asOf)
		if err != nil {
			return nil, value.In(value.Index("cases", i), err)
		}
		dues = append(dues, more...)
	}
	return soonest(dues, asOf), nil
}

// dues returns what is due for one case.
func (r *Routes) dues(c Case, d Deal, asOf time.Time) ([]Due, error) {
	run, err := r.run(c, d, asOf)
	if err != nil || len(run.steps) == 0 || !run.resolved.IsZero() {
		return nil, err
	}
	var dues []Due
	if run.acknowledged.IsZero() {
		by, err := r.clock.end(r.policy.Respond.of(run.level), run.entered)
		if err != nil {
			return nil, err
		}
		dues = append(dues, due(Acknowledged, by, c.kind, run.level, RespondRule, "{kind} is to be acknowledged at level {level}"))
	}
	if run.level < r.policy.Reach.of(d.Size) {
		end, err := r.clock.end(r.policy.Timeout.of(run.level), run.entered)
		return append(dues, due(Escalated, end, c.kind, run.level+1, TimeoutRule, "{kind} moves up to level {level} unless it is resolved")), err
	}
	_, again, err := r.clock.around(r.policy.Timeout.of(run.level), run.entered, asOf)
	return append(dues, due(Reminded, again, c.kind, run.level, TimeoutRule, "the people of level {level} are notified of {kind} again unless it is resolved")), err
}

func due(act Act, at time.Time, kind Kind, level Level, code value.Code, says string) Due {
	return Due{at.UTC(), kind, act, level, value.NewReason(code, says, value.Op("kind", string(kind)), value.Op("level", level.String()))}
}

// soonest returns all that is due at the earliest instant after asOf; nil for nothing.
func soonest(dues []Due, asOf time.Time) []Due {
	var next []Due
	for _, d := range dues {
		switch {
		case !d.At.After(asOf) || len(next) > 0 && d.At.After(next[0].At):
		case len(next) > 0 && d.At.Equal(next[0].At):
			next = append(next, d)
		default:
			next = []Due{d}
		}
	}
	slices.SortFunc(next, func(a, b Due) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Act, b.Act)) })
	return next
}
