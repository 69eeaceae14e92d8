package comp

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// event is a booking or a movement in its place in a ledger.
type event struct {
	deal    *deal
	move    *Movement  // nil for the booking
	on, own value.Date // the day on which it counts, and its own
}

func (e *event) id() string {
	if e.move == nil {
		return e.deal.ID
	}
	return e.move.ID
}

// order compares events: by the day on which they count, then by their own; bookings by id, then movements.
func (e event) order(o event) int {
	order := cmp.Or(e.on.Compare(o.on), e.own.Compare(o.own))
	switch {
	case order != 0:
		return order
	case e.move != nil && o.move != nil:
		return e.move.order(*o.move)
	case e.move == nil && o.move == nil:
		return cmp.Compare(e.deal.ID, o.deal.ID)
	case e.move == nil:
		return -1
	default:
		return 1
	}
}

// ordered returns all events in the order in which they count.
func (l *Ledger) ordered() []event {
	if l.events != nil {
		return l.events
	}
	l.events = make([]event, 0, len(l.deals)+len(l.moves))
	for _, d := range l.deals {
		l.events = l.place(l.events, d)
	}
	slices.SortFunc(l.events, event.order)
	return l.events
}

// place appends the events of a deal.
func (l *Ledger) place(events []event, d *deal) []event {
	booked := event{deal: d, on: l.placed.on(d.ID, d.Closed), own: d.Closed}
	events = append(events, booked)
	for i := range d.moves {
		m := &d.moves[i]
		e := event{deal: d, move: m, own: later(m.On, d.Closed)}
		e.on = later(l.placed.on(m.ID, e.own), booked.on)
		events = append(events, e)
	}
	return events
}

func later(a, b value.Date) value.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// player plays the events of a ledger.
type player struct {
	*Ledger
	visit   func(s *Statement, p *Plan) bool // of each statement; false ends the play
	periods map[pot]*period
	floors  []pot // that are not over, and whose policy has floors
	payouts map[*deal]*playedPayout
	parties map[string]identity // of the payees
	teams   map[crew]*Team
	plans   map[*Plan]*Plan      // the first one with the same policy
	hashes  map[string]*Plan     // the same by their hashes
	settled func(*deal, *Payout) // of each deal that was not received at once, after its last movement; or nil
	ended   bool
	day     value.Date // the last one on which a booking or a reversal counts
	ahead   bool       // an open deal is projected, as the last of its day
}

// crew names the deals that one prepared team prices; equal lists of payees share their memory.
type crew struct {
	plan       *Plan
	first      *Payee
	payees     int
	source     model.Source
	registrant model.Registrant
	currency   value.Currency
}

// price prices a booking by the prepared team of its payees; one of several partners, and one that cannot be priced, by
// itself, so that every problem is reported.
func (p *player) price(s *Statement, plan *Plan, r *Run, b *Booking) error {
	if len(b.Payees) == 0 || !b.oneOnly() {
		return plan.statement(s, r, nil, b)
	}
	at := crew{plan, &b.Payees[0], len(b.Payees), b.Source, b.Registrant, b.Value.Currency()}
	t := p.teams[at]
	if t == nil {
		var err error
		if t, err = plan.team(b, r); err != nil {
			return plan.statement(s, r, nil, b)
		}
		p.teams[at] = t
	}
	return t.statement(s, r, b)
}

// playedPayout is the payout of a deal whose movements are not all played.
type playedPayout struct {
	Payout
	plan *Plan
	left int // movements
}

func (l *Ledger) player(visit func(*Statement, *Plan) bool) *player {
	return &player{Ledger: l, visit: visit, periods: map[pot]*period{}, payouts: map[*deal]*playedPayout{},
		parties: map[string]identity{}, teams: map[crew]*Team{}, plans: map[*Plan]*Plan{},
		hashes: map[string]*Plan{}}
}

// planOn returns the plan of a day; of equal policies, which the function may compile anew for each day, one plan.
func (p *player) planOn(day value.Date) (*Plan, error) {
	plan, err := p.planOf(day)
	if err == nil {
		err = plan.made()
	}
	if err != nil || p.plans[plan] != nil {
		return p.plans[plan], err
	}
	hash := plan.Hash()
	p.hashes[hash] = cmp.Or(p.hashes[hash], plan)
	p.plans[plan] = p.hashes[hash]
	return p.plans[plan], nil
}

// play prices everything in order. The paths of new bookings and movements stand in errors, for others their ids.
func (l *Ledger) play(visit func(*Statement, *Plan) bool, paths map[string]string) error {
	p := l.player(visit)
	return p.until(event{}, paths)
}

// priceAll prices everything, and keeps the player for what comes next.
func (l *Ledger) priceAll(paths map[string]string) error {
	p := l.player(nil)
	err := p.until(event{}, paths)
	if err == nil {
		l.priced = p
	}
	return err
}

// branch returns a player that goes on as p does, with an event of its own; false where p has played what counts after
// it.
func (p *player) branch(e *event) (*player, bool) {
	b := *p
	b.periods, b.parties, b.floors = maps.Clone(p.periods), maps.Clone(p.parties), slices.Clone(p.floors)
	b.teams = map[crew]*Team{}
	for at, r := range p.periods {
		if at.currency == e.deal.Value.Currency() && !e.own.Before(at.first) && !e.own.After(at.last) {
			if r.over {
				return nil, false
			}
			b.periods[at] = r.clone()
		}
	}
	return &b, !p.day.After(e.on)
}

