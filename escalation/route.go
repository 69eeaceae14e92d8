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

// People returns the people to call (esc.total): those of the partner, then of the vendor; within a side by function;
// in each function those on duty in the order of the roster, then the stand-ins, each person once. At level 1 they
// are the two lead reps or their stand-ins. The caller owns the slice; nil for the zero route.
func (r Route) People() []Contact {
	if r.routes == nil || r.Level > DealDeskLegalLevel {
		return nil
	}
	day, _ := value.DateOf(r.at, r.routes.place.Zone) // outside the calendar nobody is away
	var people []Contact
	called := onDay{}
	for _, side := range sides {
		if r.Level == RepLevel {
			people = append(people, r.lead(side, called, day))
			continue
		}
		for _, f := range levelNeeds[r.Level] {
			people = r.append(people, side, f, called, day)
		}
	}
	return people
}

// append adds the people on duty for a function, then the stand-ins.
func (r Route) append(people []Contact, side model.Side, f Function, called onDay, day value.Date) []Contact {
	var standIns []Contact
	named := map[int]bool{}
	duty := &r.routes.duty
	for _, member := range r.routes.serving[side][f] {
		if duty.ask(called, member, day) == member {
			people = append(people, r.contact(member, f, ""))
			named[member] = true
		}
	}
	for _, member := range r.routes.serving[side][f] {
		if standIn := duty.ask(called, member, day); standIn != nobody && !named[standIn] {
			standIns = append(standIns, r.contact(standIn, f, duty.people[member].Name))
			named[standIn] = true
		}
	}
	return append(people, standIns...)
}

func (r Route) contact(person int, f Function, standsInFor string) Contact {
	m := r.routes.duty.people[person]
	return Contact{model.Person{Name: m.Name, Party: m.Party}, f, standsInFor}
}

// lead returns the lead rep of a side, or the stand-in.
func (r Route) lead(side model.Side, called onDay, day value.Date) Contact {
	name := r.leads[side]
	duty := &r.routes.duty
	if member, ok := duty.number[name]; ok {
		if standIn := duty.ask(called, member, day); standIn != member && standIn != nobody {
			return r.contact(standIn, Rep, name)
		}
	}
	return Contact{Person: model.Person{Name: name, Party: r.routes.parties[side]}, Function: Rep}
}
