package escalation

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Roster is who can be called on both sides of one partnership (esc.roster): one
// partner and one vendor, at most 1,000 people and 5,000 absences. A vendor with
// many partners has a roster for each. The zero value is refused by [Compile].
type Roster struct {
	People   []Member  // in the order in which a route names them
	Absences []Absence // in any order; nil and empty are none
}

// Member is a person on a roster. The name identifies the person: it is compared
// bytewise, stands once in a roster, and has 1 to 256 bytes.
type Member struct {
	Name      string
	Party     model.Party // its organisation has an id of 1 to 256 bytes
	Functions []Function  // each once, in any order; nil and empty are for who only stands in
}

// Absence is a time in which a person cannot be called. Both days are included; a
// day is one of the zone that [Routes.In] was given. Absences of one person do not
// overlap.
type Absence struct {
	Name  string     // who is away; stands on the roster
	From  value.Date // the first day
	Until value.Date // the last day, not before From
	// StandIn is called instead: another person of the same side, with or without
	// functions. Where the stand-in is away too, that absence's stand-in follows.
	// Empty is nobody; then a colleague of the same function must be on duty.
	StandIn string
}

func (r Roster) clone() Roster {
	r.People = slices.Clone(r.People)
	for i := range r.People {
		r.People[i].Functions = slices.Clone(r.People[i].Functions)
	}
	r.Absences = slices.Clone(r.Absences)
	return r
}
