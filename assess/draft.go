package assess

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// draft is the change that an action asks for, as one party makes it. It holds only what that party may know.
type draft struct {
	*actions
	m      *matter
	party  model.Party // which acts
	by     string      // the id of its rep who acts; empty: not known
	change *deal.Change
	asks   []Ask
}

// draft returns the change that an action asks for, and what of it only a person knows; nil where the party of the
// view does not act, and where the change is nothing that a record holds.
func (n *actions) draft(m *matter, owner model.Side) (*deal.Change, []Ask) {
	party, do := n.hand(m, owner), remedies[m.what].do
	if do == nil || party.IsZero() {
		return nil, nil
	}
	d := &draft{actions: n, m: m, party: party, by: n.leads[party.Side], change: new(deal.Change)}
	if !m.party.IsZero() || m.blocker != nil {
		d.by = n.rep(party)
	} else if item := m.item; item != nil {
		d.by = cmp.Or([...]string{model.Partner: item.PartnerRep, model.Vendor: item.VendorRep}[party.Side], d.by)
	}
	if do(d); d.change == nil {
		return nil, nil
	}
	for _, ask := range d.asks {
		d.change.Unfilled = append(d.change.Unfilled, ask.Path)
	}
	return d.change, d.asks
}

// hand returns the party that makes the change of an action: that of the view if it is one who acts. For the host it
// is the side that acts, and of both sides the first with a rep.
func (n *actions) hand(m *matter, owner model.Side) model.Party {
	side := n.view.Party.Side
	if !m.party.IsZero() {
		if !may(n.view.Party, m.party) {
			return model.Party{}
		}
		return m.party
	}
	if m.blocker != nil && m.blocker.Concerns != nil {
		return n.handOfCase(m.blocker.Concerns)
	}
	switch {
	case side != 0 && owner != 0 && owner != side:
		return model.Party{}
	case side == 0 && owner == 0 && n.leads[model.Partner] == "" && n.leads[model.Vendor] != "":
		side = model.Vendor
	case side == 0:
		side = cmp.Or(owner, model.Partner)
	}
	party := n.actor(m, side)
	if reader := n.view.Party; !reader.IsZero() && reader != party {
		return model.Party{}
	}
	return party
}

// of returns the party of a side.
func (n *actions) of(side model.Side) model.Party {
	if side == model.Vendor {
		return n.vendor
	}
	return n.partner
}

// ask adds a place that a person fills, with the question in words.
func (d *draft) ask(path string, kind AskKind, says string, choices ...string) {
	d.asks = append(d.asks, Ask{Path: path, Kind: kind, Says: says, Choices: choices})
}

// person returns the rep who acts, and asks for the name at a path where it is not known.
func (d *draft) person(path string) model.Person {
	if d.by == "" {
		d.ask(path+".name", AskName, "who does it")
	}
	return model.Person{Name: d.by, Party: d.party}
}

// now returns the instant of the question, at which the party acts.
func (d *draft) now() time.Time { return d.view.AsOf }

// newID returns an id that no other change has: that of the deal, the instant, the side, and the number of the action.
func (d *draft) newID() string {
	by := d.party.Side.String()
	if d.further(&d.deal, d.party) {
		by = d.party.String()
	}
	return d.view.Deal + "@" + d.now().Format(time.RFC3339Nano) + "/" + by + "/" + strconv.Itoa(1+len(d.list))
}

// event starts an event of the playbook.
func (d *draft) event(v stage.Verb) *stage.Event {
	e := &d.change.Event
	e.Verb, e.At, e.By = v, d.now(), d.person("event.by")
	return e
}

func (d *draft) lose() {
	d.event(stage.VerbLose)
	d.ask("event.reason", AskText, "why the deal is lost")
}

func (d *draft) setModel() {
	e := d.event(stage.VerbSetModel)
	advice := &d.view.Model.Advice
	choices := advice.Candidates
	switch advice.Strength {
	case model.Registered, model.Strong, model.Weak:
		e.Engagement = advice.Engagement
		return
	case model.Ambiguous:
	default:
		choices = []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell}
	}
	var names []string
	for _, c := range choices {
		names = append(names, c.String())
	}
	d.ask("event.engagement", AskText, "the engagement model", names...)
}

