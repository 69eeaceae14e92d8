package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// held is a deal that has movements: its rest, and the fields that caused the differences of its payees.
type held struct {
	deferred bool // paid in instalments
	foreign  bool // no payee of it is compared, or it was left out
	book     *book
	owner    bool
	joint    bool
	payouts  [policies]comp.Payout
	priced   [policies]bool
	causes   map[string]fieldSet
}

func (h *held) seen() bool { return h.foreign || h.book != nil }

// open keeps a priced deal. A deal that is paid in instalments has no commission yet.
func (h *held) open(plans [policies]*comp.Plan, e *event) error {
	h.joint = e.joint
	var problems value.Errors
	for side, plan := range plans {
		if e.refused[side] != nil {
			continue
		}
		h.priced[side] = true
		if !h.deferred {
			payout, err := plan.Paid(e.priced[side])
			problems.Add(columns[side], err)
			h.payouts[side] = payout
			continue
		}
		decision, err := plan.Deferred(e.priced[side])
		problems.Add(columns[side], err)
		h.payouts[side], e.statements[side] = decision.Payout, decision.Statement
	}
	return problems.Err()
}

// blame adds fields that caused the difference of a payee.
func (h *held) blame(rep string, set fieldSet) {
	if h.causes == nil {
		h.causes = map[string]fieldSet{}
	}
	known := h.causes[rep]
	known.add(set...)
	h.causes[rep] = known
}

// applyNext applies the next movement under both policies.
func (c *Comparison) applyNext() error {
	m := c.movements[0]
	c.movements = c.movements[1:]
	h := c.held[m.Of]
	if !h.seen() && !c.keep {
		return value.Below(named(m.ID), value.NewError("impact.movement.of", value.Quote(m.Of),
			"is no deal that was added before it"))
	}
	if c.ordered && c.day.Before(m.On) {
		c.day, c.id = m.On, ""
	}
	if h.foreign {
		return nil
	}
	if h.book != nil {
		if err := h.book.closePeriods(c, m.On); err != nil {
			return err
		}
	}
	e := &c.event
	e.id, e.of, e.date, e.joint, e.booking = m.ID, m.Of, m.On, h.joint, nil
	for side := range h.payouts {
		e.priced[side], e.refused[side] = h.step(side, m)
	}
	if err := c.admit(e); err != nil {
		return err
	}
	e.statements = e.priced
	if h.owner && (e.refused[before] == nil || e.refused[after] == nil) {
		if m.pays {
			h.book.Instalments++
		} else {
			h.book.Reversals++
		}
		h.book.addDeal(e)
	}
	return c.settle(h.book, e, h)
}

// step applies a movement under one policy. After an error nothing has changed.
func (h *held) step(side int, m scheduled) (comp.Statement, error) {
	if !h.priced[side] {
		err := value.NewError(comp.ReversalOf, value.Quote(m.Of), "is no deal that was priced before it")
		return comp.Statement{}, value.Below("reversal", err)
	}
	decision, err := h.book.pricers[side].step(h.payouts[side], m)
	if err == nil {
		h.payouts[side] = decision.Payout
	}
	return decision.Statement, err
}
