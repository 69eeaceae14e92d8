package life

import (
	"cmp"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Line is one line of a statement, as far as its life needs it: plain data, comparable with ==. Its payer and the party
// of its payee alone see it. [Lines] makes them from a statement; ID and Amounts of one that is approved or paid are
// what [comp.Ledger.Close] takes.
type Line struct {
	ID     comp.LineID `json:"id" wire:"needed"`
	Party  model.Party `json:"party" wire:"needed"`   // the party of the payee
	Payer  model.Party `json:"payer" wire:"needed"`   // by default the party of the payee
	Won    value.Date  `json:"won" wire:"needed,set"` // the day of the closing or the movement
	Period value.Date  `json:"period,omitzero"`       // the first day of the period that pays it, if known
	// in one currency, below zero in a clawback; a ledger has its own credits for those that are missing
	Amounts comp.Amounts `json:"amounts" wire:"needed"`
	// of a difference line: the paid line that it corrects, or the id by which a missing one was disputed
	Corrects comp.LineID `json:"corrects,omitzero"`
}

// check returns the problems that tags cannot express.
func (l *Line) check() error {
	var problems value.Errors
	problems.Add("party", l.Party.Check())
	problems.Add("payer", l.Payer.Check())
	currency := l.currency()
	if currency.IsZero() {
		problems.Refuse("amounts", "life.amounts", "nothing", "stands here; a line has a credit or a commission")
	}
	for _, m := range [...]value.Money{l.Amounts.QuotaCredit, l.Amounts.Influenced, l.Amounts.Commission} {
		if !m.IsZero() && m.Currency() != currency {
			problems.Refuse("amounts", value.MoneyCurrency, m.String(), "is beside an amount in "+currency.String())
		}
	}
	if l.Corrects == l.ID {
		problems.Refuse("corrects", lineOther, named(l.ID), "is the line itself")
	}
	return problems.Err()
}

// currency returns the currency of the amounts; unset where there is none.
func (l *Line) currency() value.Currency {
	a := &l.Amounts
	return cmp.Or(a.Commission, a.QuotaCredit, a.Influenced).Currency()
}

// named names a line in an error.
func named(id comp.LineID) string { return value.Quote(id.Payee) + " in " + value.Quote(id.Cause) }

func compareIDs(a, b comp.LineID) int { return wire.Compare(&a, &b) }

// payee returns the payee as a person.
func (l *Line) payee() model.Person { return model.Person{Name: l.ID.Payee, Party: l.Party} }

// sameParties reports whether two lines have one payee and one payer.
func (l *Line) sameParties(other *Line) bool {
	return l.ID.Payee == other.ID.Payee && l.Party == other.Party && l.Payer == other.Payer
}

// Lines returns the lines of a statement of a won deal, for an event [Drafted]; nil where the statement has none. The
// caller owns the slice, and sets the payer of a company's line whose booking names none, and Period. It is a
// life.projected error where nothing is earned yet: a projection is never approved, paid or disputed.
func Lines(s comp.Statement) ([]Line, error) {
	if s.Projected || s.Date.IsZero() {
		return nil, value.NewError("life.projected", value.Quote(s.Booking),
			"is a projection; only what is earned is approved, paid or disputed")
	}
	var lines []Line
	for i, closed := range s.ClosedLines() {
		l := &s.Lines[i]
		lines = append(lines, Line{ID: closed.LineID, Party: l.Party, Payer: cmp.Or(l.Payer, l.Party), Won: s.Date,
			Period: s.Period, Amounts: closed.Amounts})
	}
	return lines, nil
}
