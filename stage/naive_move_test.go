package stage_test

import (
	"fmt"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// attempt is one thing that somebody tries.
type attempt struct {
	verb stage.Verb
	move stage.Move
	task stage.TaskID
	to   model.Engagement
	size model.PlaybookSize
}

// try says what refuses an attempt, and carries it out where nothing does. It
// returns false where the attempt is malformed and must be an error.
func (n *naive) try(a attempt) (shut []string, ok bool) {
	if !n.wellFormed(a) {
		return nil, false
	}
	shut = n.refuses(a)
	if len(shut) > 0 {
		return shut, true
	}
	n.facts = append(n.facts, a.move.Evidence...)
	for _, o := range a.move.Overrides {
		n.overrides[fmt.Sprint(n.at, o.Gate, o.By.Party.Side)] = true
	}
	n.carryOut(a)
	n.settle()
	return nil, true
}

func (n *naive) wellFormed(a attempt) bool {
	if n.engagement == 0 {
		return true
	}
	switch a.verb {
	case stage.VerbAdvance, stage.VerbSendBack:
		return slices.Contains(n.stages(), a.move.To)
	case stage.VerbSetModel:
		// What cannot happen at all is decided first: a closed deal takes no model.
		return a.to != n.engagement || n.status == stage.ClosedWon || n.status == stage.ClosedLost
	case stage.VerbDone, stage.VerbWaive, stage.VerbRaise:
		_, ok := n.task(a.task)
		return ok
	}
	return true
}

func (n *naive) refuses(a attempt) []string {
	if !n.permits(a.verb) {
		return []string{"stage.state "}
	}
	if n.engagement == 0 {
		switch a.verb {
		case stage.VerbHold, stage.VerbResume, stage.VerbLose, stage.VerbSetModel, stage.VerbResize, stage.VerbRecord:
			return nil
		case stage.VerbReopen:
			if !active(append(n.live(nil), a.move.Evidence...), a.move.At) {
				return []string{"gate.registered "}
			}
			return nil
		}
		return []string{"gate.model_set "}
	}
	var shut []string
	mover, leader := a.move.By.Party.Side, n.engagement.Leader()
	consent := slices.ContainsFunc(a.move.Consents, func(c model.Consent) bool { return c.By.Party.Side != mover })
	if moves := []stage.Verb{stage.VerbAdvance, stage.VerbSendBack, stage.VerbHold, stage.VerbResume, stage.VerbWin, stage.VerbReopen}; slices.Contains(moves, a.verb) {
		switch {
		case leader != 0 && mover != leader:
			shut = append(shut, "stage.authority "+leader.String())
		case leader == 0 && !consent:
			shut = append(shut, "stage.authority "+mover.Other().String())
		}
	}
	here, to := slices.Index(n.stages(), n.at), slices.Index(n.stages(), a.move.To)
	switch a.verb {
	case stage.VerbAdvance:
		if to != here+1 {
			shut = append(shut, "gate.order ")
		}
		shut = append(shut, n.gates(a.move.At, a.move.Evidence, n.overridden(a))...)
	case stage.VerbWin:
		if n.at != stage.Close {
			return append(shut, "gate.order ")
		}
		shut = append(shut, n.gates(a.move.At, a.move.Evidence, n.overridden(a))...)
	case stage.VerbSendBack:
		if to >= here {
			shut = append(shut, "gate.order ")
		}
	case stage.VerbReopen:
		if !active(append(n.live(nil), a.move.Evidence...), a.move.At) {
			shut = append(shut, "gate.registered "+leader.String())
		}
	case stage.VerbSetModel:
		if !consent {
			shut = append(shut, "model.consent_missing "+mover.Other().String())
		}
	case stage.VerbResize:
		if a.size == model.Simplified && n.size == model.Standard && n.at != stage.Identification && n.at != stage.Discovery {
			shut = append(shut, "stage.replanned ")
		}
	case stage.VerbDone, stage.VerbWaive, stage.VerbRaise:
		if n.refusesTask(a, mover) {
			shut = append(shut, "stage.task ")
		}
	}
	return shut
}

func (n *naive) permits(v stage.Verb) bool {
	switch v {
	case stage.VerbAdvance, stage.VerbSendBack, stage.VerbHold, stage.VerbWin:
		return n.status == stage.Running
	case stage.VerbResume:
		return n.status == stage.OnHold
	case stage.VerbReopen:
		return n.status == stage.ClosedLost
	case stage.VerbRecord:
		return true
	case stage.VerbDone, stage.VerbWaive:
		return n.status != stage.ClosedLost
	default:
		return n.status == stage.Running || n.status == stage.OnHold
	}
}

func (n *naive) refusesTask(a attempt, side model.Side) bool {
	t, _ := n.task(a.task)
	already := n.done[t.ID] || a.verb == stage.VerbDone && t.Owner == stage.ByEach && n.part[fmt.Sprint(t.ID, side)]
	switch a.verb {
	case stage.VerbRaise:
		return already || t.Kind != stage.Conditional || n.raised[t.ID]
	case stage.VerbWaive:
		return already || t.Kind == stage.Recurring || t.Kind == stage.Conditional && !n.raised[t.ID]
	default:
		return already || t.Kind == stage.Conditional && !n.raised[t.ID] || t.Kind == stage.AfterClose && n.status != stage.ClosedWon
	}
}

// overridden returns the gates that managers of both companies have overridden for
// leaving this stage.
func (n *naive) overridden(a attempt) map[string]bool {
	gates := map[string]bool{}
	by := func(gate string, side model.Side) bool {
		return n.overrides[fmt.Sprint(n.at, gate, side)] || slices.ContainsFunc(a.move.Overrides, func(o stage.Override) bool {
			return string(o.Gate) == gate && o.By.Party.Side == side
		})
	}
	for _, gate := range []string{"gate.support_confirmed", "gate.partner_engaged", "gate.qualified", "gate.crm_updated", "gate.tasks"} {
		gates[gate] = by(gate, model.Partner) && by(gate, model.Vendor)
	}
	return gates
}

func (n *naive) carryOut(a attempt) {
	switch a.verb {
	case stage.VerbAdvance:
		if n.at == stage.Identification && n.leftFirst.IsZero() {
			n.leftFirst = a.move.At
		}
		n.at = a.move.To
	case stage.VerbSendBack:
		n.backs = append(n.backs, back{string(a.move.To), a.move.At})
		n.at = a.move.To
		for _, t := range n.tasks() {
			if slices.Index(order, n.stageOf(t.ID)) >= slices.Index(order, n.at) {
				delete(n.excused, t.ID)
			}
		}
	case stage.VerbHold:
		n.status = stage.OnHold
	case stage.VerbResume, stage.VerbReopen:
		n.status = stage.Running
	case stage.VerbWin:
		n.status = stage.ClosedWon
	case stage.VerbLose:
		n.status = stage.ClosedLost
	case stage.VerbSetModel:
		n.setModel(a)
	case stage.VerbResize:
		n.resize(a.size)
	case stage.VerbRaise:
		n.raised[a.task] = true
	case stage.VerbDone, stage.VerbWaive:
		n.tick(a)
	}
}

func (n *naive) tick(a attempt) {
	t, _ := n.task(a.task)
	side := a.move.By.Party.Side
	if a.verb == stage.VerbDone && side == model.Partner && t.Owner != stage.ByVendor {
		n.ticked = append(n.ticked, a.move.At)
	}
	switch {
	case t.Kind == stage.Recurring:
	case t.Owner == stage.ByEach && a.verb == stage.VerbDone:
		n.tickPart(t.ID, side)
	default:
		n.done[t.ID] = true
	}
}

func (n *naive) setModel(a attempt) {
	old := n.tasks()
	first := n.engagement == 0
	n.engagement = a.to
	if first {
		return
	}
	n.excuseAdded(old)
	for id := range n.owed {
		if t, ok := n.task(id); !ok || t.Kind != stage.Required {
			delete(n.owed, id)
		}
	}
	if n.at == stage.Identification {
		n.resupport = append(n.resupport, a.move.At)
	}
}

// excuseAdded excuses the tasks of passed stages that the old playbook lacked.
func (n *naive) excuseAdded(old []stage.Task) {
	for _, t := range n.tasks() {
		known := slices.ContainsFunc(old, func(o stage.Task) bool { return o.ID == t.ID })
		if !known && slices.Index(order, n.stageOf(t.ID)) < slices.Index(order, n.at) {
			n.excused[t.ID] = true
		}
	}
}

func (n *naive) resize(size model.PlaybookSize) {
	if size == n.size {
		return
	}
	old := n.tasks()
	n.size, n.owed = size, map[stage.TaskID]bool{}
	if n.engagement == 0 {
		return
	}
	for _, t := range n.tasks() { // what stands before the import, and is passed, is not asked for here either
		before := slices.Index(order, n.stageOf(t.ID)) < slices.Index(order, n.imported)
		if before && slices.Index(order, n.stageOf(t.ID)) < slices.Index(order, n.at) {
			n.excused[t.ID] = true
		}
	}
	sides := []model.Side{model.Partner, model.Vendor}
	has := func(id stage.TaskID, side model.Side) bool { return n.done[id] || n.part[fmt.Sprint(id, side)] }
	simplified := old
	if size == model.Simplified {
		simplified = n.tasks()
	}
	for _, t := range simplified {
		for _, side := range sides {
			all := len(t.Covers) > 0
			for _, id := range t.Covers {
				all = all && has(id, side)
				if size == model.Standard && has(t.ID, side) {
					n.tickPart(id, side)
				}
			}
			if size == model.Simplified && all {
				n.tickPart(t.ID, side)
			}
		}
	}
	if size == model.Simplified {
		n.excuseAdded(old)
		return
	}
	n.settle()
	for _, t := range n.tasks() {
		known := slices.ContainsFunc(old, func(o stage.Task) bool { return o.ID == t.ID || slices.Contains(o.Covers, t.ID) })
		passed := slices.Index(order, n.stageOf(t.ID)) < slices.Index(order, n.at)
		n.owed[t.ID] = passed && t.Kind == stage.Required && !known && !n.done[t.ID] && !n.excused[t.ID]
	}
	n.owedFrom = slices.Index(order, n.at)
}
