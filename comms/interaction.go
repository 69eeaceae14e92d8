package comms

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
)

// Interaction is contact with the prospect that the log shows: a mail to or from them,
// a call or a meeting that somebody of theirs is on.
type Interaction struct {
	ID      string // of the activity
	Kind    Kind   // Mail, Call or Meeting
	At      time.Time
	Inbound bool // a mail that the prospect wrote
	Partner bool // a rep of the partner is on it
	Vendor  bool // a rep of the vendor is on it
}

// Interactions returns the contact with the prospect until an instant, by start and
// then by id; what was cancelled by then did not take place. Contact before the
// opportunity opened is among it. The caller owns the slice.
func (t *Tracker) Interactions(asOf time.Time) []Interaction {
	asOf = instant(asOf)
	cancelled := map[string]bool{}
	for _, e := range t.log {
		if e.Kind == Cancellation && !e.At.After(asOf) {
			for _, id := range e.About {
				cancelled[id] = true
			}
		}
	}
	var found []*entry
	for _, e := range t.log {
		if e.interaction() && !e.At.After(asOf) && (e.Kind == Mail || !cancelled[e.ID]) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, byStart)
	list := make([]Interaction, len(found))
	for i, e := range found {
		list[i] = Interaction{e.ID, e.Kind, e.At, e.inbound, e.reps[model.Partner], e.reps[model.Vendor]}
	}
	return list
}
