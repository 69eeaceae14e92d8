package escalation

import "github.com/coselling/coselling/internal/wire"

const maxEventBytes = 1 << 20

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, the instant in RFC 3339 in UTC. [Event.UnmarshalJSON] gives an equal event back.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event. It is strict: at is needed, an unknown, repeated or
// wrongly cased member and what is no instant are refused. Whether the event fits its
// case say [Routes.Acknowledge] and [Routes.Resolve].
func (e *Event) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxEventBytes, e) }
