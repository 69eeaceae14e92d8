package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Ledger pays won deals, whatever order they and their movements come in: it prices by date. It keeps bookings,
// movements and the lines of closed periods, and makes statements of them when it is asked, in any number of
// currencies. It is mutable and not safe for concurrent use. Make it with [NewLedger], [Plan.Ledger] or [ReadLedger];
// nil and the zero value are refused with comp.plan.missing.
//
// A booking or movement is late where it belongs to a closed period and none of the lines that [Ledger.Close] was given
// for that period is its own; who came first does not matter. The lines of the closed period then stand. A late booking
// is priced by its own day too. Its statement is of the first day after the closed period, and has another line for
// each payee and table by which other deals would now be paid more or less ([AsDifference]).
type Ledger struct {
	planOf   func(value.Date) (*Plan, error)
	deals    map[string]*deal
	moves    map[string]string // the booking of each movement, by the movement's id
	closings map[value.Date]map[LineID]Amounts
	teams    map[string][]Payee // one copy of the payees of all deals that have the same

	events []event // in the order of play; nil where they changed
}

// deal is a booking and its movements.
type deal struct {
	Booking
	moves []Movement
}

// NewLedger returns an empty ledger. plans returns the plan in force for a deal that is won on a day, one of the same
// policy whenever it is asked; its errors are those of the booking. A nil function is a comp.plan.missing error.
func NewLedger(plans func(value.Date) (*Plan, error)) (*Ledger, error) {
	if plans == nil {
		return nil, (*Plan)(nil).made()
	}
	return newLedger(plans), nil
}

func newLedger(plans func(value.Date) (*Plan, error)) *Ledger {
	return &Ledger{planOf: plans, deals: map[string]*deal{}, moves: map[string]string{},
		closings: map[value.Date]map[LineID]Amounts{}, teams: map[string][]Payee{}}
}

// Ledger returns an empty ledger in which the plan is in force on all days.
func (p *Plan) Ledger() *Ledger {
	return newLedger(func(value.Date) (*Plan, error) { return p, p.made() })
}

func (l *Ledger) made() error {
	if l == nil || l.planOf == nil {
		return (*Plan)(nil).made()
	}
	return nil
}

// Add takes won bookings and movements, all or none. They are judged as one set with those before: in one call they
// have no order, and later calls may have earlier days. A movement's booking comes in the same call or before. Add
// prices the whole ledger to see that it can be priced: give it many at once.
//
// Errors, with paths such as bookings[1].id: ledger.repeated for a booking whose id a booking or movement has already,
// run.open_deal, those of [Run.Statement] but for the order, those of [Payout.Move], [MovementOf] for a movement of an
// unknown booking, and the errors of the function that gives the plans. A booking before, which the new ones make
// impossible, is named by its id.
func (l *Ledger) Add(bookings []Booking, movements []Movement) error {
	if err := l.made(); err != nil {
		return err
	}
	next := l.with(len(bookings) + len(movements))
	var problems value.Errors
	paths := make(map[string]string, len(bookings)+len(movements))
	for i := range bookings {
		at := value.Index("bookings", i)
		problems.Add(at, next.book(bookings[i], at, paths))
	}
	touched := map[string]*deal{}
	for i := range movements {
		m := &movements[i]
		at := value.Index("movements", i)
		problems.Add(at, next.move(m, at, paths, touched))
	}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		d := touched[id]
		slices.SortFunc(d.moves, Movement.order)
		if len(d.moves) > maxMovements {
			problems.Refuse("movements", MovementAbove, value.Quote(id), "has more than 1000 movements")
		} else if len(problems) == 0 {
			problems.Add("", d.judge(paths))
		}
	}
	if len(problems) > 0 {
		return wire.Limit(problems)
	}
	if err := next.play(nil, paths); err != nil {
		return err
	}
	*l = *next
	return nil
}

// with returns a ledger of the same content that shares no table with l.
func (l *Ledger) with(more int) *Ledger {
	next := *l
	next.events = nil
	next.deals = make(map[string]*deal, len(l.deals)+more)
	maps.Copy(next.deals, l.deals)
	next.moves = make(map[string]string, len(l.moves)+more)
	maps.Copy(next.moves, l.moves)
	return &next
}

// book takes a booking that has an id of its own and a day.
func (l *Ledger) book(b Booking, at string, paths map[string]string) error {
	var problems value.Errors
	problems.Add("id", checkID(BookingID, b.ID))
	problems.Add("id", l.isNew(b.ID))
	if b.Closed.IsZero() {
		const want = "says when the deal was won; a ledger takes only deals that are won, see Project"
		problems.Refuse("closed", runOpenDeal, "nothing", want)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if b.Payees = l.share(b.Payees); b.Payees == nil {
		b.Payees = []Payee{}
	}
	l.deals[b.ID] = &deal{Booking: b}
	paths[b.ID] = at
	return nil
}

func (l *Ledger) isNew(id string) error {
	if l.deals[id] == nil && l.moves[id] == "" {
		return nil
	}
	return value.NewError("ledger.repeated", value.Quote(id), "is the id of a booking or movement that the ledger has")
}

// share returns the one copy of a list of payees that all deals of a team have. It belongs to the ledger.
func (l *Ledger) share(payees []Payee) []Payee {
	key, err := wire.Marshal(&Booking{Payees: payees})
	if err != nil || len(payees) > maxPayees {
		return slices.Clone(payees) // pricing refuses it
	}
	known, ok := l.teams[string(key)]
	if !ok {
		known = Booking{Payees: payees}.clone().Payees
		l.teams[string(key)] = known
	}
	return known
}

// move takes a movement of a deal that the ledger has.
func (l *Ledger) move(m *Movement, at string, paths map[string]string, touched map[string]*deal) error {
	d := l.deals[m.Of]
	if d == nil {
		const want = "is no booking of the ledger; a booking comes no later than its movements"
		return value.Below("of", value.NewError(MovementOf, value.Quote(m.Of), want))
	}
	var problems value.Errors
	problems.Add("", m.check(&Statement{Booking: d.ID, Value: d.Value, Date: d.Closed}))
	if l.deals[m.ID] != nil || l.moves[m.ID] != "" {
		problems.Add("id", movementRepeated(m.ID))
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if touched[d.ID] == nil {
		d = &deal{d.Booking, slices.Clone(d.moves)}
		touched[d.ID], l.deals[d.ID] = d, d
	}
	d.moves = append(d.moves, *m)
	l.moves[m.ID], paths[m.ID] = d.ID, at
	return nil
}

// payout returns the payout of a deal that is not priced, without movements.
func (d *deal) payout() Payout {
	p := Payout{origin: Statement{Booking: d.ID, Value: d.Value, Date: d.Closed}, deferred: d.Deferred}
	p.begin()
	return p
}

func (d *deal) judge(paths map[string]string) error {
	p := d.payout()
	return p.judge(slices.SortedFunc(slices.Values(slices.Concat(p.moves, d.moves)), Movement.order), paths).Err()
}
