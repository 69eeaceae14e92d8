package assess

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// blocker is a case of the deal, with the notes that only one side may read.
type blocker struct {
	Standing
	record   escalation.Case
	internal []secret
}

// secret is a note that is for one side alone.
type secret struct {
	at   time.Time
	by   model.Person
	note string
}

// askEscalation plays what was raised, adds what the facts show, and says whom to call.
func (c *inquiry) askEscalation() {
	c.routes = c.engine.routes[partnership{c.partner, c.vendor}]
	routes := c.routes
	if routes == nil {
		c.lacks(OfEscalation, "host.rosters", value.NewError(RosterMissing, "nobody", "can be called; Host.Rosters has none of "+value.Quote(c.partner.Org)+" and "+value.Quote(c.vendor.Org)))
		c.answer.blockers = c.unrouted()
		return
	}
	d := c.escalationDeal()
	cases, blockers := c.cases(d)
	found, err := routes.Detect(d, cases, c.asOf)
	if err != nil {
		c.lacks(OfEscalation, "", err)
	}
	for _, b := range found {
		if b.Kind == escalation.ProspectDark {
			b.Raised = c.awake(b.Raised)
		}
		next, err := routes.Raise(caseOf(cases, b.Kind), b)
		if err != nil {
			c.lacks(OfEscalation, "", err)
			continue
		}
		i := slices.IndexFunc(blockers, func(x blocker) bool { return x.Kind == b.Kind })
		if i < 0 {
			i, blockers = len(blockers), append(blockers, blocker{Standing: Standing{Kind: b.Kind}})
		}
		blockers[i].record, blockers[i].Evidence = next, b.Evidence
	}
	slices.SortFunc(blockers, func(a, b blocker) int { return cmp.Compare(a.Kind, b.Kind) })
	for i := range blockers {
		c.stand(&blockers[i], d)
	}
	c.answer.blockers = slices.DeleteFunc(blockers, func(b blocker) bool { return b.State.Opened.IsZero() })
}

// unrouted are the open blockers of the record by kind, where nobody is known to call.
func (c *inquiry) unrouted() []blocker {
	var list []blocker
	for _, b := range deal.Sorted(c.record.Blockers) {
		if b.Raised.After(c.asOf) || !b.Resolved.At.Before(b.Raised) && !b.Resolved.At.After(c.asOf) {
			continue
		}
		i := slices.IndexFunc(list, func(x blocker) bool { return x.Kind == b.Kind })
		if i < 0 {
			i, list = len(list), append(list, blocker{Standing: Standing{Kind: b.Kind, State: escalation.Standing{Opened: b.Raised.UTC()}}})
			list[i].State.Route.Reason = value.NewReason(escalation.RosterRule, "{kind} is open, and no roster says whom to call", value.Op("kind", string(b.Kind)))
		}
		list[i].Blockers = append(list[i].Blockers, b.ID)
	}
	slices.SortFunc(list, func(a, b blocker) int { return cmp.Compare(a.Kind, b.Kind) })
	return list
}

// awake returns the first instant from one on at which the deal was open and not on
// hold: while it is, nothing becomes overdue (SPEC 3.1).
func (c *inquiry) awake(at time.Time) time.Time {
	at = later(at, c.opened)
	holds, _ := c.holds()
	for _, h := range holds {
		if !at.Before(h.From) && at.Before(h.Until) {
			at = h.Until
		}
	}
	return at
}

// stand says how a case stands.
func (c *inquiry) stand(b *blocker, d escalation.Deal) {
	state, err := c.routes.Standing(b.record, d, c.asOf)
	if err != nil {
		c.lacks(OfEscalation, "", err)
		return
	}
	b.State = state
	if !state.Late.IsZero() {
		var facts []string
		for _, id := range b.Blockers {
			facts = append(facts, blockerName(id))
		}
		since, until := c.lateness(b, d)
		c.find(finding{Finding: Finding{Part: OfEscalation, Since: since, Until: until, Reason: state.Late, Facts: facts}})
	}
}

// lateness is from when until when nobody answered a case. One that is over has no
// route, so it is asked for as it stood until then; its end is an answer too.
func (c *inquiry) lateness(b *blocker, d escalation.Deal) (since, until time.Time) {
	state := b.State
	if !state.Resolved.IsZero() {
		state, _ = c.routes.Standing(b.record, d, state.Resolved.Add(-1)) // it stood after that instant
	}
	return state.Route.RespondBy, cmp.Or(b.State.Acknowledged, b.State.Resolved)
}

func caseOf(cases []escalation.Case, kind escalation.Kind) escalation.Case {
	for _, c := range cases {
		if c.Kind() == kind {
			return c
		}
	}
	return escalation.Case{}
}

// deed is one thing that somebody did about blockers of a kind.
type deed struct {
	blocker *deal.Blocker
	act     escalation.Act
	escalation.Event
}

// cases plays the blockers of the record, kind by kind.
func (c *inquiry) cases(d escalation.Deal) ([]escalation.Case, []blocker) {
	deeds := map[escalation.Kind][]deed{}
	blocked := deal.Sorted(c.record.Blockers)
	for i := range blocked {
		b := &blocked[i]
		add := func(act escalation.Act, e escalation.Event) {
			if !e.At.IsZero() && !e.At.After(c.asOf) {
				deeds[b.Kind] = append(deeds[b.Kind], deed{b, act, e})
			}
		}
		add(escalation.Opened, escalation.Event{By: b.By, At: b.Raised, Note: b.Note})
		for _, e := range b.Acknowledged {
			add(escalation.Acknowledged, e)
		}
		add(escalation.Resolved, b.Resolved)
	}
	var cases []escalation.Case
	var blockers []blocker
	for _, kind := range slices.Sorted(maps.Keys(deeds)) {
		one, b := c.playCase(d, kind, deeds[kind])
		if !one.IsZero() {
			cases, blockers = append(cases, one), append(blockers, b)
		}
	}
	return cases, blockers
}

