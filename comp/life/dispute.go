package life

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// key is the name of a dispute: a line is disputed once at most for each reason.
type key struct {
	line  comp.LineID
	doubt Doubt
}

// dispute is a dispute with its events so far.
type dispute struct {
	line      Line // as it was disputed, or the missing one
	doubt     Doubt
	terms     Policy  // of the payer when it was raised
	events    []Event // Disputed, an answer, Appealed, an answer; answers that nobody gave are not there
	due       time.Time
	lapse     time.Time // the end of the term to appeal, once it runs; before the first answer as if nobody answers
	corrected time.Time // when the correction of the last acceptance was drafted
}

func (d *dispute) last() *Event { return &d.events[len(d.events)-1] }

// awaits reports whether an answer is awaited.
func (d *dispute) awaits(at time.Time) bool {
	return (d.last().Do == Disputed || d.last().Do == Appealed) && at.Before(d.due)
}

// uncorrected reports whether a dispute was accepted and its correction is not drafted.
func (d *dispute) uncorrected() bool { return d.last().Do == Accepted && d.corrected.IsZero() }

// correctedBy reports whether a draft of its line is the correction. A missing line is corrected by any.
func (d *dispute) correctedBy(draft *Event) bool {
	return d.uncorrected() && (d.doubt == MissingLine || d.last().Correction == draft.Correction)
}

func (d *dispute) appealed() bool {
	return slices.ContainsFunc(d.events, func(e Event) bool { return e.Do == Appealed })
}

// took reports whether a person has taken part.
func (d *dispute) took(who model.Person) bool {
	return slices.ContainsFunc(d.events, func(e Event) bool { return e.By == who })
}

// status returns the status at an instant and when it began: unanswered counts as declined.
func (d *dispute) status(at time.Time) (Verb, time.Time) {
	if last := d.last(); last.Do != Disputed && last.Do != Appealed || at.Before(d.due) {
		return last.Do, last.At
	}
	return Declined, d.due
}

// raise takes a dispute.
func (s *state) raise(v *verdict, e *Event, places map[model.Party]value.Workplace) *dispute {
	l, id, from := e.Missing, e.Line, value.Date{}
	if e.Doubt == MissingLine {
		id, from = l.ID, l.Won
		if s.lines[id] != nil {
			v.refuse(DisputeRule, "missing", "the line is there; dispute its credit, rate or amount")
		}
		if s.staff[l.Payer] == nil {
			v.problems.Refuse("missing.payer", staffUnset, value.Quote(l.Payer.String()),
				"has not named its approvers; name them first")
			return nil
		}
	} else if known := s.lines[id]; known != nil {
		l = &known.Line
		day, err := value.DateOf(known.drafted, places[l.Party].Zone)
		v.problems.Add("at", err)
		from = day
		if e.Expects.Currency() != l.currency() {
			v.problems.Refuse("expects", value.MoneyCurrency, e.Expects.String(), "is not in the currency of the line")
		}
	} else {
		v.problems.Refuse("line", lineUnknown, named(id), "is no line that was drafted")
		return nil
	}
	if e.Doubt == OtherParty && e.Against == l.Party {
		v.problems.Refuse("against", "life.against", value.Quote(e.Against.String()), "is the payee's own party")
	}
	if !s.mayDispute(e.By, l) {
		v.refuse(DisputeRule, "by", "only the payee or the payee's manager disputes a line")
	}
	terms := s.staff[l.Payer].Policy
	s.judgeDay(v, e, from, terms, places[l.Party].Zone)
	if old := s.disputes[key{id, e.Doubt}]; old != nil {
		v.refuse(DisputeRule, "", "the line was disputed for this reason before; an answer can be appealed, once")
	}
	due, err := places[l.Payer].End(e.At, value.BusinessDays(terms.AnswerDays))
	v.problems.Add("at", err)
	lapse, err := places[l.Party].End(due, value.BusinessDays(terms.AppealDays))
	v.problems.Add("at", err)
	if v.stops() {
		return s.disputes[key{id, e.Doubt}]
	}
	d := &dispute{line: *l, doubt: e.Doubt, terms: terms, events: []Event{*e}, due: due, lapse: lapse}
	s.disputes[key{id, e.Doubt}] = d
	s.ofLine[id] = append(s.ofLine[id], d)
	return d
}

