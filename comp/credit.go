package comp

import (
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// credit says what the i-th payee of a booking is credited as, and with which part
// of its side's quota value, under the plan's model.
func (p *Plan) credit(problems *value.Errors, l *Line, payee *Payee, h *head, i int) {
	switch p.policy.Model {
	case Split:
		l.Credited, l.Percent = AsSeller, p.full
	case Origination:
		p.creditOrigin(l, h)
	default:
		p.creditRole(problems, l, payee, h, i)
	}
}

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

// creditRole gives primaries 100 % and supporters the percentage of the highest of
// their contributions.
func (p *Plan) creditRole(problems *value.Errors, l *Line, payee *Payee, h *head, i int) {
	switch payee.Role {
	case Primary:
		l.Credited, l.Percent = AsPrimary, p.full
		if h.primary != 0 && h.primary != l.Party.Side {
			problems.Add(payeePath(i, "role"), value.NewError(PrimaryTwoSides, "primary", "stands on both sides; one side's reps are primary"))
		}
		h.primary = l.Party.Side
	case Supporting:
		l.Credited = AsSupporting
		p.contribute(problems, l, payee.Contribution, i, "contribution")
		for j, c := range payee.AlsoContributed {
			p.contribute(problems, l, c, i, value.Index("also_contributed", j))
		}
	default:
		problems.Add(payeePath(i, "role"), value.Known(RoleUnknown, payee.Role.String(), roleNames[1:]))
	}
}

// contribute lets a contribution count where it is the payee's highest so far; of
// equal ones the bytewise lower id counts.
func (p *Plan) contribute(problems *value.Errors, l *Line, id Contribution, i int, field string) {
	if id == "" {
		problems.Add(payeePath(i, field), value.NewError(ContributionUpfront, "nothing", "says what this supporting rep contributes; record it when the model is set"))
		return
	}
	c, ok := p.contribution(id)
	if !ok {
		problems.Add(payeePath(i, field), value.Known(ContributionUnknown, string(id), p.contributionNames()))
		return
	}
	higher := c.percent.Compare(l.Percent)
	if l.Contribution == "" || higher > 0 || higher == 0 && c.id < l.Contribution {
		l.Contribution, l.Percent = c.id, c.percent
	}
}

// contribution returns the plan's price of a contribution.
func (p *Plan) contribution(id Contribution) (pricedContribution, bool) {
	for i := range p.contributions {
		if p.contributions[i].id == id {
			return p.contributions[i], true
		}
	}
	return pricedContribution{}, false
}

func (p *Plan) contributionNames() []string {
	names := make([]string, len(p.contributions))
	for i, c := range p.contributions {
		names[i] = string(c.id)
	}
	return names
}

// resolveOrigin settles a joint origin by the policy and says whose payees come
// first: the originating side's; where both or nobody originates, the side's that
// filed the claim, else the partner's.
func (p *Plan) resolveOrigin(problems *value.Errors, b *Booking, h *head) {
	h.origin = b.Origin().Originator()
	switch {
	case h.origin == model.FromBoth && p.policy.JointOrigin == PartnerOrigin:
		h.origin = model.FromPartner
	case h.origin == model.FromBoth && p.policy.JointOrigin == VendorOrigin:
		h.origin = model.FromVendor
	case h.origin == model.UnknownSource && p.policy.Model == Origination:
		problems.Add("source", originUnknown())
	}
	h.pooled = p.policy.Model == Origination && h.origin == model.FromBoth && h.base[model.Partner] == h.base[model.Vendor]
	h.first = firstSide(h.origin.Side(), b.Registrant.Claimant())
}

func firstSide(sides ...model.Side) model.Side {
	for _, s := range sides {
		if s.IsValid() {
			return s
		}
	}
	return model.Partner
}

// percent makes a percentage that is known to be within bounds.
func percent(millionths int64) value.Percent {
	p, _ := value.NewPercent(millionths)
	return p
}

// fullPercent and halfPercent are 100 % and 50 %.
func fullPercent() value.Percent { return percent(exact.One) }
func halfPercent() value.Percent { return percent(exact.One / 2) }
