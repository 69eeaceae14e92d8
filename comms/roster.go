package comms

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// roster finds the people of a deal by address. Those of one address are on the deal at different times.
type roster struct {
	people  []Correspondent
	address map[string][]*Correspondent // by folded address, and by whole domain
	reps    [model.Vendor + 1][]*Correspondent
	ones    []*Correspondent // the first elements of the lists of addresses
	others  []model.Participant
}

// further returns the place of the participant that a person is of, counted from one; 0 for anybody else.
func (r *roster) further(p *Correspondent) int {
	if p.Party.IsZero() {
		return 0
	}
	return 1 + slices.IndexFunc(r.others, func(o model.Participant) bool { return o.Party == p.Party })
}

// newRoster checks the people and returns all problems at once, with paths below people.
func newRoster(people []Correspondent, others []model.Participant) (roster, error) {
	if len(people) > maxPeople {
		return roster{}, value.Below("people",
			value.NewError(activitySize, countOf(len(people), "people"), "are more than a deal takes, which is 10000"))
	}
	var problems value.Errors
	addresses := 0
	r := roster{people: make([]Correspondent, len(people)), others: others,
		address: make(map[string][]*Correspondent, len(people))}
	for i, p := range people {
		normal, err := p.normal()
		if err != nil { // a path is made only where it is needed
			problems.Add(value.Index("people", i), err)
		}
		r.people[i] = normal
		addresses += len(normal.Addresses)
	}
	if err := problems.Err(); err != nil {
		return roster{}, err
	}
	r.ones = make([]*Correspondent, 0, addresses)
	for i := range r.people {
		if err := r.enter(&r.people[i]); err != nil {
			problems.Add(value.Index("people", i), err)
		}
	}
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		problems.Add("people", checkLeads(side, r.reps[side]))
	}
	return r, problems.Err()
}

// enter adds a person, and refuses an address that somebody else has at the same time.
func (r *roster) enter(p *Correspondent) error {
	var problems value.Errors
	for _, address := range p.Addresses {
		if i := slices.IndexFunc(r.address[address], p.meets); i >= 0 {
			problems.Refuse("addresses", personTwice, value.Quote(address),
				"is of two people at one time, "+r.address[address][i].label()+" and "+p.label())
			continue
		}
		if known := r.address[address]; len(known) > 0 {
			r.address[address] = append(known, p)
			continue
		}
		r.ones = append(r.ones, p)
		r.address[address] = slices.Clip(r.ones[len(r.ones)-1:])
	}
	if p.rep() && r.further(p) == 0 {
		r.reps[p.Party.Side] = append(r.reps[p.Party.Side], p)
	}
	return problems.Err()
}

// checkLeads refuses a side that at some time has several reps, and not exactly one lead rep.
func checkLeads(side model.Side, reps []*Correspondent) error {
	type edge struct {
		at          time.Time
		reps, leads int
	}
	var edges []edge
	for _, p := range reps {
		lead := 0
		if p.Lead {
			lead = 1
		}
		edges = append(edges, edge{p.From, 1, lead})
		if !p.Until.IsZero() {
			edges = append(edges, edge{p.Until, -1, -lead})
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return a.at.Compare(b.at) })
	var now edge
	for i, e := range edges {
		now.reps += e.reps
		now.leads += e.leads
		if i+1 < len(edges) && edges[i+1].at.Equal(e.at) {
			continue
		}
		if now.leads > 1 || now.leads == 0 && now.reps > 1 {
			return value.NewError(personLead, "the "+side.String()+" side",
				"has "+strconv.Itoa(now.leads)+" lead reps from "+since(e.at)+
					" on; among several reps exactly one leads")
		}
	}
	return nil
}

func since(t time.Time) string {
	if t.IsZero() {
		return "the beginning"
	}
	return t.Format(time.RFC3339Nano)
}

func (p *Correspondent) label() string {
	if p.Name != "" {
		return value.Quote(p.Name)
	}
	if p.Prospect {
		return "somebody of the prospect"
	}
	return "somebody of the " + p.Party.Side.String()
}

// find returns the person who has a folded address at t; nil where there is none.
func (r roster) find(address string, t time.Time) *Correspondent {
	if p := onAt(r.address[address], t); p != nil {
		return p
	}
	for domain := domainOf(address); ; { // the nearest domain first, then those above it
		if p := onAt(r.address[domain], t); p != nil {
			return p
		}
		_, above, ok := strings.Cut(domain, ".")
		if !ok {
			return nil
		}
		domain = "@" + above
	}
}

func onAt(people []*Correspondent, t time.Time) *Correspondent {
	if i := slices.IndexFunc(people, func(p *Correspondent) bool { return p.on(t) }); i >= 0 {
		return people[i]
	}
	return nil
}

// lead returns the lead rep of a side at t, or its only rep; nil where it has no rep.
func (r roster) lead(side model.Side, t time.Time) *Correspondent {
	var only *Correspondent
	for _, p := range r.reps[side] {
		if !p.on(t) {
			continue
		}
		if p.Lead {
			return p
		}
		only = p // there is no second one: checkLeads
	}
	return only
}

func countOf(n int, of string) string { return strconv.Itoa(n) + " " + of }
