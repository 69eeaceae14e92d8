package stage

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Move is an act on a deal: the person, the instant, the reason and the evidence. The zero value is refused.
type Move struct {
	To Stage        `json:"to,omitzero" wire:"pos=4"`   // the target of advance and send_back; else empty
	By model.Person `json:"by,omitzero" wire:"pos=3"`   // the person who acts
	At time.Time    `json:"at" wire:"needed,set,pos=2"` // the instant; not before the last event of the deal
	// needed by send_back, lose, reopen, waive, rebaseline, set_lead and a change of model
	Reason    string          `json:"reason,omitzero" wire:"pos=12"`
	Consents  []model.Consent `json:"consents,omitzero" wire:"pos=13"`  // of the other side, if needed; nil: none
	Evidence  []Fact          `json:"evidence,omitzero" wire:"pos=14"`  // recorded first, for its gates; nil: none
	Overrides []Override      `json:"overrides,omitzero" wire:"pos=15"` // recorded with the move; nil: none
}

// Override lets a deal pass a gate that is shut, or lets the side that does not own the relationship move it. It
// takes one by a manager of each company, or one by a manager of either where the move brings a fact [Escalated] that
// is as old as the policy's OverrideDays. It holds for moves from the stage in which it is recorded, also after a
// send-back. The library does not check that the person is a manager.
type Override struct {
	Gate   value.Code   `json:"gate" wire:"needed"` // one of the policy's Overridable, or StageAuthority
	By     model.Person `json:"by" wire:"needed"`
	At     time.Time    `json:"at" wire:"needed"` // not after the move
	Reason string       `json:"reason,omitzero"`  // the reason; needed
}

const (
	maxFacts     = 1000
	maxConsents  = 100
	maxOverrides = 100
	maxEvents    = 100_000
)

// check returns every problem of an event in the given state, and adds the organisations that it meets to known.
func (r *Rules) check(s *state, e *Event, known *model.Parties) error {
	var problems value.Errors
	problems.Add("", (&model.Agreement{By: e.By, At: e.At, Consents: e.Consents}).CheckAmong(known))
	problems.Add("at", s.checkTime(e.At))
	problems.Add("by.name", checkText(e.By.Name))
	problems.Add("by.party.org", checkText(e.By.Party.Org))
	problems.Add("reason", checkReason(e.Reason, verbTable[e.Verb].because))
	problems.Add("consents", checkCount(len(e.Consents), maxConsents))
	problems.Add("evidence", checkCount(s.facts.len()+len(e.Evidence), maxFacts))
	problems.Add("overrides", checkCount(len(s.overrides)+len(e.Overrides), maxOverrides))
	problems.Add("history", checkCount(s.history.len()+1, maxEvents))
	if err := problems.Err(); err != nil {
		return err
	}
	problems.Add("to", checkTo(s, e))
	problems.Add("", s.checkCompanies(e))
	problems.Add("", s.checkFacts(e))
	for i, fact := range e.Evidence {
		if err := r.checkFact(fact, e.At); err != nil { // the path is not made for nothing
			problems.Add(value.Index("evidence", i), err)
		}
	}
	for i, o := range e.Overrides {
		problems.Add(value.Index("overrides", i), r.checkOverride(o, e.At, known))
	}
	problems.Add("", r.checkSubject(s, e))
	return problems.Err()
}

func (s *state) checkTime(at time.Time) error {
	switch {
	case at.IsZero():
		return nil // the agreement says so
	case at.Before(s.last):
		return value.NewError(eventTime, instant(at), "is before the last event of the deal, "+instant(s.last))
	case at.UTC().Year() > wire.LastYear:
		return value.NewError(eventTime, instant(at), "is after the year "+strconv.Itoa(wire.LastYear))
	default:
		return nil
	}
}

func checkReason(reason string, needed bool) error {
	if needed && strings.TrimSpace(reason) == "" {
		return value.NewError("event.reason", "nothing", "says why")
	}
	return checkText(reason)
}

func checkCount(n, most int) error {
	if n > most {
		return value.NewError("event.limit", strconv.Itoa(n),
			"are more than a deal takes, which is "+strconv.Itoa(most))
	}
	return nil
}

// checkTo checks the target of a move. Without a model there is no playbook, and a decision refuses the move.
func checkTo(s *state, e *Event) error {
	if e.Verb != VerbAdvance && e.Verb != VerbSendBack {
		if e.To != "" {
			return value.NewError(StageUnknown, value.Quote(string(e.To)),
				"is not needed; only advance and send_back go to a stage")
		}
		return nil
	}
	b := s.book
	if b == nil || b.position(e.To) >= 0 {
		return nil
	}
	return value.Known(StageUnknown, string(e.To), texts(b.stages()))
}

func (r *Rules) checkFact(f Fact, event time.Time) error {
	own := r.gates[len(gateTable):]
	takes, ok := takenBy(f.Kind)
	if ok || slices.Contains(own, value.Code(f.Kind)) {
		return f.check(takes, event)
	}
	var known []string
	for _, row := range factTable {
		known = append(known, string(row.kind))
	}
	known = append(known, texts(own)...)
	return value.Below("kind", value.Known(factKindUnknown, string(f.Kind), known))
}

func (r *Rules) checkOverride(o Override, event time.Time, known *model.Parties) error {
	var problems value.Errors
	if allowed := append(slices.Clip(r.policy.Overridable), StageAuthority); !slices.Contains(allowed, o.Gate) {
		problems.Refuse("gate", "override.gate", value.Quote(string(o.Gate)),
			"cannot be overridden; allowed are "+strings.Join(texts(allowed), ", "))
	}
	problems.Add("", model.Agreement{By: o.By, At: o.At}.CheckAmong(known))
	problems.Add("at", checkNotAfter(eventTime, o.At, event))
	problems.Add("by.name", checkText(o.By.Name))
	problems.Add("reason", checkReason(o.Reason, true))
	return problems.Err()
}

// checkSubject checks the day, the model, the size, the task or the awaited event of an event whose verb needs one.
func (r *Rules) checkSubject(s *state, e *Event) error {
	switch e.Verb {
	case VerbHold:
		return value.Below("day", r.checkReview(e))
	case VerbSetModel:
		return value.Below("engagement", e.Engagement.Check())
	case VerbResize:
		return value.Below("size", e.Size.Check())
	case VerbRebaseline:
		return value.Below("day", r.checkDay(e))
	case VerbConsent, VerbRefuse:
		return r.checkAnswer(s, e)
	case VerbSetLead:
		return value.Below("lead", s.checkLead(e))
	case VerbDone, VerbWaive, VerbRaise:
		b := s.book
		if b == nil {
			return nil
		}
		if b.task(e.Task) == nil {
			return value.Below("task", value.NewError("task.unknown", value.Quote(string(e.Task)),
				"is not in the "+s.size.String()+" playbook of a "+s.engagement.String()+" deal"))
		}
	}
	return nil
}
