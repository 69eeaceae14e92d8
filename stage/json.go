package stage

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxFactBytes = 16 << 20 // of one fact, event or opening

// MarshalJSON returns the canonical form, without empty members. [Event.UnmarshalJSON] gives an equal event back.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event strictly; verb and at are needed. [Rules.Apply] checks the members of the verb.
func (e *Event) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, e) }

// MarshalJSON returns the canonical form. [Override.UnmarshalJSON] gives an equal override back.
func (o Override) MarshalJSON() ([]byte, error) { return wire.Marshal(&o) }

// UnmarshalJSON reads an override strictly; gate, by and at are needed.
func (o *Override) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, o) }

// MarshalJSON returns the canonical form, without empty members. [Fact.UnmarshalJSON] gives an equal fact back.
func (f Fact) MarshalJSON() ([]byte, error) { return wire.Marshal(&f) }

// UnmarshalJSON reads a fact strictly; kind and at are needed. The verb that records it checks the other fields.
func (f *Fact) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, f) }

// MarshalJSON returns the canonical form, without empty members. [Opening.UnmarshalJSON] gives an equal one back.
func (o Opening) MarshalJSON() ([]byte, error) { return wire.Marshal(&o) }

// UnmarshalJSON reads an opening strictly; day is needed. [Rules.Open] checks whether a deal can enter so.
func (o *Opening) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, o) }

// MarshalJSON returns the dated playbook, without empty members. The library does not read this form.
func (s Schedule) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// itemForm is the JSON form of an [Item], with the members of its task beside its own.
type itemForm struct {
	Task       TaskID               `json:"task"`
	Says       string               `json:"says,omitzero"` // the work in words
	Owner      Owner                `json:"owner,omitzero"`
	Kind       TaskKind             `json:"kind,omitzero"`
	Role       model.Responsibility `json:"role,omitzero"`
	Stage      Stage                `json:"stage,omitzero"`
	State      ItemState            `json:"state,omitzero"`
	Start      value.Date           `json:"start,omitzero"`
	Due        value.Date           `json:"due,omitzero"`
	Overdue    bool                 `json:"overdue,omitzero"`
	Ahead      bool                 `json:"ahead,omitzero"`
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
		i.Overdue, i.Ahead, i.Owes, i.PartnerRep, i.VendorRep, i.By, i.At, i.Reason,
	})
}

// MarshalJSON returns the item as a [Schedule] writes it, with its task's id, words, owner, kind and role.
func (i Item) MarshalJSON() ([]byte, error) { return i.AppendJSON(nil) }
