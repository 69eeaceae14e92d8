package main

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// ledger totals the deals of one currency.
type ledger struct {
	currency  value.Currency
	prices    *pricer
	runs      perModel[*comp.Run]    // if rates count over a period
	earned    comp.Totals            // under the policy, won deals, reversals and floors
	projected comp.Totals            // under the policy, open deals
	compared  perModel[*comp.Totals] // that of the model in force is nil while it equals earned
	without   map[unpriced]int       // deals and reversals that are in no column
}

// unpriced is a model that cannot price a deal, with the reason.
type unpriced struct {
	model comp.Model
	code  value.Code
}

func newLedger(c value.Currency, prices *pricer) *ledger {
	l := &ledger{currency: c, prices: prices, without: map[unpriced]int{}}
	for _, m := range prices.models {
		if m != prices.policy.Model {
			l.compared[m] = &comp.Totals{}
		}
		if prices.history {
			l.runs[m] = prices.plans[m].StreamRun() // the reader refuses an id that comes twice
		}
	}
	return l
}

// add totals one entry, which the model in force could price.
func (l *ledger) add(e *entry, inForce comp.Model) error {
	statement := &e.statements[inForce]
	if statement.Projected {
		return l.projected.Add(*statement)
	}
	complete := e.refused == (perModel[value.Code]{})
	if !complete && l.compared[inForce] == nil {
		l.compared[inForce] = l.earned.Clone()
	}
	if err := l.earned.Add(*statement); err != nil {
		return err
	}
	if !complete { // leave it out of every column, so that the columns hold the same deals
		l.leave(e)
		return nil
	}
	for _, m := range l.prices.models {
		if l.compared[m] == nil {
			continue
		}
		if err := l.compared[m].Add(e.statements[m]); err != nil {
			return err
		}
	}
	return nil
}

// leave counts an entry that is in no column.
func (l *ledger) leave(e *entry) {
	for _, m := range l.prices.models {
		if code := e.refused[m]; code != "" {
			l.without[unpriced{m, code}]++
		}
	}
}

// column returns the totals, under one model, of the deals that every model can price.
func (l *ledger) column(m comp.Model) *comp.Totals {
	if l.compared[m] == nil {
		return &l.earned
	}
	return l.compared[m]
}
