package assess

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// registration adds the action on the registration of the deal, where there is one, those of who has to agree to it or
// to a handover, and the exceptions that claims on the vendor's own customer need.
func (n *actions) registration() {
	defer n.awaited()
	for i := range n.claims {
		id := n.claims[i].ID
		names := func(f Finding) bool {
			return f.Reason.Code() == registration.ExistingCustomer && first(f.Facts) == claimName(id)
		}
		if n.open() && slices.ContainsFunc(n.view.Findings, names) {
			n.ask(matter{what: ownCustomer, object: id})
		}
	}
	m, ok := n.onClaim()
	if !ok {
		return
	}
	m.object = n.view.Registration.Claim.Claim
	if item := n.ticks(stage.GateRegistered); n.gated && item != nil {
		m.object, m.item = string(item.Task.ID), item
		if m.at.IsZero() {
			m.due = item.Due
		}
	}
	m.rank = cmp.Or(m.rank, remedies[m.what].rank)
	if n.gated {
		m.rank = min(m.rank, NextStep)
	}
	m.rank = n.pressing(m.rank)
	n.ask(m)
}

// pressing returns the rank of an act on the way to a registration: while it has lapsed, each of them is what restores
// the right.
func (n *actions) pressing(rank Urgency) Urgency {
	_, lapsed := n.found(stage.RegistrationLapsed)
	if lapsed && n.view.Registration.Registrant == model.NoRegistrant {
		return AtRisk
	}
	return rank
}

// onClaim returns the matter of the deal's claim; false where nobody has to do anything. A claim that is not
// decided is a matter of a closed deal, too.
func (n *actions) onClaim() (m matter, ok bool) {
	r := &n.view.Registration
	c := &r.Claim
	lapse, lapsed := n.found(stage.RegistrationLapsed)
	switch {
	case c.Status == registration.Submitted && !c.Due.IsZero():
		m = matter{what: decideClaim, rank: DueLater, at: c.Due}
		if !n.view.AsOf.Before(c.Due) {
			m = matter{what: decideLate, at: c.Due, ops: []value.Operand{n.ended(c.Due)}}
		}
		return m, true
	case !n.open():
		return m, false
	case c.Status == registration.Queued:
		return matter{what: decideEarlier, ops: []value.Operand{n.nameOf(n.elder.Claimant)}}, true
	case n.claim && n.unconfirmed(&n.last) && c.Status == registration.Approved:
		return n.confirmation(&n.last), true
	case r.Registrant != model.NoRegistrant:
		return n.nearEnd(c)
	case n.claim && !n.holder.IsZero():
		until := ""
		if !n.held.IsZero() {
			until = " until " + words.Day(n.lastDay(n.held), n.today)
		}
		return matter{what: accountHeld, ops: []value.Operand{n.nameOf(n.holder), value.Op("until", until)}}, true
	case c.Active:
		return matter{what: coverDeal, due: n.windowEnd()}, true
	case c.Status == registration.Expired && n.claim && !n.last.Confirmed:
		side := value.Op("side", model.Partner.String())
		return matter{what: registerJoint, ops: []value.Operand{side, n.ended(c.Until)}}, true
	case c.Status == registration.Rejected && n.claim && n.last.Why != "":
		why := value.Op("why", value.Quote(n.last.Why))
		return matter{what: rejected, ops: []value.Operand{n.day(n.last.Ended), why}}, n.gated || lapsed
	case c.Status == registration.Expired:
		return matter{what: registerAgain, ops: []value.Operand{n.ended(c.Until)}}, true
	case lapsed:
		return matter{what: registerAgain, ops: []value.Operand{n.ended(instantOf(lapse.Reason, "end"))}}, true
	}
	return matter{what: registerDeal, due: n.windowEnd()}, n.gated
}

// unconfirmed reports whether a claim waits for the confirmation of a party of the deal.
func (n *actions) unconfirmed(s *registration.Standing) bool {
	return !s.Confirmed && !n.asked(&n.deal, &s.Claim.Filing).IsZero()
}

// confirmation is the matter of a claim that is not confirmed.
func (n *actions) confirmation(s *registration.Standing) matter {
	end := ""
	if !s.Until.IsZero() {
		end = ", and ends on " + words.Day(n.lastDay(s.Until), n.today)
	}
	return matter{what: confirmClaim, claim: s, object: s.Claim.ID, side: n.asked(&n.deal, &s.Claim.Filing).Side,
		ops: []value.Operand{value.Op("end", end)}}
}

// awaited adds the actions of who has to agree: to claims for both sides, and to a handover; and of who has to decide
// on a claim beside the one that registers the deal.
func (n *actions) awaited() {
	s, id := &n.last, n.last.Claim.ID
	if !n.claim || !n.open() {
		return
	}
	for i := range n.live {
		c := &n.live[i]
		own, early := c.Claim.ID == id, c.Status != registration.Approved
		if n.unconfirmed(c) && (early || !own) {
			m := n.confirmation(c)
			if early {
				m.rank = n.pressing(NextStep)
			}
			n.ask(m)
		}
		if !own && c.Claim.ID != n.renewal.Claim.ID && early && !c.Due.IsZero() && !n.view.AsOf.Before(c.Due) {
			n.ask(matter{what: decideLate, claim: c, object: c.Claim.ID, at: c.Due,
				ops: []value.Operand{n.ended(c.Due)}})
		}
	}
	if half := &s.Handing; half.Do == registration.Hand {
		m := matter{what: handOver, object: id, cause: "handover " + id, side: model.Vendor}
		if half.By.Party != s.Holder {
			m.side = s.Holder.Side
		}
		to := n.nameOf(half.To)
		if n.further(&n.deal, half.To) {
			to = value.Op("holder", half.To.String())
		}
		m.ops = []value.Operand{to, value.Op("side", half.By.Party.Side.String()), n.day(half.At)}
		n.ask(m)
	}
}

// nearEnd returns the matter of an active registration from its first reminder on.
func (n *actions) nearEnd(c *registration.Answer) (m matter, ok bool) {
	if !n.claim || !n.ending {
		return m, false
	}
	m = matter{what: renewClaim, at: c.Until, ops: []value.Operand{n.ended(c.Until)}}
	switch {
	case n.renewal.Claim.ID != "":
		m.what, m.rank, m.at = decideClaim, AtRisk, n.renewal.Due
	case !n.extends.IsZero():
		m.what = extendClaim
	}
	return m, true
}

// nameOf is the operand for the party that holds the account, or filed first: the vendor reads its name, a partner
// only whether it is the vendor or another partner (reg.confidential).
func (n *actions) nameOf(holder model.Party) value.Operand {
	name := holder.String()
	switch {
	case n.view.Party.Side != model.Partner || holder == n.view.Party:
	case holder.Side == model.Vendor:
		name = "the vendor"
	default:
		name = "another partner"
	}
	return value.Op("holder", name)
}
