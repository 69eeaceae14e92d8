package stage

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Advance moves the deal to the next stage (gate.order) if every gate at the end of its stage is open or
// overridden. Like every verb it records the evidence and the overrides of the move, and changes nothing when it is
// refused. Where only a consent is missing it is recorded and waits ([Decision], [Rules.Consent]).
//
// The errors of every verb come in three groups, of which the first with a problem comes alone and whole, with paths
// that begin inside the event, such as by.name or evidence[0].side: progress.not_opened; then those of
// [model.Agreement.Check], event.time, event.reason, event.limit and text.length; then [StageUnknown], fact.kind,
// fact.time, fact.field, text.length, and those of each override: override.gate, event.time, event.reason and those
// of its person; and what the verb adds, such as task.unknown.
func (r *Rules) Advance(p Progress, m Move) (Decision, error) { return r.do(VerbAdvance, p, m) }

// SendBack moves the deal to an earlier stage, with a reason. Dates and tasks stay. Facts that the target stage
// and later ones decide on no longer count: support, qualification, proposals, approvals and CRM updates.
func (r *Rules) SendBack(p Progress, m Move) (Decision, error) { return r.do(VerbSendBack, p, m) }

// Hold puts the deal on hold: nothing becomes overdue or slipping until it resumes. It is reviewed the policy's
// ReviewDays later, or on the day that an event of [Rules.Apply] names; of a deal on hold it names another day
// (stage.hold_review). From that day on either side may do so, or resume the deal, alone.
func (r *Rules) Hold(p Progress, m Move) (Decision, error) { return r.do(VerbHold, p, m) }

// Resume ends a hold. The days on hold are added to every end of a window that had not passed when the hold began.
func (r *Rules) Resume(p Progress, m Move) (Decision, error) { return r.do(VerbResume, p, m) }

// Win closes the deal for good, from the last stage, if every gate at its end is open or overridden. From an earlier
// stage only [GateOrder] refuses it, no other gate.
func (r *Rules) Win(p Progress, m Move) (Decision, error) { return r.do(VerbWin, p, m) }

// Lose closes the deal as lost, from any stage and from a hold, by either side, with a reason.
func (r *Rules) Lose(p Progress, m Move) (Decision, error) { return r.do(VerbLose, p, m) }

// Reopen brings a lost deal back to its stage, with a reason and an active registration. The days since the loss,
// or since the hold before it, count as a hold.
func (r *Rules) Reopen(p Progress, m Move) (Decision, error) { return r.do(VerbReopen, p, m) }

// Record records evidence and overrides without moving the deal; one without either is recorded too. It is open
// to either side in every status, also while no model is set.
func (r *Rules) Record(p Progress, m Move) (Decision, error) { return r.do(VerbRecord, p, m) }

func (r *Rules) do(v Verb, p Progress, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: v, Move: m})
}

// Replay carries out a history on a new opening. It stops at the first step that fails and returns the zero
// Progress: all errors of [Rules.Open] below opening, or those of one event below the likes of history[3]. A
// refused event gives one error at the event, with the code of its first reason.
func (r *Rules) Replay(o Opening, history []Event) (Progress, error) {
	p, err := r.Open(o)
	if err != nil {
		return Progress{}, value.Below("opening", err)
	}
	for i, e := range history {
		decision, err := r.Apply(p, e)
		if err == nil && len(decision.Shut) > 0 {
			first := decision.Shut[0]
			err = value.NewError(first.Code, e.Verb.String(), "is refused: "+first.Missing.String())
		}
		if err != nil {
			return Progress{}, value.Below(value.Index("history", i), err)
		}
		p = decision.Progress
	}
	return p, nil
}

