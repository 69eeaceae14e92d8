package comptest

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// ledger holds the statements of bookings under a policy.
type ledger struct {
	plan    *comp.Plan
	entries []entry // by day; the closing of a period stands behind its deals and reversals
}

// entry is a deal, a reversal or, without both, the closing of a period, with its statement or error.
type entry struct {
	id        string
	day       value.Date
	back      int // 1 for a reversal, which comes after the deals of its day
	deal      *comp.Booking
	reversal  *impact.Movement
	statement comp.Statement
	err       error
}

func (e *entry) closes() bool { return e.deal == nil && e.reversal == nil }

// pricing makes a ledger. Tests of this package put a wrong one in place of [price].
type pricing func(comp.Policy, Bookings) (ledger, error)

// price prices bookings by day. The error of a booking that the policy cannot price stands in its entry.
func price(policy comp.Policy, bookings Bookings) (ledger, error) {
	plan, err := bookings.plan(policy)
	if err != nil {
		return ledger{}, err
	}
	p := pricer{
		ledger: ledger{plan: plan}, policy: policy, run: plan.Run(), bookings: bookings,
		payouts: map[string]comp.Payout{},
	}
	for _, e := range bookings.entries() {
		if _, last := p.run.Period(); e.day.After(last) {
			if err := p.close(); err != nil {
				return ledger{}, err
			}
		}
		e.statement, e.err = p.statement(&e)
		p.entries = append(p.entries, e)
	}
	err = p.close()
	return p.ledger, err
}

type pricer struct {
	ledger
	policy   comp.Policy
	run      *comp.Run
	bookings Bookings
	payouts  map[string]comp.Payout // the rest of each deal, by id
}

// close closes the open period, if a table has a floor, and adds the statement if it pays anything.
func (p *pricer) close() error {
	first, last := p.run.Period()
	if last.IsZero() || !p.plan.NeedsClosing() {
		return nil
	}
	statement, err := p.run.Close("floors from "+first.String(), last)
	if err == nil && len(statement.Lines) > 0 {
		p.entries = append(p.entries, entry{id: statement.Booking, day: statement.Date, statement: statement})
	}
	return err
}

func (p *pricer) statement(e *entry) (comp.Statement, error) {
	if e.reversal != nil {
		return p.reverse(e.reversal)
	}
	booking, err := p.bookings.withRoles(p.policy, *e.deal)
	if err != nil {
		return comp.Statement{}, err
	}
	statement, err := p.run.Statement(booking)
	if err != nil {
		return comp.Statement{}, err
	}
	p.payouts[booking.ID], err = p.plan.Paid(statement)
	return statement, err
}

func (p *pricer) reverse(r *impact.Movement) (comp.Statement, error) {
	payout, ok := p.payouts[r.Of]
	if !ok {
		return comp.Statement{}, value.Below("reversal",
			value.NewError(comp.ReversalOf, value.Quote(r.Of), "is no deal that was priced before it"))
	}
	decision, err := p.run.Reverse(payout, r.Movement)
	if err == nil {
		p.payouts[r.Of] = decision.Payout
	}
	return decision.Statement, err
}

// withRoles derives the roles that a deal does not state, if its engagement model is known.
func (b Bookings) withRoles(policy comp.Policy, deal comp.Booking) (comp.Booking, error) {
	engagement, ok := b.Engagements[deal.ID]
	if !ok {
		return deal, nil
	}
	primary, err := policy.PrimarySide(engagement, deal.Origin())
	if err != nil {
		return deal, value.Below("booking", err)
	}
	return deal.WithRoles(primary), nil
}
