package comp

import (
	"cmp"
	"maps"
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

func (p *Plan) potOf(e *event) pot {
	days := p.periodOf(e.own)
	return pot{days.first, days.last, e.deal.Value.Currency()}
}

// period prices the events of a pot by their own days.
type period struct {
	run     *Run
	origins map[*deal]*Payout        // of the deals of the period that have reversals
	events  map[string][]playedEvent // by payee, in the order of their own days; kept where some may be late
	last    playedEvent              // by its own day
	newest  event                    // in the order of play
	// what the payees of late events had after the last one of their team, which is last; by the first payee
	prefixes map[*Payee]*period
	late     playedEvent // the last one
	over     bool        // its floors were paid
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
	at := plan.potOf(e)
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
	p.day, r.newest = later(p.day, x.on), *x.event
	if r.last.event != nil && r.last.byDay(x) > 0 && !p.ahead {
		return p.enterLate(r, x, s)
	}
	var before, own map[paidFor]int64
	if r.over {
		before = r.paid(x.deal)
	}
	if err := p.apply(r, &x, s); err != nil {
		return err
	}
	if r.over {
		own = less(r.paid(x.deal), before)
		r.refloor(x.deal)
		s.Lines = append(s.Lines, r.differences(x.deal, less(less(r.paid(x.deal), before), own))...)
	}
	if r.last = x; len(p.closings) > 0 {
		r.keep(x)
	}
	return nil
}

// enterLate takes an event that is older than the last one: it prices again what the payees of its deal have in the
// period after it, for lines depend on their own payee alone.
func (p *player) enterLate(r *period, x playedEvent, s *Statement) error {
	again, events := r.beforeLate(x)
	var prefix *period
	var own map[paidFor]int64
	for i := range events {
		var one Statement
		if events[i].event == x.event {
			own = again.paid(x.deal)
		}
		if err := p.apply(again, &events[i], &one); err != nil {
			return err
		}
		if events[i].event == x.event {
			*s = one
			own = less(again.paid(x.deal), own)
			prefix = again.clone()
			prefix.last = x
		}
	}
	if r.over {
		again.refloor(x.deal)
	}
	changed := less(less(again.paid(x.deal), r.paid(x.deal)), own)
	s.Lines = append(s.Lines, again.differences(x.deal, changed)...)
	r.adopt(again, x.deal)
	r.keep(x)
	r.prefixes[&x.deal.Payees[0]] = prefix
	return nil
}

// beforeLate returns what the payees of a late event had after an earlier one of the same team, and in their order the
// event itself and those of its payees that are not in it.
func (r *period) beforeLate(x playedEvent) (prefix *period, events []playedEvent) {
	if r.prefixes == nil || r.late.byDay(x) > 0 { // no longer by day: something comes into those that there are
		r.prefixes = map[*Payee]*period{}
	}
	r.late, events = x, append(events, x)
	if len(x.deal.Payees) > 0 {
		prefix = r.prefixes[&x.deal.Payees[0]]
	}
	if prefix == nil {
		prefix = new(period)
		prefix.begin(pot{r.run.open.first, r.run.open.last, r.run.currency})
	}
	for i := range x.deal.Payees {
		all, from := r.events[x.deal.Payees[i].Rep], 0
		if prefix.last.event != nil {
			from, _ = slices.BinarySearchFunc(all, prefix.last, playedEvent.byDay)
			from++ // it is among them
		}
		events = append(events, all[from:]...)
	}
	slices.SortFunc(events, playedEvent.byDay)
	events = slices.CompactFunc(events, func(a, b playedEvent) bool { return a.event == b.event })
	return prefix.clone(), events
}

// clone returns a period that goes on by itself, without the events that it has.
func (r *period) clone() *period {
	c := *r
	c.run, c.origins, c.events, c.prefixes = r.run.Clone(), maps.Clone(r.origins), nil, nil
	return &c
}

// keep adds an event to those of its payees.
func (r *period) keep(x playedEvent) {
	if r.events == nil {
		r.events = map[string][]playedEvent{}
	}
	for i := range x.deal.Payees {
		rep := x.deal.Payees[i].Rep
		at, _ := slices.BinarySearchFunc(r.events[rep], x, playedEvent.byDay)
		r.events[rep] = slices.Insert(r.events[rep], at, x)
	}
}

// adopt takes over what another period has of the payees of a deal.
func (r *period) adopt(again *period, d *deal) {
	own := map[string]bool{}
	for i := range d.Payees {
		rep := d.Payees[i].Rep
		own[rep], r.run.accounts[rep] = true, again.run.accounts[rep]
	}
	for of, origin := range again.origins {
		old := r.origins[of]
		if old == nil {
			old = origin
		}
		merged := *old
		merged.origin.Lines, merged.due = nil, nil
		merged.take(origin, func(rep string) bool { return own[rep] })
		merged.take(old, func(rep string) bool { return !own[rep] })
		r.origins[of] = &merged
	}
}

// take adds the lines of some payees from another payout of the deal.
func (p *Payout) take(from *Payout, of func(rep string) bool) {
	for i := range from.origin.Lines {
		if of(from.origin.Lines[i].Payee) {
			p.origin.Lines = append(p.origin.Lines, from.origin.Lines[i])
			p.due = append(p.due, from.due[i])
		}
	}
}

// refloor sets what the payees of a deal are due up to the floors of a period that is over.
func (r *period) refloor(d *deal) {
	for i := range d.Payees {
		a := r.run.account(d.Payees[i].Rep, d.Payees[i].identity())
		for j := range a.tables {
			if sum := &a.tables[j]; r.run.plan.tables[sum.table.id] == sum.table {
				sum.floor = max(0, sum.belowFloor())
			}
		}
	}
}

// apply prices a booking, or takes a reversal's credit, as the last event of the period.
func (p *player) apply(r *period, x *playedEvent, s *Statement) error {
	latest := r.run.plan
	r.run.plan = x.plan
	if x.move != nil {
		origin := r.origins[x.deal]
		if origin == nil {
			origin = x.payout
		}
		err := r.run.reverse(origin, x.step)
		r.run.plan = cmp.Or(latest, x.plan) // the floors are those of the last booking
		return err
	}
	if err := p.price(s, x.plan, r.run, &x.deal.Booking); err != nil {
		return err
	}
	if !x.deal.reversed() {
		return nil
	}
	d, err := x.plan.Payout(*s)
	r.origins[x.deal] = &d.Payout
	return err
}

// paidFor names the sums of a table, of all policy versions, for a payee in a period.
type paidFor struct {
	rep   string
	table TableID
}

// paid returns what the tables have paid the payees of a deal in the period, floors included, in minor units.
func (r *period) paid(d *deal) map[paidFor]int64 {
	sums := map[paidFor]int64{}
	for i := range d.Payees {
		if a := r.run.accounts[d.Payees[i].Rep]; a != nil {
			for _, sum := range a.tables {
				sums[paidFor{d.Payees[i].Rep, sum.table.id}] += sum.paid + sum.floor
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
		a := r.run.account(payee.Rep, payee.identity())
		for j := range a.tables {
			sum := &a.tables[j]
			at := paidFor{payee.Rep, sum.table.id}
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
