package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// payee holds the sums of one payee and its history in the period.
type payee struct {
	payeeSums
	period value.Date      // its first day
	past   fieldSet        // the causes of the differences in the period so far
	paid   [policies]int64 // the positive commissions of the period so far, in minor units
}

// enter begins a period, unless p is in it already.
func (p *payee) enter(period value.Date) {
	if p.period != period {
		p.period, p.past, p.paid = period, p.past[:0], [policies]int64{}
	}
}

// payee returns the payee with an id, a new one if the book has none, or nil if the payee
// is not compared. An id stands for one person in all currencies.
func (c *Comparison) payee(b *book, rep string, party model.Party) (*payee, error) {
	if p := b.known[rep]; p != nil {
		return p, p.check(party)
	}
	if c.only != nil && !c.only(rep, party) {
		return nil, nil
	}
	for _, other := range c.books {
		if p := other.known[rep]; p != nil {
			if err := p.check(party); err != nil {
				return nil, err
			}
		}
	}
	p := &payee{payeeSums: newSums()}
	p.Rep, p.Party = rep, party
	b.known[rep] = p
	return p, nil
}

// check refuses a rep of another party with the same id.
func (p *payee) check(party model.Party) error {
	if p.Party == party {
		return nil
	}
	return value.Below(named(p.Rep), value.NewError(comp.RepTwoParties, value.Quote(p.Rep),
		"is a rep of "+value.Quote(p.Party.String())+" and of "+value.Quote(party.String())+
			"; an id stands for one person"))
}
