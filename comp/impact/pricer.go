package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// pricer prices events under one policy: with a plan, which takes them in any order, or with a run, by date.
type pricer struct {
	plan   *comp.Plan
	run    *comp.Run // nil if the plan is enough
	lines  []comp.Line
	closes bool
	won    bool                                     // prices won deals only
	derive func(comp.Booking) (comp.Booking, error) // may be nil
}

func newPricer(plan *comp.Plan, c *Comparison) pricer {
	p := pricer{plan: plan, closes: plan.NeedsClosing(), won: c.keep}
	if c.ordered && (plan.NeedsRun() || c.keep) {
		p.run = plan.StreamRun()
	}
	if derive := c.derive; derive != nil {
		policy := plan.Policy()
		p.derive = func(b comp.Booking) (comp.Booking, error) { return derive(policy, b) }
	}
	return p
}

func (p *pricer) derived(b *comp.Booking) (*comp.Booking, error) {
	if p.derive == nil {
		return b, nil
	}
	derived, err := p.derive(*b)
	if err == nil && (derived.ID != b.ID || derived.Value != b.Value || derived.Closed != b.Closed) {
		err = value.NewError("impact.derive", "the derived booking", "has another id, value or day")
	}
	return &derived, err
}

// price prices a booking. The next call overwrites the lines of the statement.
func (p *pricer) price(b *comp.Booking) (comp.Statement, error) {
	b, err := p.derived(b)
	if err != nil {
		return comp.Statement{}, err
	}
	var s comp.Statement
	switch {
	case p.run != nil:
		s, err = p.run.AppendStatement(p.lines[:0], b)
	case p.won && b.Closed.IsZero():
		return p.plan.StreamRun().Statement(*b) // which refuses it
	default:
		s, err = p.plan.AppendStatement(p.lines[:0], b)
	}
	if cap(s.Lines) > cap(p.lines) {
		p.lines = s.Lines
	}
	return s, err
}

// check returns the error that price would return, and changes nothing.
func (p *pricer) check(b *comp.Booking) error {
	if p.run == nil {
		_, err := p.price(b)
		return err
	}
	b, err := p.derived(b)
	if err != nil {
		return err
	}
	return p.run.Check(b)
}

// closeBefore closes the open period if it ended before a day, or if that is unset; ok is false if it did not.
func (p *pricer) closeBefore(day value.Date) (s comp.Statement, ok bool, err error) {
	if !p.closes {
		return s, false, nil
	}
	first, last := p.run.Period()
	if last.IsZero() || !day.IsZero() && !day.After(last) {
		return s, false, nil
	}
	s, err = p.run.Close("floors from "+first.String(), last)
	return s, true, err
}
