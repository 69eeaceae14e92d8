package model

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// Choice is the event that sets or changes the engagement model of a deal. The
// methods of its Agreement look at that part alone; [Choose] checks all of it.
type Choice struct {
	Engagement Engagement
	Reason     string // why; needed for a change, free for the first setting
	Agreement         // who, when, and for a change the consents
}

// Chosen is the engagement model of a deal with its history, an immutable value
// that [Choose] makes. The zero value is a deal whose model is not set.
type Chosen struct {
	history []Choice
	parties Parties // who chose and consented
}

// Given returns the state of a deal whose model was set already when its record
// begins, by nobody named. An unknown model is an [EngagementUnknown] error, a
// missing instant an [AgreementAt] error.
func Given(e Engagement, at time.Time) (Chosen, error) {
	var problems value.Errors
	problems.Add("engagement", e.Check())
	if at.IsZero() {
		problems.Refuse("at", AgreementAt, "nothing", "says since when the model is set")
	}
	if err := problems.Err(); err != nil {
		return Chosen{}, err
	}
	return Chosen{history: []Choice{{Engagement: e, Agreement: Agreement{At: at.UTC()}}}}, nil
}

// Engagement returns the model in force, or 0 where none is set.
func (c Chosen) Engagement() Engagement {
	if len(c.history) == 0 {
		return 0
	}
	return c.history[len(c.history)-1].Engagement
}

// History returns every choice in order, its instants in UTC; empty where none was
// made. The caller owns it, the consents included.
func (c Chosen) History() []Choice {
	history := make([]Choice, len(c.history))
	for i, choice := range c.history {
		history[i] = choice.clone()
	}
	return history
}

// ChoiceDecision is the outcome of [Choose].
type ChoiceDecision struct {
	Chosen  Chosen         // the next state; the old one where the choice is refused
	Missing []value.Reason // why it is refused: a consent of each side that lacks; nil where it took effect
}

// Choose sets the model of a deal, or changes it (SPEC 2.2,
// model.before_interaction). The first setting needs nobody's consent. A change
// needs a reason and the consent of both sides; the side of the person who makes
// it consents by making it. A missing consent is a decision, all of them at once;
// a malformed event is an error and changes nothing: [EngagementUnknown],
// [ChoiceOrder], [ChoiceReason], [ChoiceSame], [TwoOrgs] where another organisation
// of a side chose or consented before, and those of [Agreement.Check]. Two choices
// of one instant stand in the order of the calls; a consent given at the instant of
// the last choice counts. c and event are never changed, and no slice is kept.
func Choose(c Chosen, event Choice) (ChoiceDecision, error) {
	unchanged := ChoiceDecision{Chosen: c}
	known := c.parties
	if err := c.check(event, &known); err != nil {
		return unchanged, err
	}
	if len(c.history) > 0 {
		unchanged.Missing = event.Missing(c.history[len(c.history)-1].At)
		if len(unchanged.Missing) > 0 {
			return unchanged, nil
		}
	}
	event = event.clone()
	event.At = event.At.UTC()
	for i, consent := range event.Consents {
		event.Consents[i].At = consent.At.UTC()
	}
	history := append(slices.Clip(c.history), event)
	return ChoiceDecision{Chosen: Chosen{history, known}}, nil
}

func (c Chosen) check(event Choice, known *Parties) error {
	var problems value.Errors
	problems.Add("engagement", event.Engagement.Check())
	problems.Add("", event.Agreement.CheckAmong(known))
	if len(c.history) == 0 {
		return problems.Err()
	}
	last := c.history[len(c.history)-1]
	if !event.At.IsZero() && event.At.Before(last.At) {
		problems.Refuse("at", ChoiceOrder, instant(event.At), "is before the last choice, "+instant(last.At))
	}
	if strings.TrimSpace(event.Reason) == "" {
		problems.Refuse("reason", ChoiceReason, "nothing", "says why the model changes")
	}
	if event.Engagement == last.Engagement {
		problems.Refuse("engagement", ChoiceSame, event.Engagement.String(), "is set already")
	}
	return problems.Err()
}

func (e Choice) clone() Choice {
	e.Consents = append([]Consent(nil), e.Consents...)
	return e
}
