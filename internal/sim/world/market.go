package world

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/naive/claims"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

// market is where many parties claim few accounts.
type market struct {
	*world
	sites  []*site
	number int // of the last filing
}

// site is three accounts that claims join, with the list that a person keeps of them by hand.
type site struct {
	claims.Registry
	number int
	filed  map[*claims.Claim]registration.Filing
	last   map[*claims.Claim]time.Time // the stamp of the last step
	recent *claims.Claim               // of the last step
	looks  []look                      // answers of the past
}

// look is an answer as of an instant.
type look struct {
	claim string
	asOf  time.Time
	text  string
	laws  *laws // in force when it was given
}

// traders are the parties of the market. No other party may read the names of partners.
var traders = []model.Party{us, model.PartnerOrg("zzanna"), model.PartnerOrg("zzbell"), model.PartnerOrg("zzcole"),
	model.PartnerOrg("zzdora")}

// perSite is how many claims are filed on a site until the next one opens.
const perSite = 30

func (m *market) step() {
	if m.chance(40) {
		m.skew = time.Duration(m.rand.IntN(180)-120) * time.Minute
		m.fault("a clock that goes back")
		for _, s := range m.sites {
			s.looks = nil // what happens next may be before them
		}
	}
	if m.number%perSite == 0 {
		m.number++
		m.sites = append(m.sites, &site{number: len(m.sites), filed: map[*claims.Claim]registration.Filing{},
			last: map[*claims.Claim]time.Time{}})
	}
	s := m.sites[max(0, len(m.sites)-1-m.rand.IntN(4))]
	switch n := m.rand.IntN(10); {
	case n < 4 || len(s.Claims) == 0:
		m.submit(m.sites[len(m.sites)-1])
	case n < 8:
		m.act(s, m.next(s))
	default:
		m.check(s)
	}
}

// at sets the clock of the list to the instant that the next step on accounts gets: that of the store, or the first
// microsecond after all steps on accounts that share a domain, directly or through others.
func (m *market) at(s *site, domains []string) time.Time {
	at := m.now.Add(m.skew).Truncate(time.Microsecond)
	reach := slices.Clone(domains)
	for range 3 { // domains of a site
		for _, c := range s.Claims {
			if slices.ContainsFunc(c.Domains, func(d string) bool { return slices.Contains(reach, d) }) {
				reach = append(reach, c.Domains...)
			}
		}
	}
	for _, c := range s.Claims {
		if slices.Contains(reach, c.Domains[0]) && !s.last[c].Before(at) {
			at = s.last[c].Add(time.Microsecond)
		}
	}
	s.Now, s.Zone = at, m.laws.zone
	s.Terms, s.Within = m.laws.book.Registration.Terms, m.laws.book.Registration.ApproveWithin
	return at
}

// draw makes a filing on a site.
func (m *market) draw(s *site) (*claims.Claim, registration.Filing) {
	m.number++
	c := &claims.Claim{Party: pick(m.rand, traders...)}
	c.Holder = c.Party
	f := registration.Filing{Key: fmt.Sprint("k", m.number), By: "ann"}
	for _, letter := range "abc" {
		if m.chance(3) {
			c.Domains = append(c.Domains, fmt.Sprintf("%c-market%d.com", letter, s.number))
		}
	}
	if c.Domains == nil || m.chance(8) { // one that nobody else files
		c.Domains = []string{fmt.Sprintf("only%d-market%d.com", m.number, s.number)}
	}
	for _, host := range c.Domains {
		f.Account.Domains = append(f.Account.Domains, pick(m.rand, "", "www.", "Shop.")+host)
	}
	if m.chance(3) {
		c.Regions = pick(m.rand, []string{"DE"}, []string{"FR"}, []string{"DE", "FR"})
	}
	if m.chance(4) {
		c.Parts = pick(m.rand, []model.Function{model.Integration}, []model.Function{model.Resale})
	}
	f.Scope.Regions, f.Scope.Functions = c.Regions, c.Parts
	if m.chance(3) {
		f.With = us
		if c.Party == us {
			f.With, c.Joint = traders[1], true
		}
	}
	return c, f
}

