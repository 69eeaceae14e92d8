package model

import (
	"time"

	"github.com/coselling/coselling/value"
)

// JudgeRegistration returns the finding model.registration_mismatch where the model that is set differs from the
// one that the active registration decides; nil otherwise, and where either is missing.
func JudgeRegistration(set Engagement, r Registrant) []value.Reason {
	decided := r.Engagement()
	if set == 0 || decided == 0 || set == decided {
		return nil
	}
	return []value.Reason{value.NewReason(RegistrationMismatch,
		"the model set is {set}, the active registration ({registrant}) decides {decided}",
		value.Op("set", value.Word(set.String())), value.Op("registrant", value.Word(r.String())),
		value.Op("decided", value.Word(decided.String())))}
}

// FirstContact holds the instants that model.before_interaction compares. Instants after AsOf are ignored.
type FirstContact struct {
	Opened   time.Time // when the opportunity opened; contact before it does not count; zero: all contact counts
	ModelSet time.Time // when an engagement model was first set; zero: none is set
	// interactions with the prospect that are logged on the deal, in any order: mails out, calls, meetings
	Interactions []time.Time
	AsOf         time.Time // the instant of the question; zero: every interaction is ignored
}

// JudgeFirstContact returns the finding model.before_interaction, without a path, where the first interaction
// with the prospect, on or after the opening, came before the model was set, or where none is set; nil
// otherwise. An interaction at the same instant is in time. A model that is set after AsOf counts as not set.
func JudgeFirstContact(f FirstContact) []value.Reason {
	first, contacted := f.firstInteraction()
	set := !f.ModelSet.IsZero() && !f.ModelSet.After(f.AsOf)
	at := value.Op("first", first.UTC())
	switch {
	case !contacted || set && !f.ModelSet.After(first):
		return nil
	case set:
		return []value.Reason{value.NewReason(BeforeInteraction,
			"the prospect was contacted on {first}, the engagement model was set only on {set}",
			at, value.Op("set", f.ModelSet.UTC()))}
	default:
		return []value.Reason{value.NewReason(BeforeInteraction,
			"the prospect was contacted on {first} and no engagement model is set", at)}
	}
}

func (f FirstContact) firstInteraction() (first time.Time, ok bool) {
	for _, at := range f.Interactions {
		if at.Before(f.Opened) || at.After(f.AsOf) {
			continue
		}
		if !ok || at.Before(first) {
			first, ok = at, true
		}
	}
	return first, ok
}
