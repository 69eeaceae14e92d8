package registration

import "github.com/coselling/coselling/internal/enum"

// Status says how a claim stands at an instant (reg.life). The zero value is unset.
type Status uint8

// The statuses. Refused is that of a submission that was not stored.
const (
	Submitted Status = 1 + iota // waits for the vendor's decision
	Queued                      // waits behind an earlier claim that overlaps it
	Approved                    // owns, until it ends
	Rejected                    // final: by a channel owner, or because an earlier claim was approved
	Withdrawn                   // final
	Expired                     // final
	Won                         // final
	Lost                        // final
	Refused                     // not stored
)

var statusNames = enum.Of[Status](StatusUnknown, "submitted", "queued", "approved", "rejected", "withdrawn", "expired", "won", "lost", "refused")

// ParseStatus reads a status's name, such as queued; anything else is a
// [StatusUnknown] error.
func ParseStatus(s string) (Status, error) { return statusNames.Parse(s) }

// String returns the status's name, or "" where it is unset.
func (s Status) String() string { return statusNames.Name(s) }

// Action is what somebody does to a claim. The zero value is unset and refused.
type Action uint8

// The actions.
const (
	Approve  Action = 1 + iota // a channel owner
	Reject                     // a channel owner, with a reason
	Confirm                    // the other party of a claim for both
	Withdraw                   // the claimant
	Extend                     // the claimant or a channel owner, once, on progress since approval
	Win                        // the claimant or a channel owner, once the last deal is won
	Lose                       // the claimant or a channel owner, once the last deal is lost
)

var actionNames = enum.Of[Action](ActionUnknown, "approve", "reject", "confirm", "withdraw", "extend", "win", "lose")

// ParseAction reads an action's name, such as approve; anything else is an
// [ActionUnknown] error.
func ParseAction(s string) (Action, error) { return actionNames.Parse(s) }

// String returns the action's name, or "" where it is unset.
func (a Action) String() string { return actionNames.Name(a) }

// MarshalText returns the name, and nothing for the zero value.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a name as [ParseAction] does.
func (a *Action) UnmarshalText(text []byte) error { return actionNames.Read(a, text) }
