package impact

import (
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// held is a deal that has movements: their statements, and the fields that caused the differences of its payees.
type held struct {
	foreign bool // no payee of it is compared, or it was left out
	book    *book
	owner   bool
	joint   bool
	several bool
	closed  value.Date
	moves   []comp.Movement // all, also those that were applied
	early   []scheduled     // that precede the closing, until that comes
	payouts [policies]comp.Payout
	moved   [policies]map[string]comp.Statement // by the id of the movement
	unmoved [policies]error                     // of movements that do not fit
	priced  [policies]bool
	causes  map[string]fieldSet
}

func (h *held) seen() bool { return h.foreign || h.book != nil }

// open keeps a priced deal with its movements. A deferred deal has no commission yet.
func (h *held) open(plans [policies]*comp.Plan, e *event) error {
	h.joint, h.several, h.closed = e.joint, e.several, e.date
	var problems value.Errors
	for side, plan := range plans {
		if e.refused[side] != nil {
			continue
		}
		h.priced[side] = true
		opening, err := plan.Payout(e.priced[side])
		if err != nil {
			problems.Add(columns[side], err)
			continue
		}
		e.statements[side] = opening.Statements[0]
		d, err := opening.Payout.Move(h.moves...)
		h.payouts[side], h.unmoved[side] = d.Payout, err
		h.moved[side] = make(map[string]comp.Statement, len(h.moves))
		for _, s := range d.Statements {
			h.moved[side][s.Booking] = s
		}
	}
	return problems.Err()
}

// resume schedules the movements that preceded the closing of their deal.
func (c *Comparison) resume(h *held, closed value.Date) {
	for _, m := range h.early {
		m.day = closed
		at, _ := slices.BinarySearchFunc(c.movements, m, scheduled.order)
		c.movements = slices.Insert(c.movements, at, m)
	}
	h.early = nil
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
	if m.day.Before(h.closed) {
		m.day = h.closed
	}
	if !h.seen() && !c.ended && (m.Kind == comp.Received || m.Kind == comp.Refunded) {
		h.early = append(h.early, m)
		return nil
	}
	if !h.seen() && !c.keep {
		return value.Below(named(m.ID), value.NewError("impact.movement.of", value.Quote(m.Of),
			"is no deal that was added before it"))
	}
	if c.ordered && c.day.Before(m.day) {
		c.day, c.id = m.day, ""
	}
	if h.foreign {
		return nil
	}
	if h.book != nil {
		if err := h.book.closePeriods(c, m.day); err != nil {
			return err
		}
	}
	e := &c.event
	e.id, e.of, e.date, e.joint, e.several, e.booking = m.ID, m.Of, m.day, h.joint, h.several, nil
	for side := range h.payouts {
		e.priced[side], e.refused[side] = h.step(side, m)
	}
	if err := c.admit(e); err != nil {
		return err
	}
	e.statements = e.priced
	if h.owner && (e.refused[before] == nil || e.refused[after] == nil) {
		if m.Kind == comp.Reversed {
			h.book.Reversals++
		} else {
			h.book.Movements++
		}
		h.book.addDeal(e)
	}
	return c.settle(h.book, e, h)
}

// step returns the statement of a movement under one policy; a run takes a reversal's credit. After an error nothing
// has changed.
func (h *held) step(side int, m scheduled) (comp.Statement, error) {
	if !h.priced[side] {
		err := value.NewError(comp.ReversalOf, value.Quote(m.Of), "is no deal that was priced before it")
		return comp.Statement{}, value.Below("reversal", err)
	}
	err := h.unmoved[side]
	if run := h.book.pricers[side].run; err == nil && run != nil && m.Kind == comp.Reversed {
		err = run.Reverse(h.payouts[side], m.ID)
	}
	if err != nil {
		return comp.Statement{}, err
	}
	return h.moved[side][m.ID], nil
}
