package comptest

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/internal/shards"
	"github.com/coselling/coselling/model"
)

// Impact compares two plans over the deals that are won and the reversals, as [Bookings.Impact] does over bookings: a
// report for each currency, in the order of their codes; nil for none. A function of [impact.Rows] is called on several
// goroutines.
//
// Where no rate counts over a period, the deals are compared on all processors and none is held. Else those of one
// day are held at a time, or all where a deal closed before one above it in the file: at most 2,000,000; more are an
// error. Other errors are those of [impact.Comparison.Add], of the first deal that has one, of
// [impact.Comparison.Finish], and of the file.
func (e Export) Impact(before, after *comp.Plan, options ...impact.Option) ([]impact.Report, error) {
	if e.open == nil {
		return nil, nil
	}
	c := exportComparison{export: &e, before: before, after: after, options: options, most: 2_000_000}
	return c.reports()
}

// exportComparison compares two plans over an export.
type exportComparison struct {
	export        *Export
	before, after *comp.Plan
	options       []impact.Option
	most          int // that are held
}

func (c *exportComparison) reports() ([]impact.Report, error) {
	compare := c.apart
	if c.before.NeedsRun() || c.after.NeedsRun() {
		compare = c.inOrder
	}
	all, err := compare()
	if err != nil {
		return nil, err
	}
	return all.Reports()
}

// apart compares on all processors, each worker the deals that it reads. The few that have movements go to the first
// comparison, which has these. After an error of a deal it begins again alone: so the error is the same, whichever
// worker is faster.
func (c *exportComparison) apart() (impact.Partial, error) {
	all, err := c.among(shards.Workers())
	if err == nil {
		return all, nil
	}
	c.options = append(slices.Clip(c.options), impact.Rows(func(impact.Row) error { return nil })) // all were given
	if _, first := c.among(0); first != nil {
		err = first
	}
	return impact.Partial{}, err
}

// among compares by a number of workers beside the first comparison.
func (c *exportComparison) among(workers int) (impact.Partial, error) {
	parts := make([]*share, workers+1)
	for i := range parts {
		var moves []comp.Movement
		if i == 0 {
			moves = c.export.movements
		}
		var err error
		if parts[i], err = c.share(moves); err != nil {
			return impact.Partial{}, err
		}
	}
	moved := make(map[string]bool, len(c.export.movements))
	for _, m := range c.export.movements {
		moved[m.Of] = true
	}
	isApart := func(row *shards.Row[error]) bool { return workers > 0 && !moved[row.Deal.Booking.ID] }
	_, err := readRows(c.export, func(worker int, row *shards.Row[error]) {
		if isWon(row) && isApart(row) {
			row.Own = parts[worker+1].add(row.Deal.Booking, engagementOf(row.Deal))
		}
	}, func(row *shards.Row[error]) error {
		switch {
		case !isWon(row):
			return nil
		case isApart(row):
			return row.Own
		}
		return parts[0].add(row.Deal.Booking, engagementOf(row.Deal))
	})
	if err != nil {
		return impact.Partial{}, err
	}
	results := make([]impact.Partial, len(parts))
	for i, p := range parts {
		if results[i], err = p.Finish(); err != nil {
			return impact.Partial{}, err
		}
	}
	return impact.Merge(results[0], results[1:]...)
}

// heldDeal is a deal that waits until the others of its day have come.
type heldDeal struct {
	comp.Booking
	engagement model.Engagement
}

// inOrder compares by day, then id.
func (c *exportComparison) inOrder() (impact.Partial, error) {
	whole, err := c.share(c.export.movements)
	if err != nil {
		return impact.Partial{}, err
	}
	var held []heldDeal
	_, err = readRows(c.export, engage, func(row *wonDeal) error {
		if !isWon(row) {
			return nil
		}
		b := row.Deal.Booking
		if n := len(held); n > 0 && !c.export.falls && held[n-1].Closed != b.Closed {
			if err := whole.addAll(held); err != nil {
				return err
			}
			held = held[:0]
		} else if n == c.most {
			return fmt.Errorf("more than %d deals would have to be held, as rates count over a period and the file is "+
				"not in the order in which the deals closed; sort it by that day", c.most)
		}
		b.Payees = slices.Clone(b.Payees)
		held = append(held, heldDeal{b, row.Own})
		return nil
	})
	if err == nil {
		err = whole.addAll(held)
	}
	if err != nil {
		return impact.Partial{}, err
	}
	return whole.Finish()
}

// share compares some of the deals.
type share struct {
	*impact.Comparison
	engagement model.Engagement // of the deal that is compared
}

func (c *exportComparison) share(movements []comp.Movement) (*share, error) {
	p := &share{}
	var err error
	p.Comparison, err = impact.New(c.before, c.after, append([]impact.Option{
		impact.Movements(movements...), impact.ByCurrency(), impact.KeepUnpriced(),
		impact.Derive(func(policy comp.Policy, b comp.Booking) (comp.Booking, error) {
			return withRoles(policy, b, p.engagement)
		}),
	}, c.options...)...)
	return p, err
}

func (p *share) add(b comp.Booking, engagement model.Engagement) error {
	p.engagement = engagement
	return p.Add(b)
}

// addAll adds deals by day, then id, and forgets them.
func (p *share) addAll(deals []heldDeal) error {
	slices.SortFunc(deals, func(x, y heldDeal) int {
		return cmp.Or(x.Closed.Compare(y.Closed), cmp.Compare(x.ID, y.ID))
	})
	for _, d := range deals {
		if err := p.add(d.Booking, d.engagement); err != nil {
			return err
		}
	}
	clear(deals)
	return nil
}
