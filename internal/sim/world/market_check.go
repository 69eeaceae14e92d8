package world

import (
	"errors"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/naive/claims"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// check compares what the registry says of a site with the list.
func (m *market) check(s *site) {
	asOf := m.at(s, []string{s.Claims[0].Domains[0]}).Add(-time.Millisecond) // what happens next is later
	for _, c := range s.Claims {
		if s.last[c].After(asOf) {
			asOf = s.last[c]
		}
	}
	s.Now = asOf
	for range min(3, len(s.Claims)) {
		m.compare(s, pick(m.rand, s.Claims...), asOf)
	}
	m.owners(s, asOf)
	m.listed(s, asOf)
	if m.chance(6) {
		m.lists()
	}
	m.past(s)
}

// compare asks about a claim as the vendor, as its holder and as somebody else.
func (m *market) compare(s *site, c *claims.Claim, asOf time.Time) {
	d, err := call(m.world, "an explanation", func(g *registration.Registry) (registration.Decision, error) {
		d, _, err := g.Explain(background, c.ID, asOf)
		return d, err
	})
	got, want := d.Standing, s.Shown(c)
	if err != nil || got.Status != want || got.Holder != c.Holder {
		m.wrong("reg.life: %s is %s of %s, want %s of %s, %v", c.ID, got.Status, got.Holder, want, c.Holder, err)
		return
	}
	if want == registration.Approved && (!got.Until.Equal(c.Ends()) || got.Active == c.Joint) {
		m.wrong("reg.life: %s ends %v, active %t, want %v, %t", c.ID, got.Until, got.Active, c.Ends(), !c.Joint)
	}
	if want == registration.Submitted && !got.Due.Equal(s.Due(c)) {
		m.wrong("reg.late_approval: %s is due %v, want %v", c.ID, got.Due, s.Due(c))
	}
	late := slices.ContainsFunc(got.Findings,
		func(r value.Reason) bool { return r.Code() == registration.LateApproval })
	judged := want == registration.Approved || want == registration.Expired || want == registration.Submitted
	if judged && late != s.Late(c) {
		m.wrong("reg.late_approval: %s, %s, is late: %t, due %v, decided %v", c.ID, want, late, s.Due(c), c.Decided)
	}
	for _, p := range traders {
		named := p == us || p == c.Party || p == c.Holder || p == s.filed[c].With
		answer, err := call(m.world, "an answer", func(g *registration.Registry) (registration.Answer, error) {
			return g.Answer(background, p, c.ID, asOf)
		})
		m.secret(p, s.filed[c].With, written(answer))
		if named && (err != nil || answer.Status != want) {
			m.wrong("reg.confidential: %s reads %s of %s, want %s, %v", p, answer.Status, c.ID, want, err)
		}
		if err == nil && p == us && asOf.Before(m.now.Add(m.skew)) {
			s.looks = append(s.looks, look{c.ID, asOf, written(answer), m.laws})
		}
		handed := slices.ContainsFunc(d.Standing.Claim.Events,
			func(e registration.Event) bool { return e.Do == registration.Hand && e.To == p })
		if !named && !handed && !errors.Is(err, registration.ClaimUnknown) {
			m.wrong("reg.confidential: %s may look at %s: %v", p, c.ID, err)
		}
	}
}

// listed checks the vendor's list of the claims on an account, page by page.
func (m *market) listed(s *site, asOf time.Time) {
	domain := pick(m.rand, s.Claims...).Domains[0]
	f := registration.Filter{Account: matching.Account{Domains: []string{domain}}, AsOf: asOf, Limit: 4}
	got := map[string]registration.Status{}
	for {
		page, err := call(m.world, "a list", func(g *registration.Registry) (registration.Page, error) {
			return g.List(background, us, f)
		})
		if err != nil {
			m.wrong("a list of %s: %v", domain, err)
			return
		}
		for _, l := range page.Claims {
			got[l.Claim] = l.Status
		}
		if f.After = page.Next; page.Next == "" {
			break
		}
	}
	count := 0
	for _, c := range s.Claims {
		if !slices.Contains(c.Domains, domain) {
			continue
		}
		count++
		if want := s.Shown(c); got[c.ID] != want {
			m.wrong("a list of %s: %s is %s, want %s", domain, c.ID, got[c.ID], want)
		}
	}
	if count != len(got) {
		m.wrong("a list of %s has %d claims, want %d", domain, len(got), count)
	}
}

// past asks again about the past: what was learnt since then changes nothing of it.
func (m *market) past(s *site) {
	if len(s.looks) == 0 {
		return
	}
	old := pick(m.rand, s.looks...)
	if old.laws != m.laws {
		return // the days to decide may be others
	}
	answer, err := call(m.world, "an old answer", func(g *registration.Registry) (registration.Answer, error) {
		return g.Answer(background, us, old.claim, old.asOf)
	})
	if text := written(answer); err != nil || text != old.text {
		m.wrong("reg.life: as of %v %s was\n%s\nand is now\n%s, %v", old.asOf, old.claim, old.text, text, err)
	}
}
