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
	Event Event `json:"event"` // as it was recorded; the consent names its verb and its instant
	// who has not consented, the partner that leads first; nil: only participants have not
	From    []model.Side  `json:"from,omitzero"`
	Further []model.Party `json:"further,omitzero"` // the participants that have not; nil: none
	Due     time.Time     `json:"due,omitzero"`     // from here on managers may in their place; zero: not on hold
	Instead []model.Party `json:"instead,omitzero"` // whose managers may, and have not; nil: the side that asked
	Shut    []Shut        `json:"shut,omitzero"`    // what refuses the event now, whoever consents; nil: nothing
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
		missing := s.missing(&e)
		a := Awaiting{Event: e}
		a.From, a.Further = s.split(missing)
		a.Due, _ = r.lapse(s, &e, missing) // zero after the year 9999
		if e.Verb == VerbSetLead {
			a.Instead = s.instead(&s.waits[i])
		}
		forced := s.forced(&Event{Verb: VerbConsent, Of: e.Verb, Move: Move{At: at}})
		a.Shut = r.judge(s, &forced)
		moot := func(shut Shut) bool {
			return shut.Code == StageState || shut.Code == GateOrder || shut.Code == GateModelSet
		}
		if len(missing) > 0 && !slices.ContainsFunc(a.Shut, moot) {
			list = append(list, a)
		}
	}
	return list
}

// Consent gives the consent that a recorded event waits for; of and asked are its verb and its instant. With the last
// consent the event takes effect as of the consent, if no gate is shut then; else the decision refuses the consent
// with what is shut, and the event waits on. After the policy's ConsentDays a manager of the side that asked may
// consent in place of the other one, with a reason; for a change of lead, to which three parties have to agree,
// managers of all that have consented. Days on hold do not count, except to an event that ends the hold. A person who
// has no consent to give, and an event that does not wait, are a [StageConsent] error at by or of.
func (r *Rules) Consent(p Progress, of Verb, asked time.Time, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbConsent, Of: of, Asked: asked, Move: m})
}

// Refuse says no to a recorded event that waits for the consent of the person's side: it is void. Errors are those of
// [Rules.Consent].
func (r *Rules) Refuse(p Progress, of Verb, asked time.Time, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbRefuse, Of: of, Asked: asked, Move: m})
}

// waiting is an event that waits for consents.
type waiting struct {
	Event
	instead []model.Party // whose managers consented in place of those who have not
}

// needs returns the parties whose consent an event needs, that of whoever asks included, and since when consents to it
// count; nil where it needs none. A consent to another model counts from the last choice of one on, one to another
// lead from the last change of it on.
func (s *state) needs(e *Event) (parties []model.Party, since time.Time) {
	vendor := model.Party{Side: model.Vendor}
	switch {
	case s.book == nil:
		return nil, since
	case e.Verb == VerbSetLead:
		return []model.Party{s.lead, vendor, e.Lead}, s.ledFrom
	case e.Verb == VerbSetModel:
		since = s.chosen
	case e.Verb == VerbRebaseline:
	case !s.led(e) || s.engagement.Leader() != 0:
		return nil, since
	}
	return []model.Party{s.lead, vendor}, since
}

// missing returns the parties whose consent an event needs and does not have.
func (s *state) missing(e *Event) (parties []model.Party) {
	needed, since := s.needs(e)
	for _, p := range needed {
		consents := func(c model.Consent) bool { return of(c.By.Party, p) && !c.At.Before(since) }
		if !of(e.By.Party, p) && !slices.ContainsFunc(e.Consents, consents) {
			parties = append(parties, p)
		}
	}
	return parties
}

// split returns the vendor and the partner that leads as sides, and the participants.
func (s *state) split(parties []model.Party) (two []model.Side, further []model.Party) {
	for _, p := range parties {
		if s.further(p) {
			further = append(further, p)
		} else {
			two = append(two, p.Side)
		}
	}
	return two, further
}

