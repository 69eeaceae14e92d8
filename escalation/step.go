package escalation

import (
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
)

// Act is one thing that happens in the life of a case. The zero value is unset and
// refused.
type Act uint8

// The acts.
const (
	Opened       Act = 1 + iota // the blocker was raised
	Acknowledged                // somebody of the level responded
	RaisedAgain                 // the same blocker, while the case was open; no clock moves
	Escalated                   // time moved the case up one level
	reminded                    // a name that no step has: [Standing] says when people were notified again
	Resolved                    // it is over
	Reopened                    // raised again soon after it was over; at its last level with fresh clocks
)

var actNames = enum.Of[Act](ActUnknown, "opened", "acknowledged", "raised_again", "escalated", "reminded", "resolved", "reopened")

// String returns the act's name, or "" where it is unset.
func (a Act) String() string { return actNames.Name(a) }

// MarshalText returns the name, and nothing for the zero value.
func (a Act) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the name of an act, such as raised_again; anything else is an
// [ActUnknown] error.
func (a *Act) UnmarshalText(text []byte) error { return actNames.Read(a, text) }

// enters reports whether a case enters a level by the act, with fresh clocks.
func (a Act) enters() bool { return a == Opened || a == Reopened || a == Escalated }

// Step is one entry in the history of a case. Steps are comparable with == where
// their instants are.
type Step struct {
	Act   Act          `json:"act" wire:"needed"`
	At    time.Time    `json:"at" wire:"needed,utc"`      // UTC
	By    model.Person `json:"by,omitzero" wire:"pos=2"`  // zero where time or the facts of the deal did it
	Level Level        `json:"level" wire:"needed,pos=1"` // where the case stands after the step
	// what the person said, or the evidence; may be empty
	Note string `json:"note,omitzero" wire:"..1000,code=esc.event.note,pos=3"`
}
