package stage

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// judgeLeave judges leaving a stage by the order of the playbook and by the gates that are not overridden.
func (r *Rules) judgeLeave(s *state, b *book, e *Event, shut *shutOut) {
	last := len(b.Steps) - 1
	switch {
	case e.Verb == VerbWin && s.at < last:
		shut.add(GateOrder, 0, "a deal is won from {last}, and this one is in {stage}",
			value.Op("last", value.Word(b.Steps[last].Stage)), value.Op("stage", value.Word(s.stage)))
		return
	case e.Verb == VerbWin:
	case s.at == last:
		shut.add(GateOrder, 0, "{stage} is the last stage; the deal is won or lost from here",
			value.Op("stage", value.Word(s.stage)))
	case b.Steps[s.at+1].Stage != e.To:
		shut.add(GateOrder, 0, "after {stage} comes {next}",
			value.Op("stage", value.Word(s.stage)), value.Op("next", value.Word(b.Steps[s.at+1].Stage)))
	}
	l := r.look(s, e.Evidence)
	closed := s.asks() &^ l.open
	if s.opening.Partners != nil {
		for i, gate := range gateTable {
			if s.asks()&(1<<i) != 0 && len(r.waitsFor(s, gate, e.At, e.Evidence)) > 0 {
				closed |= 1 << i
			}
		}
	}
	if closed&registeredBit != 0 && l.registeredFor(e.Verb, e.At) {
		closed &^= registeredBit
	}
	for i := 0; closed>>i != 0; i++ {
		if closed&(1<<i) == 0 {
			continue
		}
		if !r.overridden(s, e, r.gates[i]) {
			shut.gate(s, l, r.gates[i], e.At)
			shut.participants(r.gates[i], r.waitsFor(s, r.gates[i], e.At, e.Evidence))
		}
	}
}

// asks returns the gates at the end of the stage, with those of passed stages that a re-planning asks for.
func (s *state) asks() gateSet {
	asks := s.book.steps[s.at].asks
	if s.at == s.owed.at {
		asks |= s.owed.gates
	}
	return asks
}

// undone returns the open tasks that gate leaving the stage.
func (s *state) undone(l *ledger) taskSet {
	step := &s.book.steps[s.at]
	return step.required.union(step.conditional.within(s.raised)).without(l.done)
}

// tasks adds one entry for each task, or each side's part of it, that is not done.
func (l *shutOut) tasks(b *book, led *ledger, undone taskSet) {
	b.eachTask(func(t *Task, at, i int) {
		if !undone.has(i) {
			return
		}
		if t.Owner != ByEach {
			l.task(t, t.Owner.side())
			return
		}
		for _, side := range sides {
			if !led.hasPart(i, side) {
				l.task(t, side)
			}
		}
	})
}

func (l *shutOut) task(t *Task, side model.Side) {
	l.add(GateTasks, side, "not done: {says}", value.Op("task", value.Word(t.ID)), value.Op("says", t.Says))
	last := &(*l)[len(*l)-1]
	last.Missing = last.Missing.At("tasks." + string(t.ID))
}

// gate adds what is missing at a gate, an entry for each side that has to act.
func (l *shutOut) gate(s *state, led *ledger, gate value.Code, at time.Time) {
	leader := s.book.Engagement.Leader()
	switch gate {
	case GateRegistered:
		if f := &led.registration; f.Kind == "" || f.At.After(at) || f.Until.IsZero() {
			l.add(gate, leader, "no active registration is recorded")
			return
		}
		l.add(gate, leader, "the protection of the registration ended on {end}",
			value.Op("end", value.End(led.registration.Until)))
	case GateSupportConfirmed:
		l.each(gate, leader, led.support, "the {side} has not confirmed capacity, fit and timing")
	case GatePartnerEngaged:
		l.add(gate, model.Partner, "no rep of the partner has attended a prospect meeting "+
			"or done a task of the partner since the first stage")
	case GateQualified:
		if led.qualified.Negative {
			l.add(gate, 0, "the debrief decided that the opportunity is not qualified; record the loss")
			return
		}
		l.add(gate, 0, "no debrief has decided that the opportunity is qualified")
	case GateSingleProposal:
		l.add(gate, leader, "{count} proposals are live; it takes exactly one", value.Op("count", led.live))
	case GatePricingApproved:
		l.each(gate, 0, led.pricing, "the {side} has not approved its pricing in the live revision")
	case GateContractsExecuted:
		l.add(gate, leader, "the contracts are not executed")
	case GateCRMUpdated:
		l.each(gate, 0, led.crm, "the {side} has not updated its CRM")
	case GateTasks:
		l.tasks(s.book, led, s.undone(led))
	default:
		owner := s.book.recorder(FactKind(gate)).Owner.side()
		l.add(gate, owner, "nothing is recorded of {fact}", value.Op("fact", value.Word(gate)))
	}
}

// participants adds an entry for each participant that a gate waits for.
func (l *shutOut) participants(gate value.Code, list []model.Party) {
	says := "{party} has not approved its pricing in the live revision"
	if gate == GateSupportConfirmed {
		says = "{party} has not confirmed capacity, fit and timing"
	}
	for _, p := range list {
		l.add(gate, p.Side, says, value.Op("party", p.Org))
		(*l)[len(*l)-1].Party = p
	}
}

// each adds an entry for each side that has not done its part; the side but has none.
func (l *shutOut) each(gate value.Code, but model.Side, done bySide, says string) {
	for _, side := range sides {
		if side != but && !done[side] {
			l.add(gate, side, says, value.Op("side", side.String()))
		}
	}
}

// overridden reports whether a manager of each company has overridden a gate, or the authority, for moves from this
// stage, or one of either company where a case is at level 2 for long enough.
func (r *Rules) overridden(s *state, e *Event, gate value.Code) bool {
	var by bySide
	for i := range s.overrides {
		if o := &s.overrides[i]; o.Gate == gate && o.stage == s.stage {
			by[o.By.Party.Side] = true
		}
	}
	for i := range e.Overrides {
		if o := &e.Overrides[i]; o.Gate == gate {
			by[o.By.Party.Side] = true
		}
	}
	return by.both() || by != bySide{} && r.escalated(e)
}

// escalated reports whether an open case has been at level 2 for the policy's business days, those on hold included.
func (r *Rules) escalated(e *Event) bool {
	return slices.ContainsFunc(e.Evidence, func(f Fact) bool {
		end, err := r.workplace.End(f.At, value.BusinessDays(r.policy.OverrideDays))
		return f.Kind == Escalated && err == nil && !e.At.Before(end)
	})
}

// gateTable lists the built-in gates that a playbook may have, in the order in which shut ones are reported.
var gateTable = [...]value.Code{
	GateRegistered, GateSupportConfirmed, GatePartnerEngaged, GateQualified, GateSingleProposal,
	GatePricingApproved, GateContractsExecuted, GateCRMUpdated, GateTasks,
}

// sides are the two sides of a deal, in the order in which they are reported.
var sides = [...]model.Side{model.Partner, model.Vendor}

// registeredBit stands for gate.registered, the first of the table and the only gate that depends on the instant.
const registeredBit gateSet = 1

func isBuiltIn(gate value.Code) bool { return slices.Contains(gateTable[:], gate) }

// texts returns ids as texts.
func texts[T ~string](ids []T) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}
