package model

import (
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

// Rep is a person who sells for one side. The zero value is nobody.
type Rep struct {
	// unique in everything that one run or file holds; compared bytewise; empty is refused
	ID    string `json:"id" wire:"needed"`
	Party Party  `json:"party,omitzero"` // whose rep it is
	Lead  bool   `json:"lead,omitzero"`  // the side's lead rep; a rep alone on its side is the lead rep anyway
}

// Team is the people of one deal, of one partner and one vendor. A side with
// several reps has exactly one lead rep. The zero value and nil fields are nobody.
type Team struct {
	// who sells, for either side
	Reps []Rep `json:"reps,omitzero"`
	// ids of the reps who do a responsibility, at most one a side; else the side's lead rep does
	Assigned map[Responsibility][]string `json:"assigned,omitzero"`
	// ids of people to consult, on the team or not, each once
	Consulted map[Responsibility][]string `json:"consulted,omitzero"`
}

// half is one side of a team, ready to be asked.
type half struct {
	party Party
	lead  string
}

// check returns every problem of the team against a matrix.
func (t Team) check(m Matrix) error {
	var problems value.Errors
	var met Parties
	seen := map[string]bool{}
	for i, rep := range t.Reps {
		for _, err := range [...]error{rep.Party.Check(), met.Meet(rep.Party)} {
			if err != nil { // the path is not made for nothing
				problems.Add(value.Index("team.reps", i)+".party", err)
			}
		}
		if rep.ID == "" || seen[rep.ID] {
			problems.Refuse(value.Index("team.reps", i)+".id", RepID, value.Quote(rep.ID), "is no id of one rep; every rep of a team has its own")
		}
		seen[rep.ID] = true
	}
	for _, side := range sides {
		problems.Add("team.reps", t.checkSide(side))
	}
	problems.Add("team.assigned", t.checkAssigned(m))
	problems.Add("team.consulted", t.checkConsulted(m))
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
		return value.NewError(LeadRep, "the "+side.String()+" side", "has "+strconv.Itoa(leads)+" lead reps; among several reps exactly one leads")
	}
	return nil
}

func (t Team) checkAssigned(m Matrix) error {
	problems := checkKnown(m, t.Assigned)
	for _, r := range slices.Sorted(maps.Keys(t.Assigned)) {
		taken := map[Side]bool{}
		for i, id := range t.Assigned[r] {
			rep, ok := t.find(id)
			if !ok {
				problems.Refuse(value.Index(string(r), i), RepUnknown, value.Quote(id), "is not on the team")
				continue
			}
			if rep.Party.Side.IsValid() && taken[rep.Party.Side] {
				problems.Refuse(value.Index(string(r), i), RepID, value.Quote(id), "is the second rep of the "+rep.Party.Side.String()+" for this; name one a side")
			}
			taken[rep.Party.Side] = true
		}
	}
	return problems.Err()
}

func (t Team) checkConsulted(m Matrix) error {
	problems := checkKnown(m, t.Consulted)
	for _, r := range slices.Sorted(maps.Keys(t.Consulted)) {
		for i, id := range t.Consulted[r] {
			if id == "" || slices.Contains(t.Consulted[r][:i], id) {
				problems.Refuse(value.Index(string(r), i), RepID, value.Quote(id), "is no id of one person; name each person once")
			}
		}
	}
	return problems.Err()
}

func checkKnown(m Matrix, people map[Responsibility][]string) value.Errors {
	var problems value.Errors
	for _, r := range slices.Sorted(maps.Keys(people)) {
		if !slices.ContainsFunc(m, func(row Row) bool { return row.Responsibility == r }) {
			problems.Refuse("", ResponsibilityUnknown, value.Quote(string(r)), "is no responsibility of the matrix")
		}
	}
	return problems
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

// half returns a side's party and lead rep; a side without reps has neither.
func (t Team) half(side Side) half {
	h := half{party: Party{Side: side}}
	alone, reps := "", 0
	for i := range t.Reps {
		rep := &t.Reps[i]
		if rep.Party.Side != side {
			continue
		}
		h.party, alone = rep.Party, rep.ID
		reps++
		if rep.Lead {
			h.lead = rep.ID
		}
	}
	if reps == 1 {
		h.lead = alone
	}
	return h
}

// Rep returns the id of the rep of a side who does a responsibility: the one
// assigned to it, else the side's lead rep; "" where the side has no rep.
func (t Team) Rep(r Responsibility, side Side) string {
	for _, id := range t.Assigned[r] {
		if rep, ok := t.find(id); ok && rep.Party.Side == side {
			return id
		}
	}
	return t.half(side).lead
}
