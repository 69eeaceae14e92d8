package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Amounts are what a payee, a side or everyone gets.
type Amounts struct {
	QuotaCredit value.Money // counts toward quota
	Influenced  value.Money // reported apart from quota credit
	Commission  value.Money // what is paid
}

// amountsOf makes amounts of a function of each kind.
func amountsOf(of func(kind int) value.Money) Amounts {
	return Amounts{QuotaCredit: of(credit), Influenced: of(influenced), Commission: of(commission)}
}

// of returns the amount of a kind.
func (a *Amounts) of(kind int) value.Money {
	return [kinds]value.Money{a.QuotaCredit, a.Influenced, a.Commission}[kind]
}

// Row is what one booking, movement or closing of a period gives to the payees of a
// comparison, under both policies. It belongs to the callback.
type Row struct {
	Booking   string     // the id of the booking, of the movement, or "floors from 2026-10-01"
	Of        string     // the deal that a movement is of; else empty
	Date      value.Date // of the closing, the movement or the period's end; unset for an open deal
	Projected bool       // the deal is open (comp.closed_only)
	// Value is the deal's; negative in a reversal, zero in an instalment and a closing,
	// and zero where neither plan prices it.
	Value       value.Money
	Refused     [2]error     // why the plan before and the one after cannot price it ([KeepUnpriced]); nil where it can
	Differences []Difference // one a payee, whether or not anything changed; in the order of the statement before
}

// Difference is what a payee gets for one booking, movement or closing under both
// policies. The zero value is none.
type Difference struct {
	Booking string // as in a row
	Of      string
	Date    value.Date
	Rep     string
	Party   model.Party
	Before  Amounts
	After   Amounts
	Change  Amounts       // after less before
	Causes  []comp.Change // every field that the payee's lines used and that differs, in the order of the policy; nil where nothing changed
}

// LeftOut is how many bookings could not be priced for one reason.
type LeftOut struct {
	// the first that one of the plans gave, the plan before first
	Reason value.Code `json:"reason" wire:"needed,1..4096,code=impact.partial.content"`
	// how many
	Bookings int `json:"bookings" wire:"needed,0..1000000000000,code=impact.partial.content"`
}

// single returns what an entry says, the fields behind it aside.
func (e *event) single(x *entry) largest {
	return largest{booking: e.id, of: e.of, date: e.date, rep: x.rep, party: x.party, figures: x.figures}
}

// difference writes an entry.
func (f *fields) difference(e *event, x *entry, set []int32, c value.Currency) (Difference, error) {
	l := e.single(x)
	if x.changed() {
		l.fields = set
	}
	return l.difference(f.changes, c)
}

func (l *largest) difference(changes []comp.Change, c value.Currency) (Difference, error) {
	d := Difference{Booking: l.booking, Of: l.of, Date: l.date, Rep: l.rep, Party: l.party}
	if l.booking == "" {
		return d, nil
	}
	var problems value.Errors
	written := func(f figures) Amounts {
		a, err := f.amounts(c)
		problems.Add(named(l.rep), err)
		return a
	}
	d.Before, d.After, d.Change = written(l.figures[before]), written(l.figures[after]), written(change(&l.figures))
	d.Causes = each(l.fields, func(field *int32) comp.Change { return changes[*field] })
	return d, problems.Err()
}

// change returns the figures after less those before.
func change(f *[policies]figures) (change figures) {
	for kind := range change {
		change[kind] = f[after][kind] - f[before][kind]
	}
	return change
}
