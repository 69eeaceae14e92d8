package escalation

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Roster is who can be called on both sides of one partnership (esc.roster): one
// partner and one vendor, at most 1,000 people and 5,000 absences. A vendor with
// many partners has a roster for each. The zero value is refused by [Compile].
type Roster struct {
	// in the order in which a route names them
	People []Member `json:"people" wire:"needed,..1000"`
	// in any order; nil and empty are none
	Absences []Absence `json:"absences" wire:"needed,..5000"`
}

// Member is a person on a roster. The name identifies the person: it is compared
// bytewise, stands once in a roster, and has 1 to 256 bytes.
type Member struct {
	// unique on the roster; 1 to 256 bytes
	Name  string      `json:"name" wire:"needed,1..256,code=esc.roster.person"`
	Party model.Party `json:"party" wire:"needed"` // its organisation has an id of 1 to 256 bytes
	// each once, in any order; nil and empty are for who only stands in
	Functions []Function `json:"functions" wire:"needed,unique,each=set;code=esc.function.unknown"`
}

// Absence is a time in which a person cannot be called. Both days are included; a
// day is one of the zone that [Routes.In] was given. Absences of one person do not
// overlap.
type Absence struct {
	Name  string     `json:"name" wire:"needed"`                              // who is away; stands on the roster
	From  value.Date `json:"from" wire:"needed,set,code=esc.roster.absence"`  // the first day
	Until value.Date `json:"until" wire:"needed,set,code=esc.roster.absence"` // the last day, not before From
	// StandIn is called instead: another person of the same side, with or without
	// functions. Where the stand-in is away too, that absence's stand-in follows.
	// Empty is nobody; then a colleague of the same function must be on duty.
	StandIn string `json:"stand_in,omitzero"`
}
