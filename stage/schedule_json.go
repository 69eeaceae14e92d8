package stage

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// scheduleWire is the JSON form; what is empty is left out.
type scheduleWire struct {
	Engagement  string         `json:"engagement,omitempty"`
	Provisional bool           `json:"provisional,omitzero"`
	Windows     []Window       `json:"windows,omitempty"`
	Items       []Item         `json:"items,omitempty"`
	Findings    []value.Reason `json:"findings,omitempty"`
}

// MarshalJSON returns the dated playbook in its order: members in a fixed order, what is
// empty left out, instants in RFC 3339 in UTC. The form is for readers; nothing reads it
// back.
func (s Schedule) MarshalJSON() ([]byte, error) {
	return json.Marshal(scheduleWire{s.Engagement.String(), s.Provisional, s.Windows, s.Items, s.Findings})
}

// windowWire is the JSON form; what is empty is left out.
type windowWire struct {
	Stage Stage      `json:"stage"`
	Says  string     `json:"says,omitempty"`
	First value.Date `json:"first,omitzero"`
	Last  value.Date `json:"last,omitzero"`
}

// MarshalJSON returns the window, as a [Schedule] writes it.
func (w Window) MarshalJSON() ([]byte, error) {
	return json.Marshal(windowWire(w))
}

// itemWire is the JSON form, the task inside; what is empty is left out.
type itemWire struct {
	Task       TaskID               `json:"task"`
	Says       string               `json:"says,omitempty"`
	Owner      string               `json:"owner,omitempty"`
	Kind       string               `json:"kind,omitempty"`
	Role       model.Responsibility `json:"role,omitempty"`
	Stage      Stage                `json:"stage,omitempty"`
	State      string               `json:"state,omitempty"`
	Start      value.Date           `json:"start,omitzero"`
	Due        value.Date           `json:"due,omitzero"`
	Overdue    bool                 `json:"overdue,omitzero"`
	Owes       string               `json:"owes,omitempty"`
	PartnerRep string               `json:"partner_rep,omitempty"`
	VendorRep  string               `json:"vendor_rep,omitempty"`
	By         string               `json:"by,omitempty"`
	At         string               `json:"at,omitempty"`
	Reason     string               `json:"reason,omitempty"`
}

// MarshalJSON returns the item, as a [Schedule] writes it, with what its task says; how
// the playbook dates the task is left out for the dates.
func (i Item) MarshalJSON() ([]byte, error) {
	return json.Marshal(itemWire{
		i.Task.ID, i.Task.Says, i.Task.Owner.String(), i.Task.Kind.String(), i.Task.Role, i.Stage, i.State.String(), i.Start, i.Due, i.Overdue, i.Owes.String(),
		i.PartnerRep, i.VendorRep, i.By, strictjson.InstantText(i.At), i.Reason,
	})
}

// optionWire is the JSON form; what is empty is left out.
type optionWire struct {
	Verb  string `json:"verb"`
	To    Stage  `json:"to,omitempty"`
	Owner string `json:"owner,omitempty"`
	Shut  []Shut `json:"shut,omitempty"`
}

// MarshalJSON returns the option: members in a fixed order, what is empty left out. The
// form is for readers; nothing reads it back.
func (o Option) MarshalJSON() ([]byte, error) {
	return json.Marshal(optionWire{o.Verb.String(), o.To, o.Owner.String(), o.Shut})
}

// shutWire is the JSON form; what is empty is left out.
type shutWire struct {
	Code    value.Code    `json:"code"`
	Owner   string        `json:"owner,omitempty"`
	Missing *value.Reason `json:"missing,omitempty"`
}

// MarshalJSON returns what is shut, as an [Option] writes it.
func (s Shut) MarshalJSON() ([]byte, error) {
	return json.Marshal(shutWire{s.Code, s.Owner.String(), &s.Missing})
}
