package stage

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxFactBytes = 16 << 20 // of one fact, event or opening

// MarshalJSON returns the canonical form: members in a fixed order, those of the move among them, empty ones
// left out, instants in RFC 3339 in UTC. [Event.UnmarshalJSON] gives an equal event back.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event. It is strict: verb and at are needed, and an unknown, repeated or wrongly
// cased member, an unknown name of a closed enumeration and a malformed instant are refused. [Rules.Apply]
// and [Rules.Replay] check the members that the verb needs.
func (e *Event) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, e) }

// MarshalJSON returns the canonical form, as [Event.MarshalJSON] does.
// [Override.UnmarshalJSON] gives an equal override back.
func (o Override) MarshalJSON() ([]byte, error) { return wire.Marshal(&o) }

// UnmarshalJSON reads an override, as strictly as [Event.UnmarshalJSON] reads an event;
// gate, by and at are needed.
func (o *Override) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, o) }

// MarshalJSON returns the canonical form: members in a fixed order, empty ones left out,
// instants in RFC 3339 in UTC. [Fact.UnmarshalJSON] gives an equal fact back.
func (f Fact) MarshalJSON() ([]byte, error) { return wire.Marshal(&f) }

// UnmarshalJSON reads a fact. It is strict: kind and at are needed, and an unknown,
// repeated or wrongly cased member, an unknown side and a malformed instant are refused.
// The verb that records the fact checks the fields that its kind takes.
func (f *Fact) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, f) }

// MarshalJSON returns the canonical form: members in a fixed order, empty ones left out,
// the instant in RFC 3339 in UTC. [Opening.UnmarshalJSON] gives an equal opening back.
func (o Opening) MarshalJSON() ([]byte, error) { return wire.Marshal(&o) }

// UnmarshalJSON reads an opening. It is strict: day is needed, and an unknown, repeated
// or wrongly cased member, an unknown name and a malformed day or instant are refused.
// [Rules.Open] checks whether a deal can enter so.
func (o *Opening) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, o) }

// MarshalJSON returns the dated playbook: members in a fixed order, empty ones left out,
// instants in RFC 3339 in UTC. The library does not read this form.
func (s Schedule) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// itemForm is the JSON form of an [Item], with the members of its task beside its own.
type itemForm struct {
	Task TaskID `json:"task"`
	// the work in words
	Says       string               `json:"says,omitzero"`
	Owner      Owner                `json:"owner,omitzero"`
	Kind       TaskKind             `json:"kind,omitzero"`
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
		i.Task.ID, i.Task.Says, i.Task.Owner, i.Task.Kind, i.Task.Role, i.Stage, i.State, i.Start, i.Due,
		i.Overdue, i.Owes, i.PartnerRep, i.VendorRep, i.By, i.At, i.Reason,
	})
}

// MarshalJSON returns the item as a [Schedule] writes it, with its task's id, words, owner, kind and role.
func (i Item) MarshalJSON() ([]byte, error) { return i.AppendJSON(nil) }
