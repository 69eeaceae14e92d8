package main

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// ledger totals the deals of one currency.
type ledger struct {
	models    []comp.Model // that are compared
	earned    sum          // under the policy, won deals and reversals
	projected sum          // under the policy, open deals
	compared  map[comp.Model]*sum
	without   map[unpriced]int // deals and reversals that are in no column
}

// sum is comp's totals beside the quota values that inflation is measured by.
type sum struct {
	comp.Totals
	quota value.Total
}

// unpriced says which model cannot price a deal, and why.
type unpriced struct {
	model comp.Model
	code  value.Code
}

func newLedger(models []comp.Model) *ledger {
	l := &ledger{models: models, compared: map[comp.Model]*sum{}, without: map[unpriced]int{}}
	for _, m := range models {
		l.compared[m] = &sum{}
	}
	return l
}

func (s *sum) add(statement comp.Statement) error {
	quota, err := s.quota.Add(statement.Quota)
	if err != nil {
		return err
	}
	if err := s.Add(statement); err != nil {
		return err
	}
	s.quota = quota
	return nil
}

// add totals one entry, which the model in force could price.
func (l *ledger) add(e entry, inForce comp.Model) error {
	statement := e.statements[inForce]
	if statement.Projected {
		return l.projected.add(statement)
	}
	if err := l.earned.add(statement); err != nil {
		return err
	}
	for m, code := range e.refused {
		l.without[unpriced{m, code}]++
	}
	if len(e.refused) > 0 {
		return nil // left out of every column, so that the columns hold the same deals
	}
	for _, m := range l.models {
		if err := l.compared[m].add(e.statements[m]); err != nil {
			return err
		}
	}
	return nil
}
