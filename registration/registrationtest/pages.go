package registrationtest

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// keyed tests that a store finds claims by the keys that were put last, in bytewise order.
func keyed(s *suite) {
	random := rand.New(rand.NewPCG(1, 9))
	keys := make(map[string]string) // and the ids of their claims
	for range 40 {
		entries := someEntries(random)
		fails := random.IntN(4) == 0
		next := make(map[string]string)
		for key, id := range keys {
			if !slices.ContainsFunc(entries, func(e registration.Keyed) bool { return e.Claim.ID == id }) {
				next[key] = id
			}
		}
		about := registration.Subject{}
		for _, e := range entries {
			about.Claims, about.Terms = append(about.Claims, e.Claim.ID), e.Claim.Key.Terms()
			for _, key := range e.Keys {
				next[key] = e.Claim.ID
			}
		}
		err := s.store.Write(s.Context(), about, func(tx registration.Tx) error {
			s.done(tx.Put(entries...))
			s.ranges(tx, random, next)
			if fails {
				return errLost
			}
			return nil
		})
		switch {
		case fails:
			s.expect("the error of a put that is undone", err, errLost)
		default:
			s.done(err)
			keys = next
		}
		s.done(s.store.Read(s.Context(), func(tx registration.Tx) error { s.ranges(tx, random, keys); return nil }))
	}
	if len(keys) < 5 {
		s.Errorf("%d keys", len(keys))
	}
}

// someEntries returns claims with keys whose order differs between languages.
func someEntries(random *rand.Rand) (entries []registration.Keyed) {
	for i := range 8 {
		if random.IntN(3) > 0 {
			continue
		}
		c := registration.Claim{ID: fmt.Sprint("c", i), Claimant: partner(i), Filing: filing("k", "hooli.com"),
			Submitted: time.Unix(1e9, 0).UTC(), Key: matching.Key{Domains: []string{"hooli.com"}}}
		e := registration.Keyed{Claim: c}
		for _, head := range []string{"a", "B", "a b", "a-b", "a\tb", "~", "\x7f", "é", "Z", "10", "9"} {
			if random.IntN(4) == 0 {
				e.Keys = append(e.Keys, fmt.Sprint(head, "\t", c.ID))
			}
		}
		entries = append(entries, e)
	}
	return entries
}

// ranges compares ranges of the keys of a view with all keys.
func (s *suite) ranges(tx registration.Tx, random *rand.Rand, keys map[string]string) {
	s.Helper()
	bounds := append([]string{"", "a", "a\t", "a\x7f", "B", "~", "~\x7f", "é", "\U0010ffff"},
		slices.Sorted(maps.Keys(keys))...)
	for range 4 {
		from, to, limit := bounds[random.IntN(len(bounds))], bounds[random.IntN(len(bounds))], 1+random.IntN(20)
		var want []string
		for key, id := range keys {
			if from <= key && key < to {
				want = append(want, key+" of "+id)
			}
		}
		slices.Sort(want)
		list, err := tx.List(from, to, limit)
		s.done(err)
		var got []string
		for _, e := range list {
			if len(e.Keys) != 1 {
				s.Fatalf("an entry of a list has the keys %q", e.Keys)
			}
			got = append(got, e.Keys[0]+" of "+e.Claim.ID)
		}
		if want = want[:min(len(want), limit)]; !slices.Equal(got, want) {
			s.Errorf("from %q to %q: %q, want %q", from, to, got, want)
		}
	}
}

// pages returns the claims of all pages of a list.
func (s *suite) pages(g *registration.Registry, party model.Party, f registration.Filter) []registration.Listed {
	s.Helper()
	var list []registration.Listed
	for {
		page, err := g.List(s.Context(), party, f)
		s.done(err)
		list = append(list, page.Claims...)
		if page.Next == "" {
			return list
		}
		if len(page.Claims) != f.Limit {
			s.Fatalf("a page of %d claims has %d and is not the last one", f.Limit, len(page.Claims))
		}
		f.After = page.Next
	}
}

// lists asks both for a random list, and compares the whole list with the standings of the claims.
func (p *pair) lists(at time.Time) {
	p.Helper()
	f := registration.Filter{AsOf: at, Limit: 1 + p.random.IntN(9)}
	party := pick(p, append(rivals, partner(4))...)
	if party == us && p.random.IntN(2) == 0 {
		f.Party = pick(p, rivals...)
	}
	if p.random.IntN(2) == 0 {
		f.Status = pick(p, registration.Submitted, registration.Queued, registration.Approved, registration.Rejected,
			registration.Expired)
	}
	if p.random.IntN(3) == 0 {
		f.DueBefore = at.Add(time.Duration(p.random.IntN(100*24)) * time.Hour)
	}
	if p.random.IntN(4) == 0 {
		f.Account.Domains = []string{fmt.Sprintf("%s%d.com", pick(p, "a", "b", "c"), p.round)}
	}
	p.same("a list", new(twin{}), func(g *registration.Registry, id *string) (any, error) {
		list := p.pages(g, party, f)
		slices.SortFunc(list, func(a, b registration.Listed) int { return cmp.Compare(p.nameOf(a), p.nameOf(b)) })
		return list, nil
	})
	p.standing(at)
}

// nameOf returns the name of a listed claim in both registries.
func (p *pair) nameOf(l registration.Listed) string {
	i := slices.IndexFunc(p.claims, func(c twin) bool { return c.id == l.Claim || c.twin == l.Claim })
	return fmt.Sprintf("%04d", i)
}

// standing compares the list of all claims with the standing of each.
func (p *pair) standing(at time.Time) {
	p.Helper()
	list := p.pages(p.registry, us, registration.Filter{AsOf: at, Limit: 50})
	stored := make(map[string]bool)
	for _, c := range p.claims {
		stored[c.id] = true // a filing that was sent again is one claim
	}
	p.expect("claims listed", len(list), len(stored))
	if !slices.IsSortedFunc(list, func(a, b registration.Listed) int {
		return cmp.Or(noneLast(a.Due, b.Due), noneLast(a.Until, b.Until), cmp.Compare(a.Claim, b.Claim))
	}) {
		p.Error("the list is not in its order")
	}
	for _, l := range list {
		d, _, err := p.registry.Explain(p.Context(), l.Claim, at)
		p.done(err)
		want := registration.Listed{Status: d.Standing.Status, Until: d.Standing.Until}
		switch want.Status {
		case registration.Submitted:
			want.Due = d.Standing.Due
		case registration.Approved:
			for _, due := range append(d.Standing.Reminders, d.Standing.Until) {
				if want.Due.IsZero() && due.After(at) {
					want.Due = due
				}
			}
		}
		got := registration.Listed{Status: l.Status, Due: l.Due, Until: l.Until}
		p.expect("as listed, "+l.Claim, fmt.Sprint(got), fmt.Sprint(want))
	}
}

func noneLast(a, b time.Time) int {
	if a.IsZero() || b.IsZero() {
		return -cmp.Compare(a.Unix(), b.Unix())
	}
	return a.Compare(b)
}