// Apply carries out an event, as the method of its verb does. An event without a verb, or with another number, is an
// event.unknown error at verb. [VerbSetLead] has no method: it makes Lead the partner that leads (party.lead), needs a
// reason, and waits for the consents of the vendor, of who led and of who will lead. Errors: party.lead at lead for who
// is no participant, leads already, or is a second lead of one instant. With participants, in every event:
// [StageConsent] and party.override for consents and overrides of a participant that has none to give.
func (r *Rules) Apply(p Progress, e Event) (Decision, error) {
	var known model.Parties
	if err := r.admit(p, &e, &known); err != nil {
		return Decision{Progress: p}, err
	}
	if shut := r.judge(p.state, &e); len(shut) > 0 {
		return Decision{Progress: p, Shut: shut}, nil
	}
	if err := p.state.checkChange(&e); err != nil {
		return Decision{Progress: p}, err
	}
	e = e.clone()
	next := new(*p.state)
	next.parties, next.last = known, e.At
	for _, f := range e.Evidence {
		if f.Kind != Escalated && !next.facts.has(&f) {
			next.facts = &noted{next.facts, next.facts.len() + 1, f}
		}
	}
	next.overrides = slices.Clip(next.overrides)
	for _, o := range e.Overrides {
		next.overrides = append(next.overrides, override{o, next.stage})
	}
	last := &entry{before: next.history, n: next.history.len() + 1, event: e}
	pending := p.state.missing(&e)
	switch {
	case len(pending) > 0:
		next.settle(e.Verb)
		next.waits = append(slices.Clip(next.waits), waiting{Event: e})
	case e.Verb == VerbRefuse:
		next.settle(e.Of)
	case e.Verb == VerbConsent:
		var forces bool
		if pending, forces = next.consent(&e); forces {
			last.effect = new(p.state.forced(&e))
		}
	default:
		last.effect = &last.event
	}
	if last.effect != nil {
		next.settle(last.effect.Verb)
		r.change(next, *last.effect)
	}
	r.renew(next, p.state)
	next.history = last
	d := Decision{Progress: Progress{next}}
	d.Pending, d.Further = p.state.split(pending)
	return d, nil
}

// change carries out the verb on a state that no progress shares yet.
func (r *Rules) change(s *state, e Event) {
	b := s.book
	switch e.Verb {
	case VerbAdvance:
		s.leave(e)
		s.goTo(b, s.at+1)
	case VerbSendBack:
		s.goTo(b, b.position(e.To))
		s.void(b, s.at, e.At)
		s.askAhead(b)
		if s.at < b.position(s.earliest) {
			s.earliest = s.stage
		}
	case VerbHold:
		if s.status == Running {
			s.status, s.since = OnHold, e.At
		}
		s.review = cmp.Or(e.Day, plus(r.day(e.At), r.policy.ReviewDays)).Start(r.workplace.Zone)
	case VerbResume, VerbReopen:
		s.pauses, s.status = r.pausedUntil(s, e.At), Running
	case VerbWin:
		s.status, s.since = ClosedWon, e.At
	case VerbLose:
		if s.status == Running {
			s.since = e.At
		}
		s.status = ClosedLost
	case VerbSetModel:
		r.setModel(s, e)
	case VerbResize:
		r.resize(s, e)
	case VerbRebaseline:
		r.rebaseline(s, e)
	case VerbSetLead:
		s.setLead(e)
	case VerbDone, VerbWaive:
		r.tickTask(s, b, e)
	case VerbRaise:
		s.raised.add(r.tasks[e.Task])
	}
}

// leave notes when the deal left its first stage and its second one: between the two the partner should take part.
func (s *state) leave(e Event) {
	if s.at == 0 && s.second.IsZero() {
		s.second = e.At
	}
	if s.at == 1 && s.third.IsZero() {
		s.third = e.At
	}
}

func (s *state) goTo(b *book, at int) { s.at, s.stage = at, b.Steps[at].Stage }

// askAhead asks for every task of the deal's stage and of those after it.
func (s *state) askAhead(b *book) { s.excused = s.excused.without(b.from(s.at)) }

// from returns the tasks of a stage and of those after it.
func (b *book) from(stage int) taskSet {
	return b.where(func(_ *Task, at, _ int) bool { return at >= stage })
}
