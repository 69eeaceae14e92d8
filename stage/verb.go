package stage

import "github.com/coselling/coselling/internal/enum"

// Status is the status of a deal, beside its stage. The zero value is no deal.
type Status uint8

// The statuses.
const (
	Running    Status = 1 + iota // in a stage
	OnHold                       // on hold: nothing becomes overdue or slipping
	ClosedWon                    // won, for ever
	ClosedLost                   // lost; only reopening changes that
)

var statusNames = [...]string{"", "running", "on_hold", "won", "lost"}

// String returns the status's name; "" for any other number.
func (s Status) String() string { return enum.Name(s, statusNames[:]) }

// MarshalText returns what [Status.String] returns; the error is always nil.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Verb is the kind of an [Event]. The zero value is refused.
type Verb uint8

// The verbs, each done by the method of [Rules] with its name.
const (
	VerbAdvance  Verb = 1 + iota // to the next stage
	VerbSendBack                 // to an earlier stage
	VerbHold
	VerbResume
	VerbWin
	VerbLose
	VerbReopen
	VerbSetModel
	VerbResize
	VerbRecord
	VerbDone
	VerbWaive
	VerbRaise
	VerbConsent // to a recorded event that waits for it
	VerbRefuse  // to consent
	VerbRebaseline
	VerbSetLead // another partner leads, by [Rules.Apply] (party.lead)
)

var verbNames = enum.Of[Verb](
	verbUnknown, "advance", "send_back", "hold", "resume", "win", "lose", "reopen", "set_model", "resize", "record",
	"done", "waive", "raise", "consent", "refuse", "rebaseline", "set_lead",
)

// String returns the verb's name; "" for any other number.
func (v Verb) String() string { return verbNames.Name(v) }

// MarshalText returns what [Verb.String] returns; the error is always nil.
func (v Verb) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the name of a verb, such as send_back. Anything else is an event.unknown error.
func (v *Verb) UnmarshalText(text []byte) error { return verbNames.Read(v, text) }

// when is the set of statuses in which a verb is permitted.
type when uint8

const (
	running when = 1 << Running
	onHold  when = 1 << OnHold
	won     when = 1 << ClosedWon
	lost    when = 1 << ClosedLost
)

// verbTable holds the conditions of each verb.
var verbTable = [...]struct {
	from    when
	unset   bool // permitted while no model is set
	led     bool // only for the side that owns the relationship (stage.authority)
	because bool // needs a reason
}{
	VerbAdvance:  {running, false, true, false},
	VerbSendBack: {running, false, true, true},
	VerbHold:     {running | onHold, true, true, false}, // again: another day to review it
	VerbResume:   {onHold, true, true, false},
	VerbWin:      {running, false, true, false},
	VerbLose:     {running | onHold, true, false, true},
	VerbReopen:   {lost, true, true, true},
	VerbSetModel: {running | onHold, true, false, false}, // a change needs both sides
	VerbResize:   {running | onHold, false, true, false},
	VerbRecord:   {running | onHold | won | lost, true, false, false},
	VerbDone:     {running | onHold | won, false, false, false},
	VerbWaive:    {running | onHold | won, false, false, true},
	VerbRaise:    {running | onHold, false, false, false},
	VerbConsent:  {running | onHold | lost, false, false, false},
	VerbRefuse:   {running | onHold | lost, false, false, false},

	VerbRebaseline: {running | onHold, false, true, true},  // needs both sides
	VerbSetLead:    {running | onHold, false, false, true}, // needs the vendor, who led and who will lead
}
