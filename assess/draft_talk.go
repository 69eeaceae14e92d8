package assess

import (
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// about returns what makes an activity about the one that the action is about.
func about(kind comms.ActivityKind) func(*draft) {
	return func(d *draft) { d.activity(kind).About = []string{d.m.object} }
}

// call returns what makes a call of the two reps, a prep and a debrief with all of their parts.
func call(purpose comms.Purpose) func(*draft) {
	return func(d *draft) {
		a := d.activity(comms.Call)
		a.Purpose = purpose
		switch purpose {
		case comms.PrepCall:
			a.Covers = []comms.Part{comms.Agenda, comms.SectionLeads, comms.KeyMessages, comms.FollowUps}
		case comms.DebriefCall:
			a.Covers = []comms.Part{comms.Learned, comms.NextSteps, comms.PlanUpdated, comms.IssuesFlagged}
		}
		if len(a.Covers) > 0 {
			a.About = []string{d.m.object}
		}
		side, other := d.party.Side, d.party.Side.Other()
		a.From = d.address(d.leads[side], side, "activity.from")
		a.To = []string{d.address(d.leads[other], other, "activity.to[0]")}
	}
}

// forward is a mail of the thread to everybody who missed it.
func (d *draft) forward() {
	a := d.activity(comms.Mail)
	a.Refs = []string{d.m.object}
	side := d.party.Side
	a.From = d.address(d.leads[side], side, "activity.from")
	for i, name := range d.m.missing {
		a.To = append(a.To, d.address(name, side.Other(), value.Index("activity.to", i)))
	}
}

// quote is a quote at the price of the other side, which ends the difference. Of activities of one id the first counts.
func (d *draft) quote() {
	var stored comms.Activity
	for _, known := range d.record.Activities {
		counts := known.Kind == comms.Quote && !known.At.After(d.now())
		if counts && known.ID == d.m.object && (stored.ID == "" || deal.Compare(known, stored) < 0) {
			stored = known
		}
	}
	a := d.activity(comms.Quote)
	a.Offer = stored.Offer
	a.Offer.Price = value.Money{}
	price, _ := operand(d.m.reason, d.party.Side.Other().String()).Value().(value.Money)
	d.ask("activity.offer.price", AskMoney, "the price of both sides", price.String())
}

// edit starts an edit of the deal.
func (d *draft) edit() *deal.Deal { return &d.change.Edit.Deal }

func (d *draft) agree() { d.edit().Agreed = d.now() }

// newRep names a rep of the side, beside the others of the team. Where activities are judged the rep gets a mail
// address, and is the side's lead rep among its people.
func (d *draft) newRep() {
	team := wire.Clone(d.deal.Team)
	slices.SortFunc(team.Reps, compareReps)
	team.Reps = append(team.Reps, model.Rep{Party: d.party})
	d.edit().Team = team
	d.ask("edit."+value.Index("team.reps", len(team.Reps)-1)+".id", AskName, "the rep")
	if d.deal.People == nil {
		return
	}
	people := wire.Clone(d.deal.People)
	slices.SortFunc(people, func(a, b comms.Correspondent) int { return wire.Compare(&a, &b) })
	for i := range people {
		if people[i].Party == d.party {
			people[i].Lead = false
		}
	}
	path := "edit." + value.Index("people", len(people))
	d.edit().People = append(people, comms.Correspondent{Party: d.party, Lead: true})
	d.ask(path+".name", AskName, "the name of the rep in mails and meetings")
	d.ask(path+".addresses[0]", AskText, "the mail address of the rep")
}

func (d *draft) newExecutive() {
	if d.named[d.party.Side.Other()] {
		d.edit().ExecutivesAt = d.now()
	}
	d.ask("edit."+d.party.Side.String()+"_executive", AskName, "the executive of the "+d.party.Side.String())
}

func (d *draft) newClose() {
	d.ask("edit.committed_close", AskTime, "the day on which the deal closes")
}

func (d *draft) source() {
	d.edit().Signals = d.deal.Signals
	d.ask("edit.signals.source", AskText, "who brought the deal",
		model.FromPartner.String(), model.FromVendor.String(), model.FromBoth.String())
}

// correct asks for both of two facts that exclude each other.
func (d *draft) correct() {
	d.edit().Signals = d.deal.Signals
	for _, path := range d.m.reason.Paths() {
		name := path[len("model."):]
		d.ask("edit.signals."+name, AskText, words.Plain(name), model.Yes.String(), model.No.String())
	}
}

// acknowledge records that one of the people who are called has taken on a case. Where only facts show it, a
// blocker records it.
func (d *draft) acknowledge() {
	e, path := escalation.Event{At: d.now(), By: model.Person{Party: d.party}}, "blocker_event"
	var names []string
	for _, c := range d.m.blocker.State.Route.People() {
		if c.Person.Party == d.party {
			names = append(names, c.Person.Name)
		}
	}
	if id := d.unresolved(); id != "" {
		d.change.BlockerEvent = deal.BlockerEvent{Blocker: id, Act: escalation.Acknowledged, Event: e}
	} else {
		path = "blocker.acknowledged[0]"
		d.change.Blocker = deal.Blocker{ID: d.newID(), Kind: d.m.blocker.Kind, Raised: d.now(),
			By: d.person("blocker.by"), Acknowledged: []escalation.Event{e}}
	}
	d.ask(path+".by.name", AskName, "who takes it on", names...)
}

// resolve records that a case is over.
func (d *draft) resolve() {
	d.change.BlockerEvent = deal.BlockerEvent{Blocker: d.unresolved(), Act: escalation.Resolved,
		Event: escalation.Event{At: d.now(), By: d.person("blocker_event.by")}}
}

// unresolved returns the first blocker of the case that is not resolved; empty where only facts show it.
func (d *draft) unresolved() string {
	for _, id := range d.m.blocker.Blockers {
		for i := range d.record.Blockers {
			b := &d.record.Blockers[i]
			if b.ID == id && (b.Resolved.At.IsZero() || b.Resolved.At.After(d.now())) {
				return id
			}
		}
	}
	return ""
}
