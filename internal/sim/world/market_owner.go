package world

import (
	"time"

	"github.com/coselling/coselling/internal/naive/claims"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
)

// owners checks that each account and scope has at most one owner, and that the registry finds it.
func (m *market) owners(s *site, asOf time.Time) {
	for i, c := range s.Claims {
		owned := s.Status(c) == registration.Approved
		for _, o := range s.Claims[:i] {
			if owned && s.Status(o) == registration.Approved && o.Rivals(c) {
				m.wrong("reg.first_wins: %s and %s both own", o.ID, c.ID)
			}
		}
		if owned {
			m.owner(s, &claims.Claim{Domains: c.Domains, Regions: c.Regions, Parts: c.Parts}, asOf)
		}
		if m.chance(4) {
			m.owner(s, &claims.Claim{Domains: c.Domains,
				Regions: pick(m.rand, nil, []string{"DE"}, []string{"FR"}, []string{"PL"}),
				Parts:   pick(m.rand, nil, []model.Function{model.Integration}, []model.Function{model.Resale})}, asOf)
		}
	}
}

// owner asks who owns an account and scope, the store in memory by its quick way too: of those whose claims overlap it
// the one with the earliest stamp.
func (m *market) owner(s *site, of *claims.Claim, asOf time.Time) {
	var first *claims.Claim
	for _, o := range s.Claims {
		if s.Status(o) == registration.Approved && of.Rivals(o) &&
			(first == nil || o.Submitted.Before(first.Submitted)) {
			first = o
		}
	}
	want := ""
	if first != nil {
		want = first.ID
	}
	key, err := m.laws.claims.Accounts().Key(matching.Account{Domains: of.Domains})
	if err != nil {
		m.wrong("reg.same_account: %v", err)
		return
	}
	scope := registration.Scope{Regions: of.Regions, Functions: of.Parts}
	got, err := call(m.world, "an owner", func(g *registration.Registry) (string, error) {
		o, _, err := g.Owner(background, key, scope, asOf)
		return o.ID, err
	})
	if err != nil || got != want {
		m.wrong("reg.first_wins: %v for %v, %v is of %q, want %q, %v", of.Domains, of.Regions, of.Parts, got, want, err)
	}
	if memory, ok := m.stores[0].Store.(*memstore.Store); ok {
		if quick, _, _ := memory.Owner(m.laws.claims, key, scope, asOf); quick != want {
			m.wrong("reg.first_wins: %v for %v, %v is quickly of %q, want %q", of.Domains, of.Regions, of.Parts, quick,
				want)
		}
	}
}
