package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// calls collects the blockers of a deal and the people to call.
type calls struct {
	*question
	notes
	routes *escalation.Rules // of the partnership
	asked  escalation.Facts
}

// escalate plays the blockers of the record, adds those that the facts show, and routes them.
func (q *question) escalate(team model.Team, l log, p played, r registered, s stage.Schedule, talk comms.Report) (
	[]blocker, notes) {
	c := &calls{question: q, routes: q.rules.routes[q.partnership]}
	if c.routes == nil {
		c.miss(SectionEscalation, "host.rosters",
			value.NewError(RosterMissing, "nobody", "can be called; the rosters have none of "+
				value.Quote(q.partner.Org)+" and "+value.Quote(q.vendor.Org)))
		return q.unrouted(), c.notes
	}
	c.asked = c.dealOf(team, l, p, s)
	c.silence(&c.asked, &p, &s, &r, talk)
	blockers := c.cases()
	cases := make([]escalation.Case, 0, len(blockers))
	for i := range blockers {
		if blockers[i].Concerns == nil {
			cases = append(cases, blockers[i].record)
		}
	}
	found, err := c.routes.Detect(c.asked, cases, q.asOf)
	if err != nil {
		c.miss(SectionEscalation, "", err)
	}
	for _, b := range found {
		i := slices.IndexFunc(blockers, func(x blocker) bool { return x.Kind == b.Kind && x.Concerns == nil })
		if i < 0 {
			i, blockers = len(blockers), append(blockers,
				blocker{Escalation: Escalation{Kind: b.Kind}, routes: c.among(nil)})
		}
		next, err := blockers[i].routes.Raise(blockers[i].record, b)
		if err != nil {
			c.miss(SectionEscalation, "", err)
			continue
		}
		blockers[i].record, blockers[i].Evidence = next, b.Evidence
	}
	slices.SortFunc(blockers, blocker.compare)
	for i := range blockers {
		if !blockers[i].record.IsZero() {
			c.stand(&blockers[i])
		}
	}
	blockers = slices.DeleteFunc(blockers, func(b blocker) bool { return b.State.Opened.IsZero() })
	c.meetRosters(blockers)
	return blockers, c.notes
}

// unrouted returns the open blockers of the record by kind, where there is no roster.
func (q *question) unrouted() []blocker {
	var list []blocker
	for i := range q.record.Blockers {
		b := &q.record.Blockers[i]
		concerns, err := q.concerned(b)
		if err != nil || b.Raised.After(q.asOf) || !b.Resolved.At.Before(b.Raised) && !b.Resolved.At.After(q.asOf) {
			continue
		}
		one := blocker{Escalation: Escalation{Kind: b.Kind, Concerns: concerns,
			State: escalation.State{Opened: b.Raised.UTC()}}}
		i := slices.IndexFunc(list, func(x blocker) bool { return x.compare(one) == 0 })
		if i < 0 {
			i, list = len(list), append(list, one)
			list[i].State.Route.Reason = value.NewReason(escalation.RosterRule,
				"{kind} is open, and no roster lists the people to call", value.Op("kind", value.Quote(string(b.Kind))))
		}
		list[i].Blockers = append(list[i].Blockers, b.ID)
	}
	slices.SortFunc(list, blocker.compare)
	return list
}

// stand sets the standing of a case, and finds a late response.
func (c *calls) stand(b *blocker) {
	state, err := b.routes.State(b.record, c.asked, c.asOf)
	if err != nil {
		c.miss(SectionEscalation, "", err)
		return
	}
	b.State = state
	if !state.Late.IsZero() {
		var facts []string
		for _, id := range b.Blockers {
			facts = append(facts, blockerName(id))
		}
		since, until := c.lateness(b)
		c.find(finding{Finding: Finding{Part: SectionEscalation, Since: since, Until: until, Reason: state.Late,
			Facts: facts}, concerns: b.Concerns})
	}
}

// lateness returns from when until when a response, or else the resolution, was late.
func (c *calls) lateness(b *blocker) (since, until time.Time) {
	state := b.State
	if !state.Resolved.IsZero() {
		state, _ = b.routes.State(b.record, c.asked, state.Resolved.Add(-1)) // it had a route until then, so no error
	}
	return state.Route.RespondBy, cmp.Or(b.State.Acknowledged, b.State.Resolved)
}

// dealOf returns the facts about the deal that escalation needs.
func (c *calls) dealOf(team model.Team, l log, p played, s stage.Schedule) escalation.Facts {
	d := escalation.Facts{
		ID:          c.deal.ID,
		PartnerLead: team.Rep("", model.Partner), VendorLead: team.Rep("", model.Vendor),
		PartnerExecutive: c.deal.PartnerExecutive, VendorExecutive: c.deal.VendorExecutive,
		ExecutivesAt: c.deal.ExecutivesAt,
		Opened:       c.opened,
	}
	d.Size, d.Resized = p.sizes()
	d.Holds, d.Ended = c.holds(&p)
	d.ActiveSince, d.Progress = c.activity(&p, &s)
	d.Unanswered, d.Answered = unanswered(l.contacts)
	if !c.deal.Amount.IsZero() {
		d.Amount, d.AmountAt = c.deal.Amount, cmp.Or(c.deal.AmountAt, c.opened)
		d.Exchange = c.deal.Exchange
	}
	large := c.rules.large
	foreign := !d.Amount.IsZero() && d.Amount.Currency() != large.Currency()
	if _, err := d.Exchange.CompareMoney(d.Amount, large); foreign && err != nil {
		c.miss(SectionEscalation, "deal.exchange", err)
		d.Amount, d.AmountAt = value.Money{}, time.Time{}
	}
	return d
}