// compare orders deeds by instant; at one instant what is raised comes first.
func (a deed) compare(b deed) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.act, b.act), cmp.Compare(a.blocker.ID, b.blocker.ID), cmp.Compare(a.By.Name, b.By.Name), cmp.Compare(a.Note, b.Note))
}

// playCase plays what was done about one kind. Blockers of one kind are one case, which
// is over when the last of them is.
func (c *inquiry) playCase(d escalation.Deal, kind escalation.Kind, deeds []deed) (escalation.Case, blocker) {
	slices.SortFunc(deeds, deed.compare)
	routes := c.routes
	b := blocker{Standing: Standing{Kind: kind}}
	open, over := map[string]bool{}, map[string]bool{}
	for _, e := range deeds {
		next, err := b.record, error(nil)
		switch id := e.blocker.ID; {
		case e.act != escalation.Opened && e.At.Before(e.blocker.Raised):
			err = value.NewError(escalation.CaseOrder, e.At.UTC().Format(time.RFC3339Nano), "is before the blocker was raised, "+e.blocker.Raised.UTC().Format(time.RFC3339Nano))
		case over[id]:
			err = value.NewError(escalation.CaseClosed, e.At.UTC().Format(time.RFC3339Nano), "is after the blocker was resolved, "+e.blocker.Resolved.At.UTC().Format(time.RFC3339Nano))
		case e.act == escalation.Opened:
			if len(open) == 0 {
				c.detectBefore(&b, d, e.At)
			}
			next, err = routes.Raise(b.record, escalation.Blocker{Deal: d, Kind: kind, Raised: e.At, By: e.By, Note: e.Note})
			if err == nil {
				if len(open) == 0 {
					b.Blockers = nil
				}
				open[id] = true
				b.Blockers = append(b.Blockers, id)
			}
		case !open[id]:
			continue // it could not be raised, and that is told
		case e.act == escalation.Acknowledged:
			next, err = routes.Acknowledge(b.record, d, e.Event)
		default:
			over[id] = true
			if delete(open, id); len(open) == 0 {
				next, err = routes.Resolve(b.record, d, e.Event)
			}
		}
		if err != nil {
			c.lacks(OfEscalation, blockerName(e.blocker.ID), err)
			continue
		}
		b.record = next
		if e.blocker.Internal {
			b.internal = append(b.internal, secret{e.At, e.By, e.Note})
		}
	}
	return b.record, b
}

// detectBefore opens a case that the facts showed before somebody raised the same: who
// raises it joins the case, whose clocks run.
func (c *inquiry) detectBefore(b *blocker, d escalation.Deal, at time.Time) {
	var past []escalation.Case
	if !b.record.IsZero() {
		past = append(past, b.record)
	}
	found, err := c.routes.Detect(d, past, at)
	if err != nil || b.Kind == escalation.DealStalled && d.Progress.After(at) { // what was known then is not known now
		return
	}
	for _, f := range found {
		if f.Kind == escalation.ProspectDark {
			f.Raised = c.awake(f.Raised)
		}
		if f.Kind != b.Kind || !f.Raised.Before(at) {
			continue
		}
		if next, err := c.routes.Raise(b.record, f); err == nil {
			b.record, b.Evidence = next, f.Evidence
		}
	}
}

// escalationDeal is what escalation asks about the deal.
func (c *inquiry) escalationDeal() escalation.Deal {
	d := escalation.Deal{
		ID: c.deal.ID, Size: cmp.Or(c.progress.Size(), model.Standard),
		PartnerLead: c.team.Rep("", model.Partner), VendorLead: c.team.Rep("", model.Vendor),
		PartnerExecutive: c.deal.PartnerExecutive, VendorExecutive: c.deal.VendorExecutive, ExecutivesAt: c.deal.ExecutivesAt,
		Unanswered: comms.Unanswered(c.contacts),
	}
	d.ActiveSince, d.Progress = c.activity()
	if !c.deal.Amount.IsZero() {
		d.Amount, d.AmountAt = c.deal.Amount, cmp.Or(c.deal.AmountAt, c.opened)
		d.Exchange = c.deal.Exchange
	}
	large := c.routes.Policy().LargeFrom
	if _, err := d.Exchange.Compare(d.Amount, large); !d.Amount.IsZero() && d.Amount.Currency() != large.Currency() && err != nil {
		c.lacks(OfEscalation, "deal.exchange", err)
		d.Amount, d.AmountAt = value.Money{}, time.Time{}
	}
	if s := c.progress.Status(); s == stage.ClosedWon || s == stage.ClosedLost {
		d.Amount, d.AmountAt = value.Money{}, time.Time{} // no prospect calls are left for executives to join
	}
	return d
}

// activity is since when the deal is active in its stage, and when it last progressed.
func (c *inquiry) activity() (since, progress time.Time) {
	if c.progress.Status() != stage.Running {
		return time.Time{}, time.Time{}
	}
	since = c.opened
	for _, e := range c.history {
		switch e.Verb {
		case stage.VerbAdvance:
			since, progress = e.At, e.At
		case stage.VerbSendBack, stage.VerbResume, stage.VerbReopen:
			since = e.At
		}
	}
	progress = later(progress, c.progress.Worked())
	for _, item := range c.answer.schedule.Items {
		if item.State == stage.Done && item.Task.Kind == stage.Required {
			progress = later(progress, item.At)
		}
	}
	return since, progress
}
