package assess

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// playbook adds what opens the shut gates on the way to the next stage, or the advance where none is shut.
func (n *actions) playbook() {
	p := &n.view.Progress
	if n.view.Model.Set == 0 {
		if n.open() {
			n.chooseModel()
			n.review()
		}
		return
	}
	lost := n.lose()
	if n.consents(); lost {
		return
	}
	if n.review(); p.Status != stage.Running {
		return
	}
	for i := range p.Options {
		o := &p.Options[i]
		if o.Verb != stage.VerbAdvance && o.Verb != stage.VerbWin {
			continue
		}
		for _, shut := range o.Shut {
			n.gate(shut, o.Shut)
		}
		if len(o.Shut) == 0 {
			n.advance(o)
		}
	}
}

// lose adds the record of the loss where the opportunity is not qualified (gate.qualified). Nothing that opens a gate
// is an action then.
func (n *actions) lose() bool {
	f, ok := n.found(stage.GateQualified)
	if ok && n.open() {
		decided := n.day(instantOf(f.Reason, "at"))
		n.ask(matter{what: recordLoss, object: stage.VerbLose.String(), ops: []value.Operand{decided}})
	}
	return ok && n.open()
}

// chooseModel adds setting the engagement model, with what speaks for and against it.
func (n *actions) chooseModel() {
	choose := value.Op("choose", choice(&n.view.Model.Advice))
	m := matter{what: setModel, object: string(stage.GateModelSet), due: n.opened, ops: []value.Operand{choose}}
	if i := slices.IndexFunc(n.view.Schedule.Items, isModel); i >= 0 {
		m.item = &n.view.Schedule.Items[i]
		m.object, m.due = string(m.item.Task.ID), m.item.Due
	}
	if f, ok := n.found(model.BeforeInteraction); ok {
		first := instantOf(f.Reason, "first")
		m.what, m.code, m.at = modelAfterContact, stage.GateModelSet, first
		m.due, _ = value.DateOf(first, n.zone)
		m.ops = append(m.ops, n.day(first))
	}
	n.ask(m)
}

// mostFacts is how many facts that would decide a model an instruction lists.
const mostFacts = 3

// choice returns the instruction to set the recommended model, or to choose one of those that are possible.
func choice(a *model.Advice) string {
	switch a.Strength {
	case model.Ambiguous:
		var models []string
		for _, e := range a.Candidates {
			models = append(models, words.Plain(e.String()))
		}
		return "choose the engagement model together, " + strings.Join(models, " or ") + facts(": ", a.For, true)
	case model.Registered:
		return "set the engagement model to " + words.Plain(a.Engagement.String()) + ", as the registration decides"
	case model.Strong, model.Weak:
		return "set the engagement model to " + words.Plain(a.Engagement.String()) +
			facts(", because ", a.For, false) + facts(", though ", a.Against, false)
	}
	choose := "choose the engagement model together and set it: no fact on record decides it"
	if len(a.Missing) <= mostFacts {
		choose += facts("; find out whether ", a.Missing, false)
	}
	return choose
}

// facts lists the facts of reasons behind a text, each with its model where it is asked for; "" for none.
func facts(before string, reasons []value.Reason, models bool) string {
	var list []string
	for _, r := range reasons {
		fact, ok := operand(r, "fact").Value().(string)
		if !ok {
			continue
		}
		if models {
			fact += " (" + words.Plain(operand(r, "engagement").String()) + ")"
		}
		list = append(list, fact)
	}
	if len(list) == 0 {
		return ""
	}
	return before + words.List(list...)
}

// isModel reports whether a task asks for the engagement model.
func isModel(item stage.Item) bool {
	return item.Task.Fact == stage.ModelSet && item.State == stage.Open
}

// gates lists the row of each gate that a fact opens.
var gates = [...]struct {
	gate value.Code
	what situation
}{
	{stage.GateSupportConfirmed, confirmSupport}, {stage.GatePartnerEngaged, takePart}, {stage.GateQualified, qualify},
	{stage.GateSingleProposal, sendProposal}, {stage.GatePricingApproved, approvePricing},
	{stage.GateContractsExecuted, executeContracts}, {stage.GateCRMUpdated, updateCRM},
}

