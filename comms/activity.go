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

// Activity is one entry of a deal's log: a plain fact. ID, Kind, At and Side are
// needed for all of them, the rest as the kind says; a field that the kind does not
// have is refused. Slices stay the caller's.
//
// Two activities with one id and the same content are one; with another content
// the second is refused. Addresses are compared without case and plus tags, the
// order of people, references and parts does not count.
type Activity struct {
	// the mail's Message-ID, [EventID] of an event, else the host's; compared bytewise
	ID   string    `json:"id" wire:"needed,1..998"`
	Kind Kind      `json:"kind" wire:"needed,set"` // what it is
	At   time.Time `json:"at" wire:"needed,set"`   // when it happened; when a meeting or a call starts
	End  time.Time `json:"end,omitzero"`           // when a meeting or a call ends; zero is not known, and counts as At
	// whose activity it is: who wrote, called, hosted, asked; for a mail from the prospect who received it
	Side model.Side `json:"side" wire:"needed"`

	From string `json:"from,omitzero"` // address of who wrote, called, hosted, asked; needed for a mail
	// addresses of everybody else on it: to and cc of a mail, who took part; never bcc, which does not count
	To []string `json:"to,omitzero"`

	Subject string `json:"subject,omitzero"` // a mail's subject, any activity's title
	// a mail's References and In-Reply-To: message ids, in any order; nil where it has none
	Refs []string `json:"refs,omitzero"`

	// About holds ids of other activities: the questions that an answer answers, what a
	// cancellation cancels, the interactions that a notification tells of, the meetings
	// that a prep or a debrief serves, the note that a note copies into the other CRM.
	About []string `json:"about,omitzero"`

	// of a meeting or a call between the two sides; zero is none of the three
	Purpose Purpose `json:"purpose,omitzero"`
	Covers  []Part  `json:"covers,omitzero"` // what a prep or a debrief covered
	Shared  bool    `json:"shared,omitzero"` // whether a note is for both CRMs
	Offer   Offer   `json:"offer,omitzero"`  // what a quote states
}

// Offer is what a side stated as a price. Quotes are compared where item, quantity
// and months are equal.
type Offer struct {
	Item     string      `json:"item,omitzero"`     // what is sold, as both sides name it; compared bytewise; needed
	Quantity int         `json:"quantity,omitzero"` // how many, 1 or more
	Months   int         `json:"months,omitzero"`   // length of the term, 0 where there is none
	Price    value.Money `json:"price,omitzero"`    // for all of it; above zero
}

// MarshalJSON returns the canonical form: members in a fixed order, lists in theirs,
// what is empty left out, instants in RFC 3339 in UTC. [Activity.UnmarshalJSON] gives
// an equal activity back.
func (a Activity) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// UnmarshalJSON reads an activity. It is strict: id, kind, at and side are needed, an
// unknown, repeated or wrongly cased member, an unknown name of a closed enumeration
// and what is no instant are refused, and so are lists of more than 1000. Whether the
// activity has what its kind asks for says [Tracker.Add].
func (a *Activity) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, a) }

// EventID returns the id of one occurrence of a calendar event: the event's UID
// alone where the event does not recur (a zero recurrence), else with the instant
// that the occurrence was planned for.
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

// instant is a time as it is kept: in UTC, without a monotonic reading.
func instant(t time.Time) time.Time { return t.Round(0).UTC() }
