package comp

import (
	"github.com/coselling/coselling/value"
)

// credit says what the i-th payee of a booking is credited as, and with which part
// of its side's quota value, under the plan's model. It returns false where there
// was a problem.
func (p *Plan) credit(problems *value.Errors, l *Line, payee *Payee, h *head, i int) bool {
	switch {
	case p.policy.Model == Split:
		l.Credited, l.Percent = AsSeller, p.full
	case p.policy.Model == Origination:
		p.creditOrigin(l, h)
	case payee.Role == Primary:
		l.Credited, l.Percent = AsPrimary, p.full
		if h.primary == l.Party.Side.Other() {
			problems.Refuse(payeePath(i, "role"), PrimaryTwoSides, "primary", "stands on both sides; one side's reps are primary")
		}
		h.primary = l.Party.Side
	case payee.Role == Supporting:
		return p.creditSupport(problems, l, payee, i)
	default:
		problems.Add(payeePath(i, "role"), roleNames.Check(payee.Role))
		return false
	}
	return true
}

// noContribution stands for the position of a contribution that the plan lacks.
const noContribution = -1

// creditOrigin gives the originating side 100 %, or each side half of a joint
// origin, and the other side its influenced percentage.
func (p *Plan) creditOrigin(l *Line, h *head) {
	switch h.origin.Side() {
	case 0:
		l.Credited, l.Percent = AsJointOriginator, p.half
	case l.Party.Side:
		l.Credited, l.Percent = AsOriginator, p.full
	default:
		l.Credited, l.Percent = AsInfluencer, p.policy.Origination.Influenced
	}
}

// creditSupport gives a supporter the percentage of the highest of its
// contributions; of equal ones the bytewise lower id counts.
func (p *Plan) creditSupport(problems *value.Errors, l *Line, payee *Payee, i int) bool {
	l.Credited = AsSupporting
	at := p.contribution(payee.Contribution)
	if at == noContribution {
		problems.Add(payeePath(i, "contribution"), p.unpriced(payee.Contribution))
		return false
	}
	for j, id := range payee.AlsoContributed {
		other := p.contribution(id)
		if other == noContribution {
			problems.Add(payeePath(i, value.Index("also_contributed", j)), p.unpriced(id))
			return false
		}
		if order := p.contributions[other].percent.Compare(p.contributions[at].percent); order > 0 || order == 0 && other < at {
			at = other
		}
	}
	l.Contribution, l.Percent = p.contributions[at].id, p.contributions[at].percent
	return true
}

func (p *Plan) unpriced(id Contribution) *value.Error {
	if id == "" {
		return value.NewError(ContributionUpfront, "nothing", "says what this supporting rep contributes; record it when the model is set")
	}
	return value.Known(ContributionUnknown, string(id), p.contributionNames())
}

// contribution returns the position of a contribution, or noContribution.
func (p *Plan) contribution(id Contribution) int {
	for i := range p.contributions {
		if p.contributions[i].id == id {
			return i
		}
	}
	return noContribution
}

func (p *Plan) contributionNames() []string {
	names := make([]string, len(p.contributions))
	for i, c := range p.contributions {
		names[i] = string(c.id)
	}
	return names
}

// percent makes a percentage that is known to be within bounds.
func percent(millionths int64) value.Percent {
	p, _ := value.NewPercent(millionths)
	return p
}
