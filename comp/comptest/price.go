package comptest

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// ledger holds the statements of bookings under a policy.
type ledger struct {
	plan    *comp.Plan
	entries []entry // by day; the closing of a period stands behind its deals and movements
}

// entry is a deal, a movement or, without both, the closing of a period, with its statement or error.
type entry struct {
	id        string
	day       value.Date
	later     int // 1 for a movement, which comes after the deals of its day
	deal      *comp.Booking
	move      *comp.Movement
	statement comp.Statement
	err       error
}

func (e *entry) closes() bool { return e.deal == nil && e.move == nil }

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
		moves: map[string][]comp.Movement{}, payouts: map[string]payout{}, moved: map[string]comp.Statement{},
	}
	for _, m := range bookings.Movements {
		p.moves[m.Of] = append(p.moves[m.Of], m)
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
	moves    map[string][]comp.Movement // by the id of the deal
	payouts  map[string]payout          // after all movements, by the id of the deal
	moved    map[string]comp.Statement  // by the id of the movement
}

// payout is a deal after its movements, or why these do not fit.
type payout struct {
	after comp.Payout
	err   error
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
	if e.move != nil {
		return p.move(e.move)
	}
	booking, err := p.bookings.withRoles(p.policy, *e.deal)
	if err != nil {
		return comp.Statement{}, err
	}
	statement, err := p.run.Statement(booking)
	if err != nil {
		return comp.Statement{}, err
	}
	opening, err := p.plan.Payout(statement)
	if err != nil {
		return comp.Statement{}, err
	}
	d, err := opening.Payout.Move(p.moves[booking.ID]...)
	p.payouts[booking.ID] = payout{d.Payout, err}
	for _, s := range d.Statements {
		p.moved[s.Booking] = s
	}
	return opening.Statements[0], nil
}

// move returns the statement of a movement. The run takes a reversal's credit.
func (p *pricer) move(m *comp.Movement) (comp.Statement, error) {
	of, ok := p.payouts[m.Of]
	if !ok {
		err := value.NewError(comp.ReversalOf, value.Quote(m.Of), "is no deal that was priced before it")
		return comp.Statement{}, value.Below("reversal", err)
	}
	if of.err == nil && m.Kind == comp.Reversed {
		of.err = p.run.Reverse(of.after, m.ID)
	}
	return p.moved[m.ID], of.err
}

// withRoles derives the roles that a deal does not state, if its engagement model is known.
func (b Bookings) withRoles(policy comp.Policy, deal comp.Booking) (comp.Booking, error) {
	return withRoles(policy, deal, b.Engagements[deal.ID])
}

func withRoles(policy comp.Policy, deal comp.Booking, engagement model.Engagement) (comp.Booking, error) {
	if engagement == 0 {
		return deal, nil
	}
	primary, err := policy.PrimarySide(engagement, deal.Origin())
	if err != nil {
		return deal, value.Below("booking", err)
	}
	return deal.WithRoles(primary), nil
}
