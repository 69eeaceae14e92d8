package model

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

// Rep is a person who sells for one side. The zero value is no rep.
type Rep struct {
	ID    string `json:"id" wire:"needed"` // unique in one run or file; compared bytewise; never empty
	Party Party  `json:"party,omitzero"`   // whose rep it is
	Lead  bool   `json:"lead,omitzero"`    // the side's lead rep; the only rep of a side leads without it
}

// Team is the people of one deal. A side with several reps has exactly one lead rep. The zero value has no people.
type Team struct {
	Reps []Rep `json:"reps,omitzero"` // who sells, for either side
	// ids of the reps who do a responsibility, at most one of each side; without one its lead rep does
	Assigned map[Responsibility][]string `json:"assigned,omitzero"`
	// ids of people to consult, on the team or not, each once
	Consulted map[Responsibility][]string `json:"consulted,omitzero"`
}

// check returns every problem of the team against a matrix.
func (t Team) check(m Matrix) error {
	var problems value.Errors
	var met Parties
	seen := map[string]bool{}
	for i, rep := range t.Reps {
		if err := cmp.Or(rep.Party.Check(), met.Meet(rep.Party)); err != nil { // the path is not made for nothing
			problems.Add(value.Index("team.reps", i)+".party", err)
		}
		if rep.ID == "" || seen[rep.ID] {
			problems.Refuse(value.Index("team.reps", i)+".id", repID, value.Quote(rep.ID),
				"is no id of one rep; every rep of a team has its own")
		}
		seen[rep.ID] = true
	}
	for _, side := range sides {
		problems.Add("team.reps", t.checkSide(side))
	}
	problems.Add("team.assigned", m.checkPeople(t.Assigned, t.checkAssigned))
	problems.Add("team.consulted", m.checkPeople(t.Consulted, checkConsulted))
	return problems.Err()
}

func (t Team) checkSide(side Side) error {
	reps, leads := 0, 0
	for i := range t.Reps {
		if t.Reps[i].Party.Side != side {
			continue
		}
		reps++
		if t.Reps[i].Lead {
			leads++
		}
	}
	if leads > 1 || leads == 0 && reps > 1 {
		return value.NewError("team.lead_rep", "the "+side.String()+" side",
			"has "+strconv.Itoa(leads)+" lead reps; among several reps exactly one leads")
	}
	return nil
}

// checkPeople refuses responsibilities that the matrix does not have, and checks the people of each one.
func (m Matrix) checkPeople(people map[Responsibility][]string, check func(ids []string) error) error {
	var problems value.Errors
	named := slices.Sorted(maps.Keys(people))
	for _, r := range named {
		if !slices.ContainsFunc(m, func(row Row) bool { return row.Responsibility == r }) {
			problems.Add("", unknownResponsibility(r))
		}
	}
	for _, r := range named {
		problems.Add(string(r), check(people[r]))
	}
	return problems.Err()
}

func unknownResponsibility(r Responsibility) error {
	return value.NewError("role.unknown", value.Quote(string(r)), "is no responsibility of the matrix")
}

func (t Team) checkAssigned(ids []string) error {
	var problems value.Errors
	var taken [Vendor + 1]bool
	for i, id := range ids {
		rep, ok := t.find(id)
		side := rep.Party.Side
		switch {
		case !ok:
			problems.Refuse(value.Index("", i), "team.rep_unknown", value.Quote(id), "is not on the team")
		case !side.IsValid(): // the party is a problem of the rep
		case taken[side]:
			problems.Refuse(value.Index("", i), repID, value.Quote(id),
				"is the second rep of the "+side.String()+" for this; name one a side")
		default:
			taken[side] = true
		}
	}
	return problems.Err()
}

func checkConsulted(ids []string) error {
	var problems value.Errors
	for i, id := range ids {
		if id == "" || slices.Contains(ids[:i], id) {
			problems.Refuse(value.Index("", i), repID, value.Quote(id), "is no id of one person; name each person once")
		}
	}
	return problems.Err()
}

func (t Team) has(side Side) bool {
	return slices.ContainsFunc(t.Reps, func(r Rep) bool { return r.Party.Side == side })
}

func (t Team) find(id string) (Rep, bool) {
	i := slices.IndexFunc(t.Reps, func(r Rep) bool { return r.ID == id })
	if i < 0 {
		return Rep{}, false
	}
	return t.Reps[i], true
}

// half returns a side's party and the id of its lead rep; both are empty for a side without reps.
func (t Team) half(side Side) (party Party, lead string) {
	party.Side = side
	alone, reps := "", 0
	for i := range t.Reps {
		rep := &t.Reps[i]
		if rep.Party.Side != side {
			continue
		}
		party, alone = rep.Party, rep.ID
		reps++
		if rep.Lead {
			lead = rep.ID
		}
	}
	if reps == 1 {
		lead = alone
	}
	return party, lead
}

// Rep returns the id of the rep of a side assigned to a responsibility, else of its lead rep or only rep; "" without
// one. It does not check the team.
func (t Team) Rep(r Responsibility, side Side) string {
	for _, id := range t.Assigned[r] {
		if rep, ok := t.find(id); ok && rep.Party.Side == side {
			return id
		}
	}
	_, lead := t.half(side)
	return lead
}
