package escalation

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxDocumentBytes = 1 << 20

// ParsePolicy reads the JSON form of a policy, at most 1 MiB, strictly, and reports all problems at once: an
// unknown, repeated, wrongly cased or missing member, a value of another type or out of bounds, and those of
// [Policy.Check]. Of text that is not one JSON value it reports the first error only. [Compile] accepts every
// policy that ParsePolicy returns.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.Below("escalation", err)
}

// UnmarshalJSON reads a policy inside another document as [ParsePolicy] does. The paths of
// its errors begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDocumentBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form: all members in a fixed order, kinds sorted.
// [ParsePolicy] reads it back as an equal policy. A policy that [Compile] refuses is written
// unchanged; only text that is not UTF-8 is an error.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// ParseRoster reads the JSON form of a roster, at most 1 MiB, as strictly as [ParsePolicy] reads a policy.
// Only stand_in may be absent. [Compile] checks that somebody is on duty on every day.
func ParseRoster(data []byte) (Roster, error) {
	var r Roster
	err := r.UnmarshalJSON(data)
	return r, value.Below("roster", err)
}

// UnmarshalJSON reads a roster inside another document as [ParseRoster] does. The paths of
// its errors begin inside the roster.
func (r *Roster) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDocumentBytes, r, Roster.rules)
}

// MarshalJSON returns the canonical form: all members in a fixed order, people and absences in the order of
// the roster. [ParseRoster] reads it back as an equal roster. A roster that [Compile] refuses is written
// unchanged; only text that is not UTF-8 is an error.
func (r Roster) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// MarshalJSON returns the canonical form: members in a fixed order, without empty ones, the
// instant in RFC 3339 in UTC. [Event.UnmarshalJSON] reads it back as an equal event.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event strictly: at is needed; an unknown, repeated or wrongly cased member and a
// malformed instant are refused. [Rules.Acknowledge] and [Rules.Resolve] check that the event fits its case.
func (e *Event) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxDocumentBytes, e) }

// MarshalJSON returns the standing with its route and its steps: members in a fixed order,
// without empty ones, instants in RFC 3339 in UTC. Nothing reads this form back.
func (s State) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// routeForm is the JSON form of a [Route], with the people to call.
type routeForm struct {
	Level     Level        `json:"level,omitzero"`
	RespondBy time.Time    `json:"respond_by,omitzero"`
	Reason    value.Reason `json:"reason,omitzero"`
	// the people to call, in order
	People []Contact `json:"people,omitzero"`
}

// AppendJSON appends what [Route.MarshalJSON] returns.
func (r Route) AppendJSON(b []byte) ([]byte, error) {
	return wire.Append(b, &routeForm{r.Level, r.RespondBy, r.Reason, r.People()})
}

// MarshalJSON returns the route with the people to call, as a [State] writes it.
func (r Route) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// MarshalJSON returns the contact as a [State] writes it.
func (c Contact) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// MarshalJSON returns the step as a [Case] writes it.
func (s Entry) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }
