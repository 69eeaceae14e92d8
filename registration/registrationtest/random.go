package registrationtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

const (
	randomRounds = 3
	randomSteps  = 50
)

// likeAList: whatever happens, in an order that is random and the same in every run,
// the answers are those of a store that looks through a list.
func likeAList(s *suite) {
	reference := s.open(newList(s.clock.now))
	for round := range uint64(randomRounds) { // each on other accounts
		p := &pair{
			suite: s, random: rand.New(rand.NewPCG(round, 6)), reference: reference,
			hosts: []string{fmt.Sprintf("a%d.com", round), fmt.Sprintf("b%d.com", round), fmt.Sprintf("c%d.com", round)}, round: round,
		}
		for range randomSteps {
			s.clock.move(time.Second)
			p.step()
			if s.Failed() {
				s.Fatalf("round %d, after %d claims", round, len(p.claims))
			}
		}
		p.compare()
		if len(p.claims) < randomSteps/10 {
			s.Errorf("round %d has %d claims", round, len(p.claims))
		}
	}
}

// pair is a registry and its reference.
type pair struct {
	*suite
	reference *registration.Registry
	random    *rand.Rand
	hosts     []string
	round     uint64
	filings   []sent
	claims    []twin
}

type sent struct {
	party  model.Party
	filing registration.Filing
}

// twin is one claim in both, by its ids.
type twin struct {
	party    model.Party
	id, twin string
}

func (p *pair) step() {
	p.Helper()
	switch n := p.random.IntN(20); {
	case n < 8 || len(p.claims) == 0:
		p.submit()
	case n < 16:
		p.act()
	case n < 17:
		p.merge()
	case n < 18:
		p.compare()
	default:
		p.clock.move(time.Duration(p.random.IntN(40*24)) * time.Hour)
	}
}

func (p *pair) submit() {
	p.Helper()
	f := sent{rivals[p.random.IntN(len(rivals))], p.filing()}
	if len(p.filings) > 0 && p.random.IntN(8) == 0 {
		f = p.filings[p.random.IntN(len(p.filings))] // sent again
	}
	p.filings = append(p.filings, f)
	got, err := p.registry.Submit(p.Context(), f.party, f.filing)
	want, errWant := p.reference.Submit(p.Context(), f.party, f.filing)
	p.same("a filing", got, want, err, errWant)
	if got.Claim != "" {
		p.claims = append(p.claims, twin{f.party, got.Claim, want.Claim})
	}
}

var rivals = []model.Party{us, partner(1), partner(2), partner(3)}

func (p *pair) filing() registration.Filing {
	f := filing(fmt.Sprint(p.round, " ", len(p.filings)))
	f.Account.Name = []string{"Hooli", "Hoolli GmbH", "Hooly", ""}[p.random.IntN(4)]
	for len(f.Account.Domains) == 0 {
		for _, host := range p.hosts {
			if p.random.IntN(3) == 0 {
				f.Account.Domains = append(f.Account.Domains, host)
			}
		}
	}
	if p.random.IntN(2) == 0 {
		f.Scope.Regions = []string{"DE", "FR"}[p.random.IntN(2):]
	}
	return f
}

func (p *pair) act() {
	p.Helper()
	c := p.claims[p.random.IntN(len(p.claims))]
	by := model.Person{Name: "bo", Party: c.party}
	do := []registration.Action{registration.Approve, registration.Approve, registration.Approve, registration.Reject, registration.Withdraw, registration.Extend, registration.Win}[p.random.IntN(7)]
	if do == registration.Approve || do == registration.Reject {
		by = noor
	}
	e := registration.Event{Do: do, By: by, Reason: "said", Progress: p.clock.now().Add(-time.Hour)}
	got, err := p.registry.Act(p.Context(), c.id, e)
	want, errWant := p.reference.Act(p.Context(), c.twin, e)
	p.same(do.String(), got, want, err, errWant)
}

// merge brings a claim of another replica, of the instant of another claim.
func (p *pair) merge() {
	p.Helper()
	id := fmt.Sprint("merged ", p.round, " ", len(p.claims))
	c := registration.Claim{ID: id, Claimant: rivals[p.random.IntN(len(rivals))], Filing: p.filing(), Submitted: p.clock.now()}
	c.Filing.Key = id
	if p.random.IntN(2) == 0 {
		c.Events = []registration.Event{{Do: registration.Approve, By: noor, At: c.Submitted}}
	}
	p.done(p.registry.Merge(p.Context(), c))
	p.done(p.reference.Merge(p.Context(), c))
	p.claims = append(p.claims, twin{c.Claimant, id, id})
}

// compare asks both for every claim, as its claimant and as the vendor.
func (p *pair) compare() {
	p.Helper()
	at := p.clock.now().Add(time.Minute)
	for _, c := range p.claims {
		got, err := p.registry.Answer(p.Context(), c.party, c.id, at)
		want, errWant := p.reference.Answer(p.Context(), c.party, c.twin, at)
		p.same("an answer", got, want, err, errWant)
		x, err := p.registry.Explain(p.Context(), c.id, at)
		y, errY := p.reference.Explain(p.Context(), c.twin, at)
		if err != nil || errY != nil || explained(x) != explained(y) {
			p.Errorf("an explanation: %s, %v\nby a list: %s, %v", explained(x), err, explained(y), errY)
		}
	}
}

// same compares what a party is told; ids differ from store to store, and the vendor
// is told those of others.
func (p *pair) same(what string, got, want registration.Answer, err, errWant error) {
	p.Helper()
	if has := got.Claim != ""; has != (want.Claim != "") {
		p.Errorf("%s: has an id: %v", what, has)
	}
	got.Claim, want.Claim = "", ""
	a, b := fmt.Sprintf("%+v, %v", got, err), fmt.Sprintf("%+v, %v", want, errWant)
	for i, c := range p.claims {
		name := fmt.Sprint("claim ", i)
		a, b = strings.ReplaceAll(a, c.id, name), strings.ReplaceAll(b, c.twin, name)
	}
	if a != b {
		p.Errorf("%s: %s\nby a list: %s", what, a, b)
	}
}

func explained(x registration.Explanation) string {
	var text strings.Builder
	text.WriteString(x.Standing.Status.String())
	for _, group := range [][]registration.Rival{x.Rivals, x.Near} {
		text.WriteString(" |")
		for _, r := range group {
			text.WriteString(fmt.Sprint(" ", r.Standing.Claim.Claimant, " ", r.Standing.Claim.Filing.Key, " ", r.Standing.Status, " ", r.Scope, " ", r.Match.Evidence))
		}
	}
	return text.String()
}
