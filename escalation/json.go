package escalation

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxDocumentBytes = 1 << 20

// ParsePolicy reads the JSON form of a policy, at most 1 MiB; every member is needed. It
// is strict, and reports every problem at once: a repeated, unknown, wrongly cased or
// missing member, a value of another type or out of bounds, then those of
// [Policy.Check]. Text that is not JSON, or has something behind it, gives its first
// error alone. [Compile] takes what ParsePolicy returns.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.In("escalation", err)
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy; the document knows where that stands.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDocumentBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form: every member, in a fixed order, with
// kinds sorted. [ParsePolicy] gives an equal policy back. A policy that [Compile]
// refuses is written as it stands; only text that is not UTF-8 cannot be.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// ParseRoster reads the JSON form of a roster, at most 1 MiB, as strictly as
// [ParsePolicy] reads a policy; only stand_in may be left out. Whether somebody is on
// duty on every day is for [Compile] to say.
func ParseRoster(data []byte) (Roster, error) {
	var r Roster
	err := r.UnmarshalJSON(data)
	return r, value.In("roster", err)
}

// UnmarshalJSON is [ParseRoster] for a roster inside another document. The paths of
// its errors begin inside the roster; the document knows where that stands.
func (r *Roster) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDocumentBytes, r, Roster.rules)
}

// MarshalJSON returns the canonical form: every member, in a fixed order, people
// and absences in the roster's order. [ParseRoster] gives an equal roster back. A
// roster that [Compile] refuses is written as it stands; only text that is not
// UTF-8 cannot be.
func (r Roster) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, the instant in RFC 3339 in UTC. [Event.UnmarshalJSON] gives an equal event back.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event. It is strict: at is needed, an unknown, repeated or
// wrongly cased member and what is no instant are refused. Whether the event fits its
// case say [Routes.Acknowledge] and [Routes.Resolve].
func (e *Event) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxDocumentBytes, e) }

// MarshalJSON returns how the case stands, with its route and its steps: members in a
// fixed order, what is empty left out, instants in RFC 3339 in UTC. The form is for
// readers; nothing reads it back.
func (s Standing) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// routeForm is how a [Route] is written: with the people to call.
type routeForm struct {
	Level     Level        `json:"level,omitzero"`
	RespondBy time.Time    `json:"respond_by,omitzero"`
	Reason    value.Reason `json:"reason,omitzero"`
	// whom to call, the first one first
	People []Contact `json:"people,omitzero"`
}

// AppendJSON appends what [Route.MarshalJSON] returns.
func (r Route) AppendJSON(b []byte) ([]byte, error) {
	return wire.Append(b, &routeForm{r.Level, r.RespondBy, r.Reason, r.People()})
}

// MarshalJSON returns the route with the people to call, as a [Standing] writes it.
func (r Route) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// MarshalJSON returns whom to call, as a [Standing] writes it.
func (c Contact) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// MarshalJSON returns the step, as a [Case] writes it.
func (s Step) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }
