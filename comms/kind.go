package comms

import "github.com/coselling/coselling/internal/enum"

// Kind says what an [Activity] is. The zero value is unset and refused.
type Kind uint8

// The kinds of activity.
const (
	Mail         Kind = 1 + iota // one message, outbound, inbound or internal
	Meeting                      // a meeting, held or planned
	Call                         // a phone call
	Note                         // a note in the CRM of its side, or its copy in the other one
	Question                     // an internal question of one side to the other
	Answer                       // the answer to questions
	Quote                        // a price that a side stated
	Notification                 // word to the other side of an interaction with the prospect
	Cancellation                 // a meeting or a call that does not take place
)

var kindNames = enum.Of[Kind](KindUnknown, "mail", "meeting", "call", "note", "question", "answer", "quote", "notification", "cancellation")

// String returns the kind's name, or "" where it is unset.
func (k Kind) String() string { return kindNames.Name(k) }

// MarshalText returns the name, and nothing for the zero value.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a kind by its name, such as mail; anything else is a
// [KindUnknown] error.
func (k *Kind) UnmarshalText(text []byte) error { return kindNames.Read(k, text) }
