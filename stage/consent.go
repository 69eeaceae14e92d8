package stage

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Awaiting is an event that waits for consents (stage.consent). Until the last of them it moves nothing.
type Awaiting struct {
	Event Event        `json:"event"`         // as it was recorded; the consent names its verb and its instant
	From  []model.Side `json:"from"`          // the sides that have not consented, partner first
	Due   time.Time    `json:"due,omitzero"`  // from here on a manager of another side may consent in their place
	Shut  []Shut       `json:"shut,omitzero"` // what refuses the event now, whoever consents; nil: nothing
}

// Awaiting returns the events that wait for consents at an instant, in the order in which they were recorded; nil for
// none. An event that a refusal or a newer event of its verb has made void waits no more. One that the deal's status,
// stage or model does not permit now is left out. The caller owns the slices.
func (r *Rules) Awaiting(p Progress, at time.Time) []Awaiting {
	if p.state == nil || r.missing() != nil {
		return nil
	}
	var list []Awaiting
	s := r.asOf(p.state, at)
	for i := range s.waits {
		e := s.waits[i].clone()
		a := Awaiting{Event: e, From: s.missing(&e)}
		a.Due, _ = r.lapse(e.At, a.From) // zero after the year 9999
		forced := s.forced(&Event{Verb: VerbConsent, Of: e.Verb, Move: Move{At: at}})
		a.Shut = r.judge(s, &forced)
		moot := func(shut Shut) bool {
			return shut.Code == StageState || shut.Code == GateOrder || shut.Code == GateModelSet
		}
		if len(a.From) > 0 && !slices.ContainsFunc(a.Shut, moot) {
			list = append(list, a)
		}
	}
	return list
}

// Consent gives the consent that a recorded event waits for; of and asked are its verb and its instant. With the last
// consent the event takes effect as of the consent, if no gate is shut then; else the decision refuses the consent
// with what is shut, and the event waits on. After the policy's ConsentDays a manager of the side that asked may
// consent in place of the other one, with a reason. A person who has no consent to give, and an event that does not
// wait, are a [StageConsent] error at by or of.
func (r *Rules) Consent(p Progress, of Verb, asked time.Time, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbConsent, Of: of, Asked: asked, Move: m})
}

// Refuse says no to a recorded event that waits for the consent of the person's side: it is void. Errors are those of
// [Rules.Consent].
func (r *Rules) Refuse(p Progress, of Verb, asked time.Time, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbRefuse, Of: of, Asked: asked, Move: m})
}

// missing returns the sides whose consent an event needs and does not have. A consent to another model counts from the
// last choice of one on.
func (s *state) missing(e *Event) []model.Side {
	var since time.Time
	switch {
	case s.book == nil:
		return nil
	case e.Verb == VerbSetModel:
		since = s.chosen
	case e.Verb == VerbRebaseline:
	case !s.led(e) || s.engagement.Leader() != 0:
		return nil
	}
	other := e.By.Party.Side.Other()
	consents := func(c model.Consent) bool { return c.By.Party.Side == other && !c.At.Before(since) }
	if slices.ContainsFunc(e.Consents, consents) {
		return nil
	}
	return []model.Side{other}
}

// wait returns the event of a verb that waits for consents, or nil.
func (s *state) wait(of Verb) *Event {
	i := slices.IndexFunc(s.waits, func(e Event) bool { return e.Verb == of })
	if i < 0 {
		return nil
	}
	return &s.waits[i]
}

// forced returns the event that the last consent brings into effect: as of the consent and with its evidence, because
// its own is recorded.
func (s *state) forced(consent *Event) Event {
	e := *s.wait(consent.Of)
	e.Asked, e.At = e.At, consent.At
	e.Evidence, e.Overrides = consent.Evidence, consent.Overrides
	return e
}

// checkAnswer refuses a consent or a refusal that nobody waits for.
func (r *Rules) checkAnswer(s *state, e *Event) error {
	w := s.wait(e.Of)
	if w == nil || !w.At.Equal(e.Asked) {
		var waiting []string
		for i := range s.waits {
			waiting = append(waiting, s.waits[i].Verb.String()+" of "+instant(s.waits[i].At))
		}
		if waiting == nil {
			waiting = []string{"nothing"}
		}
		return value.Below("of", value.NewError(StageConsent, e.Of.String()+" of "+instant(e.Asked),
			"waits for no consent; what waits is "+strings.Join(waiting, ", ")))
	}
	missing := s.missing(w)
	if slices.Contains(missing, e.By.Party.Side) {
		return nil
	}
	due, err := r.lapse(w.At, missing)
	switch {
	case e.Verb == VerbRefuse || len(missing) == 0:
		return value.Below("by", value.NewError(StageConsent, "the "+e.By.Party.Side.String(),
			"has no consent to give or to refuse"))
	case err != nil || e.At.Before(due):
		return value.Below("by", value.NewError(StageConsent, "the "+e.By.Party.Side.String(),
			"asked, and may consent in place of the "+missing[0].String()+" from "+instant(due)+" on"))
	}
	return value.Below("reason", checkReason(e.Reason, true))
}

// lapse returns from when on managers may consent in place of sides. A side that alone owes its consent owns the term.
func (r *Rules) lapse(asked time.Time, from []model.Side) (time.Time, error) {
	place := r.workplace
	if len(from) == 1 {
		place = place.Of(int(from[0]))
	}
	return place.End(asked, value.BusinessDays(r.policy.ConsentDays))
}

// settle drops the event of a verb that waits: it takes effect, it was refused, or a newer one makes it void.
func (s *state) settle(of Verb) {
	if s.wait(of) != nil {
		s.waits = slices.DeleteFunc(slices.Clone(s.waits), func(w Event) bool { return w.Verb == of })
	}
}
