package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func amountsOf(of func(kind int) value.Money) comp.Amounts {
	return comp.Amounts{QuotaCredit: of(credit), Influenced: of(influenced), Commission: of(commission)}
}

func amountOf(a *comp.Amounts, kind int) value.Money {
	return [kinds]value.Money{a.QuotaCredit, a.Influenced, a.Commission}[kind]
}

// Row compares the amounts of all payees of one booking, movement or closing. It belongs to the callback.
type Row struct {
	Booking   string     // the id of the booking, of the movement, or "floors from 2026-10-01"
	Of        string     // the id of the movement's deal; otherwise empty
	Date      value.Date // of the closing, the movement or the period's end; unset for an open deal
	Projected bool       // the deal is open (comp.closed_only)
	// Value is the deal's, negative in a reversal; the zero Money where money moves, in a closing, and if refused
	Value       value.Money
	Refused     [2]error     // of the plan before and the plan after ([KeepUnpriced]); nil for a plan that prices it
	Differences []Difference // of every payee, changed or not, in the order of the statement before
}

// Difference compares the amounts of one payee for one booking, movement or closing; the zero value is none.
type Difference struct {
	Booking string // as in a row
	Of      string
	Date    value.Date
	Rep     string
	Party   model.Party
	Before  comp.Amounts        // Commission is the zero Money, here and below, where the payee has credit only
	After   comp.Amounts        // under the policy after
	Change  comp.Amounts        // after less before
	Causes  []comp.PolicyChange // every differing field that a line of the payee used, in order; nil if nothing changed
}

// LeftOut counts the bookings that could not be priced for one reason.
type LeftOut struct {
	// the first code that a plan gave, the plan before first
	Reason   value.Code `json:"reason" wire:"needed,1..4096,code=impact.partial.content"`
	Bookings int        `json:"bookings" wire:"needed,0..1000000000000,code=impact.partial.content"` // how many
}

// single returns the difference of an entry without its causes.
func (e *event) single(x *entry) largest {
	return largest{booking: e.id, of: e.of, date: e.date, rep: x.rep, party: x.party, paid: x.paid,
		figures: x.figures}
}

func (f *fields) difference(e *event, x *entry, set []int32, c value.Currency) (Difference, error) {
	l := e.single(x)
	if x.changed() {
		l.fields = set
	}
	return l.difference(f.changes, c)
}

func (l *largest) difference(changes []comp.PolicyChange, c value.Currency) (Difference, error) {
	d := Difference{Booking: l.booking, Of: l.of, Date: l.date, Rep: l.rep, Party: l.party}
	if l.booking == "" {
		return d, nil
	}
	var problems value.Errors
	written := func(f figures) comp.Amounts {
		a, err := f.amounts(c, l.paid)
		problems.Add(named(l.rep), err)
		return a
	}
	d.Before, d.After, d.Change = written(l.figures[before]), written(l.figures[after]), written(change(&l.figures))
	d.Causes = each(l.fields, func(field *int32) comp.PolicyChange { return changes[*field] })
	return d, problems.Err()
}

func change(f *[policies]figures) (change figures) {
	for kind := range change {
		change[kind] = f[after][kind] - f[before][kind]
	}
	return change
}