// wait returns the event of a verb that waits for consents, or nil.
func (s *state) wait(of Verb) *waiting {
	i := slices.IndexFunc(s.waits, func(w waiting) bool { return w.Verb == of })
	if i < 0 {
		return nil
	}
	return &s.waits[i]
}

// consent adds a consent to the event that waits for it, and returns who has not consented yet; forces reports whether
// it was the last one. In place of who does not answer consent managers of all others.
func (s *state) consent(e *Event) (pending []model.Party, forces bool) {
	w := *s.wait(e.Of)
	missing := s.missing(&w.Event)
	own := func(p model.Party) bool { return of(e.By.Party, p) }
	if slices.ContainsFunc(missing, own) {
		if pending = slices.DeleteFunc(slices.Clone(missing), own); len(pending) == 0 {
			return nil, true
		}
		w.Consents = append(slices.Clip(w.Consents), model.Consent{By: e.By, At: e.At})
	} else {
		w.instead = append(slices.Clip(w.instead), e.By.Party)
		if pending = missing; len(s.instead(&w)) == 0 {
			return nil, true
		}
	}
	s.waits = slices.Clone(s.waits)
	*s.wait(e.Of) = w
	return pending, false
}

// instead returns the parties whose managers may consent in place of the only one that has not, and have not done so.
func (s *state) instead(w *waiting) (parties []model.Party) {
	needed, _ := s.needs(&w.Event)
	missing := s.missing(&w.Event)
	if len(missing) > 1 {
		return nil
	}
	for _, p := range needed {
		given := func(q model.Party) bool { return of(q, p) }
		if !slices.Contains(missing, p) && !slices.ContainsFunc(w.instead, given) {
			parties = append(parties, p)
		}
	}
	return parties
}

// forced returns the event that the last consent brings into effect: as of the consent and with its evidence, because
// its own is recorded.
func (s *state) forced(consent *Event) Event {
	e := s.wait(consent.Of).Event
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
	missing := s.missing(&w.Event)
	own := func(p model.Party) bool { return of(e.By.Party, p) }
	if slices.ContainsFunc(missing, own) {
		return nil
	}
	due, err := r.lapse(s, &w.Event, missing)
	switch {
	case e.Verb == VerbRefuse || len(missing) == 0 || !slices.ContainsFunc(s.instead(w), own):
		return value.Below("by", value.NewError(StageConsent, s.name(e.By.Party),
			"has no consent to give or to refuse"))
	case err == nil && due.IsZero():
		return value.Below("by", value.NewError(StageConsent, s.name(e.By.Party),
			"asked, and may not consent in place of "+s.name(missing[0])+" while the deal is on hold"))
	case err != nil || e.At.Before(due):
		did := "asked"
		if !of(e.By.Party, w.By.Party) {
			did = "has consented"
		}
		return value.Below("by", value.NewError(StageConsent, s.name(e.By.Party),
			did+", and may consent in place of "+s.name(missing[0])+" from "+instant(due)+" on"))
	}
	return value.Below("reason", checkReason(e.Reason, true))
}

// lapse returns from when on managers may consent in place of others; zero while the deal is on hold, where the term
// stands still, but not of an event that ends the hold. A side that alone owes its consent owns the term.
func (r *Rules) lapse(s *state, e *Event, from []model.Party) (time.Time, error) {
	place := r.workplace
	if len(from) == 1 {
		place = place.Of(int(from[0].Side))
	}
	var pauses []value.Pause
	if e.Verb != VerbResume && e.Verb != VerbReopen {
		pauses = s.pausesAfter(e.At)
	}
	return place.End(e.At, value.BusinessDays(r.policy.ConsentDays), pauses...)
}

// settle drops the event of a verb that waits: it takes effect, it was refused, or a newer one makes it void.
func (s *state) settle(of Verb) {
	if s.wait(of) != nil {
		s.waits = slices.DeleteFunc(slices.Clone(s.waits), func(w waiting) bool { return w.Verb == of })
	}
}
