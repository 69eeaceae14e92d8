package main

import (
	"errors"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// perModel holds a value for each compensation model.
type perModel[T any] [comp.RoleBased + 1]T

// pricer prices deals under the model of the policy, and under each other model for which
// the policy has terms.
type pricer struct {
	policy  comp.Policy
	plans   perModel[*comp.Plan]
	models  []comp.Model    // with a plan, in order
	missing perModel[error] // of the other models
	history bool            // rates count over a period, so that the order of deals matters
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
			p.missing[m] = err
		}
	}
	return p, nil
}

// price fills the statements of an entry. It returns an error if the model of the policy
// cannot price the deal, and notes the errors of other models.
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
		*s, err = l.runs[m].AppendStatement(e.lines[m], booking)
	} else {
		*s, err = p.plans[m].AppendStatement(e.lines[m], booking)
	}
	if len(s.Lines) > cap(e.lines[m]) {
		e.lines[m] = s.Lines[:0]
	}
	return err
}
