package comms

import (
	"time"

	"github.com/coselling/coselling/value"
)

const (
	maxLog = 10_000_000
	// maxProblems bounds how many problems of a log are reported at once.
	maxProblems = 1000
)

// Rules is a compiled policy, immutable and safe for concurrent use. Make it with
// [Compile]; the zero value judges by no policy and is refused.
type Rules struct {
	policy    Policy
	workplace value.Workplace
	compiled  bool
}

// Compile checks a policy, every problem at once: [PolicyRange].
// Days are those of UTC and business days are Monday to Friday; [Rules.In] changes
// that.
func Compile(p Policy) (Rules, error) {
	if err := p.Check(); err != nil {
		return Rules{}, value.In("comms", err)
	}
	return Rules{policy: p, compiled: true}, nil
}

// In returns the same rules with business days counted by a workplace's calendar and
// ended in its zone, which also ends the day of an account without a zone of its own.
// No other rule looks at either.
func (r Rules) In(w value.Workplace) Rules {
	r.workplace = w.Clone()
	return r
}

// Check judges a whole log, in any order, as of an instant (SPEC section 4). Facts
// after asOf are not known to it, but for planned meetings with the prospect. A deal
// that ended before is judged as of its end. Errors are those of [Rules.Track] and
// [Tracker.Add], with paths below deal and log, the first 1000 at once; a log of more
// than 10,000,000 activities is a [LogSize] error. Equal activities are one. The
// slices stay the caller's.
func (r Rules) Check(deal Deal, log []Activity, asOf time.Time) (Report, error) {
	t, err := r.Track(deal)
	if err != nil {
		return Report{}, err
	}
	if len(log) > maxLog {
		return Report{}, value.In("log", logSize())
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
	return value.NewError(LogSize, "the log", "has more activities than a deal takes, which is 10000000")
}
