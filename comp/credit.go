package comp

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// credit sets the capacity and the percentage of the i-th payee under the plan's model; false after a problem.
func (p *Plan) credit(problems *value.Errors, l *Line, payee *Payee, h *head, i int) bool {
	switch {
	case p.policy.Model == Split:
		l.Credited, l.Percent = AsSeller, p.full
		if h.divides && l.Party.Side == model.Partner {
			return p.creditShare(problems, l, h, i)
		}
	case p.policy.Model == Origination:
		p.creditOrigin(l, h)
	case payee.Role == Primary:
		l.Credited, l.Percent = AsPrimary, p.full
		if h.primary == l.Party.Side.Other() && !p.policy.bothPrimary(h.origin) {
			const want = "stands on both sides; one side's reps are primary"
			problems.Refuse(payeePath(i, "role"), "booking.primary.two_sides", "primary", want)
		}
		h.primary = l.Party.Side
		if h.several && l.Party.Side == model.Partner && l.Party.Org != h.lead {
			want := "is for the vendor's reps and those of the partner that leads, " + value.Quote(h.lead)
			problems.Refuse(payeePath(i, "role"), "booking.primary.participant", "primary", want)
		}
	case payee.Role == Supporting:
		return p.creditSupport(problems, l, payee, i)
	default:
		problems.Add(payeePath(i, "role"), roleNames.Check(payee.Role))
		return false
	}
	return true
}

// creditOrigin credits the party that brought the deal in full, two that brought it together by halves, and every other
// party as influencer.
func (p *Plan) creditOrigin(l *Line, h *head) {
	side := h.origin.Side()
	switch {
	case h.several && l.Party.Side == model.Partner && l.Party.Org != h.brought, side == l.Party.Side.Other():
		l.Credited, l.Percent = AsInfluencer, p.policy.Origination.Influenced
	case side == 0:
		l.Credited, l.Percent = AsJointOriginator, p.half
	default:
		l.Credited, l.Percent = AsOriginator, p.full
	}
}

// creditSupport takes the highest contribution; of equal ones the bytewise lower id counts.
func (p *Plan) creditSupport(problems *value.Errors, l *Line, payee *Payee, i int) bool {
	percent, all := p.priced(payee.Contribution)
	if !all {
		problems.Add(payeePath(i, "contribution"), p.unpriced(payee.Contribution))
	}
	l.Credited, l.Contribution, l.Percent = AsSupporting, payee.Contribution, percent
	for j, id := range payee.AlsoContributed {
		percent, ok := p.priced(id)
		if !ok {
			problems.Add(payeePath(i, value.Index("also_contributed", j)), p.unpriced(id))
			all = false
		}
		if order := percent.Compare(l.Percent); order > 0 || order == 0 && id < l.Contribution {
			l.Contribution, l.Percent = id, percent
		}
	}
	return all
}

func (p *Plan) unpriced(id Contribution) *value.Error {
	if id == "" {
		const want = "says what this supporting rep contributes; record it when the model is set"
		return value.NewError(ContributionUpfront, "nothing", want)
	}
	return p.unknown(id)
}

// priced returns the percentage of a contribution; false where the policy has none.
func (p *Plan) priced(id Contribution) (value.Percent, bool) {
	for i := range p.contributions { // there are few of them, and a map is slower
		if p.contributions[i].id == id {
			return p.contributions[i].percent, true
		}
	}
	return value.Percent{}, false
}

func (p *Plan) unknown(id Contribution) *value.Error {
	return value.Known("comp.contribution.unknown", string(id), sortedNames(p.policy.RoleBased.Contributions))
}

func sortedNames[K ~string, V any](table map[K]V) []string {
	var names []string
	for name := range table {
		names = append(names, string(name))
	}
	slices.Sort(names)
	return names
}

// percent makes a percentage that is known to be within bounds.
func percent(millionths int64) value.Percent {
	p, _ := value.NewPercent(millionths)
	return p
}
