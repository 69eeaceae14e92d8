// Package claims is a registry of claims as a list that a person keeps by hand. It stores the statuses and applies
// every rule at the moment at which something happens. Tests and the simulator compare the real registry with it.
package claims

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// Registry is the list. Set Now before each step; it may go back. Terms are those of the policy in force; of a nil Zone
// days are those of UTC.
type Registry struct {
	Claims []*Claim
	Now    time.Time
	Zone   *time.Location
	Terms  registration.Terms
	Within int // business days to decide
}

// Claim is a line of the list. ID, Party, Holder (which is Party at first), Domains and, where it is for several, Joint
// are given; the registry fills in the rest.
type Claim struct {
	ID      string
	Party   model.Party
	Domains []string
	Regions []string         // nil: all
	Parts   []model.Function // of the claimant in the deal; nil: all
	Joint   bool             // another party has to confirm it

	Holder    model.Party
	Status    registration.Status
	Submitted time.Time
	Clock     time.Time // from which the days to decide count; zero while it waits for an elder one
	Decided   time.Time // when it was approved or a channel owner rejected it
	Until     time.Time
	Progress  time.Time // of the approval or the last extension
	extended  int
	terms     registration.Terms // of the approval
	silent    time.Time          // when it ends without the confirmation; zero: it is confirmed
	to        model.Party        // the half of a handover
	by        model.Person
}

func share[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// Rivals reports whether two claims of different holders overlap.
func (c *Claim) Rivals(o *Claim) bool { return c.Holder != o.Holder && c.overlaps(o) }

func (c *Claim) overlaps(o *Claim) bool {
	return share(c.Domains, o.Domains) && (len(c.Regions) == 0 || len(o.Regions) == 0 || share(c.Regions, o.Regions)) &&
		(len(c.Parts) == 0 || len(o.Parts) == 0 || share(c.Parts, o.Parts))
}

// Ends returns when an approved claim ends if nothing else happens.
func (c *Claim) Ends() time.Time {
	if !c.silent.IsZero() && c.silent.Before(c.Until) {
		return c.silent
	}
	return c.Until
}

// Status returns how a claim stands now, without the queue: an approved one has expired at its end.
func (n *Registry) Status(c *Claim) registration.Status {
	if c.Status == registration.Approved && !n.Now.Before(c.Ends()) {
		return registration.Expired
	}
	return c.Status
}

// atEnd reports whether an approved claim ends right now, when it can still be won or lost.
func (n *Registry) atEnd(c *Claim) bool {
	return c.Status == registration.Approved && n.Now.Equal(c.Ends())
}

// midnight returns the end of the day that is so many days after that of an instant.
func (n *Registry) midnight(at time.Time, days int) time.Time {
	zone := n.Zone
	if zone == nil {
		zone = time.UTC
	}
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day+days+1, 0, 0, 0, 0, zone)
}

// BusinessDays returns the end of the n-th business day after an instant.
func (n *Registry) BusinessDays(at time.Time, days int) time.Time {
	for i := 1; ; i++ {
		end := n.midnight(at, i)
		if d := end.Add(-time.Hour).In(end.Location()).Weekday(); d != time.Saturday && d != time.Sunday {
			days--
		}
		if days == 0 {
			return end
		}
	}
}

// Submit files a claim and returns its status; one that is refused is not kept.
func (n *Registry) Submit(c *Claim) registration.Status {
	owned := slices.DeleteFunc(slices.Clone(n.Claims),
		func(o *Claim) bool { return n.Status(o) != registration.Approved })
	for i, o := range owned {
		if o.Rivals(c) {
			return registration.Refused
		}
		for _, p := range owned[:i] {
			if share(c.Domains, o.Domains) && share(c.Domains, p.Domains) && !share(o.Domains, p.Domains) &&
				o.Holder != p.Holder {
				return registration.Refused
			}
		}
	}
	c.Status, c.Submitted = registration.Submitted, n.Now
	n.Claims = append(n.Claims, c)
	n.serve()
	return n.Shown(c)
}

// Shown returns the status, with the queue taken into account.
func (n *Registry) Shown(c *Claim) registration.Status {
	if c.Status == registration.Submitted && n.waits(c) {
		return registration.Queued
	}
	return n.Status(c)
}

