package stage

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxFactBytes = 16 << 20 // of one fact, event or opening

// MarshalJSON returns the canonical form: members in a fixed order, those of the move
// among them, what is empty left out, instants in RFC 3339 in UTC.
// [Event.UnmarshalJSON] gives an equal event back.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event. It is strict: verb and at are needed, an unknown,
// repeated or wrongly cased member, an unknown name of a closed enumeration and what
// is no instant are refused. Whether the event has what its verb asks for says the
// verb, and [Rules.Replay].
func (e *Event) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, e) }

// MarshalJSON returns the canonical form, as that of an [Event].
// [Override.UnmarshalJSON] gives an equal override back.
func (o Override) MarshalJSON() ([]byte, error) { return wire.Marshal(&o) }

// UnmarshalJSON reads an override, as strictly as [Event.UnmarshalJSON] reads an event;
// gate, by and at are needed.
func (o *Override) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, o) }

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in RFC 3339 in UTC. [Fact.UnmarshalJSON] gives an equal fact back.
func (f Fact) MarshalJSON() ([]byte, error) { return wire.Marshal(&f) }

// UnmarshalJSON reads a fact. It is strict: kind and at are needed, an unknown, repeated
// or wrongly cased member, an unknown side and what is no instant are refused. Whether
// the kind takes the fields says the verb that records it.
func (f *Fact) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, f) }

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, the instant in RFC 3339 in UTC. [Opening.UnmarshalJSON] gives an equal opening
// back.
func (o Opening) MarshalJSON() ([]byte, error) { return wire.Marshal(&o) }

// UnmarshalJSON reads an opening. It is strict: day is needed, an unknown, repeated or
// wrongly cased member, an unknown name and what is no day or instant are refused.
// Whether a deal can enter so says [Rules.Open].
func (o *Opening) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, o) }

// MarshalJSON returns the dated playbook in its order: members in a fixed order, what is
// empty left out, instants in RFC 3339 in UTC. The form is for readers; nothing reads it
// back.
func (s Schedule) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// itemForm is how an [Item] is written: the task inside.
type itemForm struct {
	Task TaskID `json:"task"`
	// the work in words
	Says       string               `json:"says,omitzero"`
	Owner      Owner                `json:"owner,omitzero"`
	Kind       Kind                 `json:"kind,omitzero"`
	Role       model.Responsibility `json:"role,omitzero"`
	Stage      Stage                `json:"stage,omitzero"`
	State      ItemState            `json:"state,omitzero"`
	Start      value.Date           `json:"start,omitzero"`
	Due        value.Date           `json:"due,omitzero"`
	Overdue    bool                 `json:"overdue,omitzero"`
	Owes       model.Side           `json:"owes,omitzero"`
	PartnerRep string               `json:"partner_rep,omitzero"`
	VendorRep  string               `json:"vendor_rep,omitzero"`
	By         string               `json:"by,omitzero"`
	At         time.Time            `json:"at,omitzero"`
	Reason     string               `json:"reason,omitzero"`
}

// AppendJSON appends what [Item.MarshalJSON] returns.
func (i Item) AppendJSON(b []byte) ([]byte, error) {
	return wire.Append(b, &itemForm{
		i.Task.ID, i.Task.Says, i.Task.Owner, i.Task.Kind, i.Task.Role, i.Stage, i.State, i.Start, i.Due, i.Overdue, i.Owes,
		i.PartnerRep, i.VendorRep, i.By, i.At, i.Reason,
	})
}

// MarshalJSON returns the item, as a [Schedule] writes it, with what its task says; how
// the playbook dates the task is left out for the dates.
func (i Item) MarshalJSON() ([]byte, error) { return i.AppendJSON(nil) }
