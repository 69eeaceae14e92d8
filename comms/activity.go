package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// maxFactBytes bounds one activity or person: the largest activity that a log takes has a
// thousand ids of 998 bytes in each of two lists, all escaped.
const maxFactBytes = 16 << 20

// Activity is one entry of a deal's log, a plain fact. Every activity needs ID, Kind, At
// and Side. Which of the other fields it needs or may have depends on its kind; a field
// that the kind does not have is refused. The slices stay the caller's.
//
// Two activities with the same id and the same content count as one. With the same id
// and other content the second is refused. Addresses are compared without case and plus
// tags; the order of people, references and parts does not matter.
type Activity struct {
	// the mail's Message-ID, [EventID] of an event, else the host's; compared bytewise
	ID   string       `json:"id" wire:"needed,1..998"`
	Kind ActivityKind `json:"kind" wire:"needed,set"`
	At   time.Time    `json:"at" wire:"needed,set"` // when it happened; when a meeting or a call starts
	// when a meeting or a call ends; zero: not known, and At counts
	End time.Time `json:"end,omitzero"`
	// the side that wrote, called, hosted or asked; of a mail from the prospect, the side that received it
	Side model.Side `json:"side" wire:"needed"`

	// address of the person who wrote, called, hosted or asked; a mail needs it
	From string `json:"from,omitzero"`
	// addresses of all other people: to and cc of a mail, or those who took part; bcc does not count
	To []string `json:"to,omitzero"`

	Subject string `json:"subject,omitzero"` // a mail's subject, any activity's title
	// a mail's References and In-Reply-To: message ids, in any order; nil where it has none
	Refs []string `json:"refs,omitzero"`

	// About holds ids of other activities: the questions that an answer answers, the meetings that a
	// cancellation cancels, the interactions that a notification reports, the meetings that a prep or a
	// debrief serves, the note that a note copies into the other CRM.
	About []string `json:"about,omitzero"`

	// of a meeting or a call between the two sides; zero: none of the three
	Purpose Purpose `json:"purpose,omitzero"`
	Covers  []Part  `json:"covers,omitzero"` // parts that a prep or a debrief covered
	Shared  bool    `json:"shared,omitzero"` // a note that belongs in both CRMs
	Offer   Offer   `json:"offer,omitzero"`  // of a quote
}

// Offer is a price that a side stated. Two quotes are compared where their items, quantities and months are equal.
type Offer struct {
	Item     string      `json:"item,omitzero"`     // the product, as both sides name it; compared bytewise; needed
	Quantity int         `json:"quantity,omitzero"` // 1 or more
	Months   int         `json:"months,omitzero"`   // length of the term; 0: no term
	Price    value.Money `json:"price,omitzero"`    // of the whole quantity; above zero
}

// MarshalJSON returns the canonical form: members and lists in a fixed order, without empty members, instants
// in RFC 3339 in UTC. [Activity.UnmarshalJSON] reads it back as an equal activity.
func (a Activity) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// UnmarshalJSON reads an activity strictly: id, kind, at and side are needed; an unknown, repeated or wrongly
// cased member, an unknown name of a closed enumeration, a malformed instant and a list of more than 1000
// elements are refused. [Tracker.Add] checks what the kind of activity needs.
func (a *Activity) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, a) }

// EventID returns the id of one occurrence of a calendar event: the event's UID where
// recurrence is zero, which means that the event does not recur; otherwise the UID, a
// "#" and the instant for which the occurrence was planned, in UTC.
func EventID(uid string, recurrence time.Time) string {
	if recurrence.IsZero() {
		return uid
	}
	return uid + "#" + recurrence.UTC().Format(time.RFC3339)
}

// set returns a sorted copy of a list without repetitions.
func set[T string | Part](list []T) []T { return setOf(slices.Clone(list)) }

// setOf sorts a list in place and drops its repetitions.
func setOf[T string | Part](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// instant returns a time as it is kept: in UTC, without a monotonic reading.
func instant(t time.Time) time.Time { return t.Round(0).UTC() }