func (d *draft) changeModel() {
	d.event(stage.VerbSetModel).Engagement = d.view.Model.Advice.Engagement
	d.ask("event.reason", AskText, "why the model changes")
}

func (d *draft) resize() {
	e := d.event(stage.VerbResize)
	e.Size = model.Standard
	if d.view.Progress.Size == model.Standard {
		e.Size = model.Simplified
	}
}

// move is the advance to the next stage, or the win, which may wait for a consent.
func (d *draft) move() { d.event(d.m.way.Verb).To = d.m.way.To }

// review is the end of a hold, or another day to review it.
func (d *draft) review() {
	d.event(0)
	d.ask("event.verb", AskText, "what happens to the deal", stage.VerbResume.String(), stage.VerbLose.String(),
		stage.VerbHold.String())
	d.ask("event.reason", AskText, "why, if it is lost")
	d.ask("event.day", AskTime, "the day of the next review, if it stays on hold")
}

// consent is the answer that an event waits for: a consent, or a refusal.
func (d *draft) consent() {
	d.answer(d.event(0))
	d.ask("event.verb", AskText, "the answer", stage.VerbConsent.String(), stage.VerbRefuse.String())
}

// consentFor is the consent of a manager in place of the other side.
func (d *draft) consentFor() {
	e := d.event(stage.VerbConsent)
	d.answer(e)
	e.By.Name, d.asks = "", nil
	d.ask("event.by.name", AskName, "the manager who consents")
	d.ask("event.reason", AskText, "why a manager consents")
}

func (d *draft) answer(e *stage.Event) {
	asked := &d.m.awaiting.Event
	e.Of, e.Asked = asked.Verb, asked.At
}

// task is the fact that ticks a task, or else its tick.
func (d *draft) task() {
	switch item := d.m.item; item.Task.Fact {
	case "":
		d.event(stage.VerbDone).Task = item.Task.ID
	case stage.ModelSet:
		d.setModel()
	case stage.Registered:
		d.file()
	default:
		d.fact(item.Task.Fact)
	}
}

// opens returns what records the fact of a gate.
func opens(kind stage.FactKind) func(*draft) { return func(d *draft) { d.fact(kind) } }

// own records the fact of a gate of the host.
func (d *draft) own() { d.fact(stage.FactKind(d.m.code)) }

// org returns the organisation of a participant who acts, whose fact does not stand for the lead's; empty for others.
func (d *draft) org() string {
	if d.further(&d.deal, d.party) {
		return d.party.Org
	}
	return ""
}

func (d *draft) fact(kind stage.FactKind) {
	f := stage.Fact{Kind: kind, At: d.now(), By: d.by}
	switch kind {
	case stage.SupportConfirmed, stage.CRMUpdated:
		f.Side, f.Org = d.party.Side, d.org()
	case stage.Registered:
		f.Side = d.party.Side
		d.ask("facts[0].until", AskTime, "until when it is registered")
	case stage.Qualified:
		d.ask("facts[0].negative", AskYesNo, "whether the opportunity is not qualified", "false", "true")
	case stage.ProposalSent:
		f.Revision = 1
		d.ask("facts[0].proposal", AskText, "the name of the proposal")
	case stage.PricingApproved:
		f.Side, f.Org = d.party.Side, d.org()
		if live := d.progress.Proposals(); len(live) > 0 {
			f.Proposal, f.Revision = live[0].Proposal, live[0].Revision
		}
	}
	d.change.Facts = []stage.Fact{f}
}

// withdraw is the end of one of the live proposals.
func (d *draft) withdraw() {
	var live []string
	for _, f := range d.progress.Proposals() {
		if !slices.Contains(live, f.Proposal) {
			live = append(live, f.Proposal)
		}
	}
	d.change.Facts = []stage.Fact{{Kind: stage.ProposalWithdrawn, At: d.now(), By: d.by}}
	d.ask("facts[0].proposal", AskText, "the proposal to withdraw", live...)
}
