package registrationtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/naive/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

const (
	randomRounds = 3
	randomSteps  = 50
)

// likeAList tests that after fixed random steps the answers are those of a registry over a list.
func likeAList(s *suite) {
	reference := s.open(store.New(s.clock.now))
	p := &pair{suite: s, random: rand.New(rand.NewPCG(1, 6)), reference: reference,
		taken: make(map[registration.Verb]int)}
	for p.round = range randomRounds {
		p.before = len(p.claims)
		for range randomSteps {
			s.clock.move(time.Second)
			p.step()
			if s.Failed() {
				s.Fatalf("round %d, after %d claims", p.round, len(p.claims))
			}
		}
		p.compare()
		if n := len(p.claims) - p.before; n < randomSteps/10 {
			s.Errorf("round %d has %d claims", p.round, n)
		}
	}
	for _, do := range []registration.Verb{registration.Approve, registration.Confirm, registration.Admit,
		registration.Hand} {
		if p.taken[do] == 0 {
			s.Errorf("no random step is to %v", do)
		}
	}
}

// pair is a registry and the one over a list. Each round has accounts of its own.
type pair struct {
	*suite
	reference *registration.Registry
	random    *rand.Rand
	round     int
	filings   []registration.Claim // each a claimant and a filing
	claims    []twin
	before    int // number of claims of earlier rounds
	taken     map[registration.Verb]int
}

// twin is one claim with its ids in both registries.
type twin struct {
	party    model.Party
	id, twin string
}

// step takes one random step.
func (p *pair) step() {
	p.Helper()
	switch n := p.random.IntN(20); {
	case n < 8 || len(p.claims) == p.before:
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
	f := p.claim()
	if len(p.filings) > 0 && p.random.IntN(8) == 0 {
		f = pick(p, p.filings...) // sent again
	} else {
		p.filings = append(p.filings, f)
	}
	c := twin{party: f.Claimant}
	admits := p.random.IntN(8) == 0
	p.same("a filing", &c, func(g *registration.Registry, id *string) (any, error) {
		answer, err := registration.Answer{}, error(nil)
		if admits {
			var d registration.Decision
			d, err = g.Admit(p.Context(), f.Claimant, f.Filing, noor, "a new division")
			answer = d.For(f.Claimant)
		} else {
			answer, err = g.Submit(p.Context(), f.Claimant, f.Filing)
		}
		*id = answer.Claim
		return answer, err
	})
	if c.id != "" {
		p.claims = append(p.claims, c)
	}
}

var rivals = []model.Party{us, partner(1), partner(2), partner(3)}

// pick returns a random element of a list.
func pick[T any](p *pair, list ...T) T { return list[p.random.IntN(len(list))] }

// claim returns a claim that is filed as its party may file it.
func (p *pair) claim() registration.Claim {
	c := registration.Claim{Claimant: pick(p, rivals...), Filing: p.filing()}
	if f := &c.Filing; c.Claimant == us && len(f.Also) > 0 {
		f.With, f.Also = f.Also[0], nil
	}
	return c
}

func (p *pair) filing() registration.Filing {
	f := filing(fmt.Sprint(len(p.filings)))
	f.Account.Name = pick(p, "Hooli", "Hoolli GmbH", "Hooly", "")
	for len(f.Account.Domains) == 0 {
		for _, letter := range "abc" {
			if p.random.IntN(3) == 0 {
				f.Account.Domains = append(f.Account.Domains, fmt.Sprintf("%c%d.com", letter, p.round))
			}
		}
	}
	if p.random.IntN(2) == 0 {
		f.Scope.Regions = []string{"DE", "FR"}[p.random.IntN(2):]
	}
	if p.random.IntN(3) == 0 {
		f.Scope.Functions = []model.Function{model.Integration, model.Resale}[p.random.IntN(2):]
	}
	if p.random.IntN(2) == 0 {
		f.Also = []model.Party{partner(4)}
	}
	return f
}

func (p *pair) act() {
	p.Helper()
	c := pick(p, p.claims[p.before:]...)
	e := registration.Event{
		By: model.Person{Name: "bo", Party: c.party}, Reason: "said", Progress: p.clock.now().Add(-time.Hour),
	}
	e.Do = pick(p, registration.Approve, registration.Approve, registration.Approve, registration.Approve,
		registration.Reject, registration.Withdraw, registration.Extend, registration.Win, registration.Confirm,
		registration.Confirm, registration.Confirm, registration.Admit, registration.Hand, registration.Hand)
	switch e.Do {
	case registration.Approve, registration.Reject, registration.Admit:
		e.By = noor
	case registration.Confirm:
		e.By = model.Person{Name: "cy", Party: partner(4)}
	case registration.Hand:
		e.To = pick(p, rivals...)
		p.take(&c, e)
		e.By = noor
	}
	p.take(&c, e)
}

// take takes a step in both.
func (p *pair) take(c *twin, e registration.Event) {
	p.Helper()
	p.same(e.Do.String(), c, func(g *registration.Registry, id *string) (any, error) {
		answer, err := g.Act(p.Context(), *id, e)
		if err == nil && answer.Accepted {
			p.taken[e.Do]++
		}
		return answer, err
	})
}

// merge merges a claim of another replica into both.
func (p *pair) merge() {
	p.Helper()
	id := fmt.Sprint("merged ", len(p.claims))
	c := p.claim()
	c.ID, c.Submitted, c.Filing.Key = id, p.clock.now(), id
	if p.random.IntN(2) == 0 {
		c.Events = []registration.Event{{Do: registration.Approve, By: noor, At: c.Submitted}}
	}
	p.claims = append(p.claims, twin{c.Claimant, id, id})
	for _, g := range []*registration.Registry{p.registry, p.reference} {
		p.done(g.Merge(p.Context(), c))
	}
}

// compare asks both about every claim of the round, as its claimant and as the vendor.
func (p *pair) compare() {
	p.Helper()
	at := p.clock.now().Add(time.Minute)
	p.lists(at)
	for _, c := range p.claims[p.before:] {
		p.same("an answer", &c, func(g *registration.Registry, id *string) (any, error) {
			return g.Answer(p.Context(), c.party, *id, at)
		})
		p.same("an explanation", &c, func(g *registration.Registry, id *string) (any, error) {
			d, near, err := g.Explain(p.Context(), *id, at)
			return []any{d.Standing.Status.String(), d.Rivals, near}, err
		})
	}
}

// same asks both about a claim and compares the answers, with each id replaced by the number of its claim.
func (p *pair) same(what string, c *twin, ask func(g *registration.Registry, id *string) (any, error)) {
	p.Helper()
	got, err := ask(p.registry, &c.id)
	want, errWant := ask(p.reference, &c.twin)
	a, b := p.text(got)+fmt.Sprint(err), p.text(want)+fmt.Sprint(errWant)
	for i, c := range append(p.claims, *c) {
		if c.id != "" && c.twin != "" {
			name := fmt.Sprint("claim ", i)
			a, b = strings.ReplaceAll(a, c.id, name), strings.ReplaceAll(b, c.twin, name)
		}
	}
	if a != b {
		p.Errorf("%s: %s\nby a list: %s", what, a, b)
	}
}
