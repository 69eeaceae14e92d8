package comms

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/value"
)

// Policy is the times of the communication rules. Every field counts: nothing is
// defaulted later, so start from [DefaultPolicy]. The zero value is refused by
// [Compile]. Lengths of time are whole seconds, 1 second to 8784 hours, and they
// elapse: weekends and daylight saving change nothing. What is due within such a
// time is in time at its very end.
type Policy struct {
	SyncEvery    time.Duration // from one sync to the next, start to start (comm.weekly_sync)
	SyncAtMost   time.Duration // how long a sync may take (comm.weekly_sync)
	NotesWithin  time.Duration // when a shared note stands in both CRMs (comm.shared_notes)
	NotifyWithin time.Duration // when the other side knows of an interaction, counted from its end (comm.notify)
	AnswerWithin time.Duration // when a question is answered (comm.response)
	PrepLength   time.Duration // advice for planning a prep; never a finding (comm.prep)

	// DebriefLength is advice for planning a debrief, DebriefDays how many business days
	// it may take, 1 to 30: it is in time before 24:00 of the last of them (comm.debrief).
	DebriefLength time.Duration
	DebriefDays   int
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

const (
	maxDuration = 8784 * time.Hour // 366 days
	maxDays     = 30
)

// durations lists the lengths of time with their names.
func (p *Policy) durations() [7]struct {
	name string
	at   *time.Duration
} {
	return [...]struct {
		name string
		at   *time.Duration
	}{
		{"sync_every", &p.SyncEvery},
		{"sync_at_most", &p.SyncAtMost},
		{"notes_within", &p.NotesWithin},
		{"notify_within", &p.NotifyWithin},
		{"answer_within", &p.AnswerWithin},
		{"prep_length", &p.PrepLength},
		{"debrief_length", &p.DebriefLength},
	}
}

// Check returns every problem of the policy at once, with paths inside it. [Compile]
// takes a policy without problems.
func (p Policy) Check() error {
	var problems value.Errors
	for _, d := range p.durations() {
		problems.Add(d.name, checkDuration(*d.at))
	}
	if p.DebriefDays < 1 || p.DebriefDays > maxDays {
		problems.Add("debrief_days", value.NewError(PolicyRange, strconv.Itoa(p.DebriefDays), "is no count of business days; give 1 to 30"))
	}
	return problems.Err()
}

func checkDuration(d time.Duration) error {
	if d < time.Second || d > maxDuration || d%time.Second != 0 {
		return value.NewError(PolicyRange, d.String(), "is outside 1s to 8784h, or no whole seconds")
	}
	return nil
}
