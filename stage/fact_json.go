package stage

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// factLimits bound one fact or event of this package.
func factLimits() strictjson.Limits {
	return strictjson.Limits{Bytes: 16 << 20, Depth: 6, Items: maxFacts}
}

// factWire is the JSON form; what is empty is left out.
type factWire struct {
	Kind     *FactKind `json:"kind"`
	At       *string   `json:"at"`
	By       string    `json:"by,omitempty"`
	Side     string    `json:"side,omitempty"`
	Until    string    `json:"until,omitempty"`
	Negative bool      `json:"negative,omitzero"`
	Proposal string    `json:"proposal,omitempty"`
	Revision int       `json:"revision,omitzero"`
	Without  string    `json:"without,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in RFC 3339 in UTC. [Fact.UnmarshalJSON] gives an equal fact back.
func (f Fact) MarshalJSON() ([]byte, error) {
	return json.Marshal(factWire{
		Kind: &f.Kind, At: new(strictjson.InstantText(f.At)), By: f.By, Side: f.Side.String(),
		Until: strictjson.InstantText(f.Until), Negative: f.Negative,
		Proposal: f.Proposal, Revision: f.Revision, Without: f.Without.String(),
	})
}

// UnmarshalJSON reads a fact. It is strict: kind and at are needed, an unknown, repeated
// or wrongly cased member, an unknown side and what is no instant are refused. Whether
// the kind takes the fields says the verb that records it.
func (f *Fact) UnmarshalJSON(data []byte) error {
	var w factWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Fact{Kind: *w.Kind, By: w.By, Negative: w.Negative, Proposal: w.Proposal, Revision: w.Revision}
	strictjson.Needed(&problems, "at", *w.At, &read.At, strictjson.ParseInstant)
	strictjson.Optional(&problems, "side", w.Side, &read.Side, model.ParseSide)
	strictjson.Optional(&problems, "until", w.Until, &read.Until, strictjson.ParseInstant)
	strictjson.Optional(&problems, "without", w.Without, &read.Without, model.ParseSide)
	if err := problems.Err(); err != nil {
		return err
	}
	*f = read
	return nil
}
