package registration

import "github.com/coselling/coselling/internal/enum"

// Status is how a claim stands at an instant (reg.life). The zero value is unset.
type Status uint8

// The statuses.
const (
	Submitted Status = 1 + iota // waits for the vendor's decision
	Queued                      // waits behind an earlier claim that overlaps it
	Approved                    // owns the account until it ends
	Rejected                    // final: by a channel owner, or because an earlier claim was approved
	Withdrawn                   // final
	Expired                     // final
	Won                         // final
	Lost                        // final
	Refused                     // a filing that was not stored
)

var statusNames = enum.Of[Status]("claim.status.unknown",
	"submitted", "queued", "approved", "rejected", "withdrawn", "expired", "won", "lost", "refused")

// ParseStatus returns the status with a name, such as queued. Any other text is a claim.status.unknown error.
func ParseStatus(s string) (Status, error) { return statusNames.Parse(s) }

// String returns the name of the status, or "" for the zero value and unknown numbers.
func (s Status) String() string { return statusNames.Name(s) }

// Verb is a step that somebody takes with a claim. The zero value is unset and refused.
type Verb uint8

// The actions, each with those who may take it.
const (
	Approve  Verb = 1 + iota // a channel owner
	Reject                   // a channel owner, with a reason
	Confirm                  // the other party of a claim for both sides
	Withdraw                 // the holder: the claimant, until the claim is handed over
	Extend                   // the holder or a channel owner, after progress since the approval or the last extension
	Win                      // the holder or a channel owner, once the last deal is won
	Lose                     // the holder or a channel owner, once the last deal is lost
	Admit                    // a channel owner, with a reason: the account may be a customer of the vendor
	// the holder and a channel owner, each with the same party to get the claim; it keeps its stamp and its end
	Hand
)

var actionNames = enum.Of[Verb](ActionUnknown, "approve", "reject", "confirm", "withdraw", "extend", "win", "lose",
	"admit", "hand")

// ParseVerb returns the verb of that name, such as approve, in lower case. Any other text, the empty one
// included, is an [ActionUnknown] error.
func ParseVerb(s string) (Verb, error) { return actionNames.Parse(s) }

// String returns the name of the action, or "" for the zero value and unknown numbers.
func (a Verb) String() string { return actionNames.Name(a) }

// MarshalText returns what String returns.
func (a Verb) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the name of an action, as [ParseVerb] does.
func (a *Verb) UnmarshalText(text []byte) error { return actionNames.Read(a, text) }
