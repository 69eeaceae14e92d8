package comms

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

// reportWire is the JSON form; what is empty is left out.
type reportWire struct {
	Findings []Finding `json:"findings,omitempty"`
	Due      []Due     `json:"due,omitempty"`
}

// MarshalJSON returns findings and due items in their order: members in a fixed order,
// what is empty left out, instants in RFC 3339 in UTC. The form is for readers; nothing
// reads it back.
func (r Report) MarshalJSON() ([]byte, error) { return json.Marshal(reportWire(r)) }

// findingWire is the JSON form; what is empty is left out.
type findingWire struct {
	Reason   *value.Reason `json:"reason"`
	Side     string        `json:"side,omitempty"`
	Since    string        `json:"since,omitempty"`
	Until    string        `json:"until,omitempty"`
	Evidence []string      `json:"evidence,omitempty"`
	Missing  []string      `json:"missing,omitempty"`
}

// MarshalJSON returns the finding with its evidence, as a [Report] writes it.
func (f Finding) MarshalJSON() ([]byte, error) {
	return json.Marshal(findingWire{
		&f.Reason, f.Side.String(), strictjson.InstantText(f.Since), strictjson.InstantText(f.Until), f.evidence, f.missing,
	})
}

// dueWire is the JSON form; what is empty is left out.
type dueWire struct {
	Reason   *value.Reason `json:"reason"`
	Side     string        `json:"side,omitempty"`
	At       string        `json:"at,omitempty"`
	Evidence []string      `json:"evidence,omitempty"`
}

// MarshalJSON returns the due item with its evidence, as a [Report] writes it.
func (d Due) MarshalJSON() ([]byte, error) {
	return json.Marshal(dueWire{&d.Reason, d.Side.String(), strictjson.InstantText(d.At), d.evidence})
}
