package escalation

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Company is one of the companies of a deal with several partners; see [Rules.Among].
type Company struct {
	Party  model.Party
	Called bool // its people are called
	// the name of its lead rep, who is called at level 1, and at every level where Roster is nil; empty: nobody
	Rep    string
	Roster *Rules // compiled from its roster with the vendor; nil: it has none (party.roster)
}

// Among returns the same routes for cases of a deal with several partners: people of all of the companies may act on
// them, and those of the companies that are called are called, in the order of the list, each by its own roster. Nobody
// is called of a company without a roster and a rep. Level 1 needs the lead rep of a side in [Facts] only where the
// company of that side on the roster is called. It keeps a copy of the list; none of them, and nil rules, give the
// rules as they are.
func (r *Rules) Among(companies ...Company) *Rules {
	if r == nil || len(companies) == 0 {
		return r
	}
	other := *r
	other.companies = slices.Clone(companies)
	return &other
}

// calls reports whether people of the company of a side are called.
func (r *Rules) calls(side model.Side) bool {
	return r.companies == nil || slices.ContainsFunc(r.companies, func(c Company) bool {
		return c.Called && c.Party == r.parties[side]
	})
}

// knows reports whether people of a party may act on cases.
func (r *Rules) knows(p model.Party) bool {
	return p == r.parties[p.Side] || slices.ContainsFunc(r.companies, func(c Company) bool { return c.Party == p })
}

// people adds the people of a company who are called at a level on a day; called is a buffer.
func (c *Company) people(list []Contact, level Level, called onDay, day value.Date) []Contact {
	clear(called)
	switch {
	case level == RepLevel || c.Roster == nil:
		return c.lead(list, called, day)
	default:
		for _, f := range levelNeeds[level] {
			list = c.append(list, f, called, day)
		}
		return list
	}
}

// append adds the people on duty for a function, then the stand-ins.
func (c *Company) append(people []Contact, f Function, called onDay, day value.Date) []Contact {
	var standIns []Contact
	named := map[int]bool{}
	duty, serving := &c.Roster.duty, c.Roster.serving[c.Party.Side][f]
	for _, member := range serving {
		if duty.ask(called, member, day) == member {
			people = append(people, c.contact(member, f, ""))
			named[member] = true
		}
	}
	for _, member := range serving {
		if standIn := duty.ask(called, member, day); standIn != nobody && !named[standIn] {
			standIns = append(standIns, c.contact(standIn, f, duty.people[member].Name))
			named[standIn] = true
		}
	}
	return append(people, standIns...)
}

func (c *Company) contact(person int, f Function, standsInFor string) Contact {
	m := c.Roster.duty.people[person]
	return Contact{model.Person{Name: m.Name, Party: m.Party}, f, standsInFor}
}

// lead adds the lead rep, or the stand-in.
func (c *Company) lead(people []Contact, called onDay, day value.Date) []Contact {
	if c.Rep == "" {
		return people
	}
	if c.Roster != nil {
		duty := &c.Roster.duty
		if member, ok := duty.number[c.Rep]; ok {
			if standIn := duty.ask(called, member, day); standIn != member && standIn != nobody {
				return append(people, c.contact(standIn, Rep, c.Rep))
			}
		}
	}
	return append(people, Contact{Person: model.Person{Name: c.Rep, Party: c.Party}, Function: Rep})
}
