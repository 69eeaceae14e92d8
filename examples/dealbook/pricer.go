package main

import (
	"errors"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// perModel holds one thing for each compensation model.
type perModel[T any] [comp.RoleBased + 1]T

// pricer prices deals under the policy's own model and under each other that the
// policy has terms for.
type pricer struct {
	policy   comp.Policy
	plans    perModel[*comp.Plan]
	models   []comp.Model          // with a plan, in order
	unpriced perModel[error]       // the problems of the policy under the other models
	history  bool                  // rates count over a period, so that the order of deals matters
	lines    perModel[[]comp.Line] // of the entry at hand; empty, and their storage is used again
}

func newPricer(policy comp.Policy) (pricer, error) {
	p := pricer{policy: policy}
	for _, m := range comp.Models() {
		plan, err := comp.Compile(policy.Under(m))
		switch {
		case err == nil:
			p.plans[m] = plan
			p.models = append(p.models, m)
			p.history = p.history || plan.NeedsRun()
		case m == policy.Model:
			return p, err
		default:
			p.unpriced[m] = err
		}
	}
	return p, nil
}

// price fills the statements of an entry. A deal that the policy's own model cannot
// price is an error; that another one cannot is noted.
func (p *pricer) price(e *entry, l *ledger) error {
	err := p.priceUnder(p.policy.Model, e, l)
	if err != nil {
		return err
	}
	for _, m := range p.models {
		if m == p.policy.Model {
			continue
		}
		if err := p.priceUnder(m, e, l); err != nil {
			first, _ := errors.AsType[*value.Error](err)
			e.refused[m] = first.Code
		}
	}
	return nil
}

func (p *pricer) priceUnder(m comp.Model, e *entry, l *ledger) (err error) {
	s, booking := &e.statements[m], &e.deal.Booking
	if p.history && !booking.Closed.IsZero() {
		*s, err = l.runs[m].AppendStatement(p.lines[m], booking)
	} else {
		*s, err = p.plans[m].AppendStatement(p.lines[m], booking)
	}
	if len(s.Lines) > cap(p.lines[m]) {
		p.lines[m] = s.Lines[:0]
	}
	return err
}
