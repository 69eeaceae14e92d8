package comms

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Policy is the times of the communication rules. Every field counts: nothing is
// defaulted later, so start from [DefaultPolicy]. The zero value is refused by
// [Compile]. Lengths of time are whole seconds, 1 second to 8784 hours, and they
// elapse: weekends and daylight saving change nothing. What is due within such a
// time is in time at its very end.
type Policy struct {
	// from one sync to the next, start to start (comm.weekly_sync)
	SyncEvery time.Duration `json:"sync_every" wire:"needed,1..31622400,code=comms.policy.range"`
	// how long a sync may take (comm.weekly_sync)
	SyncAtMost time.Duration `json:"sync_at_most" wire:"needed,1..31622400,code=comms.policy.range"`
	// when a shared note stands in both CRMs (comm.shared_notes)
	NotesWithin time.Duration `json:"notes_within" wire:"needed,1..31622400,code=comms.policy.range"`
	// when the other side knows of an interaction, counted from its end (comm.notify)
	NotifyWithin time.Duration `json:"notify_within" wire:"needed,1..31622400,code=comms.policy.range"`
	// when a question is answered (comm.response)
	AnswerWithin time.Duration `json:"answer_within" wire:"needed,1..31622400,code=comms.policy.range"`
	// advice for planning a prep; never a finding (comm.prep)
	PrepLength time.Duration `json:"prep_length" wire:"needed,1..31622400,code=comms.policy.range"`
	// advice for planning a debrief; never a finding (comm.debrief)
	DebriefLength time.Duration `json:"debrief_length" wire:"needed,1..31622400,code=comms.policy.range"`
	// how many business days a debrief may take: it is in time before 24:00 of the last
	// of them (comm.debrief)
	DebriefDays int `json:"debrief_days" wire:"needed,1..30,code=comms.policy.range"`
}

// DefaultPolicy returns a complete policy that the caller may change (SPEC section
// 4): a sync of at most 15 minutes every 7 × 24 hours, notes within 24 hours, word
// of an interaction within 1 hour, answers within 24 hours, preps of 30 minutes,
// debriefs of 15 minutes by the end of the next business day.
func DefaultPolicy() Policy {
	return Policy{
		SyncEvery:     7 * 24 * time.Hour,
		SyncAtMost:    15 * time.Minute,
		NotesWithin:   24 * time.Hour,
		NotifyWithin:  time.Hour,
		AnswerWithin:  24 * time.Hour,
		PrepLength:    30 * time.Minute,
		DebriefLength: 15 * time.Minute,
		DebriefDays:   1,
	}
}

const maxPolicyBytes = 64 << 10

// ParsePolicy reads the JSON form of a policy, at most 64 KiB. Every member is needed.
// It is strict, and reports every problem at once: an unknown, repeated, wrongly cased or
// missing member, a value of another type, what is no length of time like 1h30m, and
// [PolicyRange]. Text that is not JSON gives its first error alone. What ParsePolicy
// returns, [Compile] takes.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.In("comms", err)
}

// MarshalJSON returns the canonical form: every member, in a fixed order, lengths of
// time in hours, minutes and seconds. [ParsePolicy] gives an equal policy back. A
// policy that [Compile] refuses is written as it stands.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy; the document knows where that stands.
func (p *Policy) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxPolicyBytes, p) }

// Check returns every problem of the policy at once, with paths inside it. [Compile]
// takes a policy without problems.
func (p Policy) Check() error { return wire.Check(&p) }
