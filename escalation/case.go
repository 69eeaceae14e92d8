package escalation

import (
	"strconv"
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// maxSteps is the largest number of steps of a case that ParseCase reads.
const maxSteps = 2000

// Case is the recorded history of one kind of blocker on one deal, immutable; the zero value is no case. A host
// keeps the last case of each deal and kind, and may store it as JSON. It runs no job: [Rules.State] computes the
// steps that time has taken since the last recorded one.
type Case struct {
	deal  string
	kind  BlockerKind
	steps *step // the last one
}

// Deal returns the id of the deal; "" for no case.
func (c Case) Deal() string { return c.deal }

// Kind returns the kind of blocker; "" for no case.
func (c Case) Kind() BlockerKind { return c.kind }

// History returns the recorded entries in order; nil for no case. The caller owns the slice.
func (c Case) History() []Entry { return c.steps.entries() }

// IsZero reports whether c is no case.
func (c Case) IsZero() bool { return c.steps == nil }

// Raise records a blocker (esc.timeout). last is the last case of its deal and kind, or zero. An open case records
// that it was raised again; one resolved less than ReopenWithin ago is reopened at its last level; else a new case
// begins. The last step tells these apart.
//
// Errors, all at once: the deal's facts and [DealLead] below deal, [KindUnknown] or esc.kind.id at kind, fact.instant
// at raised, esc.event.by and those of [model.Party.Check] below by, esc.event.note at note; then one alone:
// esc.case.other, [CaseOrder] at raised, esc.case.steps. The deal's facts have the codes esc.deal.id,
// esc.deal.executive, esc.deal.amount, esc.deal.resized, fact.instant, playbook.size.unknown and [value.MoneyCurrency].
func (r *Rules) Raise(last Case, b Blocker) (Case, error) {
	if err := r.missing(); err != nil {
		return Case{}, err
	}
	if err := r.checkBlocker(&b); err != nil {
		return Case{}, err
	}
	entry := Entry{Act: Opened, At: b.Raised, By: b.By, Level: r.kinds[b.Kind].level, Note: b.Note}
	fresh := Case{deal: b.Deal.ID, kind: b.Kind, steps: (*step)(nil).then(entry)}
	if last.IsZero() {
		return fresh, nil
	}
	if last.deal != b.Deal.ID || last.kind != b.Kind {
		return Case{}, otherCase(last, b.Deal.ID, b.Kind)
	}
	run, err := r.until(last, b.Deal, b.Raised)
	if err != nil {
		return Case{}, value.Below("raised", err)
	}
	entry.Level = run.level
	if run.Resolved.IsZero() {
		entry.Act = RaisedAgain
		return run.record(entry)
	}
	soon, err := run.clock.end(r.policy.ReopenWithin, run.Resolved)
	if err != nil || !b.Raised.Before(soon) {
		return fresh, value.Below("raised", err)
	}
	entry.Act = Reopened
	return run.record(entry)
}

func (r *Rules) checkBlocker(b *Blocker) error {
	var problems value.Errors
	problems.Add("deal", b.Deal.check(&r.policy))
	to, ok := r.kinds[b.Kind]
	if !ok {
		problems.Add("kind", r.unknown(b.Kind))
	}
	if ok && to.level == RepLevel {
		problems.Add("deal", r.checkLeads(&b.Deal))
	}
	problems.Add("raised", enter(&b.Raised))
	if b.Note == "" {
		b.Note = b.Evidence.String() // the history says why
	}
	if b.By != (model.Person{}) {
		problems.Add("by", r.checkBy(b.By))
	}
	problems.Add("note", checkNote(b.Note))
	return problems.Err()
}

// Acknowledge records that somebody responded (esc.respond); at its next level the case needs it again. Errors,
// all at once: the deal's facts below deal, as in [Rules.Raise]; esc.event.by, those of [model.Party.Check],
// fact.instant and esc.event.note below event; esc.case.other at case for the zero case or that of another deal;
// then one alone: [CaseOrder], else [CaseClosed] at event.at, else esc.case.steps.
func (r *Rules) Acknowledge(c Case, d Facts, e Event) (Case, error) {
	return r.happen(c, d, e, Acknowledged)
}

// Resolve records that the blocker is gone. Its errors are those of [Rules.Acknowledge].
func (r *Rules) Resolve(c Case, d Facts, e Event) (Case, error) { return r.happen(c, d, e, Resolved) }

func (r *Rules) happen(c Case, d Facts, e Event, act Act) (Case, error) {
	if err := r.missing(); err != nil {
		return Case{}, err
	}
	var problems value.Errors
	problems.Add("deal", d.check(&r.policy))
	problems.Add("event.by", r.checkBy(e.By))
	problems.Add("event.at", enter(&e.At))
	problems.Add("event.note", checkNote(e.Note))
	problems.Add("case", belongs(c, d))
	if err := problems.Err(); err != nil {
		return Case{}, err
	}
	run, err := r.until(c, d, e.At)
	if err != nil {
		return Case{}, value.Below("event.at", err)
	}
	if !run.Resolved.IsZero() {
		return Case{}, value.Below("event.at",
			value.NewError(CaseClosed, "the case",
				"was resolved at "+run.Resolved.Format(time.RFC3339Nano)+"; raise the blocker again to reopen it"))
	}
	return run.record(Entry{Act: act, At: e.At, By: e.By, Level: run.level, Note: e.Note})
}

// until plays the case up to an event, which may not be before the last recorded step.
func (r *Rules) until(c Case, d Facts, at time.Time) (run, error) {
	if last := c.steps.entry.At; at.Before(last) {
		return run{}, value.NewError(CaseOrder, at.Format(time.RFC3339Nano),
			"is before the last step of the case, "+last.Format(time.RFC3339Nano))
	}
	return r.run(c, d, at)
}

// belongs refuses the zero case and a case of another deal.
func belongs(c Case, d Facts) error {
	if c.IsZero() {
		return value.NewError(caseOther, "nothing", "is open; raise the blocker first")
	}
	if c.deal != d.ID {
		return otherCase(c, d.ID, c.kind)
	}
	return nil
}

func otherCase(c Case, deal string, kind BlockerKind) error {
	return value.NewError(caseOther, "a case "+value.Quote(string(c.kind))+" of deal "+value.Quote(c.deal),
		"is not one "+value.Quote(string(kind))+" of deal "+value.Quote(deal))
}

// record returns the case of a run with another step.
func (s *run) record(e Entry) (Case, error) {
	if n := s.steps.len() + 1; n > maxSteps {
		return Case{}, value.NewError(caseSteps, strconv.Itoa(n)+" steps",
			"are above the limit of "+strconv.Itoa(maxSteps))
	}
	return Case{deal: s.deal, kind: s.kind, steps: s.steps.then(e)}, nil
}

// Act is the act of one step of a case. The zero value is unset and refused.
type Act uint8

// The acts.
const (
	Opened       Act = 1 + iota // the blocker was raised
	Acknowledged                // somebody of the level responded
	RaisedAgain                 // raised while the case was open; its clocks run on
	Escalated                   // moved up one level by time
	reminded                    // no step has it; State.Notified is when people were notified again
	Resolved                    // the blocker is gone
	Reopened                    // raised again soon after it was resolved; at its last level, with fresh clocks
)

var actNames = enum.Of[Act]("esc.act.unknown", "opened", "acknowledged", "raised_again", "escalated", "reminded",
	"resolved", "reopened")

// String returns the act's name; "" for any other number.
func (a Act) String() string { return actNames.Name(a) }

// MarshalText returns what [Act.String] returns; the error is always nil.
func (a Act) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the name of an act, such as raised_again; anything else is an esc.act.unknown error.
func (a *Act) UnmarshalText(text []byte) error { return actNames.Read(a, text) }

// enters reports whether a case enters a level by the act, with fresh clocks.
func (a Act) enters() bool { return a == Opened || a == Reopened || a == Escalated }

// Entry is one entry in the history of a case.
type Entry struct {
	Act   Act          `json:"act" wire:"needed"`
	At    time.Time    `json:"at" wire:"needed,utc"`      // in UTC
	By    model.Person `json:"by,omitzero" wire:"pos=2"`  // zero: time or the facts of the deal did it
	Level Level        `json:"level" wire:"needed,pos=1"` // of the case after the step
	// a note of the person, or the evidence; may be empty
	Note string `json:"note,omitzero" wire:"..1000,code=esc.event.note,pos=3"`
}
