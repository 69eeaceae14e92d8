package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// payee is what a running comparison keeps of one payee.
type payee struct {
	payeeSums
	period value.Date // what past is of
	past   []int32    // the fields behind what differs in the lines of the period so far
}

// history returns the fields behind earlier differences of a period.
func (p *payee) history(period value.Date) []int32 {
	if p.period != period {
		return nil
	}
	return p.past
}

// remember adds the fields behind a difference to the history of its period.
func (p *payee) remember(period value.Date, set []int32) {
	if p.period != period {
		p.period, p.past = period, p.past[:0]
	}
	p.past = includeAll(p.past, set)
}

// payee returns the payee of an entry, new where the book does not know it; nil for
// one that is not compared.
func (b *book) payee(rep string, party model.Party, only func(string, model.Party) bool) (*payee, error) {
	if p := b.known[rep]; p != nil {
		if p.party != party {
			return nil, value.In(named(rep), value.NewError(comp.RepTwoParties, value.Quote(rep), "is a rep of "+p.party.String()+" and of "+party.String()+"; an id stands for one person"))
		}
		return p, nil
	}
	if only != nil && !only(rep, party) {
		return nil, nil
	}
	p := &payee{payeeSums: payeeSums{rep: rep, party: party}}
	b.known[rep] = p
	return p, nil
}
