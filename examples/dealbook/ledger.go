package main

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// ledger totals the deals of one currency.
type ledger struct {
	models    []comp.Model // that are compared
	earned    comp.Totals  // under the policy, won deals and reversals
	projected comp.Totals  // under the policy, open deals
	compared  map[comp.Model]*comp.Totals
	without   map[unpriced]int // deals and reversals that are in no column
}

// unpriced says which model cannot price a deal, and why.
type unpriced struct {
	model comp.Model
	code  value.Code
}

func newLedger(models []comp.Model) *ledger {
	l := &ledger{models: models, compared: map[comp.Model]*comp.Totals{}, without: map[unpriced]int{}}
	for _, m := range models {
		l.compared[m] = &comp.Totals{}
	}
	return l
}

// add totals one entry, which the model in force could price.
func (l *ledger) add(e entry, inForce comp.Model) error {
	statement := e.statements[inForce]
	if statement.Projected {
		return l.projected.Add(statement)
	}
	if err := l.earned.Add(statement); err != nil {
		return err
	}
	for m, code := range e.refused {
		l.without[unpriced{m, code}]++
	}
	if len(e.refused) > 0 {
		return nil // left out of every column, so that the columns hold the same deals
	}
	for _, m := range l.models {
		if err := l.compared[m].Add(e.statements[m]); err != nil {
			return err
		}
	}
	return nil
}
