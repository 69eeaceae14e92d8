package stagetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// schedule returns the dated playbook as of an instant: a line for each window, task and
// finding; cancelled tasks and findings in no order.
func (o *oracle) schedule(asOf time.Time, recommended model.Engagement) (lines []string) {
	o = o.until(asOf)
	m := o.now()
	if m.status == stage.OnHold {
		lines = append(lines, "review "+o.review().String())
	}
	if m.engagement == 0 {
		if recommended == 0 {
			return lines
		}
		o.opening.Engagement, o.provisional, m.engagement = recommended, true, recommended
		lines = append(lines, "provisional")
	}
	windows := o.windows(asOf)
	for _, e := range o.log {
		if e.Verb == stage.VerbRebaseline {
			lines = append(lines, "moved")
		}
	}
	for _, w := range windows {
		lines = append(lines, fmt.Sprint(w.Stage, " ", w.First, " to ", w.Last))
	}
	today := dayOf(asOf)
	w := o.work()
	book := o.book(m)
	for i, step := range book.Steps {
		for _, task := range step.Tasks {
			state, due := o.item(w, task, m), windows[i].Last
			if w.owed.tasks[task.ID] && i < Place(book, m.stage) {
				due = o.shift(Plus(dayOf(w.owed.change), o.rules.Policy().ReplanDays), w.owed.change, asOf)
			}
			switch {
			case task.Kind == stage.Recurring:
				due = value.Date{}
			case task.Kind == stage.AfterClose:
				due = value.Date{}
				if m.status == stage.ClosedWon {
					due = Plus(dayOf(o.since(stage.VerbWin)), 1+o.rules.Policy().AfterCloseDays)
				}
			}
			ahead := state == stage.Open && i > Place(book, m.stage)
			overdue := state == stage.Open && !ahead && !due.IsZero() && today.After(due)
			lines = append(lines, fmt.Sprint(task.ID, " ", state, " due ", due, " ", overdue, ahead, " owes ",
				w.owes(task, state)))
			if overdue {
				lines = append(lines, "finding "+string(stage.StageOverdue)+" "+string(task.ID))
			}
		}
	}
	for id := range w.dropped {
		if _, has := TaskOf(book, id); !has && !w.settled(id) {
			lines = append(lines, "dropped "+string(id))
		}
	}
	if i := Place(book, m.stage); m.status == stage.Running || m.status == stage.OnHold {
		if today.After(windows[i].Last) {
			lines = append(lines, "finding "+string(stage.StageSlipping))
		}
	}
	return append(lines, o.broken(m, asOf)...)
}

// owes returns the side whose work on an open task is missing.
func (w *work) owes(task stage.Task, state stage.ItemState) model.Side {
	partner, vendor := w.parts[task.ID][model.Partner], w.parts[task.ID][model.Vendor]
	switch {
	case state != stage.Open:
		return 0
	case task.Owner == stage.ByEach && partner:
		return model.Vendor
	case task.Owner == stage.ByEach && vendor:
		return model.Partner
	default:
		return SideOf(task.Owner)
	}
}

// since returns the instant of the last event with a verb, or else of the opening.
func (o *oracle) since(verb stage.Verb) time.Time {
	at := o.began()
	for _, e := range o.log {
		if e.Verb == verb {
			at = e.At
		}
	}
	return at
}

func (o *oracle) item(w work, task stage.Task, m moment) stage.ItemState {
	switch {
	case w.waived[task.ID]:
		return stage.Waived
	case w.done[task.ID]:
		return stage.Done
	case w.excused[task.ID], m.status == stage.ClosedLost:
		return stage.NotAsked
	case task.Kind == stage.Conditional && !w.raised[task.ID], task.Kind == stage.AfterClose &&
		m.status != stage.ClosedWon:
		return stage.Pending
	default:
		return stage.Open
	}
}

// overruled reports whether the deal last left, after an instant, the stage that gate.qualified closes, discovery or
// that of a re-planning, by an override that was given there.
func (o *oracle) overruled(since time.Time) bool {
	debt := o.work().owed
	for i, gated := range []stage.Stage{stage.Discovery, debt.stage} {
		book := o.book(o.now())
		asks := i == 0 && slices.Contains(book.Steps[1].Gates, stage.GateQualified) || i == 1 &&
			slices.Contains(debt.gates, stage.GateQualified)
		given, left := false, false
		for i, m := range o.moments()[:len(o.log)] {
			e := o.log[i]
			if m.stage == gated {
				given = given || slices.ContainsFunc(e.Overrides,
					func(v stage.Override) bool { return v.Gate == stage.GateQualified })
			}
			if at := Place(book, gated); e.Verb == stage.VerbAdvance && asks && at+1 < len(book.Steps) &&
				e.To == book.Steps[at+1].Stage {
				left = !e.At.Before(since)
			}
		}
		if asks && given && left && Place(book, o.now().stage) > Place(book, gated) {
			return true
		}
	}
	return false
}

// broken returns the findings of the gates.
func (o *oracle) broken(m moment, asOf time.Time) (lines []string) {
	find := func(code value.Code, broken bool) {
		if broken {
			lines = append(lines, "finding "+string(code))
		}
	}
	if m.status == stage.ClosedLost {
		return nil
	}
	late := o.left(1)
	find(stage.GatePartnerEngaged, !late.IsZero() && (o.engaged().IsZero() || o.engaged().After(late)))
	f, ok := o.debrief()
	find(stage.GateQualified, ok && f.Negative && m.status != stage.ClosedWon && !o.overruled(f.At))
	find(stage.GateSingleProposal, len(o.live()) > 1)
	if m.status == stage.ClosedWon {
		asOf = o.since(stage.VerbWin)
	}
	find(stage.RegistrationLapsed, o.lapsed(asOf))
	return lines
}

// lapsed looks just after the deal left its first stage, and just after each end of a
// registration, for an instant at which none was active any more. A registration that
// begins only then begins too late.
func (o *oracle) lapsed(until time.Time) bool {
	left := o.left(0)
	if left.IsZero() {
		return false
	}
	instants := []time.Time{left.Add(1)}
	for _, f := range o.facts(stage.Registered) {
		instants = append(instants, f.Until.Add(1))
	}
	return slices.ContainsFunc(instants, func(at time.Time) bool {
		if !at.After(left) || at.After(until) {
			return false
		}
		var latest stage.Fact
		for _, f := range o.facts(stage.Registered) {
			if f.At.Before(at) && (latest.Kind == "" || f.At.After(latest.At) || f.At.Equal(latest.At) && endsFirst(f,
				latest)) {
				latest = f
			}
		}
		return latest.Kind != "" && !latest.Until.IsZero() && latest.Until.Before(at)
	})
}
