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
func (t Team) check(m Matrix, c *cast) error {
	var problems value.Errors
	met := Parties{Partners: &c.Partners}
	_ = met.Meet(c.lead) // the first of a side is never refused
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
	problems.Add("team.reps", t.checkLead("the partner side", c.lead))
	problems.Add("team.reps", t.checkLead("the vendor side", Party{Side: Vendor}))
	for i := 1; i < len(c.All); i++ {
		problems.Add("team.reps", t.checkLead(c.All[i].Party.String(), c.All[i].Party))
	}
	problems.Add("team.assigned", m.checkPeople(t.Assigned, t.checkAssigned))
	problems.Add("team.consulted", m.checkPeople(t.Consulted, checkConsulted))
	return problems.Err()
}

// checkLead refuses several lead reps of a company, and several reps without a lead rep.
func (t Team) checkLead(company string, of Party) error {
	reps, leads := 0, 0
	for i := range t.Reps {
		if !t.Reps[i].sells(of) {
			continue
		}
		reps++
		if t.Reps[i].Lead {
			leads++
		}
	}
	if leads > 1 || leads == 0 && reps > 1 {
		return value.NewError("team.lead_rep", company,
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
	var taken []Party
	for i, id := range ids {
		rep, ok := t.find(id)
		switch {
		case !ok:
			problems.Refuse(value.Index("", i), "team.rep_unknown", value.Quote(id), "is not on the team")
		case !rep.Party.Side.IsValid(): // the party is a problem of the rep
		case slices.Contains(taken, rep.Party):
			problems.Refuse(value.Index("", i), repID, value.Quote(id),
				"is the second rep of the "+rep.Party.Side.String()+" for this; name one a side")
		default:
			taken = append(taken, rep.Party)
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

// sells reports whether the rep sells for a party, or for a side where the party has no Org.
func (r *Rep) sells(p Party) bool { return r.Party.Side == p.Side && (p.Org == "" || r.Party == p) }

func (t Team) has(p Party) bool {
	return slices.ContainsFunc(t.Reps, func(r Rep) bool { return r.sells(p) })
}

func (t Team) find(id string) (Rep, bool) {
	i := slices.IndexFunc(t.Reps, func(r Rep) bool { return r.ID == id })
	if i < 0 {
		return Rep{}, false
	}
	return t.Reps[i], true
}

// half returns a party with its Org and the id of its lead rep; both are empty without reps.
func (t Team) half(of Party) (party Party, lead string) {
	party = of
	alone, reps := "", 0
	for i := range t.Reps {
		rep := &t.Reps[i]
		if !rep.sells(of) {
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
func (t Team) Rep(r Responsibility, side Side) string { return t.rep(r, Party{Side: side}) }

func (t Team) rep(r Responsibility, of Party) string {
	for _, id := range t.Assigned[r] {
		if rep, ok := t.find(id); ok && rep.sells(of) {
			return id
		}
	}
	_, lead := t.half(of)
	return lead
}
