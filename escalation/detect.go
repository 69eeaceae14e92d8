package escalation

import (
	"time"

	"github.com/coselling/coselling/value"
)

// Detect returns the blockers that the facts of a deal show at an instant, each with its evidence (esc.detect), in
// this order; nil where there is none. [DealStalled]: no stage advance and no required task done for StalledAfter.
// [LargeDeal]: an amount of LargeFrom or more while not both executives are named. [ProspectDark]: an outbound
// contact without an answer for DarkAfter. cases holds at least the last case of each kind of this deal.
//
// Raised is the instant at which the facts first showed the blocker; from that very instant on it is found. A stalled
// or dark deal is not found while a case of the kind is open; after its resolution the time starts again. A large one
// is not found once it has a case. Errors, all at once: fact.instant at as_of, the deal's facts below deal,
// esc.case.other at cases[1] and the like; then esc.case.twice.
func (r *Rules) Detect(d Facts, cases []Case, asOf time.Time) ([]Blocker, error) {
	if err := r.missing(); err != nil {
		return nil, err
	}
	var problems value.Errors
	problems.Add("as_of", enter(&asOf))
	problems.Add("deal", d.check(&r.policy))
	for i, c := range cases {
		problems.Add(value.Index("cases", i), belongs(c, d))
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	past, err := r.past(d, cases, asOf)
	if err != nil {
		return nil, err
	}
	var found []Blocker
	for _, look := range [...]func(*Facts, history, time.Time) (Blocker, error){r.stalled, r.large, r.dark} {
		b, err := look(&d, past, asOf)
		if err != nil {
			return nil, value.Below("deal", err)
		}
		if b.Kind != "" && !b.Raised.After(asOf) {
			b.Deal = d
			found = append(found, b)
		}
	}
	return found, nil
}

// history holds the state of the cases of one deal by kind.
type history map[BlockerKind]record

type record struct {
	open     bool
	resolved time.Time // when the last one was resolved
}

// past plays the cases, and refuses two open ones of a kind.
func (r *Rules) past(d Facts, cases []Case, asOf time.Time) (history, error) {
	past := history{}
	for i, c := range cases {
		run, err := r.run(c, d, asOf)
		if err != nil {
			return nil, value.Below(value.Index("cases", i), err)
		}
		if len(run.Steps) == 0 {
			continue // it is raised later
		}
		known := past[c.kind]
		open := run.Resolved.IsZero()
		if open && known.open {
			return nil, value.Below(value.Index("cases", i), value.NewError("esc.case.twice", "a case "+string(c.kind),
				"is open beside another one; a deal has at most one open case of a kind"))
		}
		if run.Resolved.After(known.resolved) {
			known.resolved = run.Resolved
		}
		known.open = known.open || open
		past[c.kind] = known
	}
	return past, nil
}

func (r *Rules) stalled(d *Facts, past history, asOf time.Time) (Blocker, error) {
	if !happened(d.ActiveSince, asOf) || past[DealStalled].open {
		return Blocker{}, nil
	}
	since := d.ActiveSince
	if happened(d.Progress, asOf) {
		since = latest(since, d.Progress)
	}
	return r.quiet(DealStalled, since, r.policy.StalledAfter, past,
		"no stage advance and no required task done since {since}, for {term} or more", "deal.active_since",
		"deal.progress")
}

func (r *Rules) dark(d *Facts, past history, asOf time.Time) (Blocker, error) {
	if !happened(d.ActiveSince, asOf) || !happened(d.Unanswered, asOf) || past[ProspectDark].open {
		return Blocker{}, nil
	}
	return r.quiet(ProspectDark, d.Unanswered, r.policy.DarkAfter, past,
		"the outbound contact of {since} has no answer, for {term} or more", "deal.unanswered")
}

// quiet returns the blocker of a deal without events since an instant, or since the last case was resolved.
func (r *Rules) quiet(
	kind BlockerKind, since time.Time, term Term, past history, says string, facts ...string,
) (Blocker, error) {
	at, err := r.clock.end(term, latest(since, past[kind].resolved))
	evidence := value.NewReason(DetectRule, says, value.Op("since", since),
		value.Op("term", term.String())).At(facts...)
	return Blocker{Kind: kind, Raised: at, Evidence: evidence}, err
}

func (r *Rules) large(d *Facts, past history, asOf time.Time) (Blocker, error) {
	_, before := past[LargeDeal]
	if before || !happened(d.AmountAt, asOf) || d.Amount.Sign() <= 0 || happened(d.executivesNamed(), asOf) {
		return Blocker{}, nil
	}
	if order, err := d.compareAmount(r.policy.LargeFrom); err != nil || order < 0 {
		return Blocker{}, err
	}
	evidence := value.NewReason(DetectRule,
		"the amount {amount} is {threshold} or more, and not both executives are named",
		value.Op("amount", d.Amount), value.Op("threshold", r.policy.LargeFrom))
	return Blocker{Kind: LargeDeal, Raised: d.AmountAt, Evidence: evidence.At("deal.amount", "deal.partner_executive",
		"deal.vendor_executive")}, nil
}

// happened reports whether a fact is set and not later than asOf.
func happened(t, asOf time.Time) bool { return !t.IsZero() && !t.After(asOf) }

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
