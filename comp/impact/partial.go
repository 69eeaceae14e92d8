package impact

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Partial is a finished, immutable comparison of all bookings or of a part; see [Merge]. The zero value is empty, a
// comparison of two zero policies.
type Partial struct {
	policies [policies]comp.Policy
	changes  []comp.PolicyChange
	history  bool       // a rate of one of the policies counts over a period
	books    []bookSums // by currency
}

// Finish applies the movements that are left, closes the open periods, so that their floors
// pay (comp.floor), and returns the result. Later calls of Finish and Add return an impact.finished error. Other
// errors are those of [Comparison.Add].
func (c *Comparison) Finish() (Partial, error) {
	if c == nil || c.fields == nil {
		return Partial{}, noPlan()
	}
	c.end()
	for c.err == nil && len(c.movements) > 0 {
		c.err = c.applyNext()
	}
	books := slices.SortedFunc(maps.Values(c.books), func(a, b *book) int { return a.Currency.Compare(b.Currency) })
	for _, b := range books {
		if c.err == nil {
			c.err = b.closePeriods(c, value.Date{})
		}
	}
	if c.err != nil {
		return Partial{}, c.err
	}
	c.err = value.NewError("impact.finished", "the comparison", "is finished; begin another one")
	p := Partial{changes: c.fields.changes, history: c.counts()}
	for i, plan := range c.plans {
		p.policies[i] = plan.Policy()
	}
	for _, b := range books {
		for _, payee := range b.known {
			b.Payees = append(b.Payees, payee.payeeSums)
		}
		b.sort()
		p.books = append(p.books, b.bookSums)
	}
	c.books = nil
	return p, nil
}

// end schedules the movements of deals that never came.
func (c *Comparison) end() {
	c.ended = true
	for _, h := range c.held {
		c.movements = append(c.movements, h.early...)
	}
	slices.SortStableFunc(c.movements, scheduled.order)
}

func (b *bookSums) sort() {
	slices.SortFunc(b.Payees, func(x, y payeeSums) int { return cmp.Compare(x.Rep, y.Rep) })
}