// serve starts the clock of each claim that waits for no elder one any more.
func (n *Registry) serve() {
	for _, c := range n.Claims {
		if c.Status == registration.Submitted && c.Clock.IsZero() && !n.waits(c) {
			c.Clock = n.Now
		}
	}
}

// Due returns when the decision on a claim that waits for no elder one is due, by the policy in force.
func (n *Registry) Due(c *Claim) time.Time { return n.BusinessDays(c.Clock, n.Within) }

// Late reports whether the decision came too late, or has not come in time.
func (n *Registry) Late(c *Claim) bool {
	decided := c.Decided
	if decided.IsZero() {
		decided = n.Now
	}
	return !decided.Before(n.Due(c))
}

func (n *Registry) waits(c *Claim) bool {
	for _, o := range n.Claims {
		if o == c {
			return false
		}
		if o.Status == registration.Submitted && o.Rivals(c) {
			return true
		}
	}
	return false
}

// owned reports whether a rival owns the account.
func (n *Registry) owned(c *Claim) bool {
	return slices.ContainsFunc(n.Claims, func(o *Claim) bool {
		return n.Status(o) == registration.Approved && o.Rivals(c)
	})
}

// Hand hands a claim over once both have said so, unless an elder claim of the giver would take it back. It reports
// whether it took the step, a half too.
func (n *Registry) Hand(c *Claim, by model.Person, to model.Party) bool {
	defer n.serve()
	vendor := c.Holder.Side == model.Vendor
	switch {
	case n.Status(c) != registration.Approved || to == c.Holder:
		return false
	case c.to != to || c.by == by || !vendor && c.by.Party == by.Party:
		c.to, c.by = to, by
		return true
	}
	place := slices.Index(n.Claims, c)
	for _, o := range n.Claims[:place] {
		if n.Status(o) == registration.Approved && o.Holder == c.Holder && o.overlaps(c) {
			return false
		}
	}
	c.Holder, c.to = to, model.Party{}
	for _, o := range n.Claims[place+1:] {
		if s := n.Status(o); (s == registration.Approved || s == registration.Submitted) && o.Rivals(c) {
			o.Status = registration.Rejected
		}
	}
	return true
}

// Act takes a step that is no handover, an extension for progress at an instant. It reports whether it was taken.
func (n *Registry) Act(c *Claim, do registration.Verb, progress time.Time) bool {
	defer n.serve()
	status := n.Status(c)
	live := status == registration.Submitted || status == registration.Approved
	switch {
	case do == registration.Approve && c.Status == registration.Submitted && !n.waits(c) && !n.owned(c):
		n.approve(c)
	case do == registration.Reject && c.Status == registration.Submitted:
		c.Status, c.Decided = registration.Rejected, n.Now
	case do == registration.Withdraw && live:
		c.Status = registration.Withdrawn
	case do == registration.Confirm && live:
		c.Joint, c.silent = false, time.Time{}
	case do == registration.Extend && status == registration.Approved && c.silent.IsZero() &&
		c.extended < c.terms.Extensions && progress.After(c.Progress) && !progress.After(n.Now):
		c.extended, c.Progress = c.extended+1, n.Now
		c.Until = n.midnight(c.Decided, c.terms.Protection+c.extended*c.terms.Extension)
	case do == registration.Win && (status == registration.Approved || n.atEnd(c)):
		c.Status = registration.Won
	case do == registration.Lose && (status == registration.Approved || n.atEnd(c)):
		c.Status = registration.Lost
	default:
		return false
	}
	return true
}

func (n *Registry) approve(c *Claim) {
	c.Status, c.Decided, c.Progress, c.terms = registration.Approved, n.Now, n.Now, n.Terms
	c.Until = n.midnight(n.Now, c.terms.Protection)
	if c.Joint {
		c.silent = n.BusinessDays(n.Now, c.terms.ConfirmWithin)
	}
	for _, o := range n.Claims {
		if o.Status == registration.Submitted && o.Rivals(c) {
			o.Status = registration.Rejected
		}
	}
}
