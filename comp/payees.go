package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// running is what one payee got so far.
type running struct {
	payee                          string
	party                          model.Party
	statements                     int
	last                           int // the last statement with a line of the payee, counted from 1
	credit, influenced, commission value.Total
}

// payees is everyone who got something so far. The zero value is empty and ready.
type payees struct {
	byID   map[string]*running
	recent [64]*running // some of those in byID, which are found without a search
}

// recentOf returns the place of an id in recent, by bytes in which ids differ.
func (p *payees) recentOf(id string) **running {
	n := len(id)
	mixed := n
	if n > 0 {
		mixed += int(id[0])*3 + int(id[n/2])*5 + int(id[n-1])*7
	}
	return &p.recent[mixed%len(p.recent)]
}

// find returns the payee of an id; nil where there is none.
func (p *payees) find(id string) *running {
	recent := p.recentOf(id)
	if *recent == nil || (*recent).payee != id {
		known := p.byID[id]
		if known == nil {
			return nil
		}
		*recent = known
	}
	return *recent
}

// add makes a place for a new payee.
func (p *payees) add(id string, party model.Party) *running {
	if p.byID == nil {
		p.byID = map[string]*running{}
	}
	added := &running{payee: id, party: party}
	p.byID[id] = added
	return added
}

func (p *payees) remove(id string) {
	delete(p.byID, id)
	if recent := p.recentOf(id); *recent != nil && (*recent).payee == id {
		*recent = nil
	}
}

func (p *payees) clone() payees {
	c := payees{byID: make(map[string]*running, len(p.byID))}
	for id, r := range p.byID {
		c.byID[id] = new(*r)
	}
	return c
}

// sorted returns the payees by id.
func (p *payees) sorted() []*running {
	list := make([]*running, 0, len(p.byID))
	for _, id := range slices.Sorted(maps.Keys(p.byID)) {
		list = append(list, p.byID[id])
	}
	return list
}