// until plays the events before another one; all of them, and the closings after them, where that is zero.
func (p *player) until(end event, paths map[string]string) error {
	var problems value.Errors
	refused := map[*deal]bool{}
	events := p.ordered()
	for i := range events {
		e := &events[i]
		if p.ended || !end.on.IsZero() && e.order(end) >= 0 {
			break
		}
		if refused[e.deal] {
			continue
		}
		if err := p.step(e); err != nil {
			refused[e.deal] = refused[e.deal] || e.move == nil
			problems.Add(cmp.Or(paths[e.id()], value.Quote(e.id())), err)
		}
	}
	if through := p.closedThrough(); end.on.IsZero() && !through.IsZero() {
		if next, err := through.AddDays(1); err == nil {
			p.closeBefore(next)
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return wire.Limit(problems)
}

// step plays the next event.
func (p *player) step(e *event) error {
	p.closeBefore(e.on)
	if e.move == nil {
		return p.book(e)
	}
	return p.move(e)
}

func (p *player) emit(s *Statement, plan *Plan) {
	if p.visit != nil && !p.ended {
		p.ended = !p.visit(s, plan)
	}
}

func (p *player) book(e *event) error {
	plan, err := p.planOn(e.deal.Closed)
	if err != nil {
		return value.Below("closed", err)
	}
	for i := range e.deal.Payees {
		payee := &e.deal.Payees[i]
		if known, ok := p.parties[payee.Rep]; ok {
			if err := known.same(payee.Rep, payee.identity()); err != nil {
				return value.Below(payeePath(i, "rep"), err)
			}
		}
	}
	var s Statement
	if err := p.enter(p.period(plan, e), playedEvent{event: e, plan: plan}, &s); err != nil {
		return err
	}
	for i := range e.deal.Payees {
		p.parties[e.deal.Payees[i].Rep] = e.deal.Payees[i].identity()
	}
	if p.follows(e.deal, &s) {
		d, err := plan.Payout(s)
		if err != nil {
			return err
		}
		payout := &playedPayout{d.Payout, plan, len(e.deal.moves)}
		if p.payouts[e.deal] = payout; len(e.deal.moves) == 0 {
			p.settle(e.deal, payout)
		}
		s = d.Statements[0]
	}
	s.Date = e.on
	p.emit(&s, plan)
	return nil
}

// follows reports whether anybody looks at the money of a deal, or it has a reversal, which lowers credit.
func (p *player) follows(d *deal, s *Statement) bool {
	if p.visit == nil && p.settled == nil {
		return d.reversed()
	}
	return len(d.moves) > 0 || s.Deferred
}

func (p *player) move(e *event) error {
	payout := p.payouts[e.deal]
	if payout == nil {
		return nil
	}
	s, before, after := payout.advance(e.move)
	if e.move.Kind == Reversed {
		plan, err := p.planOn(e.own)
		if err != nil {
			return value.Below("on", err)
		}
		var late Statement
		x := playedEvent{e, payout.plan, reversal{e.own, before, after}, &payout.Payout}
		if err := p.enter(p.period(plan, e), x, &late); err != nil {
			return err
		}
		s.Lines = append(s.Lines, late.Lines...)
	}
	if payout.left--; payout.left == 0 {
		p.settle(e.deal, payout)
	}
	s.Date = e.on
	p.emit(&s, payout.plan)
	return nil
}

// settle forgets the payout of a deal that has no more movements.
func (p *player) settle(d *deal, payout *playedPayout) {
	delete(p.payouts, d)
	if p.settled != nil {
		p.settled(d, &payout.Payout)
	}
}

// closeBefore closes the periods that ended before a day, so that their floors pay (comp.floor).
func (p *player) closeBefore(day value.Date) {
	for len(p.floors) > 0 && p.floors[0].last.Before(day) {
		at := p.floors[0]
		p.floors = p.floors[1:]
		p.periods[at].over = true
		r := p.periods[at].run
		zero, id := amountOf(0, at.currency), "floors of "+at.currency.String()+" from "+at.first.String()
		s := Statement{Booking: id, Model: r.plan.policy.Model, Value: zero, Quota: zero,
			Date: at.last, Period: at.first, Lines: r.floorLines()}
		if len(s.Lines) > 0 {
			p.emit(&s, r.plan)
		}
	}
}

// Statements returns all statements, counted from 0; none where nobody made the ledger. They come in the order
// of the days on which they count: bookings, then movements. The floors of a period stand behind its last day, once a
// later booking or movement has come or the period is closed. Lines of closed periods stand as [Ledger.Close] was given
// them.
func (l *Ledger) Statements() func(yield func(int, Statement) bool) {
	return func(yield func(int, Statement) bool) {
		if l.made() != nil {
			return
		}
		standing, n := l.standing(), 0
		_ = l.play(func(s *Statement, _ *Plan) bool { // what Add has taken can be priced
			standing.hold(s)
			n++
			return yield(n-1, *s)
		}, nil)
	}
}
