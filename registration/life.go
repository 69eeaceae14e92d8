package registration

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// life is how a claim stands by its own events; an instant that has not come is zero.
type life struct {
	status    Status
	approved  time.Time
	until     time.Time // end of the protection, once approved
	ended     time.Time
	confirmed bool
	extended  bool
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
	l := life{status: Submitted}
	for _, e := range c.Events {
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
func (r *Rules) step(l life, c *Claim, e Event) (life, value.Reason) {
	atEnd := l.status == Approved && e.At.Equal(l.until) && (e.Do == Win || e.Do == Lose)
	if l.status == Approved && !e.At.Before(l.until) && !atEnd {
		l.status, l.ended = Expired, l.until
	}
	needs := Approved
	if e.Do == Approve || e.Do == Reject {
		needs = Submitted
	}
	open := l.status == Submitted || l.status == Approved
	if !open || l.status != needs && e.Do != Withdraw && e.Do != Confirm {
		return l, lifeReason(l, e)
	}
	switch e.Do {
	case Approve:
		l.status, l.approved, l.until = Approved, e.At, r.end(e.At, r.policy.Protection)
	case Confirm:
		l.confirmed = l.confirmed || e.By.Party == c.Filing.With
	case Extend:
		return r.extend(l, e)
	case Reject, Withdraw, Win, Lose:
		l.status, l.ended = ends[e.Do], e.At
	}
	return l, value.Reason{}
}

// ends has the status in which each final action ends a claim.
var ends = [...]Status{Reject: Rejected, Withdraw: Withdrawn, Win: Won, Lose: Lost}

func lifeReason(l life, e Event) value.Reason {
	if !l.ended.IsZero() {
		return value.NewReason(Life, "the claim is {status} since {ended}, which is final; {action} comes too late",
			value.Op("status", value.Word(l.status.String())), value.Op("ended", l.ended),
			value.Op("action", value.Word(e.Do.String())))
	}
	return value.NewReason(Life, "the claim is {status}; {action} is no step from there",
		value.Op("status", value.Word(l.status.String())), value.Op("action", value.Word(e.Do.String())))
}

func (r *Rules) extend(l life, e Event) (life, value.Reason) {
	switch {
	case r.policy.Extension == 0:
		return l, value.NewReason(Extension, "the policy extends no claim")
	case l.extended:
		return l, value.NewReason(Extension, "the claim is extended already, until {until}; that is done once",
			value.Op("until", value.End(l.until)))
	case e.Progress.Before(l.approved) || e.Progress.After(e.At):
		return l, value.NewReason(Extension,
			"the progress of {progress} is not between the approval, {approved}, and now",
			value.Op("progress", e.Progress), value.Op("approved", l.approved))
	}
	l.extended, l.until = true, r.end(l.approved, r.policy.Protection+r.policy.Extension)
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

// confirmed reports whether a claim is confirmed; one for a single side is, and the vendor confirms by its approval.
func (c *Claim) confirmed(l life) bool {
	return c.Filing.With.IsZero() || c.Filing.With.Side == model.Vendor || l.confirmed
}
