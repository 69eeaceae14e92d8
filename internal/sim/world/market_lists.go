package world

import (
	"slices"
	"time"

	"github.com/coselling/coselling/internal/naive/claims"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// lists checks the list of a party over all accounts, page by page: it has every claim of the market that the party may
// list and that the filter is about, once.
func (m *market) lists() {
	m.Rules["lists over all accounts"]++
	all := m.pages(us, registration.Filter{Limit: 1000})
	known, asOf := map[string]registration.Listed{}, m.now.Add(m.skew).Truncate(time.Microsecond)
	for _, l := range all {
		known[l.Claim] = l
	}
	party := pick(m.rand, traders...)
	f := registration.Filter{AsOf: asOf, Limit: 1 + m.rand.IntN(9)}
	if m.chance(2) {
		f.Status = pick(m.rand, registration.Submitted, registration.Queued, registration.Approved,
			registration.Rejected, registration.Expired, registration.Won)
	}
	if m.chance(3) {
		f.DueBefore = asOf.Add(time.Duration(m.rand.IntN(100*24)) * time.Hour)
	}
	want, judged := []string(nil), map[string]bool{}
	for _, s := range m.sites {
		if s.Now = asOf; slices.ContainsFunc(s.Claims, func(c *claims.Claim) bool { return s.last[c].After(asOf) }) {
			continue // a clock that went back
		}
		for _, c := range s.Claims {
			judged[c.ID] = true
			l := known[c.ID]
			if status := s.Shown(c); l.Status != status {
				m.wrong("a list of everything: %s is %s, want %s", c.ID, l.Status, status)
			}
			if party == us || slices.Contains([]model.Party{c.Party, c.Holder, s.filed[c].With}, party) {
				due := f.DueBefore.IsZero() || !l.Due.IsZero() && l.Due.Before(f.DueBefore)
				if due && (f.Status == 0 || f.Status == l.Status) {
					want = append(want, c.ID)
				}
			}
		}
	}
	var got []string
	for _, l := range m.pages(party, f) {
		if judged[l.Claim] {
			got = append(got, l.Claim)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		m.wrong("a list of %s with %+v has %v, want %v", party, f, got, want)
	}
}

// pages returns the claims of all pages of a list, which are in the order in which something falls due.
func (m *market) pages(party model.Party, f registration.Filter) (list []registration.Listed) {
	for {
		page, err := call(m.world, "a list", func(g *registration.Registry) (registration.Page, error) {
			return g.List(background, party, f)
		})
		if err != nil {
			m.wrong("a list of %s with %+v: %v", party, f, err)
		}
		list = append(list, page.Claims...)
		if f.After = page.Next; page.Next == "" {
			break
		}
	}
	if !slices.IsSortedFunc(list, func(a, b registration.Listed) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			return b.Due.Compare(a.Due) // nothing due comes last
		}
		return a.Due.Compare(b.Due)
	}) {
		m.wrong("a list of %s with %+v is not in order", party, f)
	}
	return list
}
