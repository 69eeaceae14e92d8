package escalation

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Route is the level of a blocker, the instant by which somebody there responds, and the reason. Zero is no route.
type Route struct {
	Level     Level
	RespondBy time.Time    // in UTC; a response at that very instant is late
	Reason    value.Reason // its code is the rule of the level, or esc.timeout

	routes *Rules
	at     time.Time
	leads  [model.Vendor + 1]string
}

// Contact is one person to call.
type Contact struct {
	Person   model.Person `json:"person"`
	Function Function     `json:"function,omitzero"` // in which the person is called
	For      string       `json:"for,omitzero"`      // the absent person whom a stand-in replaces; else empty
}

// People returns the people to call (esc.total): those of the partner, then of the vendor, or of the companies of
// [Rules.Among] in their order; within a company by function; in each function those on duty in the order of the
// roster, then the stand-ins, each person once. At level 1 they are the lead reps or their stand-ins. The caller owns
// the slice; nil for the zero route.
func (r Route) People() []Contact {
	if r.routes == nil || r.Level > DealDeskLegalLevel {
		return nil
	}
	day, _ := value.DateOf(r.at, r.routes.place.Zone) // outside the calendar nobody is away
	var people []Contact
	called := onDay{}
	for i := range r.routes.companies {
		if c := &r.routes.companies[i]; c.Called {
			people = c.people(people, r.Level, called, day)
		}
	}
	if r.routes.companies != nil {
		return people
	}
	for _, side := range sides {
		c := Company{Party: r.routes.parties[side], Rep: r.leads[side], Roster: r.routes}
		people = c.people(people, r.Level, called, day)
	}
	return people
}
