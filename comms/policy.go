package comms

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Policy holds the times of the communication rules. All fields are needed; start from [DefaultPolicy]. Lengths of
// calls are whole seconds of elapsed time, from 1 second to 8784 hours, in JSON a text such as "168h" or "1h30m". A
// duty done at the very end of its term is in time; only a debrief ends before 24:00. On hold terms stand still.
type Policy struct {
	// days from that of one sync to that of the next, which is in time until its 24:00 in the account's zone
	// (comm.weekly_sync)
	SyncDays int `json:"sync_days" wire:"needed,1..366,code=comms.policy.range"`
	// how long a sync may take (comm.weekly_sync)
	SyncAtMost time.Duration `json:"sync_at_most" wire:"needed,1..31622400,code=comms.policy.range"`
	// how long the copy of a shared note in the other CRM may take (comm.shared_notes)
	NotesWithin value.Term `json:"notes_within" wire:"needed,like=term"`
	// how long a report to the other side may take, from the end of an interaction (comm.notify)
	NotifyWithin value.Term `json:"notify_within" wire:"needed,like=term"`
	// how long an answer may take (comm.response)
	AnswerWithin value.Term `json:"answer_within" wire:"needed,like=term"`
	// advice for planning a prep; never a finding (comm.prep)
	PrepLength time.Duration `json:"prep_length" wire:"needed,1..31622400,code=comms.policy.range"`
	// advice for planning a debrief; never a finding (comm.debrief)
	DebriefLength time.Duration `json:"debrief_length" wire:"needed,1..31622400,code=comms.policy.range"`
	// business days after a meeting within which its debrief ends, before 24:00 of the last of them (comm.debrief)
	DebriefDays int `json:"debrief_days" wire:"needed,1..30,code=comms.policy.range"`
}

// DefaultPolicy returns a complete policy that the caller may change: a sync of at most 15 minutes every 7 days,
// notes and answers within 24 hours, reports within 1 hour, preps of 30 minutes, debriefs of 15 minutes by the end
// of the next business day.
func DefaultPolicy() Policy {
	return Policy{
		SyncDays:      7,
		SyncAtMost:    15 * time.Minute,
		NotesWithin:   value.Hours(24),
		NotifyWithin:  value.Hours(1),
		AnswerWithin:  value.Hours(24),
		PrepLength:    30 * time.Minute,
		DebriefLength: 15 * time.Minute,
		DebriefDays:   1,
	}
}

const maxPolicyBytes = 64 << 10

// ParsePolicy reads the JSON form of a policy, at most 64 KiB, strictly. It reports all problems at once, with paths
// such as comms.sync_days: comms.policy.range, term.format, term.range, fact.duration, json.missing, json.unknown,
// json.repeated, json.type. Of text that is not JSON it reports only the first, json.syntax; of too long text only
// json.size. [Compile] accepts every policy that ParsePolicy returns.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.Below("comms", err)
}

// MarshalJSON returns the canonical form, which [ParsePolicy] reads back as an equal policy; lengths like 1h30m.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a policy as [ParsePolicy] does; the paths of its errors begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxPolicyBytes, p, Policy.rules)
}

// Check returns all problems of the policy at once, with paths inside it; nil where [Compile] accepts it.
func (p Policy) Check() error { return wire.CheckAll(&p, Policy.rules) }

// rules returns the problems that tags cannot express.
func (p Policy) rules() error {
	var problems value.Errors
	problems.Add("notes_within", p.NotesWithin.Check())
	problems.Add("notify_within", p.NotifyWithin.Check())
	problems.Add("answer_within", p.AnswerWithin.Check())
	return problems.Err()
}
