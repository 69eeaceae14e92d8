package escalation

import (
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// maxSteps bounds a case so that the largest one is a document that ParseCase reads.
const maxSteps = 2000

// Case is the life of one blocker of one deal, as far as it is recorded: what was
// raised, acknowledged and resolved, by whom, and what time did until the last of
// these. What time did since is computed by [Routes.Standing], so that no job has to
// run. Cases are immutable; the zero value is no case. A host keeps the last case of
// each deal and kind, and may store it as JSON.
type Case struct {
	deal  string
	kind  Kind
	steps []Step // never changed in place
}

// Deal returns the id of the deal; "" for no case.
func (c Case) Deal() string { return c.deal }

// Kind returns the kind of blocker; "" for no case.
func (c Case) Kind() Kind { return c.kind }

// Steps returns the recorded history in order; nil for no case. The caller owns the
// slice.
func (c Case) Steps() []Step { return slices.Clone(c.steps) }

// IsZero reports whether c is no case.
func (c Case) IsZero() bool { return len(c.steps) == 0 }

// Raise opens a case for a blocker (SPEC section 7). last is the last case of this
// deal and kind, or the zero value. Where last is open the blocker joins it; where
// last was resolved less than the policy's ReopenWithin ago it is reopened at its
// last level with fresh clocks; else a new case begins at the level of the kind.
// What was decided is the last step of the case that Raise returns. Errors:
// [KindUnknown], [DealID], [DealLead], [EventBy], [EventNote], [Instant],
// [CaseOther], [CaseOrder], [CaseSteps] and those of the deal's facts.
func (r *Routes) Raise(last Case, b Blocker) (Case, error) {
	if err := r.checkBlocker(&b); err != nil {
		return Case{}, err
	}
	step := Step{Act: Opened, At: b.Raised, By: b.By, Level: r.kinds[b.Kind].level, Note: b.Note}
	fresh := Case{deal: b.Deal.ID, kind: b.Kind, steps: []Step{step}}
	if last.IsZero() {
		return fresh, nil
	}
	if last.deal != b.Deal.ID || last.kind != b.Kind {
		return Case{}, otherCase(last, b.Deal.ID, b.Kind)
	}
	run, err := r.until(last, b.Deal, b.Raised)
	if err != nil {
		return Case{}, value.In("raised", err)
	}
	step.Level = run.level
	if run.Resolved.IsZero() {
		step.Act = RaisedAgain
		return run.record(step)
	}
	soon, err := r.clock.end(r.policy.ReopenWithin, run.Resolved)
	if err != nil || !b.Raised.Before(soon) {
		return fresh, value.In("raised", err)
	}
	step.Act = Reopened
	return run.record(step)
}

func (r *Routes) checkBlocker(b *Blocker) error {
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
		b.Note = b.Evidence.String() // the history says why without the facts of the day
	}
	if b.By != (model.Person{}) {
		problems.Add("by", r.checkBy(b.By))
	}
	problems.Add("note", checkNote(b.Note))
	return problems.Err()
}

// Acknowledge records that somebody responded (esc.respond). Time goes on: an
// acknowledged case is not resolved, and may still move up, where it is to be
// acknowledged anew. Errors: [EventBy], [EventNote], [Instant], [CaseOther],
// [CaseOrder], [CaseClosed], [CaseSteps] and those of the deal's facts.
func (r *Routes) Acknowledge(c Case, d Deal, e Event) (Case, error) {
	return r.happen(c, d, e, Acknowledged)
}

// Resolve records that the blocker is over. Errors: those of [Routes.Acknowledge].
func (r *Routes) Resolve(c Case, d Deal, e Event) (Case, error) { return r.happen(c, d, e, Resolved) }

func (r *Routes) happen(c Case, d Deal, e Event, act Act) (Case, error) {
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
		return Case{}, value.In("event.at", err)
	}
	if !run.Resolved.IsZero() {
		return Case{}, value.In("event.at", value.NewError(CaseClosed, "the case", "was resolved at "+run.Resolved.Format(time.RFC3339Nano)+"; raise the blocker again to reopen it"))
	}
	return run.record(Step{Act: act, At: e.At, By: e.By, Level: run.level, Note: e.Note})
}

// until is the case as of an event, which may not be before the last recorded step.
func (r *Routes) until(c Case, d Deal, at time.Time) (run, error) {
	if last := c.steps[len(c.steps)-1].At; at.Before(last) {
		return run{}, value.NewError(CaseOrder, at.Format(time.RFC3339Nano), "is before the last step of the case, "+last.Format(time.RFC3339Nano))
	}
	return r.run(c, d, at)
}

// belongs refuses no case, and one of another deal.
func belongs(c Case, d Deal) error {
	if c.IsZero() {
		return value.NewError(CaseOther, "nothing", "is open; raise the blocker first")
	}
	if c.deal != d.ID {
		return otherCase(c, d.ID, c.kind)
	}
	return nil
}

func otherCase(c Case, deal string, kind Kind) error {
	return value.NewError(CaseOther, "a case "+value.Quote(string(c.kind))+" of deal "+value.Quote(c.deal), "is not one "+value.Quote(string(kind))+" of deal "+value.Quote(deal))
}

// record returns the case of a run with one more step.
func (s run) record(step Step) (Case, error) {
	if len(s.Steps) >= maxSteps {
		return Case{}, value.NewError(CaseSteps, strconv.Itoa(len(s.Steps)+1)+" steps", "are above the limit of "+strconv.Itoa(maxSteps))
	}
	return Case{deal: s.deal, kind: s.kind, steps: append(slices.Clip(s.Steps), step)}, nil
}
