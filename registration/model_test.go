package registration_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// naive is a registry as a list that a person keeps by hand: it stores the statuses and
// applies every rule at the moment at which something happens.
type naive struct {
	claims []*record
	now    time.Time
}

type record struct {
	id       string
	party    model.Party
	domains  []string
	regions  []string
	parts    []model.Function // of the claimant in the deal
	status   registration.Status
	until    time.Time
	extended int
	holder   model.Party
	both     bool        // with acme
	joint    bool        // another party has to confirm it
	also     bool        // for bolt too
	silent   time.Time   // when it ends without the confirmation; zero: it is confirmed
	to       model.Party // the half of a handover
	by       model.Person
}

func share[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func (r *record) rivals(o *record) bool {
	return r.holder != o.holder && r.overlaps(o)
}

func (r *record) overlaps(o *record) bool {
	return share(r.domains, o.domains) && (len(r.regions) == 0 || len(o.regions) == 0 || share(r.regions, o.regions)) &&
		(len(r.parts) == 0 || len(o.parts) == 0 || share(r.parts, o.parts))
}

// pass lets time pass and expires the claims that have reached their end.
func (n *naive) pass(d time.Duration) {
	n.now = n.now.Add(d)
	for _, c := range n.claims {
		if c.status == registration.Approved && !n.now.Before(c.ends()) {
			c.status = registration.Expired
		}
	}
}

func (r *record) ends() time.Time {
	if !r.silent.IsZero() {
		return r.silent
	}
	return r.until
}

// businessDays returns the end of the n-th business day after an instant.
func businessDays(at time.Time, days int) time.Time {
	midnight := at.Truncate(day)
	for n := 0; n < days; {
		midnight = midnight.Add(day)
		if d := midnight.Weekday(); d != time.Saturday && d != time.Sunday {
			n++
		}
	}
	return midnight.Add(day)
}

func (n *naive) submit(c *record) registration.Status {
	owned := slices.DeleteFunc(slices.Clone(n.claims),
		func(o *record) bool { return o.status != registration.Approved })
	for i, o := range owned {
		if o.rivals(c) {
			return registration.Refused
		}
		for _, p := range owned[:i] {
			if share(c.domains, o.domains) && share(c.domains, p.domains) && !share(o.domains, p.domains) &&
				o.holder != p.holder {
				return registration.Refused
			}
		}
	}
	c.status = registration.Submitted
	n.claims = append(n.claims, c)
	return n.shown(c)
}

// shown returns the status, with the queue taken into account.
func (n *naive) shown(c *record) registration.Status {
	if c.status == registration.Submitted && n.waits(c) {
		return registration.Queued
	}
	return c.status
}

func (n *naive) waits(c *record) bool {
	for _, o := range n.claims {
		if o == c {
			return false
		}
		if o.status == registration.Submitted && o.rivals(c) {
			return true
		}
	}
	return false
}

// owned reports whether a rival owns the account.
func (n *naive) owned(c *record) bool {
	return slices.ContainsFunc(n.claims, func(o *record) bool {
		return o.status == registration.Approved && o.rivals(c)
	})
}

// hand hands a claim over once both have said so, unless an elder claim of the giver would take it back.
func (n *naive) hand(c *record, by model.Person, to model.Party) {
	switch {
	case c.status != registration.Approved || to == c.holder:
		return
	case c.to != to || c.by == by || c.holder != us && c.by.Party == by.Party:
		c.to, c.by = to, by
		return
	}
	place := slices.Index(n.claims, c)
	for _, o := range n.claims[:place] {
		if o.status == registration.Approved && o.holder == c.holder && o.overlaps(c) {
			return
		}
	}
	c.holder, c.to = to, model.Party{}
	for _, o := range n.claims[place+1:] {
		if (o.status == registration.Approved || o.status == registration.Submitted) && o.rivals(c) {
			o.status = registration.Rejected
		}
	}
}

func (n *naive) act(c *record, do registration.Verb) {
	switch {
	case do == registration.Approve && c.status == registration.Submitted && !n.waits(c) && !n.owned(c):
		c.status = registration.Approved
		c.until = n.now.Truncate(day).Add(121 * day)
		if c.joint {
			c.silent = businessDays(n.now, 10)
		}
		for _, o := range n.claims {
			if o.status == registration.Submitted && o.rivals(c) {
				o.status = registration.Rejected
			}
		}
	case do == registration.Reject && c.status == registration.Submitted:
		c.status = registration.Rejected
	case do == registration.Withdraw && (c.status == registration.Submitted || c.status == registration.Approved):
		c.status = registration.Withdrawn
	case do == registration.Confirm && (c.status == registration.Submitted || c.status == registration.Approved):
		c.joint, c.silent = false, time.Time{}
	case do == registration.Extend && c.status == registration.Approved && c.silent.IsZero() && c.extended < 2:
		c.extended, c.until = c.extended+1, c.until.Add(30*day)
	case do == registration.Win && c.status == registration.Approved:
		c.status = registration.Won
	case do == registration.Lose && c.status == registration.Approved:
		c.status = registration.Lost
	}
}

var (
	everyDomain = []string{"a.com", "b.com", "c.com"}
	everyParty  = []model.Party{us, acme, bolt, model.PartnerOrg("corp")}
)

func subset[T any](t *rapid.T, all []T, label string, from int) []T {
	var some []T
	for i, x := range all {
		if rapid.Bool().Draw(t, fmt.Sprint(label, i)) {
			some = append(some, x)
		}
	}
	if len(some) < from {
		some = all[:from]
	}
	return some
}

// After random steps the registry gives the answers of the naive list, and every account
// and scope has at most one owner.
func TestRegistryAnswersLikeANaiveList(t *testing.T) {
	rules := compile(t, policy())
	rapid.Check(t, func(t *rapid.T) {
		list := &naive{now: start}
		d := newDesk(t, rules)
		n := 0
		pass := func(by time.Duration) { list.pass(by); d.now = list.now }
		t.Repeat(map[string]func(*rapid.T){
			"submit": func(t *rapid.T) {
				pass(time.Second)
				n++
				c := &record{
					party: rapid.SampledFrom(everyParty).Draw(t, "party"), domains: subset(t, everyDomain, "domain", 1),
					regions: subset(t, []string{"DE", "FR"}, "region", 0),
				}
				f := filing(fmt.Sprint(n), c.domains...)
				c.parts = subset(t, []model.Function{model.Resale, model.Integration}, "function", 0)
				f.Scope.Regions, f.Scope.Functions, c.holder = c.regions, c.parts, c.party
				if c.joint = c.party == us && rapid.Bool().Draw(t, "joint"); c.joint {
					f.With = acme
				}
				c.both = c.joint
				if c.also = c.party != bolt && (c.party != us || c.both) && rapid.Bool().Draw(t, "also"); c.also {
					f.Also, c.joint = []model.Party{bolt}, true
				}
				a := d.submit(t, c.party, f)
				c.id = a.Claim
				if want := list.submit(c); a.Status != want {
					t.Fatalf("submitted %+v: %s, want %s", c, a.Status, want)
				}
			},
			"act": func(t *rapid.T) {
				if len(list.claims) == 0 {
					t.Skip("no claims")
				}
				pass(time.Second)
				c := rapid.SampledFrom(list.claims).Draw(t, "claim")
				do := rapid.SampledFrom([]registration.Verb{
					registration.Approve, registration.Approve, registration.Approve, registration.Reject,
					registration.Withdraw, registration.Extend, registration.Win, registration.Lose, registration.Confirm,
				}).Draw(t, "do")
				by := noor
				switch {
				case do == registration.Withdraw:
					by = model.Person{Name: "ana", Party: c.holder}
				case do == registration.Confirm && !c.both && !c.also:
					t.Skip("for its claimant alone")
				case do == registration.Confirm && (!c.both || c.also && rapid.Bool().Draw(t, "bolt")):
					by = model.Person{Name: "bob", Party: bolt}
				case do == registration.Confirm:
					by = ana
				}
				d.act(t, c.id, do, by)
				list.act(c, do)
			},
			"hand": func(t *rapid.T) {
				if len(list.claims) == 0 {
					t.Skip("no claims")
				}
				c := rapid.SampledFrom(list.claims).Draw(t, "claim")
				to := rapid.SampledFrom(everyParty).Draw(t, "to")
				for _, by := range []model.Person{{Name: "ana", Party: c.holder}, noor, vic} {
					if by.Party == us && by.Name == "ana" || !rapid.Bool().Draw(t, by.Name) {
						continue
					}
					pass(time.Second)
					e := registration.Event{Do: registration.Hand, By: by, To: to, Reason: fmt.Sprint(list.now)}
					if c.holder != us && by.Party != us && by.Party != c.holder {
						continue
					}
					if _, err := d.Act(ctx, c.id, e); err != nil {
						t.Fatal(err)
					}
					list.hand(c, by, to)
				}
			},
			"time": func(t *rapid.T) {
				pass(time.Duration(rapid.IntRange(1, 60).Draw(t, "days")) * day)
			},
			"": func(t *rapid.T) {
				pass(time.Second)
				for _, c := range list.claims {
					a, err := d.Answer(ctx, us, c.id, d.now)
					if want := list.shown(c); err != nil || a.Status != want {
						t.Fatalf("%s: %s, want %s, %v", c.id, a.Status, want, err)
					}
				}
				for i, c := range list.claims {
					owned := c.status == registration.Approved
					key, err := rules.Accounts().Key(filing("x", c.domains...).Account)
					if err != nil {
						t.Fatal(err)
					}
					scope := registration.Scope{Regions: c.regions, Functions: c.parts}
					id, _, ok := d.store.Owner(rules, key, scope, d.now)
					slow, found, err := d.Owner(ctx, key, scope, d.now)
					if err != nil || ok != found || id != slow.ID || owned && !ok {
						t.Fatalf("the holder of %v is %q, %v; slowly %q, %v", c.domains, id, ok, slow.ID, found)
					}
					for _, o := range list.claims[:i] {
						if owned && o.status == registration.Approved && o.rivals(c) {
							t.Fatalf("%s and %s both own", o.id, c.id)
						}
					}
				}
			},
		})
	})
}
