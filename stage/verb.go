package stage

import "github.com/coselling/coselling/internal/enum"

// Status is where a deal stands beside its stage. The zero value is that of no deal.
type Status uint8

// The statuses.
const (
	Running    Status = 1 + iota // on its way
	OnHold                       // nothing becomes overdue or slipping
	ClosedWon                    // final
	ClosedLost                   // left by reopening alone
)

var statusNames = [...]string{"", "running", "on_hold", "won", "lost"}

// String returns the status's name, or "" for no deal.
func (s Status) String() string { return enum.Name(s, statusNames[:]) }

// Verb is what an [Event] does to a deal. The zero value is refused.
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
)

var verbNames = enum.Of[Verb](VerbUnknown, "advance", "send_back", "hold", "resume", "win", "lose", "reopen", "set_model", "resize", "record", "done", "waive", "raise")

// String returns the verb's name, or "" for the zero value.
func (v Verb) String() string { return verbNames.Name(v) }

// MarshalText returns the name, and nothing for the zero value.
func (v Verb) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the name of a verb, such as send_back; anything else is a
// [VerbUnknown] error.
func (v *Verb) UnmarshalText(text []byte) error { return verbNames.Read(v, text) }

// when says from which statuses a verb is permitted.
type when uint8

const (
	running when = 1 << Running
	onHold  when = 1 << OnHold
	won     when = 1 << ClosedWon
	lost    when = 1 << ClosedLost
)

// verbTable says of each verb when it is permitted, who may do it, and whether it needs
// a reason.
var verbTable = [...]struct {
	from    when
	unset   bool // permitted while no model is set
	led     bool // for the side that owns the relationship; under true co-sell for either, with the other's consent (stage.authority)
	because bool
}{
	VerbAdvance:  {running, false, true, false},
	VerbSendBack: {running, false, true, true},
	VerbHold:     {running, true, true, false},
	VerbResume:   {onHold, true, true, false},
	VerbWin:      {running, false, true, false},
	VerbLose:     {running | onHold, true, false, true},
	VerbReopen:   {lost, true, true, true},
	VerbSetModel: {running | onHold, true, false, false}, // a change needs both sides
	VerbResize:   {running | onHold, true, false, false},
	VerbRecord:   {running | onHold | won | lost, true, false, false},
	VerbDone:     {running | onHold | won, false, false, false},
	VerbWaive:    {running | onHold | won, false, false, true},
	VerbRaise:    {running | onHold, false, false, false},
}
