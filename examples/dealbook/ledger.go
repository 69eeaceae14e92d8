package main

import (
	"github.com/coselling/coselling/comp"
)

// ledger totals the deals of one currency.
type ledger struct {
	earned    comp.Totals                 // under the policy, won deals and reversals
	projected comp.Totals                 // under the policy, open deals
	compared  map[comp.Model]*comp.Totals // won deals that every model can price
	without   map[comp.Model]int          // won deals that a model cannot price
}

func newLedger() *ledger {
	l := &ledger{compared: map[comp.Model]*comp.Totals{}, without: map[comp.Model]int{}}
	for _, m := range comp.Models() {
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
	for _, m := range comp.Models() {
		if _, ok := e.statements[m]; !ok {
			l.without[m]++
		}
	}
	if len(e.statements) < len(comp.Models()) {
		return nil // left out of every column, so that the columns hold the same deals
	}
	for _, m := range comp.Models() {
		if err := l.compared[m].Add(e.statements[m]); err != nil {
			return err
		}
	}
	return nil
}
