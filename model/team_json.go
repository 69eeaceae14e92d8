package model

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
)

type repWire struct {
	ID    *string `json:"id"`
	Party *Party  `json:"party,omitempty"`
	Lead  bool    `json:"lead,omitzero"`
}

// MarshalJSON returns the rep's id, party and whether it leads; what is empty is left
// out. [Rep.UnmarshalJSON] gives an equal rep back.
func (r Rep) MarshalJSON() ([]byte, error) {
	return json.Marshal(repWire{&r.ID, strictjson.Or(r.Party), r.Lead})
}

// UnmarshalJSON reads a rep, as strictly as [Party.UnmarshalJSON] reads a party; only id
// is needed.
func (r *Rep) UnmarshalJSON(data []byte) error {
	var w repWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	*r = Rep{*w.ID, strictjson.Of(w.Party), w.Lead}
	return nil
}

type teamWire struct {
	Reps      []Rep               `json:"reps,omitempty"`
	Assigned  map[string][]string `json:"assigned,omitempty"`
	Consulted map[string][]string `json:"consulted,omitempty"`
}

// MarshalJSON returns the team, reps in their order and responsibilities sorted; what
// is empty is left out. [Team.UnmarshalJSON] gives an equal team back.
func (t Team) MarshalJSON() ([]byte, error) {
	return json.Marshal(teamWire{t.Reps, texts(t.Assigned), texts(t.Consulted)}, json.Deterministic(true))
}

// UnmarshalJSON reads a team, as strictly as [Party.UnmarshalJSON] reads a party; no
// member is needed. Whether the people fit together says [Matrix.Assign].
func (t *Team) UnmarshalJSON(data []byte) error {
	var w teamWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	*t = Team{w.Reps, responsibilities(w.Assigned), responsibilities(w.Consulted)}
	return nil
}

// texts returns people by the names of responsibilities, without those that have none.
func texts(people map[Responsibility][]string) map[string][]string {
	named := make(map[string][]string, len(people))
	for r, ids := range people {
		if len(ids) > 0 {
			named[string(r)] = ids
		}
	}
	return named
}

// responsibilities is the way back; nil where nobody is named.
func responsibilities(named map[string][]string) map[Responsibility][]string {
	var people map[Responsibility][]string
	for name, ids := range named {
		if len(ids) == 0 {
			continue
		}
		if people == nil {
			people = make(map[Responsibility][]string, len(named))
		}
		people[Responsibility(name)] = ids
	}
	return people
}
