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
	status   registration.Status
	approved time.Time
	until    time.Time
	extended bool
}

func share[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func (r *record) rivals(o *record) bool {
	return r.party != o.party && share(r.domains, o.domains) &&
		(len(r.regions) == 0 || len(o.regions) == 0 || share(r.regions, o.regions))
}

// pass lets time pass and expires the claims that have reached their end.
func (n *naive) pass(d time.Duration) {
	n.now = n.now.Add(d)
	for _, c := range n.claims {
		if c.status == registration.Approved && !n.now.Before(c.until) {
			c.status = registration.Expired
		}
	}
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
				o.party != p.party {
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

func (n *naive) act(c *record, do registration.Verb) {
	switch {
	case do == registration.Approve && c.status == registration.Submitted && !n.waits(c):
		c.status, c.approved = registration.Approved, n.now
		midnight := n.now.Truncate(day)
		c.until = midnight.Add(91 * day)
		for _, o := range n.claims {
			if o.status == registration.Submitted && o.rivals(c) {
				o.status = registration.Rejected
			}
		}
	case do == registration.Reject && c.status == registration.Submitted:
		c.status = registration.Rejected
	case do == registration.Withdraw && (c.status == registration.Submitted || c.status == registration.Approved):
		c.status = registration.Withdrawn
	case do == registration.Extend && c.status == registration.Approved && !c.extended:
		c.extended, c.until = true, c.until.Add(30*day)
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
				f.Scope.Regions = c.regions
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
					registration.Withdraw, registration.Extend, registration.Win, registration.Lose,
				}).Draw(t, "do")
				by := noor
				if do == registration.Withdraw {
					by = model.Person{Name: "ana", Party: c.party}
				}
				d.act(t, c.id, do, by)
				list.act(c, do)
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
					scope := registration.Scope{Regions: c.regions}
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