// gate adds what opens a gate: the task whose fact the gate reads, or the fact itself.
func (n *actions) gate(shut stage.Shut, all []stage.Shut) {
	live, counted := n.proposals(all)
	switch {
	case shut.Code == stage.GateRegistered:
		n.gated = true // one of the actions on the registration opens it
		return
	case shut.Code == stage.GateTasks:
		if i := slices.IndexFunc(n.view.Schedule.Items, func(i stage.Item) bool {
			return string(i.Task.ID) == operand(shut.Missing, "task").String()
		}); i >= 0 {
			n.task(&n.view.Schedule.Items[i], shut.Owner, openTask)
		}
		return
	case shut.Code == stage.GatePricingApproved && counted && live != 1:
		return // there is no proposal whose prices could be approved
	case shut.Code == stage.GateSingleProposal && live > 1:
		return // the finding asks for it
	}
	further := !shut.Party.IsZero()
	item := n.ticks(shut.Code)
	if item != nil && !further && item.Task.Owner != stage.ByEach {
		n.task(item, item.Owes, openTask)
		return
	}
	m := matter{what: openGate, code: shut.Code, object: string(shut.Code), side: shut.Owner, due: n.windowEnd()}
	m.ops = []value.Operand{value.Op("gate", words.Plain(strings.TrimPrefix(string(shut.Code), "gate.")))}
	for _, row := range gates {
		if row.gate == shut.Code {
			m.what = row.what
		}
	}
	if further {
		m.object += " " + shut.Party.Org
		n.askFurther(m, shut.Party)
		return
	}
	if item != nil {
		m.object, m.due, m.who, m.item = string(item.Task.ID), item.Due, people(item, shut.Owner), item
	}
	n.ask(m)
}

// joined adds the confirmations of participants that joined after the first stage.
func (n *actions) joined() {
	for _, r := range n.view.Schedule.Owed {
		party := model.PartnerOrg(operand(r, "party").String())
		m := matter{what: confirmLate, object: "joined " + party.Org, at: instantOf(r, "until")}
		if joined, ok := operand(r, "joined").Value().(value.Date); ok {
			m.ops = []value.Operand{value.Op("day", words.Day(joined, n.today))}
		}
		if !n.view.AsOf.Before(m.at) {
			m.rank = Overdue
		}
		n.askFurther(m, party)
	}
}

// proposals returns how many proposals are live, where a gate asks for exactly one and it is shut.
func (n *actions) proposals(all []stage.Shut) (live int, shut bool) {
	for _, s := range all {
		if count, ok := operand(s.Missing, "count").Value().(int); ok && s.Code == stage.GateSingleProposal {
			return count, true
		}
	}
	return 0, false
}

// ticks returns the first open task of a stage that the deal has reached whose fact a gate reads; nil for none.
func (n *actions) ticks(gate value.Code) *stage.Item {
	for i := range n.view.Schedule.Items {
		item := &n.view.Schedule.Items[i]
		reads := gate == value.Code("gate."+item.Task.Fact) ||
			gate == stage.GateSingleProposal && item.Task.Fact == stage.ProposalSent ||
			gate == stage.GateRegistered && slices.Contains(item.Task.Covers, stage.RegisterDeal)
		if reads && item.State == stage.Open && !item.Ahead {
			return item
		}
	}
	return nil
}

// windowEnd returns the last day of the present stage; zero where the playbook has no dates.
func (n *actions) windowEnd() value.Date {
	for _, w := range n.view.Schedule.Windows {
		if w.Stage == n.view.Progress.Stage {
			return w.Last
		}
	}
	return value.Date{}
}

// task adds an open task, unless it waits for another: prices are approved in a proposal that is live, and the
// registration has an action of its own.
func (n *actions) task(item *stage.Item, side model.Side, what situation) {
	for i := range n.view.Progress.Options {
		live, counted := n.proposals(n.view.Progress.Options[i].Shut)
		if item.Task.Fact == stage.PricingApproved && counted && live != 1 {
			return
		}
	}
	if n.gated && n.ticks(stage.GateRegistered) == item {
		return
	}
	n.ask(matter{what: what, object: string(item.Task.ID), side: side, who: people(item, side), due: item.Due,
		item: item, ops: []value.Operand{value.Op("says", item.Task.Says)}})
}

