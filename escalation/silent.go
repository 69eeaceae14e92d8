package escalation

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Owed is something that a side had to do for the other one (esc.detect). The zero value is refused.
type Owed struct {
	Side model.Side // the debtor; not used of syncs, which both sides owe
	At   time.Time  // needed; since when, as the list says that holds it
	Done time.Time  // when it was done after all, or became pointless; zero: not yet
}

// check refuses a debtor that is no side, unless both owe it, and instants out of range.
func (o *Owed) check(both bool) error {
	var problems value.Errors
	if _, err := model.ParseSide(o.Side.String()); err != nil && !both {
		problems.Add("side", err)
	}
	problems.Add("at", wire.CheckInstant(o.At, "says since when"))
	if !o.Done.IsZero() {
		problems.Add("done", wire.CheckInstant(o.Done, ""))
	}
	return problems.Err()
}

// sign is a time in which the record shows that a side is silent: half-open, and zero until is still.
type sign struct {
	from, until time.Time
	evidence    value.Reason
}

// over reports whether a sign had ended by an instant.
func (s *sign) over(at time.Time) bool { return !s.until.IsZero() && !s.until.After(at) }

// silent returns the blocker of a deal with a silent side: from the first sign on, as long as there is one.
func (r *Rules) silent(d *Facts, past history, asOf time.Time) (Blocker, error) {
	if past[SideSilent].open {
		return Blocker{}, nil
	}
	signs, err := r.signs(d, asOf)
	if err != nil {
		return Blocker{}, err
	}
	resolved := past[SideSilent].resolved
	for i := range signs {
		if !resolved.IsZero() && !signs[i].from.After(resolved) { // somebody spoke about it; the time starts again
			if signs[i].from, err = r.clock(d, asOf).end(r.policy.SilentAfter, resolved); err != nil {
				return Blocker{}, err
			}
		}
	}
	b := Blocker{Kind: SideSilent}
	for _, s := range together(signs, 1) {
		if !s.from.After(asOf) && !s.over(asOf) {
			b.Raised = s.from
		}
	}
	if b.Raised.IsZero() {
		return Blocker{}, nil
	}
	for i := range signs { // in order: the oldest that still holds
		if s := &signs[i]; !s.from.After(asOf) && !s.over(asOf) {
			b.Evidence = s.evidence
			break
		}
	}
	return b, nil
}

// spoke returns when the last sign ended that held when a case was opened; zero where one holds still, or none did.
func (r *Rules) spoke(d *Facts, opened, at time.Time) time.Time {
	signs, _ := r.signs(d, at) // no error: it was detected by them
	for _, s := range together(signs, 1) {
		if !s.from.After(opened) && s.over(at) && s.until.After(opened) {
			return s.until
		}
	}
	return time.Time{}
}

// signs returns the signs of a silent side, by their beginnings. None begins on hold.
func (r *Rules) signs(d *Facts, asOf time.Time) ([]sign, error) {
	var signs []sign
	for _, side := range sides {
		late := slices.DeleteFunc(slices.Clone(d.Questions), func(o Owed) bool { return o.Side != side })
		for _, s := range together(spans(late), r.policy.SilentQuestions) {
			s.because("deal.questions", "the {side} has left {count} questions open and late since {since}",
				value.Op("side", side.String()), value.Op("count", r.policy.SilentQuestions), value.Op("since", s.from.UTC()))
			signs = append(signs, s)
		}
	}
	for _, s := range together(spans(d.Syncs), r.policy.SilentSyncs) {
		s.because("deal.syncs", "the reps have missed {count} syncs in a row, the last by {since}",
			value.Op("count", r.policy.SilentSyncs), value.Op("since", value.End(s.from.UTC())))
		signs = append(signs, s)
	}
	const support = "the {side} has owed its confirmation of support since {since}, for {term} or more"
	const joint = "the {side} has owed its confirmation of the joint registration since {since}, for {term} or more"
	for _, owed := range [...]struct {
		path  string
		list  []Owed
		says  string
		holds []value.Pause
	}{
		{"deal.confirmations", d.Confirmations, support, r.clock(d, asOf).holds},
		{"deal.claims", d.Claims, joint, nil}, // a hold stops no clock of a claim
	} {
		for _, o := range owed.list {
			end, err := r.place.End(o.At, r.policy.SilentAfter, owed.holds...)
			if err != nil {
				return nil, err
			}
			s := sign{from: end, until: o.Done}
			s.because(owed.path, owed.says, value.Op("side", o.Side.String()), value.Op("since", o.At.UTC()),
				value.Op("term", r.policy.SilentAfter.String()))
			signs = append(signs, s)
		}
	}
	for i := range signs {
		signs[i].awake(d.Holds, asOf)
	}
	signs = slices.DeleteFunc(signs, func(s sign) bool { return s.over(s.from) })
	slices.SortStableFunc(signs, func(a, b sign) int { return a.from.Compare(b.from) })
	return signs, nil
}

func (s *sign) because(path, says string, ops ...value.Operand) {
	s.evidence = value.NewReason(DetectRule, says, ops...).At(path)
}

// awake moves the beginning of a sign out of the holds of a deal, in order; after the instant where one goes on.
func (s *sign) awake(holds []value.Pause, asOf time.Time) {
	for _, h := range holds {
		switch {
		case s.from.Before(h.From):
		case h.Until.IsZero():
			s.from = asOf.Add(1)
		case s.from.Before(h.Until):
			s.from = h.Until
		}
	}
}

func spans(list []Owed) []sign {
	signs := make([]sign, len(list))
	for i, o := range list {
		signs[i] = sign{from: o.At, until: o.Done}
	}
	return signs
}

// together returns the times in which at least n of the signs hold, in order; touching ones are one.
func together(signs []sign, n int) []sign {
	type change struct {
		at time.Time
		by int
	}
	var changes []change
	for _, s := range signs {
		if s.over(s.from) {
			continue
		}
		changes = append(changes, change{s.from, 1})
		if !s.until.IsZero() {
			changes = append(changes, change{s.until, -1})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(b.by, a.by)) })
	var times []sign
	held := 0
	for _, c := range changes {
		held += c.by
		switch {
		case c.by > 0 && held == n:
			times = append(times, sign{from: c.at})
		case c.by < 0 && held == n-1:
			times[len(times)-1].until = c.at
		}
	}
	return times
}
