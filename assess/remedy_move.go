package assess

import (
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// advance adds the move to the next stage, or winning the deal, in the rank of cases where the deal is stalled.
func (n *actions) advance(o *stage.Way) {
	m := matter{what: advance, object: o.Verb.String(), due: n.windowEnd(), rank: n.rankOf(o.Verb), way: o}
	consent := ""
	if o.Owner == 0 {
		consent = "; one side does it, and the other consents"
	}
	if o.Verb == stage.VerbWin {
		m.what = win
	}
	m.ops = []value.Operand{value.Op("stage", n.says(o.To)), value.Op("consent", consent)}
	n.freed = true
	if n.awaits(o.Verb) == nil {
		n.ask(m)
	}
}

// rankOf returns the rank of an advance, or of winning, where the deal is stalled, which only these end; else zero.
func (n *actions) rankOf(v stage.Verb) Urgency {
	for _, b := range n.view.Blockers {
		if b.Kind == escalation.DealStalled && b.State.IsOpen() && (v == stage.VerbAdvance || v == stage.VerbWin) {
			return OpenCase
		}
	}
	return 0
}

// review adds the decision on a hold: from the day of its review on it is the next step, and either side's; before it
// falls to who owns the relationship (stage.hold_review).
func (n *actions) review() {
	if n.view.Progress.Status != stage.OnHold || n.awaits(stage.VerbResume) != nil {
		return
	}
	m := matter{what: reviewHold, object: stage.VerbHold.String(), due: n.view.Schedule.Review}
	if n.today.Before(m.due) {
		m.rank, m.side = DueLater, n.view.Model.Set.Leader()
	}
	n.ask(m)
}

// consents adds the answers that events of the playbook wait for, where nothing else refuses them. After the term a
// manager of the side that asked may consent in place of the other one, so that nobody who is silent holds a deal.
func (n *actions) consents() {
	for i := range n.view.Progress.Pending {
		a := &n.view.Progress.Pending[i]
		if len(a.Shut) > 0 {
			continue
		}
		verb := a.Event.Verb
		m := matter{what: consent, object: verb.String(), at: a.Due, rank: n.rankOf(verb), awaiting: a}
		m.ops = []value.Operand{value.Op("act", n.act(&a.Event)), value.Op("name", a.Event.By.Name),
			value.Op("side", n.silent(a)), n.day(a.Event.At)}
		for _, side := range a.From {
			m.side = side
			n.ask(m)
		}
		for _, party := range a.Further {
			n.askFurther(m, party)
		}
		if a.Due.IsZero() || n.view.AsOf.Before(a.Due) {
			continue
		}
		if m.what = consentFor; verb != stage.VerbSetLead {
			m.side = a.From[0].Other()
			n.ask(m)
		}
		for _, party := range a.Instead {
			if m.side = party.Side; party.Side == model.Vendor || party == n.partner {
				n.ask(m)
			} else {
				n.askFurther(m, party)
			}
		}
	}
}

// silent names who has not consented.
func (n *actions) silent(a *stage.Awaiting) string {
	var names []string
	for _, side := range a.From {
		names = append(names, "the "+side.String())
	}
	for _, party := range a.Further {
		names = append(names, party.Org)
	}
	return words.List(names...)
}

// awaits returns the event of a verb that waits for nothing but consents; nil where there is none.
func (n *actions) awaits(verb stage.Verb) *stage.Awaiting {
	for i := range n.view.Progress.Pending {
		if a := &n.view.Progress.Pending[i]; a.Event.Verb == verb && len(a.Shut) == 0 {
			return a
		}
	}
	return nil
}

// act returns what an event that waits would do, in words.
func (n *actions) act(e *stage.Event) string {
	switch e.Verb {
	case stage.VerbAdvance:
		return "moving the deal on to " + n.says(e.To)
	case stage.VerbSendBack:
		return "sending the deal back to " + n.says(e.To)
	case stage.VerbHold:
		return "putting the deal on hold"
	case stage.VerbResume:
		return "resuming the deal"
	case stage.VerbWin:
		return "recording the deal as won"
	case stage.VerbReopen:
		return "reopening the deal"
	case stage.VerbResize:
		return "moving the deal to the " + words.Plain(e.Size.String()) + " playbook"
	case stage.VerbRebaseline:
		return "moving the dates, so that " + n.says(n.view.Progress.Stage) + " begins on " + words.Day(e.Day, n.today)
	case stage.VerbSetLead:
		return "making " + e.Lead.Org + " the partner that leads"
	default:
		return "changing the engagement model to " + words.Plain(e.Engagement.String())
	}
}

// says returns a stage in words.
func (n *actions) says(s stage.Stage) string {
	for _, w := range n.view.Schedule.Windows {
		if w.Stage == s && w.Says != "" {
			return words.Low(w.Says)
		}
	}
	return words.Plain(string(s))
}
