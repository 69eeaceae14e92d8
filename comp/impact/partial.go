package impact

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Partial is a finished, immutable comparison of all payees or of some; see [Merge]. The zero value is empty, a
// comparison of two zero policies.
type Partial struct {
	policies [policies]comp.Policy
	changes  []comp.PolicyChange
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
	p := Partial{changes: c.fields.changes}
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

// Merge adds up partial comparisons of the same policies and bookings over different payees. If they have all
// payees, the result equals one comparison of all. Errors: for the first comparison that does not fit, one
// impact.policy.other at partials[1].before, or else at partials[1].after, with the first field that differs,
// where partials[1] is the first of rest; or every impact.payee.shared, at the likes of partials[1].USD."ana";
// [comp.TotalsMixed].
func Merge(first Partial, rest ...Partial) (Partial, error) {
	sum := first
	sum.books = slices.Clone(first.books)
	for i, p := range rest {
		if err := sum.merge(p); err != nil {
			return Partial{}, value.Below(value.Index("partials", i+1), err)
		}
	}
	return sum, nil
}

// merge adds other to p, whose slice of books nobody else has.
func (p *Partial) merge(other Partial) error {
	for i := range p.policies {
		if d := comp.Diff(p.policies[i], other.policies[i]); len(d) > 0 {
			return value.Below(columns[i], value.NewError("impact.policy.other", d[0].String(),
				"differs between the partial comparisons; merge those of the same policies"))
		}
	}
	if err := p.checkShared(other); err != nil {
		return err
	}
	for _, b := range other.books {
		at, known := slices.BinarySearchFunc(p.books, b,
			func(x, y bookSums) int { return x.Currency.Compare(y.Currency) })
		if !known {
			p.books = slices.Insert(p.books, at, b)
			continue
		}
		merged, err := p.books[at].merge(b)
		if err != nil {
			return value.Below(b.Currency.String(), err)
		}
		p.books[at] = merged
	}
	return nil
}

// checkShared refuses payees that both have, in any currency.
func (p *Partial) checkShared(other Partial) error {
	known := map[string]bool{}
	for _, b := range p.books {
		for _, payee := range b.Payees {
			known[payee.Rep] = true
		}
	}
	var problems value.Errors
	for _, b := range other.books {
		for _, payee := range b.Payees {
			if known[payee.Rep] {
				problems.Refuse(value.JoinPath(b.Currency.String(), named(payee.Rep)), "impact.payee.shared",
					value.Quote(payee.Rep), "is in two partial comparisons; compare each payee in one")
			}
		}
	}
	return problems.Err()
}

// any reports whether anything was compared.
func (b *bookSums) any() bool { return len(b.Payees) > 0 || b.Deals > 0 || len(b.LeftOut) > 0 }

// merge returns the sum of two books of one currency; neither is changed.
func (b bookSums) merge(o bookSums) (bookSums, error) {
	switch {
	case !b.any():
		return o, nil
	case !o.any():
		return b, nil
	case b.Projected != o.Projected:
		return b, value.NewError(comp.TotalsMixed, "open deals",
			"stand in one partial comparison and won ones in the other; compare them apart")
	}
	b.Deals, b.Reversals, b.Movements = b.Deals+o.Deals, b.Reversals+o.Reversals, b.Movements+o.Movements
	b.spanDay(o.From)
	b.spanDay(o.To)
	b.Value, b.QuotaBefore, b.QuotaAfter = b.Value.plus(o.Value), b.QuotaBefore.plus(o.QuotaBefore),
		b.QuotaAfter.plus(o.QuotaAfter)
	b.Payees = slices.Concat(b.Payees, o.Payees)
	b.sort()
	if o.largest.beats(&b.largest) {
		b.largest = o.largest
	}
	b.LeftOut = slices.Clone(b.LeftOut)
	for _, l := range o.LeftOut {
		b.leaveOut(l.Reason, l.Bookings)
	}
	return b, nil
}
