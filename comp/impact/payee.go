package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// payee is what a running comparison keeps of one payee.
type payee struct {
	payeeSums
	period value.Date      // what the rest is of
	past   fieldSet        // the fields behind what differs in the lines of the period so far
	paid   [policies]int64 // at most what the period has paid so far
}

// enter begins a period, unless it is the one that p is in.
func (p *payee) enter(period value.Date) {
	if p.period != period {
		p.period, p.past, p.paid = period, p.past[:0], [policies]int64{}
	}
}

// payee returns the payee of an entry, new where the book does not know it; nil for
// one that is not compared. An id stands for one person in all currencies.
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

// check refuses another party's rep of the same id.
func (p *payee) check(party model.Party) error {
	if p.Party == party {
		return nil
	}
	return value.In(named(p.Rep), value.NewError(comp.RepTwoParties, value.Quote(p.Rep), "is a rep of "+p.Party.String()+" and of "+party.String()+"; an id stands for one person"))
}
