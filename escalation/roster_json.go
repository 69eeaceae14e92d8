package escalation

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// rosterWire is the JSON form; see policyWire.
type rosterWire struct {
	People   []memberWire  `json:"people"`
	Absences []absenceWire `json:"absences"`
}

type memberWire struct {
	Name      *string  `json:"name"`
	Side      *string  `json:"side"`
	Org       *string  `json:"org"`
	Functions []string `json:"functions"`
}

type absenceWire struct {
	Name    *string `json:"name"`
	From    *string `json:"from"`
	Until   *string `json:"until"`
	StandIn *string `json:"stand_in,omitempty"`
}

// ParseRoster reads the JSON form of a roster, at most 1 MiB and 8 levels deep, as
// strictly as [ParsePolicy] reads a policy; only stand_in may be left out. Whether
// somebody is on duty on every day is for [Compile] to say.
func ParseRoster(data []byte) (Roster, error) {
	roster, err := parseRoster(data)
	return roster, value.In("roster", err)
}

func parseRoster(data []byte) (Roster, error) {
	var wire rosterWire
	if err := decode(data, &wire); err != nil {
		return Roster{}, err
	}
	roster, problems := wire.roster()
	if err := problems.Err(); err != nil {
		return Roster{}, err
	}
	if err := roster.check(); err != nil {
		return Roster{}, err
	}
	return roster, nil
}

func (w rosterWire) roster() (Roster, value.Errors) {
	var problems value.Errors
	r := Roster{People: make([]Member, len(w.People)), Absences: make([]Absence, len(w.Absences))}
	for i, m := range w.People {
		path := value.Index("people", i)
		member := Member{Name: *m.Name, Party: model.Party{Org: *m.Org}, Functions: make([]Function, len(m.Functions))}
		strictjson.Needed(&problems, path+".side", *m.Side, &member.Party.Side, model.ParseSide)
		for j, text := range m.Functions {
			strictjson.Needed(&problems, value.Index(path+".functions", j), text, &member.Functions[j], ParseFunction)
		}
		r.People[i] = member
	}
	for i, a := range w.Absences {
		path := value.Index("absences", i)
		absence := Absence{Name: *a.Name}
		strictjson.Needed(&problems, path+".from", *a.From, &absence.From, value.ParseDate)
		strictjson.Needed(&problems, path+".until", *a.Until, &absence.Until, value.ParseDate)
		if a.StandIn != nil {
			absence.StandIn = *a.StandIn
		}
		r.Absences[i] = absence
	}
	return r, problems
}

// MarshalJSON returns the canonical form: every member, in a fixed order, people
// and absences in the roster's order. [ParseRoster] gives an equal roster back. A
// roster that [Compile] refuses is written as it stands; only text that is not
// UTF-8 cannot be.
func (r Roster) MarshalJSON() ([]byte, error) {
	w := rosterWire{People: make([]memberWire, len(r.People)), Absences: make([]absenceWire, len(r.Absences))}
	for i, m := range r.People {
		functions := make([]string, len(m.Functions))
		for j, f := range m.Functions {
			functions[j] = f.String()
		}
		w.People[i] = memberWire{new(m.Name), new(m.Party.Side.String()), new(m.Party.Org), functions}
	}
	for i, a := range r.Absences {
		w.Absences[i] = absenceWire{Name: new(a.Name), From: new(a.From.String()), Until: new(a.Until.String())}
		if a.StandIn != "" {
			w.Absences[i].StandIn = new(a.StandIn)
		}
	}
	return json.Marshal(w, json.Deterministic(true))
}

// UnmarshalJSON is [ParseRoster] for a roster inside another document. The paths of
// its errors begin inside the roster; the document knows where that stands.
func (r *Roster) UnmarshalJSON(data []byte) error {
	parsed, err := parseRoster(data)
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}
