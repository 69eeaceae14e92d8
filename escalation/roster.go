package escalation

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Roster lists the people to call in one partnership of a partner and a vendor
// (esc.roster), at most 1,000 people and 5,000 absences. A vendor with many partners has a
// roster for each. [Compile] refuses the zero value.
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

// Absence is a range of days on which a person cannot be called, both ends included. Days
// are those of the zone given to [Routes.In], otherwise of UTC. Absences of one person do
// not overlap.
type Absence struct {
	Name  string     `json:"name" wire:"needed"`                              // the absent person, who is on the roster
	From  value.Date `json:"from" wire:"needed,set,code=esc.roster.absence"`  // the first day
	Until value.Date `json:"until" wire:"needed,set,code=esc.roster.absence"` // the last day, not before From
	// StandIn is called instead: another person of the same side, with or without
	// functions. While the stand-in is away too, the stand-in of that absence is called.
	// Where it is empty, somebody else with the same function must be on duty.
	StandIn string `json:"stand_in,omitzero"`
}
