package escalation

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Detect returns the blockers that the facts of a deal show at an instant, each with its evidence (esc.detect), in
// this order; nil where there is none. [DealStalled]: no stage advance and no required task done for StalledAfter.
// [LargeDeal]: an amount of LargeFrom or more while not both executives are named. [ProspectDark]: an outbound
// contact without an answer for DarkAfter. [SideSilent]: SilentQuestions questions to one side open and late at once,
// SilentSyncs days of syncs in a row that passed without one, or a confirmation that one side has owed for
// SilentAfter. cases holds at least the last case of each kind of this deal. Nothing is found once the deal has ended.
//
// Raised is the instant at which the facts first showed the blocker; from that very instant on it is found, unless
// there is an open case of the kind. After its resolution the time starts again, but a large deal is found once. A case
// that nobody raised ends with its evidence: a stalled deal at the next progress or hold, a dark prospect with an
// answer, a silent side with the last sign of it; that of a large deal ends, whoever raised it, when both executives
// are named. Errors, all at once: fact.instant at as_of, the deal's facts below deal, esc.case.other at cases[1] and
// the like; then esc.case.twice.
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
	if happened(d.Ended, asOf) {
		return nil, nil
	}
	past, err := r.past(d, cases, asOf)
	if err != nil {
		return nil, err
	}
	var found []Blocker
	for _, look := range [...]func(*Facts, history, time.Time) (Blocker, error){r.stalled, r.large, r.dark, r.silent} {
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
		if run.steps == nil {
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
	if !happened(d.ActiveSince, asOf) {
		return Blocker{}, nil
	}
	since := d.ActiveSince
	if happened(d.Progress, asOf) {
		since = latest(since, d.Progress)
	}
	return r.quiet(d, DealStalled, since, r.policy.StalledAfter, past, asOf,
		"no stage advance and no required task done since {since}, for {term} or more", "deal.active_since",
		"deal.progress")
}

func (r *Rules) dark(d *Facts, past history, asOf time.Time) (Blocker, error) {
	if !happened(d.Unanswered, asOf) {
		return Blocker{}, nil
	}
	b, err := r.quiet(d, ProspectDark, d.Unanswered, r.policy.DarkAfter, past, asOf,
		"the outbound contact of {since} has no answer, for {term} or more", "deal.unanswered")
	b.Raised = latest(b.Raised, d.Opened)
	return b, err
}

// quiet returns the blocker of a deal without events since an instant, or since the last case was resolved.
func (r *Rules) quiet(d *Facts, kind BlockerKind, since time.Time, term value.Term, past history, asOf time.Time,
	says string, facts ...string) (Blocker, error) {
	if past[kind].open {
		return Blocker{}, nil
	}
	at, err := r.clock(d, asOf).end(term, latest(since, past[kind].resolved))
	if err != nil || at.After(asOf) {
		return Blocker{}, err
	}
	evidence := value.NewReason(DetectRule, says, value.Op("since", since),
		value.Op("term", term.String())).At(facts...)
	return Blocker{Kind: kind, Raised: at, Evidence: evidence}, nil
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

// over returns the instant up to at at which a fact of the deal ended a case, and why; zero where none did. What a
// person raised ends by a person, unless it is a large deal.
func (r *Rules) over(s *run, d *Facts, at time.Time) (over time.Time, why string) {
	end := func(t time.Time, says string) {
		if happened(t, at) && !t.Before(s.Opened) && (over.IsZero() || t.Before(over)) {
			over, why = t, says
		}
	}
	end(d.Ended, "the deal is won or lost")
	switch {
	case s.kind == LargeDeal:
		end(d.executivesNamed(), executivesNamed)
	case s.raised:
	case s.kind == DealStalled:
		end(d.Progress, "the deal moved")
		end(d.ActiveSince, "the deal moved")
		for i := range d.Holds {
			end(d.Holds[i].From, "the deal is on hold")
		}
	case s.kind == ProspectDark:
		end(d.Answered, "the prospect answered")
	case s.kind == SideSilent:
		end(r.spoke(d, s.Opened, at), "the side answered")
	}
	if why == executivesNamed {
		why += d.PartnerExecutive + " (" + model.Partner.String() + ") and " + d.VendorExecutive + " (" +
			model.Vendor.String() + ")"
	}
	if last := s.steps.entry.At; !over.IsZero() && over.Before(last) {
		return last, why // the fact was recorded late; recorded steps stay
	}
	return over, why
}

const executivesNamed = "both executives are named: "

// happened reports whether a fact is set and not later than asOf.
func happened(t, asOf time.Time) bool { return !t.IsZero() && !t.After(asOf) }

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
