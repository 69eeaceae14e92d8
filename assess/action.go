package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Urgency ranks an [Action] among all actions; the smallest comes first (next.order). The zero value is none.
type Urgency uint8

// The urgencies.
const (
	Blocking Urgency = 1 + iota // the next stage is shut without it
	OpenCase                    // an open case
	Overdue                     // it was due before
	DueLater                    // it is due later
)

var urgencyNames = [...]string{"", "blocks", "escalated", "overdue", "due"}

// String returns the urgency's name, or "" for the zero value.
func (u Urgency) String() string { return enum.Name(u, urgencyNames[:]) }

// Action is one thing that a side has to do next.
type Action struct {
	Urgency Urgency      `json:"urgency"`
	Code    value.Code   `json:"code"`            // the rule that asks for it
	Object  string       `json:"object,omitzero"` // the id of its task, gate, blocker kind, activity or claim
	Owner   model.Side   `json:"owner,omitzero"`  // the side that has to act; zero: both, or either
	Rep     string       `json:"rep,omitzero"`    // the rep who has to act; empty: several, or not known
	Due     value.Date   `json:"due,omitzero"`    // the day on which it is or was due; zero: none
	At      time.Time    `json:"at,omitzero"`     // the instant until which it is due; zero: the rule has none
	Reason  value.Reason `json:"reason"`
	order   int          // of the playbook
}

// Text returns the action, or the reason for it, as one sentence.
func (a Action) Text() string { return a.Reason.String() }

// offPlaybook is the order of actions that are no tasks, after all tasks of a playbook.
const offPlaybook = 1 << 20

// compare orders actions by urgency, late and due ones by time, then by playbook, rule and object.
func (a *Action) compare(b *Action) int {
	if order := cmp.Compare(a.Urgency, b.Urgency); order != 0 {
		return order
	}
	if a.Urgency >= Overdue {
		if order := cmp.Or(a.Due.Compare(b.Due), a.At.Compare(b.At)); order != 0 {
			return order
		}
	}
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Object, b.Object),
		cmp.Compare(a.Owner, b.Owner))
}

// next returns the actions of a view in order. Of several reasons for an action the most urgent one counts.
func (w *answer) next(v *View) []Action {
	n := &actions{view: v, zone: w.zone, order: map[string]int{}}
	for i, item := range v.Schedule.Items {
		n.order[string(item.Task.ID)] = i
	}
	n.blocking()
	n.escalated()
	n.tasks()
	n.talk()
	n.claim()
	slices.SortFunc(n.list, func(a, b Action) int { return a.compare(&b) })
	return n.list
}

// actions collects the actions of a view.
type actions struct {
	view  *View
	zone  *time.Location
	order map[string]int // of the tasks
	list  []Action
}

func (n *actions) add(a Action) {
	a.order = offPlaybook
	if at, ok := n.order[a.Object]; ok {
		a.order = at
	}
	if !a.At.IsZero() && a.Due.IsZero() {
		a.Due, _ = value.DateOf(a.At.Add(-1), n.zone) // 24:00 belongs to the day that ends
	}
	n.list = append(n.list, a)
}

// has reports whether there is an action about an object already.
func (n *actions) has(object string) bool {
	return slices.ContainsFunc(n.list, func(a Action) bool { return a.Object == object })
}

// asks reports whether the same side, or both, have an action about the same object already.
func (n *actions) asks(a *Action) bool {
	return slices.ContainsFunc(n.list, func(b Action) bool {
		return b.Object == a.Object && (b.Owner == a.Owner || b.Owner == 0)
	})
}

// blocking adds what opens the shut gates on the way to the next stage.
func (n *actions) blocking() {
	p := &n.view.Progress
	if n.view.Model.Set == 0 {
		if p.Status == stage.Running || p.Status == stage.OnHold {
			n.add(n.open(stage.Shut{Code: stage.GateModelSet, Missing: n.setModel()}))
		}
		return
	}
	if n.lost() {
		return
	}
	for _, o := range p.Options {
		if o.Verb != stage.VerbAdvance && o.Verb != stage.VerbWin || p.Status != stage.Running {
			continue
		}
		for _, shut := range o.Shut {
			if a := n.open(shut); a.Code != stage.GateTasks || !n.asks(&a) {
				n.add(a)
			}
		}
	}
}

// setModel returns the reason to set the engagement model, with the recommendation.
func (n *actions) setModel() value.Reason {
	advice := n.view.Model.Advice
	if advice.Engagement != 0 {
		return value.NewReason(stage.GateModelSet, "set the engagement model; {model} is recommended ({strength})",
			value.Op("model", advice.Engagement.String()), value.Op("strength", advice.Strength.String()))
	}
	return value.NewReason(stage.GateModelSet,
		"agree on the engagement model and set it; the facts leave it {strength}",
		value.Op("strength", advice.Strength.String()))
}

// lost adds losing as the only action where the deal is not qualified (gate.qualified); it reports whether it did.
func (n *actions) lost() bool {
	p := &n.view.Progress
	i := slices.IndexFunc(n.view.Schedule.Findings,
		func(r value.Reason) bool { return r.Code() == stage.GateQualified })
	if i < 0 || p.Status != stage.Running && p.Status != stage.OnHold {
		return false
	}
	n.add(Action{Urgency: Blocking, Code: stage.GateQualified, Object: stage.VerbLose.String(),
		Reason: n.view.Schedule.Findings[i]})
	return true
}

