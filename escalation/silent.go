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
	if !both && !o.Side.IsValid() {
		_, err := model.ParseSide(o.Side.String())
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
	list        string     // of the facts that show it
	side        model.Side // zero: both
	since       time.Time  // of what one side owes
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
	if resolved := past[SideSilent].resolved; !resolved.IsZero() {
		again, err := r.clock(d, asOf).end(r.policy.SilentAfter, resolved)
		if err != nil {
			return Blocker{}, err
		}
		for i := range signs {
			if s := &signs[i]; !s.from.After(resolved) { // somebody spoke about it; the time starts again
				s.from = again
			}
		}
	}
	holds := func(s sign) bool { return !s.from.After(asOf) && !s.over(asOf) }
	oldest := slices.IndexFunc(signs, holds)
	if oldest < 0 {
		return Blocker{}, nil
	}
	b := Blocker{Kind: SideSilent, Evidence: r.shows(&signs[oldest])}
	for _, s := range together(signs, 1) {
		if holds(s) {
			b.Raised = s.from
		}
	}
	return b, nil
}

// shows returns the evidence of a sign.
func (r *Rules) shows(s *sign) value.Reason {
	side, since := value.Op("side", s.side.String()), value.Op("since", s.since.UTC())
	term := value.Op("term", r.policy.SilentAfter.String())
	var reason value.Reason
	switch s.list {
	case "deal.questions":
		reason = value.NewReason(DetectRule, "the {side} has left {count} questions open and late since {since}", side,
			value.Op("count", r.policy.SilentQuestions), since)
	case "deal.syncs":
		reason = value.NewReason(DetectRule, "the reps have missed {count} syncs in a row, the last by {day}",
			value.Op("count", r.policy.SilentSyncs), value.Op("day", value.End(s.since.UTC())))
	case "deal.confirmations":
		reason = value.NewReason(DetectRule,
			"the {side} has owed its confirmation of support since {since}, for {term} or more", side, since, term)
	default:
		reason = value.NewReason(DetectRule,
			"the {side} has owed its confirmation of the joint registration since {since}, for {term} or more", side,
			since, term)
	}
	return reason.At(s.list)
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
func (r *Rules) signs(d *Facts, asOf time.Time) (signs []sign, err error) {
	both := [...]sign{{list: "deal.questions", side: model.Partner}, {list: "deal.questions", side: model.Vendor}}
	for _, s := range both {
		signs = s.several(signs, d.Questions, r.policy.SilentQuestions)
	}
	syncs := sign{list: "deal.syncs"}
	signs = syncs.several(signs, d.Syncs, r.policy.SilentSyncs)
	signs, err = r.owed(signs, "deal.confirmations", d.Confirmations, r.clock(d, asOf))
	if err == nil { // a hold stops no clock of a claim
		signs, err = r.owed(signs, "deal.claims", d.Claims, clock{place: r.place})
	}
	for i := range signs {
		signs[i].awake(d.Holds, asOf)
	}
	signs = slices.DeleteFunc(signs, func(s sign) bool { return s.over(s.from) })
	slices.SortStableFunc(signs, func(a, b sign) int { return a.from.Compare(b.from) })
	return signs, err
}

// several adds a sign for each time in which a side had left so many things undone at once.
func (s sign) several(signs []sign, list []Owed, n int) []sign {
	if len(list) < n {
		return signs
	}
	var times []sign
	for _, o := range list {
		if s.side == 0 || o.Side == s.side {
			times = append(times, sign{from: o.At, until: o.Done})
		}
	}
	for _, t := range together(times, n) {
		s.from, s.until, s.since = t.from, t.until, t.from
		signs = append(signs, s)
	}
	return signs
}

// owed adds a sign for each thing that a side has owed for too long.
func (r *Rules) owed(signs []sign, path string, list []Owed, by clock) ([]sign, error) {
	for _, o := range list {
		by.place = r.place.Of(int(o.Side)) // who owes it alone owns the term
		end, err := by.end(r.policy.SilentAfter, o.At)
		if err != nil {
			return nil, err
		}
		signs = append(signs, sign{end, o.Done, path, o.Side, o.At})
	}
	return signs, nil
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

// together returns the times in which at least n of the signs hold, in order; touching ones are one.
func together(signs []sign, n int) []sign {
	if len(signs) < n {
		return nil
	}
	type change struct {
		at time.Time
		by int
	}
	changes := make([]change, 0, 2*len(signs))
	for i := range signs {
		s := &signs[i]
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