// judgeDay refuses a dispute before the day from which its days count, and after the last one.
func (s *state) judgeDay(v *verdict, e *Event, from value.Date, terms Policy, zone *time.Location) {
	today, err := value.DateOf(e.At, zone)
	v.problems.Add("at", err)
	until, err := from.AddDays(terms.DisputeDays)
	v.problems.Add("missing.won", err)
	switch {
	case err != nil || today.IsZero():
	case today.Before(from):
		v.refuse(DisputeRule, "", "the day {won} has not come; a projection cannot be disputed", value.Op("won", from))
	case today.After(until):
		v.refuse(DisputeRule, "", "the line could be disputed until {until}", value.Op("until", until))
	}
}

// find returns the dispute of an event, or nil with a problem.
func (s *state) find(v *verdict, e *Event) *dispute {
	d := s.disputes[key{e.Line, e.Doubt}]
	if d == nil {
		v.problems.Refuse("line", "life.dispute.unknown", named(e.Line),
			"is the line of no dispute of the kind "+value.Quote(e.Doubt.String()))
	}
	return d
}

// answer takes the answer to a dispute or to an appeal.
func (s *state) answer(v *verdict, e *Event, places map[model.Party]value.Workplace) *dispute {
	d := s.find(v, e)
	if d == nil {
		return nil
	}
	if !s.isApprover(e.By, d.line.Payer) {
		v.refuse(DisputeRule, "by", "{name} is no approver of the payer", value.Op("name", e.By.Name))
	}
	if e.By == d.line.payee() {
		v.refuse(SeparateRule, "by", "nobody decides about their own line")
	} else if d.took(e.By) {
		v.refuse(SeparateRule, "by", "{name} has taken part in this dispute; another approver answers",
			value.Op("name", e.By.Name))
	}
	if !d.awaits(e.At) {
		v.refuse(DisputeRule, "",
			"no answer is awaited: the dispute is answered, or the term ended and it counts as declined")
	}
	lapse, err := places[d.line.Party].End(e.At, value.BusinessDays(d.terms.AppealDays))
	v.problems.Add("at", err)
	if !v.stops() {
		d.events, d.lapse = append(d.events, *e), lapse
	}
	return d
}

// appeal takes an appeal against an answer.
func (s *state) appeal(v *verdict, e *Event, places map[model.Party]value.Workplace) *dispute {
	d := s.find(v, e)
	if d == nil {
		return nil
	}
	if !s.mayDispute(e.By, &d.line) {
		v.refuse(DisputeRule, "by", "only the payee or the payee's manager appeals")
	}
	switch {
	case d.appealed():
		v.refuse(DisputeRule, "", "the dispute was appealed once; the second answer is final")
	case d.awaits(e.At):
		v.refuse(DisputeRule, "", "the dispute is not answered yet")
	case d.uncorrected():
		v.refuse(DisputeRule, "", "the dispute is accepted; its correction can be appealed once it is drafted")
	case !e.At.Before(d.lapse):
		v.refuse(DisputeRule, "", "the term to appeal has ended")
	}
	if len(s.deciders(d, e.By)) == 0 {
		v.refuse(SeparateRule, "", "nobody is left to appeal to; the answer is final")
	}
	due, err := places[d.line.Payer].End(e.At, value.BusinessDays(d.terms.AnswerDays))
	v.problems.Add("at", err)
	if !v.stops() {
		d.events, d.due, d.corrected = append(d.events, *e), due, time.Time{}
	}
	return d
}

// deciders returns the approvers who may still answer a dispute, without one who is about to take part.
func (s *state) deciders(d *dispute, but model.Person) []model.Person {
	return s.approvers(&d.line, func(p model.Person) bool { return p == but || d.took(p) })
}
