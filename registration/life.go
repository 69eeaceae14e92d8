package registration

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// life is how a claim stands by its own events; an instant that has not come is zero.
type life struct {
	status   Status
	terms    *Terms // of the approval
	approved time.Time
	// end of the protection, once approved; of a claim that is not confirmed, of the days to confirm it
	until     time.Time
	ended     time.Time
	why       string // it was rejected
	confirmed bool   // a claim for its claimant alone is, and the vendor confirms by its approval
	admitted  bool   // by a channel owner, though the account is the vendor's customer
	extended  int
	since     time.Time   // of the approval or the last extension
	holder    model.Party // the claimant, until the claim is handed over
	handing   *Event      // the one half of a handover, while the other one is missing
	moves     []move      // the handovers
}

// move is a handover of a claim.
type move struct {
	at time.Time
	to model.Party
}

// life returns how a claim stands by its own events as of an instant.
func (r *Rules) life(c *Claim, asOf time.Time) life {
	l := r.fold(c, asOf)
	if l.status == Approved && !asOf.Before(l.until) {
		l.status, l.ended = Expired, l.until
	}
	return l
}

// fold applies the events up to asOf; an event that the claim could not take, from a merge, changes nothing.
func (r *Rules) fold(c *Claim, asOf time.Time) life {
	f := &c.Filing
	alone := f.With.IsZero() && len(f.Also) == 0
	l := life{status: Submitted, holder: c.Claimant, confirmed: alone || f.With.Side == model.Vendor}
	for i := range c.Events {
		e := &c.Events[i]
		if e.At.After(asOf) {
			break
		}
		if next, refusal := r.step(l, c, e); refusal.IsZero() {
			l = next
		}
	}
	return l
}

// step returns the state after an event, or the reason against it (reg.life). A claim can be won at its very end.
func (r *Rules) step(l life, c *Claim, e *Event) (life, value.Reason) {
	atEnd := l.status == Approved && e.At.Equal(l.until) && (e.Do == Win || e.Do == Lose)
	if l.status == Approved && !e.At.Before(l.until) && !atEnd {
		l.status, l.ended = Expired, l.until
	}
	if !l.takes(e.Do) {
		return l, lifeReason(l, e)
	}
	switch e.Do {
	case Approve:
		l.status, l.approved, l.since, l.terms = Approved, e.At, e.At, r.terms(e)
		l.until = r.until(&l)
	case Confirm:
		if c.Filing.names(e.By.Party) {
			l.confirmed = true
			l.until = r.until(&l)
		}
	case Admit:
		l.admitted = true
	case Extend:
		return r.extend(l, e)
	case Hand:
		return l.hand(e)
	case Reject, Withdraw, Win, Lose:
		l.status, l.ended, l.why = ends[e.Do], e.At, e.Reason
	}
	return l, value.Reason{}
}

// takes reports whether a step is possible from the status of a claim.
func (l *life) takes(do Verb) bool {
	switch do {
	case Approve, Reject:
		return l.status == Submitted
	case Withdraw, Confirm, Admit:
		return l.status == Submitted || l.status == Approved
	}
	return l.status == Approved
}

// terms returns the terms of an approval.
func (r *Rules) terms(e *Event) *Terms {
	if e.Terms != nil {
		return e.Terms
	}
	return &r.policy.Terms
}

// until returns when an approved claim ends if nothing else happens; zero before the approval.
func (r *Rules) until(l *life) time.Time {
	if l.approved.IsZero() {
		return time.Time{}
	}
	end := r.end(l.approved, l.terms.Protection+l.extended*l.terms.Extension)
	if l.confirmed {
		return end
	}
	due, err := r.workplace.End(l.approved, value.BusinessDays(l.terms.ConfirmWithin))
	if err != nil || due.After(end) {
		return end
	}
	return due
}

// ends has the status in which each final action ends a claim.
var ends = [...]Status{Reject: Rejected, Withdraw: Withdrawn, Win: Won, Lose: Lost}

func lifeReason(l life, e *Event) value.Reason {
	if !l.ended.IsZero() {
		return value.NewReason(Life, "the claim is {status} since {ended}, which is final; {action} comes too late",
			value.Op("status", value.Word(l.status.String())), value.Op("ended", l.ended),
			value.Op("action", value.Word(e.Do.String())))
	}
	return value.NewReason(Life, "the claim is {status}; {action} is no step from there",
		value.Op("status", value.Word(l.status.String())), value.Op("action", value.Word(e.Do.String())))
}

func (r *Rules) extend(l life, e *Event) (life, value.Reason) {
	switch {
	case l.terms.Extensions == 0:
		return l, value.NewReason(Extension, "by the terms of its approval the claim is never extended")
	case l.extended >= l.terms.Extensions:
		return l, value.NewReason(Extension,
			"the claim is extended until {until}; that is done {times} times at most",
			value.Op("until", value.End(l.until)), value.Op("times", l.terms.Extensions))
	case !l.confirmed:
		return l, value.NewReason(Extension, "the claim is not confirmed; one that is confirmed can be extended")
	case !e.Progress.After(l.since) || e.Progress.After(e.At):
		return l, value.NewReason(Extension,
			"the progress of {progress} is not between the approval or the last extension, {since}, and now",
			value.Op("progress", e.Progress), value.Op("since", l.since))
	}
	l.extended, l.since = l.extended+1, e.At
	l.until = r.until(&l)
	return l, value.Reason{}
}

// hand hands a claim over once its holder and a channel owner have said so, two people; a claim of the vendor goes
// by two channel owners.
func (l life) hand(e *Event) (life, value.Reason) {
	if e.To == l.holder {
		return l, value.NewReason(Life, "the party that is to get the claim has it")
	}
	if half := l.handing; half != nil && half.To == e.To && half.By != e.By &&
		(l.holder.Side == model.Vendor || half.By.Party != e.By.Party) {
		l.holder, l.handing = e.To, nil
		l.moves = append(slices.Clip(l.moves), move{e.At, e.To})
		return l, value.Reason{}
	}
	l.handing = e
	return l, value.Reason{}
}

// end returns 24:00 of the day that is so many days after the day of start; outside of the calendar it returns start.
func (r *Rules) end(start time.Time, days int) time.Time {
	date, err := value.DateOf(start, r.workplace.Zone)
	if err != nil {
		return start
	}
	if date, err = date.AddDays(days); err != nil {
		return start
	}
	return date.End(r.workplace.Zone)
}
