package registration

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

// answerWire is the JSON form; what is empty is left out.
type answerWire struct {
	Claim     string         `json:"claim,omitempty"`
	Status    string         `json:"status,omitempty"`
	Active    bool           `json:"active,omitzero"`
	Submitted string         `json:"submitted,omitempty"`
	Due       string         `json:"due,omitempty"`
	Until     string         `json:"until,omitempty"`
	Held      []Holding      `json:"held,omitempty"`
	Reasons   []value.Reason `json:"reasons,omitempty"`
}

// MarshalJSON returns what a party may know of its claim: members in a fixed order, what
// is empty left out, instants in RFC 3339 in UTC. The form is for readers; nothing reads
// it back.
func (a Answer) MarshalJSON() ([]byte, error) {
	return json.Marshal(answerWire{
		a.Claim, a.Status.String(), a.Active, strictjson.InstantText(a.Submitted), strictjson.InstantText(a.Due), strictjson.InstantText(a.Until),
		a.Held, a.Reasons,
	})
}

// holdingWire is the JSON form; what is empty is left out.
type holdingWire struct {
	Scope  Scope  `json:"scope,omitzero"`
	Until  string `json:"until,omitempty"`
	Holder string `json:"holder,omitempty"`
}

// MarshalJSON returns what stands in the way, as an [Answer] writes it; a scope of
// everything is left out.
func (h Holding) MarshalJSON() ([]byte, error) {
	return json.Marshal(holdingWire{h.Scope, strictjson.InstantText(h.Until), h.Holder.String()})
}
