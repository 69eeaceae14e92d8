package comms

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// personWire is the JSON form; what is empty is left out.
type personWire struct {
	Name      string   `json:"name,omitempty"`
	Side      string   `json:"side,omitempty"`
	Prospect  bool     `json:"prospect,omitzero"`
	Lead      bool     `json:"lead,omitzero"`
	Addresses []string `json:"addresses,omitempty"`
	From      string   `json:"from,omitempty"`
	Until     string   `json:"until,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, addresses in
// theirs, what is empty left out, instants in RFC 3339 in UTC.
// [Person.UnmarshalJSON] gives an equal person back.
func (p Person) MarshalJSON() ([]byte, error) {
	return json.Marshal(personWire{
		p.Name, p.Side.String(), p.Prospect, p.Lead, p.Addresses, strictjson.InstantText(p.From), strictjson.InstantText(p.Until),
	})
}

// UnmarshalJSON reads a person. It is strict: an unknown, repeated or wrongly cased
// member, an unknown side and what is no instant are refused. No member is needed
// here; what a person needs says [Rules.Track].
func (p *Person) UnmarshalJSON(data []byte) error {
	var w personWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Person{Name: w.Name, Prospect: w.Prospect, Lead: w.Lead, Addresses: w.Addresses}
	strictjson.Optional(&problems, "side", w.Side, &read.Side, model.ParseSide)
	strictjson.Optional(&problems, "from", w.From, &read.From, strictjson.ParseInstant)
	strictjson.Optional(&problems, "until", w.Until, &read.Until, strictjson.ParseInstant)
	if err := problems.Err(); err != nil {
		return err
	}
	*p = read
	return nil
}
