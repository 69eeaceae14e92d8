package book

import (
	_ "embed" // the default book

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Book is the whole agreement of a vendor and its partners as one document: every number, table and choice. No
// field has a default later, so start from [Default] or [Parse]; [Book.Check] refuses the zero value. The caller
// owns the slices and maps; an engine keeps none.
type Book struct {
	// what people call it; 1 to 256 bytes of printable text
	Version string     `json:"version" wire:"needed,1..256,code=book.version,like=visible"`
	From    value.Date `json:"from" wire:"needed,set"` // the first day on which it is in force
	// IANA name of the time zone in which days are counted; the host resolves it
	Zone  string       `json:"zone" wire:"needed,1..256,code=book.zone,like=zone"`
	Roles model.Matrix `json:"roles" wire:"needed"` // who does what under which engagement model
	// which work a further partner takes over from the lead partner, and which it supports (party.function)
	Functions []model.FunctionRow `json:"functions" wire:"needed"`
	// in a deal of several partners, how many days before the win a meeting, a claim or a task counts (party.touched)
	TouchDays    int                 `json:"touch_days" wire:"needed,1..3650"`
	Comp         comp.Policy         `json:"comp" wire:"needed"`         // who is credited and paid what
	Stage        stage.Policy        `json:"stage" wire:"needed"`        // the playbooks
	Registration registration.Policy `json:"registration" wire:"needed"` // who registered first, and for how long
	Escalation   escalation.Policy   `json:"escalation" wire:"needed"`   // which blocker goes to which level
	Comms        comms.Policy        `json:"comms" wire:"needed"`        // the times of the communication rules
	Disputes     life.Policy         `json:"disputes" wire:"needed"`     // the terms of disputes about pay
}

// Default returns a new book with the defaults of all packages, which the caller may change. Replace what has no
// real default: the version "default" from 2026-01-01, the zone UTC, the organisation "vendor", and its channel
// owners "channel_owner_1" and "channel_owner_2".
func Default() Book {
	return Book{
		Version:      "default",
		From:         value.MustDate("2026-01-01"),
		Zone:         "UTC",
		Roles:        model.DefaultMatrix(),
		Functions:    model.DefaultFunctions(),
		TouchDays:    180,
		Comp:         comp.DefaultPolicy(),
		Stage:        stage.DefaultPolicy(),
		Registration: registration.DefaultPolicy("vendor", "channel_owner_1", "channel_owner_2"),
		Escalation:   escalation.DefaultPolicy(),
		Comms:        comms.DefaultPolicy(),
		Disputes:     life.DefaultPolicy(),
	}
}

//go:embed default_book.json
var defaultDocument string

// DefaultDocument returns the [Book.Document] of [Default], for people to read, copy and change.
func DefaultDocument() string { return defaultDocument }