// people returns the reps of a side, or of both, who do a task; nil where none is known.
func people(item *stage.Item, side model.Side) []string {
	var list []string
	for s, rep := range [...]string{model.Partner: item.PartnerRep, model.Vendor: item.VendorRep} {
		if rep != "" && (side == 0 || side == model.Side(s)) {
			list = append(list, rep)
		}
	}
	return list
}

// tasks adds the open tasks that have a day, of the stages that the deal has reached.
func (n *actions) tasks() {
	if s := n.view.Progress.Status; s != stage.Running && s != stage.ClosedWon || n.view.Model.Set == 0 {
		return
	}
	if n.view.Progress.Status == stage.Running {
		if _, lost := n.found(stage.GateQualified); lost {
			return
		}
	}
	for i := range n.view.Schedule.Items {
		item := &n.view.Schedule.Items[i]
		if item.State != stage.Open || item.Ahead || item.Due.IsZero() || n.has(taskCause(item.Task.ID)) {
			continue
		}
		what := dueTask
		if item.Overdue {
			what = overdueTask
		}
		n.task(item, item.Owes, what)
	}
}

// cases adds the open cases, unless the deal is lost or on hold: then nobody is called. A case that nothing but the
// advance ends is that action.
func (n *actions) cases() {
	if s := n.view.Progress.Status; s == stage.ClosedLost || s == stage.OnHold {
		return
	}
	for i := range n.view.Blockers {
		if b := &n.view.Blockers[i]; b.State.IsOpen() && (b.Kind != escalation.DealStalled || !n.freed) {
			n.call(b)
		}
	}
}

// call adds the action on an open case.
func (n *actions) call(b *Escalation) {
	route := &b.State.Route
	m := matter{what: callPeople, code: route.Reason.Code(), object: string(b.Kind), blocker: b}
	if b.Concerns != nil {
		m.who, m.cause = n.repsOf(b.Concerns), string(m.code)+" "+m.object
		for _, party := range b.Concerns {
			m.cause += " " + party.String()
		}
	}
	m.ops = []value.Operand{value.Op("what", n.about(b))}
	if b.State.Acknowledged.IsZero() {
		m.at = route.RespondBy
	}
	var names []string
	for _, c := range route.People() {
		if !slices.Contains(names, c.Person.Name) {
			names = append(names, c.Person.Name)
		}
	}
	m.ops = append(m.ops, value.Op("people", words.List(names...)))
	switch {
	case b.Kind == escalation.LargeDeal && b.Concerns == nil && !(n.named[model.Partner] && n.named[model.Vendor]):
		m.what = nameExecutives
		executive := "an executive of each side"
		for _, side := range [...]model.Side{model.Partner, model.Vendor} {
			if n.named[side.Other()] {
				m.side, executive = side, "an executive of the "+side.String()
			}
		}
		m.ops = append(m.ops, value.Op("executive", executive), value.Op("amount", n.amount.Grouped()))
	case len(names) == 0:
		m.what = nobodyToCall
	case route.Level == escalation.RepLevel && b.Concerns != nil:
		m.what = partiesSolve
	case route.Level == escalation.RepLevel:
		m.what = repsSolve
	case !b.State.Acknowledged.IsZero():
		m.what = workWith
	}
	n.ask(m)
}

// about returns what a case is about, in words.
func (n *actions) about(b *Escalation) string {
	since := instantOf(b.Evidence, "since")
	switch {
	case b.Kind == escalation.DealStalled && !since.IsZero():
		return "nothing has moved on the deal since " + words.DayOf(since, n.local, n.today)
	case b.Kind == escalation.ProspectDark && !since.IsZero():
		return "the prospect has not answered since " + words.DayOf(since, n.local, n.today)
	}
	if b.Kind == escalation.SideSilent && b.Evidence.Code() != "" {
		return b.Evidence.Worded(n.wording).String()
	}
	kind := words.Plain(string(b.Kind))
	return words.List(kind) + ", open since " + words.DayOf(b.State.Opened, n.local, n.today)
}
