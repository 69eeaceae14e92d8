package registrationtest

import (
	"github.com/coselling/coselling/registration"
)

func equalInstants(s *suite) {
	at := s.clock.now()
	claim := func(id string, i int) registration.Claim {
		return registration.Claim{ID: id, Claimant: partner(i), Filing: filing("1", "hooli.com"), Submitted: at}
	}
	s.done(s.registry.Merge(s.Context(), claim("b", 2), claim("a", 1)))
	s.expect("the lower id", s.status("a"), registration.Submitted)
	s.expect("the higher id", s.status("b"), registration.Queued)
	s.approve("b")
	s.expect("an approval out of turn", s.status("b"), registration.Queued)
	s.approve("a")
	s.expect("the lower id", s.status("a"), registration.Approved)
	s.expect("the higher id", s.status("b"), registration.Rejected)
	if err := s.registry.Merge(s.Context(), claim("c", 3), claim("a", 4)); err == nil {
		s.Error("a copy of another claimant is merged")
	}
	if got := len(s.claims("hooli.com")); got != 2 {
		s.Errorf("%d claims after a merge that was refused, want 2", got)
	}
}

func gap(s *suite) {
	owner := s.submit(partner(0), filing("1", "hooli.com"))
	until := s.approve(owner.Claim).Until
	s.clock.move(until.Sub(s.clock.now()) - 1000)
	s.expect("a rival just before the end", s.submit(partner(1), filing("1", "hooli.com")).Status, registration.Refused)
	s.clock.move(1000)
	rival := s.submit(partner(1), filing("1", "hooli.com"))
	s.expect("the same filing at the end", rival.Status, registration.Submitted)
	anew := s.submit(partner(0), filing("2", "hooli.com"))
	s.expect("the former owner's new claim", anew.Status, registration.Queued)
	s.expect("the rival", s.approve(rival.Claim).Status, registration.Approved)
	s.expect("the former owner's new claim", s.status(anew.Claim), registration.Rejected)
	s.expect("the former claim", s.status(owner.Claim), registration.Expired)
}

func scopes(s *suite) {
	narrowed := func(products []string, regions ...string) registration.Filing {
		f := filing("1", "hooli.com")
		f.Scope = registration.Scope{Products: products, Regions: regions}
		return f
	}
	crm, erp := []string{"crm"}, []string{"erp"}
	first := s.submit(partner(0), narrowed(crm, "DE", "FR"))
	s.approve(first.Claim)
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
		s.expect("scope "+c.filing.Scope.String(), s.submit(partner(i+1), c.filing).Status, c.want)
	}
}
