package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/value"
)

// pot is a currency in a period of a policy.
type pot struct {
	first, last value.Date
	currency    value.Currency
}

func (p pot) order(o pot) int {
	return cmp.Or(p.last.Compare(o.last), p.currency.Compare(o.currency), p.first.Compare(o.first))
}

// period prices the events of a pot by their own days.
type period struct {
	run     *Run
	origins map[*deal]*Payout // of the deals of the period that have reversals
	events  []playedEvent     // in the order of their own days; kept where some may be late
	over    bool              // its floors were paid
}

// playedEvent is an event that changed a period, with the plan of its deal.
type playedEvent struct {
	*event
	plan   *Plan
	step   reversal // of a reversal
	payout *Payout  // of a reversal, for a deal of another period
}

// byDay compares events by their own days.
func (x playedEvent) byDay(o playedEvent) int {
	one, other := *x.event, *o.event
	one.on, other.on = value.Date{}, value.Date{}
	return one.order(other)
}

// period returns the period of a day, in which an event that counts on another day may be late.
func (p *player) period(plan *Plan, e *event) *period {
	days := plan.periodOf(e.own)
	at := pot{days.first, days.last, e.deal.Value.Currency()}
	r := p.periods[at]
	if r == nil {
		r = &period{over: at.last.Before(e.on)}
		r.begin(at)
		p.periods[at] = r
	}
	if plan.floors && !r.over && !slices.Contains(p.floors, at) {
		p.floors = append(p.floors, at)
		slices.SortFunc(p.floors, pot.order)
	}
	return r
}

func (r *period) begin(at pot) {
	open := span{Quarter{at.first, at.last}, 1}
	r.run = &Run{accounts: map[string]*account{}, open: open, currency: at.currency, loose: true}
	r.origins = map[*deal]*Payout{}
}

// enter takes an event into its period. It returns the lines of a booking; of a late event also the differences to the
// lines that stand. A refused event changes nothing.
func (p *player) enter(r *period, x playedEvent, s *Statement) error {
	if !r.over && (len(r.events) == 0 || r.events[len(r.events)-1].byDay(x) < 0) {
		if err := p.apply(r, &x, s); err != nil {
			return err
		}
		if len(p.closings) > 0 {
			r.events = append(r.events, x)
		}
		return nil
	}
	at, _ := slices.BinarySearchFunc(r.events, x, playedEvent.byDay)
	again := &period{events: slices.Insert(slices.Clone(r.events), at, x), over: r.over}
	again.begin(pot{r.run.open.first, r.run.open.last, r.run.currency})
	var own map[paidFor]int64
	for i := range again.events {
		var one Statement
		if i == at {
			own = again.paid(x.deal)
		}
		if err := p.apply(again, &again.events[i], &one); err != nil {
			return err
		}
		if i == at {
			*s = one
			own = less(again.paid(x.deal), own)
		}
	}
	if again.over {
		again.run.floorLines()
	}
	changed := less(less(again.paid(x.deal), r.paid(x.deal)), own)
	s.Lines = append(s.Lines, again.differences(x.deal, changed)...)
	*r = *again
	return nil
}

// apply prices a booking, or takes a reversal's credit, as the last event of the period.
func (p *player) apply(r *period, x *playedEvent, s *Statement) error {
	r.run.plan = x.plan
	if x.move != nil {
		origin := r.origins[x.deal]
		if origin == nil {
			origin = x.payout
		}
		return r.run.reverse(origin, x.step)
	}
	if err := p.price(s, x.plan, r.run, &x.deal.Booking); err != nil {
		return err
	}
	if !slices.ContainsFunc(x.deal.moves, func(m Movement) bool { return m.Kind == Reversed }) {
		return nil
	}
	d, err := x.plan.Payout(*s)
	r.origins[x.deal] = &d.Payout
	return err
}

// paidFor names the sums of a table for a payee in a period.
type paidFor struct {
	rep   string
	table *table
}

// paid returns what the tables have paid the payees of a deal in the period, floors included, in minor units.
func (r *period) paid(d *deal) map[paidFor]int64 {
	sums := map[paidFor]int64{}
	for i := range d.Payees {
		if a := r.run.accounts[d.Payees[i].Rep]; a != nil {
			for _, sum := range a.tables {
				sums[paidFor{d.Payees[i].Rep, sum.table}] = sum.paid + sum.floor
			}
		}
	}
	return sums
}

func less(a, b map[paidFor]int64) map[paidFor]int64 {
	for at, paid := range b {
		a[at] -= paid
	}
	return a
}

// differences returns the lines that a late event of a deal adds because lines of others stand, by payee and table.
func (r *period) differences(d *deal, changed map[paidFor]int64) (lines []Line) {
	for i := range d.Payees {
		payee := &d.Payees[i]
		a := r.run.account(payee.Rep, payee.Party)
		for j := range a.tables {
			sum := &a.tables[j]
			at := paidFor{payee.Rep, sum.table}
			if paid := changed[at]; paid != 0 {
				lines = append(lines, r.run.uncredited(AsDifference, payee.Rep, a, sum, paid, paid))
				delete(changed, at)
			}
		}
	}
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(a.Party.Compare(b.Party), cmp.Compare(a.Payee, b.Payee), cmp.Compare(a.Table, b.Table))
	})
	return lines
}
