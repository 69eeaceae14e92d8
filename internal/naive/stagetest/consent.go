package stagetest

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// pending reports whether an event that no gate refuses waits for the other side: a move of a true co-sell, and a
// change of model. A consent from before the last choice of a model was for that choice.
func (o *oracle) pending(e stage.Event) bool {
	m, since := o.now(), time.Time{}
	switch {
	case m.engagement == 0:
		return false
	case e.Verb == stage.VerbSetModel:
		since = o.began()
		for _, past := range o.log {
			if past.Verb == stage.VerbSetModel {
				since = past.At
			}
		}
	case e.Verb == stage.VerbRebaseline:
	case m.engagement != model.TrueCoSell || !o.led(e):
		return false
	}
	return !slices.ContainsFunc(e.Consents, func(c model.Consent) bool {
		return c.By.Party.Side == e.By.Party.Side.Other() && !c.At.Before(since)
	})
}

// led reports whether an event belongs to the side that owns the relationship: every move does, but for deciding on a
// hold from the day of its review on.
func (o *oracle) led(e stage.Event) bool {
	decides := o.now().status == stage.OnHold && (e.Verb == stage.VerbHold || e.Verb == stage.VerbResume)
	return slices.Contains(needsAuthority, e.Verb) && !(decides && !dayOf(e.At).Before(o.review()))
}

// review returns the day on which the last hold is reviewed.
func (o *oracle) review() (day value.Date) {
	for _, e := range o.log {
		if e.Verb == stage.VerbHold && e.Day.IsZero() {
			day = Plus(dayOf(e.At), 30)
		} else if e.Verb == stage.VerbHold {
			day = e.Day
		}
	}
	return day
}

// take takes an event that was not refused: one that waits only records what it brings, and the consent is the event.
func (o *oracle) take(e stage.Event) {
	only := func(e stage.Event) stage.Event {
		e.Verb = stage.VerbRecord
		return e
	}
	drop := func(verb stage.Verb) {
		o.waits = slices.DeleteFunc(slices.Clone(o.waits), func(w stage.Event) bool { return w.Verb == verb })
	}
	switch {
	case o.pending(e):
		drop(e.Verb)
		o.waits, o.log = append(o.waits, e), append(o.log, only(e))
	case e.Verb == stage.VerbRefuse:
		drop(e.Of)
		o.log = append(o.log, only(e))
	case e.Verb == stage.VerbConsent:
		forced := o.forced(e)
		drop(e.Of)
		o.log = append(o.log, forced)
	default:
		drop(e.Verb)
		o.log = append(o.log, e)
	}
}

// forced returns what a consent brings about.
func (o *oracle) forced(consent stage.Event) stage.Event {
	i := slices.IndexFunc(o.waits, func(w stage.Event) bool {
		return w.Verb == consent.Of &&
			w.At.Equal(consent.Asked)
	})
	e := o.waits[i]
	e.At, e.Evidence, e.Overrides = consent.At, consent.Evidence, consent.Overrides
	return e
}

// awaited returns the verbs that wait, and that the deal permits now.
func (o *oracle) awaited(at time.Time) (verbs []stage.Verb) {
	for _, w := range o.waits {
		e := w
		e.At, e.Evidence, e.Overrides = at, nil, nil
		moot := func(line string) bool {
			return line == "stage.state" || line == "gate.order" || line == "gate.model_set"
		}
		if o.pending(w) && !slices.ContainsFunc(o.judge(e), moot) {
			verbs = append(verbs, w.Verb)
		}
	}
	return verbs
}

// answer draws a consent to an event that waits, or a refusal; a record where nothing waits. After the term the side
// that asked may consent.
func (g *Game) answer(t *rapid.T, e *stage.Event) {
	var waits []stage.Event
	for _, w := range g.oracle.waits {
		if g.oracle.pending(w) {
			waits = append(waits, w)
		}
	}
	if len(waits) == 0 {
		e.Verb = stage.VerbRecord
		return
	}
	w := rapid.SampledFrom(waits).Draw(t, "answers")
	e.Of, e.Asked, e.By = w.Verb, w.At, Person(w.By.Party.Side.Other())
	var holds []value.Pause
	if w.Verb != stage.VerbResume && w.Verb != stage.VerbReopen {
		holds = g.oracle.holds()
	}
	due, err := value.Workplace{}.End(w.At, value.BusinessDays(5), holds...)
	if err == nil && !due.IsZero() && !e.At.Before(due) && e.Verb == stage.VerbConsent && rapid.Bool().Draw(t,
		"in place") {
		e.By = w.By
	}
}

// holds returns the times on hold or lost.
func (o *oracle) holds() (list []value.Pause) {
	if o.opening.Stage == stage.Lost {
		list = append(list, value.Pause{From: o.began()})
	}
	for _, e := range o.log {
		on := len(list) > 0 && list[len(list)-1].Until.IsZero()
		switch e.Verb {
		case stage.VerbHold, stage.VerbLose:
			if !on {
				list = append(list, value.Pause{From: e.At})
			}
		case stage.VerbResume, stage.VerbReopen:
			list[len(list)-1].Until = e.At
		}
	}
	return list
}
