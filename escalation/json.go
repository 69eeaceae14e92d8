package escalation

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxDocumentBytes = 1 << 20

// ParsePolicy reads the JSON form of a policy, at most 1 MiB, strictly. It reports all problems at once, those
// of the form, such as json.missing, and those of [Policy.Check]; of text that is not JSON only the first
// (json.syntax). Paths begin with escalation, such as escalation.respond.rep. [Compile] accepts every policy
// that ParsePolicy returns without an error.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.Below("escalation", err)
}

// UnmarshalJSON reads a policy as [ParsePolicy] does; the paths of its errors begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDocumentBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form, which [ParsePolicy] reads back as an equal policy.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// ParseRoster reads the JSON form of a roster, at most 1 MiB, as strictly as [ParsePolicy]. Paths begin with roster.
// [Compile] finds gaps.
func ParseRoster(data []byte) (Roster, error) {
	var r Roster
	err := r.UnmarshalJSON(data)
	return r, value.Below("roster", err)
}

// UnmarshalJSON reads a roster as [ParseRoster] does; the paths of its errors begin inside the roster.
func (r *Roster) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDocumentBytes, r, Roster.rules)
}

// MarshalJSON returns the canonical form, which [ParseRoster] reads back as an equal roster.
func (r Roster) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// MarshalJSON returns the canonical form, which [Event.UnmarshalJSON] reads back as an equal event.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event strictly; [Rules.Acknowledge] and [Rules.Resolve] check that it fits its case.
func (e *Event) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxDocumentBytes, e) }

// MarshalJSON returns the state with its route and steps. Nothing reads this form back.
func (s State) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// routeForm is the JSON form of a [Route], with the people to call.
type routeForm struct {
	Level     Level        `json:"level,omitzero"`
	RespondBy time.Time    `json:"respond_by,omitzero"`
	Reason    value.Reason `json:"reason,omitzero"`
	People    []Contact    `json:"people,omitzero"` // the people to call, in order
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
