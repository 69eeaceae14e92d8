package escalation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Roster lists the people to call in one partnership of a partner and a vendor (esc.roster), at most 1,000 people
// and 5,000 absences. A vendor with many partners has a roster for each. [Compile] refuses the zero value.
type Roster struct {
	// in the order in which a route names them
	People []Member `json:"people" wire:"needed,..1000"`
	// in any order; nil and empty are none
	Absences []Absence `json:"absences" wire:"needed,..5000"`
}

// Member is a person on a roster. Its name identifies it, and is compared bytewise.
type Member struct {
	// unique on the roster; 1 to 256 bytes
	Name  string      `json:"name" wire:"needed,1..256,code=esc.roster.person"`
	Party model.Party `json:"party" wire:"needed"` // its organisation has an id of 1 to 256 bytes
	// each once, in any order; empty for a person who only stands in for others
	Functions []Function `json:"functions" wire:"needed,unique,each=set;code=esc.function.unknown"`
}

// Absence is a range of days on which a person cannot be called, both ends included, in the zone given to
// [Rules.In], else UTC. Absences of one person do not overlap.
type Absence struct {
	Name  string     `json:"name" wire:"needed"`                              // the absent person, who is on the roster
	From  value.Date `json:"from" wire:"needed,set,code=esc.roster.absence"`  // the first day
	Until value.Date `json:"until" wire:"needed,set,code=esc.roster.absence"` // the last day, not before From
	// StandIn is called instead: another person of the same side. If away too, the stand-in of that absence is
	// called. Where it is empty, somebody else with the same function must be on duty.
	StandIn string `json:"stand_in,omitzero"`
}

const maxName = 256 // bytes

const notListed = "is nobody on the roster; write the name of one of its people"

// check returns all problems of the roster, except days on which nobody is on duty.
func (r Roster) check() error { return wire.Limit(wire.CheckAll(&r, Roster.rules)) }

// rules returns the problems that tags cannot express.
func (r Roster) rules() error {
	var problems value.Errors
	known := make(map[string]model.Side, len(r.People))
	r.checkPeople(&problems, known)
	for i, a := range r.Absences {
		problems.Add(value.Index("absences", i), a.check(known))
	}
	r.checkOverlaps(&problems)
	return problems.Err()
}

// checkPeople checks the people, and adds the side of each to known.
func (r Roster) checkPeople(problems *value.Errors, known map[string]model.Side) {
	var orgs [model.Vendor + 1]string
	for i, m := range r.People {
		path := value.Index("people", i)
		problems.Add(path+".party", checkParty(m.Party, &orgs))
		side, twice := known[m.Name]
		switch {
		case m.Name == "":
		case strings.TrimSpace(m.Name) == "":
			problems.Refuse(path+".name", rosterPerson, value.Quote(m.Name), "is blank, and names nobody")
		case twice && side != m.Party.Side:
			problems.Refuse(path+".name", "esc.roster.two_sides", value.Quote(m.Name),
				"stands on both sides; a person belongs to one company")
		case twice:
			problems.Refuse(path+".name", rosterPerson, value.Quote(m.Name),
				"stands on the roster twice; give all functions at once")
		default:
			known[m.Name] = m.Party.Side
		}
	}
}

// checkParty refuses an invalid party and a second organisation of a side.
func checkParty(p model.Party, orgs *[model.Vendor + 1]string) error {
	if err := p.Check(); err != nil {
		return err
	}
	if !isName(p.Org) {
		return value.Below("org", value.NewError(model.PartyOrg, value.Quote(p.Org),
			"is no id of an organisation; an id has 1 to "+strconv.Itoa(maxName)+" bytes of UTF-8 and is not blank"))
	}
	if orgs[p.Side] == "" {
		orgs[p.Side] = p.Org
	}
	if orgs[p.Side] != p.Org {
		return value.Below("org", value.NewError(model.TwoOrgs, value.Quote(p.Org),
			"is a second "+p.Side.String()+" beside "+value.Quote(orgs[p.Side])+"; a roster is for one partnership"))
	}
	return nil
}

// check returns the problems of an absence, given the sides of the people.
func (a Absence) check(known map[string]model.Side) error {
	var problems value.Errors
	side, ok := known[a.Name]
	if !ok {
		problems.Refuse("name", rosterAbsence, value.Quote(a.Name), notListed)
	}
	if !a.Until.IsZero() && a.Until.Before(a.From) {
		problems.Refuse("until", rosterAbsence, a.Until.String(), "is before the first day, "+a.From.String())
	}
	if a.StandIn == "" {
		return problems.Err()
	}
	other, found := known[a.StandIn]
	switch {
	case !found:
		problems.Refuse("stand_in", rosterStandIn, value.Quote(a.StandIn), notListed)
	case a.StandIn == a.Name:
		problems.Refuse("stand_in", rosterStandIn, value.Quote(a.StandIn), "cannot stand in for themselves")
	case ok && other != side:
		problems.Refuse("stand_in", rosterStandIn, value.Quote(a.StandIn), "belongs to the other side")
	}
	return problems.Err()
}

func (r Roster) checkOverlaps(problems *value.Errors) {
	order := make([]int, len(r.Absences))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := r.Absences[i], r.Absences[j]
		return cmp.Or(strings.Compare(a.Name, b.Name), a.From.Compare(b.From))
	})
	for i := 1; i < len(order); i++ {
		before, a := r.Absences[order[i-1]], r.Absences[order[i]]
		if before.Name == a.Name && !before.Until.Before(a.From) {
			problems.Refuse(value.Index("absences", order[i]), "esc.roster.overlap", a.From.String(),
				"is in another absence of "+value.Quote(a.Name)+", until "+before.Until.String())
		}
	}
}

func isName(s string) bool {
	return s != "" && len(s) <= maxName && utf8.ValidString(s) && strings.TrimSpace(s) != ""
}