// open returns the action that opens a gate: the task that does so, or the gate itself.
func (n *actions) open(shut stage.Shut) Action {
	a := Action{Urgency: Blocking, Code: shut.Code, Object: string(shut.Code), Owner: shut.Owner, Reason: shut.Missing}
	for i := range n.view.Schedule.Items {
		item := &n.view.Schedule.Items[i]
		// a task of an earlier stage may still be open
		here := item.Stage == n.view.Progress.Stage || shut.Code == stage.GateTasks
		if here && item.State == stage.Open && opens(item, shut) {
			a.Object, a.Due, a.Rep = string(item.Task.ID), item.Due, repOf(item, shut.Owner)
		}
	}
	return a
}

// opens reports whether a task is the missing one of a gate, or is ticked by the fact that the gate reads.
func opens(item *stage.Item, shut stage.Shut) bool {
	if shut.Code != stage.GateTasks {
		return shut.Code == value.Code("gate."+item.Task.Fact)
	}
	for _, op := range shut.Missing.Operands() {
		if op.Name() == "task" {
			return op.String() == string(item.Task.ID)
		}
	}
	return false
}

// repOf returns the rep of a side who does a task.
func repOf(item *stage.Item, side model.Side) string {
	switch side {
	case model.Partner:
		return item.PartnerRep
	case model.Vendor:
		return item.VendorRep
	default:
		return ""
	}
}

// escalated adds the open cases, unless the deal is lost.
func (n *actions) escalated() {
	if n.view.Progress.Status == stage.ClosedLost {
		return
	}
	for _, b := range n.view.Blockers {
		if !b.State.IsOpen() {
			continue
		}
		a := Action{Urgency: OpenCase, Code: b.State.Route.Reason.Code(), Object: string(b.Kind),
			Reason: b.State.Route.Reason}
		if b.State.Acknowledged.IsZero() {
			a.At = b.State.Route.RespondBy
		}
		n.add(a)
	}
}

// tasks adds the open tasks of the playbook that have a day.
func (n *actions) tasks() {
	if s := n.view.Progress.Status; s != stage.Running && s != stage.ClosedWon {
		return
	}
	for i := range n.view.Schedule.Items {
		item := &n.view.Schedule.Items[i]
		if item.State != stage.Open || item.Due.IsZero() || n.has(string(item.Task.ID)) {
			continue
		}
		a := Action{Urgency: DueLater, Code: stage.StageWindows, Object: string(item.Task.ID), Owner: item.Owes,
			Rep: repOf(item, item.Owes), Due: item.Due}
		if item.Overdue {
			a.Urgency, a.Code = Overdue, stage.StageOverdue
		}
		a.Reason = value.NewReason(a.Code, "{says}, due on {due}", value.Op("says", item.Task.Says),
			value.Op("due", item.Due)).At("tasks." + a.Object)
		n.add(a)
	}
}

// mendable holds the rules of communication that can be put right after they were broken. A sent mail cannot.
var mendable = [...]value.Code{
	comms.SeparateStream, comms.WeeklySync, comms.SharedNotes, comms.Notify, comms.Response, comms.Debrief,
	comms.OnePrice, comms.OneMessage,
}

// talk adds the duties of communication, overdue and due ones.
func (n *actions) talk() {
	for _, f := range n.view.Comms.Findings {
		if f.Until.IsZero() && slices.Contains(mendable[:], f.Reason.Code()) {
			a := Action{Urgency: Overdue, Code: f.Reason.Code(), Object: first(f.Reason.Paths()), Owner: f.Side,
				At: f.Since, Reason: f.Reason}
			if a.Code == comms.SeparateStream || a.Code == comms.OnePrice { // broken by an act, not by time
				a.Due, _ = value.DateOf(a.At, n.zone)
			}
			n.add(a)
		}
	}
	for _, d := range n.view.Comms.Due {
		n.add(Action{Urgency: DueLater, Code: d.Reason.Code(), Object: first(d.Reason.Paths()), Owner: d.Side, At: d.At,
			Reason: d.Reason})
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// claim adds the vendor's decision on a claim, or the extension of a registration before its end.
func (n *actions) claim() {
	c := &n.view.Registration.Claim
	switch {
	case c.Status == registration.Submitted && !c.Due.IsZero():
		a := Action{Urgency: DueLater, Code: registration.Life, Object: c.Claim, Owner: model.Vendor, At: c.Due,
			Reason: value.NewReason(registration.Life, "decide on the registration by {due}", value.Op("due", c.Due))}
		if !n.view.AsOf.Before(c.Due) {
			a.Urgency, a.Code = Overdue, registration.ApprovalLate
		}
		n.add(a)
	case c.Active && n.view.Progress.Status != stage.ClosedWon && n.view.Progress.Status != stage.ClosedLost:
		n.add(Action{Urgency: DueLater, Code: registration.Life, Object: c.Claim, At: c.Until,
			Reason: value.NewReason(registration.Life,
				"the registration ends at {until}; win the deal or extend the registration before",
				value.Op("until", c.Until))})
	}
}
