package main

import (
	"errors"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// origin is a deal that a reversal names.
type origin struct {
	entry  *entry   // nil if the deal was not priced
	left   *leftOut // why not
	undone int      // the line of its reversal
}

// newOrigins returns an empty origin for each deal that a reversal names.
func newOrigins(deals []crmcsv.Row) map[string]*origin {
	origins := map[string]*origin{}
	for i := range deals {
		if of := deals[i].Reverses; of != "" {
			origins[of] = &origin{}
		}
	}
	return origins
}

// undo takes deals back. Because they were not kept, it reads the file a second time and
// prices them again.
func (b *book) undo(from source) error {
	if len(b.reversals) == 0 {
		return nil
	}
	origins := newOrigins(b.reversals)
	err := b.each(from, nil, func(t *taken) error {
		deal := t.Deal
		o := origins[deal.Booking.ID]
		if t.Bad != nil || o == nil || deal.Reverses != "" {
			return nil
		}
		b.standAsOf(deal)
		if deal.Status == crmcsv.Lost {
			o.left = &leftOut{line: deal.Line, err: lost(deal.Booking.ID)}
			return nil
		}
		if o.left = b.priceInOrder(deal); o.left == nil {
			o.entry = b.current.clone()
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range b.reversals {
		if err := b.reverse(&b.reversals[i], origins[b.reversals[i].Reverses]); err != nil {
			return err
		}
	}
	return nil
}

// reverse takes a won deal back, or leaves the row out.
func (b *book) reverse(deal *crmcsv.Row, o *origin) error {
	e, err := b.takenBack(deal, o)
	if err != nil {
		return b.leave(leftOut{line: deal.Line, id: deal.Booking.ID, err: err})
	}
	o.undone = deal.Line
	return b.enter(e)
}

func (b *book) takenBack(deal *crmcsv.Row, o *origin) (*entry, error) {
	id := value.Quote(deal.Reverses)
	switch {
	case o.undone > 0:
		return nil, value.NewError(comp.ReversalOf, id, "is taken back by line "+count(o.undone)+" already")
	case o.left != nil:
		return nil, value.NewError(comp.ReversalOf, id, "was not priced, see line "+count(o.left.line))
	case o.entry == nil:
		return nil, value.NewError(comp.ReversalOf, id, "is no deal of this file, or one of its bad rows")
	}
	whole := o.entry.deal.Booking.Value.Neg()
	if v := deal.Booking.Value; !v.IsZero() && v != whole {
		return nil, value.NewError(comp.ReversalOf, v.String(),
			"is not "+whole.String()+", which takes back the whole of "+id)
	}
	e := &entry{deal: *deal, advice: o.entry.advice, engagement: o.entry.engagement, refused: o.entry.refused}
	e.deal.Booking.Value = whole
	return e, b.prices.reverse(e, o.entry, b.ledger(whole.Currency()))
}

// reverse fills the statements of a reversal.
func (p *pricer) reverse(e, of *entry, l *ledger) error {
	err := p.reverseUnder(p.policy.Model, e, of, l)
	if err != nil {
		return err
	}
	for _, m := range p.models {
		if m == p.policy.Model || e.refused[m] != "" {
			continue
		}
		if err := p.reverseUnder(m, e, of, l); err != nil {
			first, _ := errors.AsType[*value.Error](err)
			e.refused[m] = first.Code
		}
	}
	return nil
}

func (p *pricer) reverseUnder(m comp.Model, e, of *entry, l *ledger) (err error) {
	id, on := e.deal.Booking.ID, e.deal.Booking.Closed
	if !p.history {
		e.statements[m], err = of.statements[m].Reverse(id, on)
		return err
	}
	decision, err := p.plans[m].Payout(of.statements[m])
	if err == nil {
		move := comp.Movement{ID: id, Of: of.deal.Booking.ID, Kind: comp.Reversed, On: on}
		decision, err = decision.Payout.Move(move)
	}
	if err == nil {
		err = l.runs[m].Reverse(decision.Payout, id)
	}
	if err != nil {
		return err
	}
	e.statements[m] = decision.Statements[0]
	return nil
}
