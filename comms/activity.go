package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// maxFactBytes bounds one activity or person; the largest has two lists of a thousand escaped ids of 998 bytes.
const maxFactBytes = 16 << 20

// Activity is one entry of a deal's log. ID, Kind, At and Side are needed; the kind decides which other fields are
// needed or allowed. The slices stay the caller's. Two activities with the same id and content count as one; with
// other content the second is refused. Addresses are compared without case and plus tags, lists without order.
type Activity struct {
	// the mail's Message-ID, [EventID] of an event, else the host's; compared bytewise
	ID   string       `json:"id" wire:"needed,1..998"`
	Kind ActivityKind `json:"kind" wire:"needed,set"`
	At   time.Time    `json:"at" wire:"needed,set"` // when it happened; when a meeting or a call starts
	End  time.Time    `json:"end,omitzero"`         // when a meeting or a call ends; zero: not known, and At counts
	// the side that wrote, called, hosted or asked; of a mail from the prospect, the side that received it
	Side model.Side `json:"side" wire:"needed"`

	// address of the person who wrote, called, hosted or asked; a mail needs it. A mail whose author is of neither side
	// and not of the prospect is nobody's outreach: it links threads, and no other rule looks at it
	From string `json:"from,omitzero"`
	// addresses of all other people: to and cc of a mail, or those who took part; bcc does not count
	To []string `json:"to,omitzero"`

	Subject string `json:"subject,omitzero"` // a mail's subject, any activity's title
	// a mail's References and In-Reply-To: message ids, in any order; nil where it has none
	Refs []string `json:"refs,omitzero"`

	// a mail that a program wrote: an absence notice, a bounce, a calendar's notice. It is no contact, asks for
	// nothing and answers nothing
	Automatic bool `json:"automatic,omitzero"`

	// About holds ids of other activities: of questions that are answered, meetings that are cancelled, prepared or
	// debriefed, interactions that are reported, notes that are copied into the other CRM.
	About []string `json:"about,omitzero"`

	Purpose Purpose `json:"purpose,omitzero"` // of a meeting or a call between the two sides; zero: none of the three
	Covers  []Part  `json:"covers,omitzero"`  // parts that a prep or a debrief covered
	Shared  bool    `json:"shared,omitzero"`  // a note that belongs in both CRMs
	Offer   Offer   `json:"offer,omitzero"`   // of a quote
}

// Offer is a price that a side stated. Two quotes are compared where their items, without case, width,
// accents, spaces and punctuation, and their quantities and months are equal.
type Offer struct {
	Item     string      `json:"item,omitzero"`     // the product, as both sides name it; needed
	Quantity int         `json:"quantity,omitzero"` // 1 or more
	Months   int         `json:"months,omitzero"`   // length of the term; 0: no term
	Price    value.Money `json:"price,omitzero"`    // of the whole quantity; above zero
}

// MarshalJSON returns the canonical form, which [Activity.UnmarshalJSON] reads back as an equal activity.
func (a Activity) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// UnmarshalJSON reads an activity strictly; a list has at most 1000 elements. It reports all problems at once, with
// paths inside the activity. [Tracker.Add] checks what the kind needs.
func (a *Activity) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, a) }

// EventID returns the id of one occurrence of a calendar event: its UID and, where recurrence is not zero, "#" and
// recurrence in UTC, to the second: uid#2026-11-02T09:00:00Z. recurrence is the instant for which the occurrence was
// planned; zero for a single event.
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
