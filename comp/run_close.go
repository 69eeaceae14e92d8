package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/value"
)

// Close closes the period that holds a day and returns a statement, with the given id, that pays the rest up to
// the floors of the period (comp.floor): a line for each payee and table whose commission is below the table's
// floor for periods, ordered by party, id and table. owed lists payees who get a floor even without a booking;
// only their Rep, Party, Table and Payer count. The statement is dated on the last day of the period and has no value.
//
// Errors: [BookingID]; [RunPeriod] for a day of a closed period, or after the open period, which must be closed
// first; [RunOrder] for a day before the last event where no period is open; booking.table.unknown, booking.rep,
// [RepTwoParties], [RunCurrency] and those of [model.Party.Check] for owed.
func (r *Run) Close(id string, day value.Date, owed ...Payee) (Statement, error) {
	if err := r.made(); err != nil {
		return Statement{}, err
	}
	var problems value.Errors
	problems.Add("id", checkID(BookingID, id))
	problems.Add("day", r.enterToClose(day))
	currency := r.currency
	for i := range owed {
		problems.Add(value.Index("owed", i), r.checkOwed(&owed[i], &currency))
	}
	if err := problems.Err(); err != nil {
		return Statement{}, value.Below("closing", err)
	}
	r.proceed(r.next.last, currency)
	for i := range owed {
		a := r.account(owed[i].Rep, identity{party: owed[i].Party})
		if t := r.plan.tables[owed[i].Table]; a.by(t) == nil {
			a.tables = append(a.tables, priced{table: t})
		}
	}
	lines := r.floorLines()
	for i := range lines {
		for _, p := range owed {
			if p.Rep == lines[i].Payee && p.Table == lines[i].Table && !p.Payer.IsZero() {
				lines[i].Payer = p.Payer
			}
		}
	}
	zero := amountOf(0, currency)
	s := Statement{
		Booking: id, Model: r.plan.policy.Model, Value: zero, Quota: zero, Date: r.open.last, Period: r.open.first,
		Lines: lines,
	}
	r.closed, r.open.Quarter = r.open.last, Quarter{}
	return s, nil
}

// floorLines returns the lines that pay the rest up to the floors of the open period.
func (r *Run) floorLines() (lines []Line) {
	for rep, a := range r.accounts {
		if a.period == r.open.number {
			lines = r.toFloor(lines, rep, a)
		}
	}
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(a.Party.Compare(b.Party), cmp.Compare(a.Payee, b.Payee), cmp.Compare(a.Table, b.Table))
	})
	return lines
}

// toFloor appends a line for each table that has not paid its floor.
func (r *Run) toFloor(lines []Line, rep string, a *account) []Line {
	for i := range a.tables {
		sum := &a.tables[i]
		if due := sum.belowFloor(); due > 0 && r.plan.tables[sum.table.id] == sum.table {
			lines = append(lines, r.uncredited(AsFloor, rep, a, sum, due, due))
			sum.floor = due
		}
	}
	return lines
}

// enterToClose finds the period to be closed. The day of the open period may be before its last event.
func (r *Run) enterToClose(day value.Date) error {
	if r.open.holds(day) {
		r.next = r.open
		return nil
	}
	if day.IsZero() {
		return value.NewError(RunPeriod, value.Quote(""), "is no day of the period to be closed")
	}
	return r.enter(day)
}

func (r *Run) checkOwed(p *Payee, c *value.Currency) error {
	var problems value.Errors
	problems.Add("rep", checkID(payeeRep, p.Rep))
	problems.Add("party", p.Party.Check())
	if !p.Payer.IsZero() {
		problems.Add("payer", p.Payer.Check())
	}
	if a := r.accounts[p.Rep]; a != nil {
		problems.Add("rep", a.same(p.Rep, identity{party: p.Party}))
	}
	t := r.plan.tables[p.Table]
	if t == nil {
		problems.Add("table", value.Known(tableUnknown, string(p.Table), sortedNames(r.plan.tables)))
		return problems.Err()
	}
	if t.PeriodFloor.IsZero() {
		return problems.Err()
	}
	if !c.IsZero() && t.Currency != *c {
		problems.Refuse("table", RunCurrency, t.PeriodFloor.String(), "is not in the run's currency, "+c.String())
	}
	*c = t.Currency
	return problems.Err()
}

// belowFloor returns the difference between the floor for periods, or a lower cap, and the commission paid.
func (p *priced) belowFloor() int64 {
	if p.table.PeriodFloor.IsZero() {
		return 0
	}
	floor := p.table.PeriodFloor.Minor()
	if !p.table.PeriodCap.IsZero() {
		floor = min(floor, p.table.PeriodCap.Minor())
	}
	return floor - p.paid
}
