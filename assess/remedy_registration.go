package assess

import (
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// registration adds the action on the registration of the deal, where there is one, and those of who has to agree to
// it or to a handover.
func (n *actions) registration() {
	defer n.awaited()
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
	if n.gated {
		m.rank = min(remedies[m.what].rank, NextStep)
	}
	n.ask(m)
}

// onClaim returns the matter of the deal's claim; false where nobody has to do anything. A claim that is not
// decided is a matter of a closed deal, too.
func (n *actions) onClaim() (m matter, ok bool) {
	r := &n.view.Registration
	c := &r.Claim
	_, customer := n.found(registration.ExistingCustomer)
	switch {
	case c.Status == registration.Submitted && !c.Due.IsZero():
		m = matter{what: decideClaim, rank: DueLater, at: c.Due}
		if !n.view.AsOf.Before(c.Due) {
			m = matter{what: decideLate, at: c.Due, ops: []value.Operand{n.ended(c.Due)}}
		}
		return m, true
	case !n.open():
		return m, false
	case customer:
		return matter{what: ownCustomer}, true
	case c.Status == registration.Queued:
		return matter{what: decideEarlier, ops: []value.Operand{n.nameOf(n.elder.Claimant)}}, true
	case n.unconfirmed() && c.Status == registration.Approved:
		return n.confirmation(), true
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
		side := value.Op("side", n.last.Claim.Filing.With.Side.String())
		return matter{what: registerJoint, ops: []value.Operand{side, n.ended(c.Until)}}, true
	case c.Status == registration.Rejected && n.claim && n.last.Why != "":
		why := value.Op("why", value.Quote(n.last.Why))
		return matter{what: rejected, ops: []value.Operand{n.day(n.last.Ended), why}}, n.gated
	case c.Status == registration.Expired:
		return matter{what: registerAgain, ops: []value.Operand{n.ended(c.Until)}}, true
	}
	if f, lapsed := n.found(stage.RegistrationLapsed); lapsed {
		return matter{what: registerAgain, ops: []value.Operand{n.ended(instantOf(f.Reason, "end"))}}, true
	}
	return matter{what: registerDeal, due: n.windowEnd()}, n.gated
}

// unconfirmed reports whether the deal's claim waits for the confirmation of a party of the deal.
func (n *actions) unconfirmed() bool {
	with := n.last.Claim.Filing.With
	return n.claim && !n.last.Confirmed && !with.IsZero() && (with == n.partner || with == n.vendor)
}

// confirmation is the matter of a claim that is not confirmed.
func (n *actions) confirmation() matter {
	end := ""
	if !n.last.Until.IsZero() {
		end = ", and ends on " + words.Day(n.lastDay(n.last.Until), n.today)
	}
	return matter{what: confirmClaim, side: n.last.Claim.Filing.With.Side, ops: []value.Operand{value.Op("end", end)}}
}

// awaited adds the actions of who has to agree: to a claim for both sides that is not approved yet, and to a handover.
func (n *actions) awaited() {
	s, id := &n.last, n.last.Claim.ID
	if !n.claim || !n.open() {
		return
	}
	if n.unconfirmed() && (s.Status == registration.Submitted || s.Status == registration.Queued) {
		m := n.confirmation()
		m.object, m.rank = id, NextStep
		n.ask(m)
	}
	if half := &s.Handing; half.Do == registration.Hand {
		m := matter{what: handOver, object: id, cause: "handover " + id, side: model.Vendor}
		if half.By.Party != s.Holder {
			m.side = s.Holder.Side
		}
		m.ops = []value.Operand{n.nameOf(half.To), value.Op("side", half.By.Party.Side.String()), n.day(half.At)}
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