// submit files a claim, sometimes one that was filed before.
func (m *market) submit(s *site) {
	if len(s.Claims) > 0 && m.chance(6) {
		m.again(s, pick(m.rand, s.Claims...))
		return
	}
	c, f := m.draw(s)
	at := m.at(s, c.Domains)
	answer, err := call(m.world, "a filing", func(g *registration.Registry) (registration.Answer, error) {
		return g.Submit(background, c.Party, f)
	})
	if err != nil {
		m.wrong("a filing of %v: %v", f, err)
		return
	}
	want := s.Submit(c)
	m.Rules["claim "+want.String()]++
	if answer.Status != want || want != registration.Refused && !answer.Submitted.Equal(at) {
		m.wrong("reg.first_wins: %+v is %s, stamped %v, want %s, %v", f, answer.Status, answer.Submitted, want, at)
	}
	m.secret(c.Party, f.With, written(answer))
	if c.ID = answer.Claim; c.ID != "" {
		s.filed[c], s.last[c] = f, at
	}
}

// again sends a filing once more: it is the same claim.
func (m *market) again(s *site, c *claims.Claim) {
	m.fault("a filing that is sent twice")
	m.at(s, c.Domains)
	answer, err := call(m.world, "a filing sent again", func(g *registration.Registry) (registration.Answer, error) {
		return g.Submit(background, c.Party, s.filed[c])
	})
	if err != nil || answer.Claim != c.ID || answer.Status != s.Shown(c) {
		m.wrong("reg.atomic: %s sent again is %s, %s, want %s, %v", c.ID, answer.Claim, answer.Status, s.Shown(c), err)
	}
	other := s.filed[c]
	other.By += "o"
	_, err = call(m.world, "another filing", func(g *registration.Registry) (registration.Answer, error) {
		return g.Submit(background, c.Party, other)
	})
	if !errors.Is(err, registration.FilingReused) {
		m.wrong("reg.atomic: another filing under the key of %s: %v", c.ID, err)
	}
}

// next picks the claim of the next step, often that of the last one, or the first that waits for a decision.
func (m *market) next(s *site) *claims.Claim {
	if m.chance(2) && s.recent != nil {
		return s.recent
	}
	i := slices.IndexFunc(s.Claims, func(c *claims.Claim) bool { return c.Status == registration.Submitted })
	if i >= 0 && m.chance(2) {
		return s.Claims[i]
	}
	return pick(m.rand, s.Claims...)
}

// act takes a step with a claim.
func (m *market) act(s *site, c *claims.Claim) {
	at := m.at(s, c.Domains)
	m.number++
	e := registration.Event{By: model.Person{Name: pick(m.rand, owners...), Party: us},
		Reason: fmt.Sprint("reason ", m.number), Progress: at.Add(-time.Duration(m.rand.IntN(60)) * time.Hour)}
	if m.chance(2) && !c.Progress.IsZero() { // about the progress that counted last
		e.Progress = c.Progress.Add(time.Duration(m.rand.IntN(3)-1) * pick(m.rand, time.Microsecond, time.Hour))
	}
	e.Do = pick(m.rand, registration.Approve, registration.Approve, registration.Approve, registration.Reject,
		registration.Withdraw, registration.Extend, registration.Extend, registration.Win, registration.Lose,
		registration.Confirm, registration.Hand, registration.Hand)
	if c.Status == registration.Approved && m.chance(3) {
		e.Do = registration.Extend
	}
	with := s.filed[c].With
	var want bool
	switch e.Do {
	case registration.Hand:
		if m.chance(2) && c.Holder != us {
			e.By = model.Person{Name: "ann", Party: c.Holder}
		}
		e.To = pick(m.rand, traders...)
		want = s.Hand(c, e.By, e.To)
	case registration.Withdraw, registration.Confirm:
		e.By = model.Person{Name: "ann", Party: c.Holder}
		if e.Do == registration.Confirm {
			e.By.Party = with
		}
		if e.By.Party.IsZero() {
			return
		}
		want = s.Act(c, e.Do, e.Progress)
	default:
		want = s.Act(c, e.Do, e.Progress)
	}
	answer, err := call(m.world, e.Do.String(), func(g *registration.Registry) (registration.Answer, error) {
		return g.Act(background, c.ID, e)
	})
	m.Rules[fmt.Sprint(e.Do, " taken: ", want)]++
	if err != nil || answer.Accepted != want || answer.Status != s.Shown(c) {
		m.wrong("reg.life: %s of %s: %t, %s, want %t, %s, %v", e.Do, c.ID, answer.Accepted, answer.Status, want,
			s.Shown(c), err)
	}
	m.secret(e.By.Party, with, written(answer))
	if want {
		s.last[c], s.recent = at, c
	}
}

// secret checks that a partner reads the name of no other one, but of who stands in its own claim (reg.confidential).
func (m *market) secret(party, named model.Party, text string) {
	for _, other := range traders {
		if other != named && party != us && other != us && other != party && strings.Contains(text, other.Org) {
			m.wrong("reg.confidential: %s reads %s in %s", party, other, text)
		}
	}
}
