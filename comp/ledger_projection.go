package comp

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// Project prices an open deal as if it were won on a day, after all that the ledger has by then, rates with a history
// included. The statement is marked as projected, and the ledger does not change: each deal is projected alone. Errors
// are those of [Ledger.Add] for the booking, run.open_deal for a deal that is won, and ledger.close for a missing day.
func (l *Ledger) Project(b Booking, day value.Date) (Statement, error) {
	if err := l.made(); err != nil {
		return Statement{}, err
	}
	var problems value.Errors
	problems.Add("id", l.isNew(b.ID))
	if !b.Closed.IsZero() {
		const want = "is the day on which the deal was won; project an open deal"
		problems.Refuse("closed", runOpenDeal, b.Closed.String(), want)
	}
	problems.Add("day", expected(day))
	if len(problems) > 0 {
		return Statement{}, value.Below("booking", problems)
	}
	b.Closed, b.Deferred = day, false
	won := event{deal: &deal{Booking: b}, on: day, own: day}
	p, err := l.by(&won)
	if err != nil {
		return Statement{}, err
	}
	var projected Statement
	p.visit = func(s *Statement, _ *Plan) bool {
		projected = *s
		return false
	}
	p.ended, p.ahead = false, true
	if err := p.book(&won); err != nil {
		return Statement{}, value.Below("booking", err)
	}
	projected.Date, projected.Projected = value.Date{}, true
	for i := range projected.Lines {
		projected.Lines[i].Projected = true
	}
	return projected, nil
}

// by returns a player that has played what counts by the day of an event, and to which only this event may come.
func (l *Ledger) by(e *event) (*player, error) {
	if l.priced == nil {
		if err := l.priceAll(nil); err != nil {
			return nil, err
		}
	}
	if branch, ok := l.priced.branch(e); ok {
		return branch, nil
	}
	p := l.player(nil)
	return p, p.until(event{on: e.on, own: e.on, move: &Movement{On: e.on, Kind: WrittenOff + 1}}, nil)
}

func expected(day value.Date) error {
	if !day.IsZero() {
		return nil
	}
	return value.NewError(ledgerClose, "nothing", "is the day on which the deal is expected to be won")
}

// Run returns a run, of the plan of the day, that goes on from what the ledger has before a booking: of one that is won
// all that counts before it, whatever day is given; of an open one all that counts by the day, and the run projects the
// booking on that day or later. So a host that has a ledger gives an assessment its run. The run is the caller's, and
// keeps no bookings (see [Plan.StreamRun]). Errors are those of the function that gives the plans, and ledger.close for
// an open booking without a day.
func (l *Ledger) Run(b Booking, day value.Date) (*Run, error) {
	if err := l.made(); err != nil {
		return nil, err
	}
	isWon := !b.Closed.IsZero()
	if isWon {
		day = b.Closed
	}
	if err := expected(day); err != nil {
		return nil, value.Below("day", err)
	}
	e := event{deal: &deal{Booking: b}, on: day, own: day}
	p, err := l.player(nil), error(nil)
	if isWon {
		e.on = l.placed.on(b.ID, day)
		err = p.until(e, nil)
	} else {
		p, err = l.by(&e)
	}
	if err != nil {
		return nil, err
	}
	plan, err := p.planOn(day)
	if err != nil {
		return nil, value.Below("day", err)
	}
	at := plan.potOf(&e)
	r := plan.StreamRun()
	r.open, r.currency, r.date = span{Quarter{at.first, at.last}, 1}, at.currency, day
	if played := p.periods[at]; played != nil {
		r.accounts, r.date = played.run.accounts, played.last.own
	}
	for _, a := range r.accounts { // what another version of the policy has priced changes nothing
		a.tables = slices.DeleteFunc(a.tables, func(sum priced) bool { return plan.tables[sum.table.id] != sum.table })
	}
	return r, nil
}
