package stage

import (
	"time"
)

// AsOf returns the progress as it was at an instant: events after it are gone. An
// instant before the opening gives the opening.
func (r *Rules) AsOf(p Progress, at time.Time) Progress {
	if p.state == nil {
		return p
	}
	return Progress{r.asOf(p.state, at)}
}

func (r *Rules) asOf(s *state, at time.Time) *state {
	past := s.history
	for past != nil && past.event.At.After(at) {
		past = past.before
	}
	if past == s.history {
		return s
	}
	p, err := r.Replay(s.opening, past.events())
	if err != nil {
		return s // the history was made by other rules
	}
	return p.state
}
