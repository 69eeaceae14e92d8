package comp

import (
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
	placed   placement

	events []event // in the order of play; nil where they changed
	priced *player // has played all bookings and reversals; nil where it must begin again
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
// prices what is new to see that it can be priced. Where that belongs before something of its period, or reverses a
// deal of an earlier call, it prices the whole ledger: give such things many at once.
//
// Errors, with paths such as bookings[1].id: ledger.repeated for a booking whose id a booking or movement has already,
// run.open_deal, those of [Run.Statement] but for the order, those of [Payout.Move], [MovementOf] for a movement of an
// unknown booking, and the errors of the function that gives the plans. A booking before, which the new ones make
// impossible, is named by its id.
func (l *Ledger) Add(bookings []Booking, movements []Movement) error {
	if err := l.made(); err != nil {
		return err
	}
	a := addition{l, make(map[string]string, len(bookings)+len(movements)), map[string]*deal{}}
	err := a.enter(bookings, movements)
	if err == nil {
		l.events = nil
		err = a.price()
	}
	if err != nil {
		a.undo()
	}
	return err
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

func (d *deal) reversed() bool {
	return slices.ContainsFunc(d.moves, func(m Movement) bool { return m.Kind == Reversed })
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
