package comms

import "github.com/coselling/coselling/internal/wire"

// maxFactBytes bounds one activity or person: the largest activity that a log takes has a
// thousand ids of 998 bytes in each of two lists, all escaped.
const maxFactBytes = 16 << 20

// MarshalJSON returns the canonical form: members in a fixed order, lists in theirs,
// what is empty left out, instants in RFC 3339 in UTC. [Activity.UnmarshalJSON] gives
// an equal activity back.
func (a Activity) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// UnmarshalJSON reads an activity. It is strict: id, kind, at and side are needed, an
// unknown, repeated or wrongly cased member, an unknown name of a closed enumeration
// and what is no instant are refused, and so are lists of more than 1000. Whether the
// activity has what its kind asks for says [Tracker.Add].
func (a *Activity) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, a) }

// MarshalJSON returns the canonical form: members in a fixed order, addresses in
// theirs, what is empty left out, instants in RFC 3339 in UTC.
// [Person.UnmarshalJSON] gives an equal person back.
func (p Person) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a person. It is strict: an unknown, repeated or wrongly cased
// member, an unknown side and what is no instant are refused. No member is needed
// here, but side and org of a party; what a person needs says [Rules.Track].
func (p *Person) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, p) }
