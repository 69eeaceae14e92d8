package impact

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Merge adds up parts of one comparison, in any order and any tree, to the bytes of one comparison of everything.
// Where no rate of the policies counts over a period ([comp.Plan.NeedsRun]), the parts are any partition of the
// bookings, each with all movements of its deals; else a partition of the payees ([OnlyPayees]). [Split] makes both.
//
// What can be seen to be counted twice is an error: a payee in two parts where a rate counts over a period; a booking
// whose difference is the largest of two parts. A booking in two parts that is not the largest difference of both
// cannot be seen. Errors: for the first part that does not fit, one impact.policy.other at partials[1].before, or else
// at partials[1].after, with the first field that differs, where partials[1] is the first of rest; or every
// impact.payee.shared, at the likes of partials[1].USD."ana", and every [comp.RepTwoParties] for an id that has another
// party in another part, or is that of a rep and a company; or impact.booking.shared, at the likes of
// partials[1].USD."D-17"; [comp.TotalsMixed].
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
	if err := p.checkPayees(other); err != nil {
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

// checkPayees refuses payees that both have where one of them must have the whole history of a payee, in any
// currency, and those that have another party in other, or are a rep in one and a company in the other.
func (p *Partial) checkPayees(other Partial) error {
	known := map[string]*payeeSums{}
	for _, b := range p.books {
		for i := range b.Payees {
			known[b.Payees[i].Rep] = &b.Payees[i]
		}
	}
	var problems value.Errors
	for _, b := range other.books {
		for i := range b.Payees {
			x := &b.Payees[i]
			other := known[x.Rep]
			if other == nil {
				continue
			}
			if p.history {
				problems.Refuse(value.JoinPath(b.Currency.String(), named(x.Rep)), "impact.payee.shared",
					value.Quote(x.Rep),
					"is in two partial comparisons; where a rate counts over a period, compare each payee in one")
			}
			problems.Add(b.Currency.String(), x.check(other.Party, other.Company))
		}
	}
	return problems.Err()
}

// any reports whether anything was compared.
func (b *bookSums) any() bool { return len(b.Payees) > 0 || b.Deals > 0 || len(b.LeftOut) > 0 }

// merge returns the sum of two books of one currency; neither is changed.
func (b bookSums) merge(o bookSums) (bookSums, error) {
	switch l := &b.largest; {
	case !b.any():
		return o, nil
	case !o.any():
		return b, nil
	case b.Projected != o.Projected:
		return b, value.NewError(comp.TotalsMixed, "open deals",
			"stand in one partial comparison and won ones in the other; compare them apart")
	case l.booking != "" && l.booking == o.largest.booking && l.of == o.largest.of && l.rep == o.largest.rep:
		return b, value.Below(named(l.booking), value.NewError("impact.booking.shared", value.Quote(l.booking),
			"is in two partial comparisons; compare each booking in one"))
	}
	b.Deals, b.Reversals, b.Movements = b.Deals+o.Deals, b.Reversals+o.Reversals, b.Movements+o.Movements
	b.spanDay(o.From)
	b.spanDay(o.To)
	b.Value, b.QuotaBefore, b.QuotaAfter = b.Value.plus(o.Value), b.QuotaBefore.plus(o.QuotaBefore),
		b.QuotaAfter.plus(o.QuotaAfter)
	b.Payees = joined(b.Payees, o.Payees, func(p *payeeSums) string { return p.Rep }, payeeSums.plus)
	if o.largest.beats(&b.largest) {
		b.largest = o.largest
	}
	b.LeftOut = slices.Clone(b.LeftOut)
	for _, l := range o.LeftOut {
		b.leaveOut(l.Reason, l.Bookings)
	}
	return b, nil
}

// joined returns two lists in the order of their keys as one. Elements with one key are added up.
func joined[T any, K cmp.Ordered](a, b []T, key func(*T) K, plus func(x, y T) T) []T {
	all := make([]T, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch order := cmp.Compare(key(&a[0]), key(&b[0])); {
		case order < 0:
			all, a = append(all, a[0]), a[1:]
		case order > 0:
			all, b = append(all, b[0]), b[1:]
		default:
			all, a, b = append(all, plus(a[0], b[0])), a[1:], b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// plus returns the sums of a payee in two parts; neither is changed.
func (p payeeSums) plus(o payeeSums) payeeSums {
	p.Statements += o.Statements
	p.Paid = p.Paid || o.Paid
	p.Before, p.After = p.Before.plus(o.Before), p.After.plus(o.After)
	p.Causes = joined(p.Causes, o.Causes, func(c *causeSum) int32 { return c.at }, causeSum.plus)
	return p
}

func (c causeSum) plus(o causeSum) causeSum {
	c.Differences, c.Change = c.Differences+o.Differences, c.Change.plus(o.Change)
	return c
}
