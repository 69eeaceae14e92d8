package registrationtest

import (
	"testing"

	"github.com/coselling/coselling/registration"
)

func equalInstants(t *testing.T, s *suite) {
	at := s.clock.now()
	claim := func(id string, i int) registration.Claim {
		return registration.Claim{ID: id, Claimant: partner(i), Filing: filing("1", "hooli.com"), Submitted: at}
	}
	if err := s.registry.Merge(t.Context(), claim("b", 2), claim("a", 1)); err != nil {
		t.Fatal(err)
	}
	expect(t, "the lower id", s.status(t, "a"), registration.Submitted)
	expect(t, "the higher id", s.status(t, "b"), registration.Queued)
	s.approve(t, "b")
	expect(t, "an approval out of turn", s.status(t, "b"), registration.Queued)
	s.approve(t, "a")
	expect(t, "the lower id", s.status(t, "a"), registration.Approved)
	expect(t, "the higher id", s.status(t, "b"), registration.Rejected)
	if err := s.registry.Merge(t.Context(), claim("c", 3), claim("a", 4)); err == nil {
		t.Error("a copy of another claimant is merged")
	}
	if got := len(s.claims(t, "hooli.com")); got != 2 {
		t.Errorf("%d claims after a merge that was refused, want 2", got)
	}
}

func gap(t *testing.T, s *suite) {
	owner := s.submit(t, partner(0), filing("1", "hooli.com"))
	until := s.approve(t, owner.Claim).Until
	s.clock.move(until.Sub(s.clock.now()) - 1000)
	expect(t, "a rival just before the end", s.submit(t, partner(1), filing("1", "hooli.com")).Status, registration.Refused)
	s.clock.move(1000)
	rival := s.submit(t, partner(1), filing("1", "hooli.com"))
	expect(t, "the same filing at the end", rival.Status, registration.Submitted)
	anew := s.submit(t, partner(0), filing("2", "hooli.com"))
	expect(t, "the former owner's new claim", anew.Status, registration.Queued)
	expect(t, "the rival", s.approve(t, rival.Claim).Status, registration.Approved)
	expect(t, "the former owner's new claim", s.status(t, anew.Claim), registration.Rejected)
	expect(t, "the former claim", s.status(t, owner.Claim), registration.Expired)
}

func scopes(t *testing.T, s *suite) {
	narrowed := func(products []registration.Product, regions ...registration.Region) registration.Filing {
		f := filing("1", "hooli.com")
		f.Scope = registration.Scope{Products: products, Regions: regions}
		return f
	}
	crm, erp := []registration.Product{"crm"}, []registration.Product{"erp"}
	first := s.submit(t, partner(0), narrowed(crm, "DE", "FR"))
	s.approve(t, first.Claim)
	for i, c := range []struct {
		filing registration.Filing
		want   registration.Status
	}{
		{narrowed(crm, "DE"), registration.Refused},
		{narrowed(nil, "FR"), registration.Refused},
		{narrowed(crm), registration.Refused},
		{narrowed(nil), registration.Refused},
		{narrowed(erp, "DE"), registration.Submitted},
		{narrowed(crm, "US"), registration.Submitted},
		{narrowed(erp), registration.Queued},
	} {
		expect(t, "scope "+c.filing.Scope.String(), s.submit(t, partner(i+1), c.filing).Status, c.want)
	}
}
