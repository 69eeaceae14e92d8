package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// addition is a call of [Ledger.Add].
type addition struct {
	*Ledger
	paths  map[string]string // of the new bookings and movements, by id
	before map[string]*deal  // the deals that change, as they were; nil for new ones
}

// enter puts bookings and movements into the ledger, and judges the movements of each deal.
func (a *addition) enter(bookings []Booking, movements []Movement) error {
	var problems value.Errors
	for i := range bookings {
		at := value.Index("bookings", i)
		problems.Add(at, a.book(bookings[i], at))
	}
	for i := range movements {
		at := value.Index("movements", i)
		problems.Add(at, a.move(&movements[i], at))
	}
	for _, id := range slices.Sorted(maps.Keys(a.before)) {
		d := a.deals[id]
		slices.SortFunc(d.moves, Movement.order)
		if len(d.moves) > maxMovements {
			problems.Refuse("movements", MovementAbove, value.Quote(id), "has more than 1000 movements")
		} else if len(d.moves) > 0 && len(problems) == 0 {
			problems.Add("", d.judge(a.paths))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return wire.Limit(problems)
}

// undo takes out what was entered.
func (a *addition) undo() {
	for id := range a.paths {
		delete(a.moves, id)
	}
	for id, d := range a.before {
		if a.deals[id] = d; d == nil {
			delete(a.deals, id)
		}
	}
	a.events = nil
}

// book takes a booking that has an id of its own and a day.
func (a *addition) book(b Booking, at string) error {
	var problems value.Errors
	problems.Add("id", checkID(BookingID, b.ID))
	problems.Add("id", a.isNew(b.ID))
	if b.Closed.IsZero() {
		const want = "says when the deal was won; a ledger takes only deals that are won, see Project"
		problems.Refuse("closed", runOpenDeal, "nothing", want)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if b.Payees = a.share(b.Payees); b.Payees == nil {
		b.Payees = []Payee{}
	}
	a.deals[b.ID], a.before[b.ID], a.paths[b.ID] = &deal{Booking: b}, nil, at
	return nil
}

func (l *Ledger) isNew(id string) error {
	if l.deals[id] == nil && l.moves[id] == "" {
		return nil
	}
	return value.NewError("ledger.repeated", value.Quote(id), "is the id of a booking or movement that the ledger has")
}

// move takes a movement of a deal that the ledger has.
func (a *addition) move(m *Movement, at string) error {
	d := a.deals[m.Of]
	if d == nil {
		const want = "is no booking of the ledger; a booking comes no later than its movements"
		return value.Below("of", value.NewError(MovementOf, value.Quote(m.Of), want))
	}
	var problems value.Errors
	problems.Add("", m.check(&Statement{Booking: d.ID, Value: d.Value, Date: d.Closed}))
	if a.deals[m.ID] != nil || a.moves[m.ID] != "" {
		problems.Add("id", movementRepeated(m.ID))
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if _, changed := a.before[d.ID]; !changed {
		a.before[d.ID] = d
		d = &deal{d.Booking, slices.Clone(d.moves)}
		a.deals[d.ID] = d
	}
	d.moves = append(d.moves, *m)
	a.moves[m.ID], a.paths[m.ID] = d.ID, at
	return nil
}

// price prices the new bookings and reversals behind those before, or everything again: then an error names the first
// booking in the order of play that is impossible.
func (a *addition) price() error {
	p := a.priced
	a.priced = nil
	if p == nil || !a.follows(p) {
		return a.priceAll(a.paths)
	}
	a.priced = p
	return nil
}

// follows plays what is new on a player that has played what was before. It reports whether everything has its place
// behind the events of its period, and can be priced; else the player is of no use.
func (a *addition) follows(p *player) bool {
	var events []event
	for id, before := range a.before {
		d := a.deals[id]
		switch {
		case before == nil:
			events = a.place(events, d)
		case d.reversed():
			return false // the player has forgotten how the booking was priced
		}
	}
	slices.SortFunc(events, event.order)
	for i := range events {
		if e := &events[i]; !p.isNext(e) || p.step(e) != nil {
			return false
		}
	}
	return true
}

// isNext reports whether an event has its place behind those of its period that were played.
func (p *player) isNext(e *event) bool {
	if e.move != nil && e.move.Kind != Reversed {
		return true // which changes no period
	}
	plan, err := p.planOn(e.own)
	if err != nil {
		return false
	}
	r := p.periods[plan.potOf(e)]
	return r == nil || r.newest.order(*e) < 0 && !(r.over && e.on == e.own)
}
