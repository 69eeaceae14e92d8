package coselling

import (
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Book is the whole agreement of a vendor and its partners as one document (SPEC 9).
type Book struct {
	Version      string     // 1 to 256 bytes
	From         value.Date // the first day on which it is in force
	Zone         string     // IANA name of the time zone in which days are counted
	Roles        model.Matrix
	Comp         comp.Policy
	Stage        stage.Policy
	Registration registration.Policy
	Escalation   escalation.Policy
	Comms        comms.Policy
}

// DefaultBook returns the default policy as a fresh value (SPEC 9).
func DefaultBook() Book {
	return Book{Version: "default", From: value.MustDate("2026-01-01"), Zone: "UTC", Roles: model.DefaultMatrix(), Comp: comp.DefaultPolicy(), Stage: stage.DefaultPolicy(),
		Registration: registration.DefaultPolicy("vendor", "channel_owner_1", "channel_owner_2"), Escalation: escalation.DefaultPolicy(), Comms: comms.DefaultPolicy()}
}
