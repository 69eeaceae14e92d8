package comms

import (
	"time"

	"github.com/coselling/coselling/value"
)

const (
	maxLog = 10_000_000
	// maxProblems is how many problems of a log are reported at once.
	maxProblems = 1000
)

// Rules is a compiled policy, immutable and safe for concurrent use. Make it with [Compile]; nil and the zero value
// are a comms.rules.missing error of [Rules.Track] and [Rules.Judge].
type Rules struct {
	policy    Policy
	workplace value.Workplace
	compiled  bool
}

// Compile checks a policy and returns all problems at once, with the code comms.policy.range and paths such as
// comms.sync_every. Days are those of UTC and business days are Monday to Friday; [Rules.In] changes both.
func Compile(p Policy) (*Rules, error) {
	if err := p.Check(); err != nil {
		return nil, value.Below("comms", err)
	}
	return &Rules{policy: p, compiled: true}, nil
}

// In returns the same rules with the business days of a workplace, and its zone: debriefs are due by its days, also
// where the account has a zone of its own, and an account without one has it.
func (r *Rules) In(w value.Workplace) *Rules {
	var moved Rules
	if r != nil {
		moved = *r
	}
	moved.workplace = w.Clone()
	return &moved
}

// Judge judges a whole log, in any order, as of an instant, or of the deal's end if that was earlier. It ignores
// later facts, except planned prospect meetings. The errors of [Rules.Track] come alone; if there are none, those of
// [Tracker.Add] for every activity, with paths such as log[3].at, until 1000 or a few more; comms.log.size, at log,
// above 10,000,000 activities. The slices stay the caller's.
func (r *Rules) Judge(deal Facts, log []Activity, asOf time.Time) (Report, error) {
	t, err := r.Track(deal)
	if err != nil {
		return Report{}, err
	}
	if len(log) > maxLog {
		return Report{}, value.Below("log", logSize())
	}
	t.ids, t.log = make(map[string]*entry, len(log)), make([]*entry, 0, len(log))
	var problems value.Errors
	for i, a := range log {
		if err := t.Add(a); err != nil {
			problems.Add(value.Index("log", i), err)
		}
		if len(problems) >= maxProblems {
			break
		}
	}
	if err := problems.Err(); err != nil {
		return Report{}, err
	}
	return t.Report(asOf), nil
}

func logSize() error {
	return value.NewError(codeLogSize, "the log", "has more activities than a deal takes, which is 10000000")
}
