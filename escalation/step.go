package escalation

import (
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
)

// Act is the act of one step of a case. The zero value is unset and refused.
type Act uint8

// The acts.
const (
	Opened       Act = 1 + iota // the blocker was raised
	Acknowledged                // somebody of the level responded
	RaisedAgain                 // raised while the case was open; its clocks run on
	Escalated                   // moved up one level by time
	reminded                    // no step has it; Standing.Notified is when people were notified again
	Resolved                    // the blocker is gone
	Reopened                    // raised again soon after it was resolved; at its last level, with fresh clocks
)

var actNames = enum.Of[Act](ActUnknown, "opened", "acknowledged", "raised_again", "escalated", "reminded", "resolved", "reopened")

// String returns the act's name, or "" for the zero value.
func (a Act) String() string { return actNames.Name(a) }

// MarshalText returns the name, and nothing for the zero value.
func (a Act) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the name of an act, such as raised_again; anything else is an
// [ActUnknown] error.
func (a *Act) UnmarshalText(text []byte) error { return actNames.Read(a, text) }

// enters reports whether a case enters a level by the act, with fresh clocks.
func (a Act) enters() bool { return a == Opened || a == Reopened || a == Escalated }

// Step is one entry in the history of a case.
type Step struct {
	Act   Act          `json:"act" wire:"needed"`
	At    time.Time    `json:"at" wire:"needed,utc"`      // in UTC
	By    model.Person `json:"by,omitzero" wire:"pos=2"`  // zero: time or the facts of the deal did it
	Level Level        `json:"level" wire:"needed,pos=1"` // of the case after the step
	// a note of the person, or the evidence; may be empty
	Note string `json:"note,omitzero" wire:"..1000,code=esc.event.note,pos=3"`
}
