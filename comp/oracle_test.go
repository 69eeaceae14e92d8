package comp_test

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The oracle pays a booking as the rules say: rep by rep, on fractions,
// rounded at the very end. It shares no arithmetic with the library.

// owed holds the amounts of one rep, in minor units.
type owed struct {
	rep                           string
	credit, influenced, committed *big.Int
	leftover                      bool
}

// part holds the fractions of one rep.
type part struct {
	payee          comp.Payee
	percent, share *big.Rat
	credit         *big.Rat // exact: quota value × percent × share
	influenced     bool
	shown          *big.Int
	leftover       bool
	base           int64
}

func oracle(policy comp.Policy, b comp.Booking) []owed {
	var list []owed
	for _, p := range oracleParts(policy, b) {
		list = append(list, p.owed(policy))
	}
	return list
}

// oracleParts returns every rep with exact and shown credit, in the order of lines.
func oracleParts(policy comp.Policy, b comp.Booking) []*part {
	origin := oracleOrigin(policy, b)
	var parts []*part
	for _, payee := range b.Payees {
		p := &part{payee: payee, base: oracleQuota(b, payee.Party.Side).Minor()}
		p.percent = oraclePercent(policy, origin, b, p)
		p.share = fractionOf(payee.Share)
		if payee.Share.IsZero() {
			p.share = big.NewRat(1, 1) // the only rep of the group
		}
		p.credit = product(new(big.Rat).SetInt64(p.base), p.percent, p.share)
		parts = append(parts, p)
	}
	first := oracleFirst(origin, b)
	slices.SortFunc(parts, func(x, y *part) int {
		if x.payee.Party.Side != y.payee.Party.Side {
			if x.payee.Party.Side == first {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(x.payee.Party.Org, y.payee.Party.Org), strings.Compare(x.payee.Rep, y.payee.Rep))
	})
	ofParty := map[model.Party][]*part{}
	for _, p := range parts {
		ofParty[p.payee.Party] = append(ofParty[p.payee.Party], p)
	}
	for party, own := range ofParty {
		half := policy.Model == comp.Origination && origin == model.FromBoth && !own[0].influenced
		switch {
		case oracleShares(policy, b) && party.Side == model.Partner:
			oracleDivide(own, oracleShare(b, own[0].base, party), true)
		case half && party.Side == first: // the odd unit of a deal in two halves
			oracleDivide(own, rounded(together(own), value.HalfAwayFromZero), true)
		case half:
			oracleDivide(own, rounded(together(own), value.TowardZero), true)
		default: // the only rep gets a rounded credit, which is no division
			oracleDivide(own, rounded(together(own), policy.Rounding), len(own) > 1)
		}
	}
	return parts
}

// oracleShares reports whether the partners divide the credit of their side.
func oracleShares(policy comp.Policy, b comp.Booking) bool {
	return policy.Model == comp.Split && !policy.SplitByParty && b.LeadPartner != ""
}

// oracleShare returns the part of one partner in whole units: all partners share the base, whoever is credited.
func oracleShare(b comp.Booking, base int64, party model.Party) *big.Int {
	var all []*part
	var own *part
	for _, s := range b.PartnerShares {
		p := &part{payee: comp.Payee{Rep: s.Party.Org}, credit: product(new(big.Rat).SetInt64(base), fractionOf(s.Share))}
		if all = append(all, p); s.Party == party {
			own = p
		}
	}
	slices.SortFunc(all, func(x, y *part) int { return strings.Compare(x.payee.Rep, y.payee.Rep) })
	oracleDivide(all, big.NewInt(base), true)
	return own.shown
}

func (p *part) owed(policy comp.Policy) owed {
	o := owed{rep: p.payee.Rep, credit: p.shown, influenced: new(big.Int), leftover: p.leftover}
	o.committed = rounded(product(p.credit, fractionOf(p.payee.Rate)), policy.Rounding)
	if p.influenced {
		o.influenced = p.shown
		if !policy.Origination.InfluencedCountsTowardQuota {
			o.credit = new(big.Int)
		}
		if !policy.Origination.InfluencedPaysCommission {
			o.committed = new(big.Int)
		}
	}
	return o
}

// oracleOrigin returns the side of the active registration, else the source; a joint
// origin follows the policy.
func oracleOrigin(policy comp.Policy, b comp.Booking) model.Source {
	origin := b.Source
	switch b.Registrant {
	case model.ByPartner:
		origin = model.FromPartner
	case model.ByVendor:
		origin = model.FromVendor
	case model.ByPartnerJoint, model.ByVendorJoint:
		origin = model.FromBoth
	}
	if origin == model.FromBoth && policy.JointOrigin == comp.PartnerOrigin {
		return model.FromPartner
	}
	if origin == model.FromBoth && policy.JointOrigin == comp.VendorOrigin {
		return model.FromVendor
	}
	return origin
}

// oracleFirst returns the originating side; where both or none originate, the
// claimant's, else the partner.
func oracleFirst(origin model.Source, b comp.Booking) model.Side {
	switch {
	case origin == model.FromPartner:
		return model.Partner
	case origin == model.FromVendor:
		return model.Vendor
	case b.Registrant == model.ByVendorJoint:
		return model.Vendor
	default:
		return model.Partner
	}
}

func oracleQuota(b comp.Booking, side model.Side) value.Money {
	quota := b.PartnerQuota
	if side == model.Vendor {
		quota = b.VendorQuota
	}
	if quota == (value.Money{}) {
		return b.Value
	}
	return quota
}

func oraclePercent(policy comp.Policy, origin model.Source, b comp.Booking, p *part) *big.Rat {
	party := p.payee.Party
	switch policy.Model {
	case comp.Split:
		for _, s := range b.PartnerShares {
			if oracleShares(policy, b) && s.Party == party {
				return fractionOf(s.Share)
			}
		}
		return big.NewRat(1, 1)
	case comp.Origination:
		bringer := cmp.Or(b.BroughtBy, b.LeadPartner, party.Org) == party.Org
		switch {
		case party.Side == model.Partner && !bringer:
		case origin == model.FromBoth:
			return big.NewRat(1, 2)
		case (origin == model.FromPartner) == (party.Side == model.Partner):
			return big.NewRat(1, 1)
		}
		p.influenced = true
		return fractionOf(policy.Origination.Influenced)
	default:
		if p.payee.Role == comp.Primary {
			return big.NewRat(1, 1)
		}
		return fractionOf(policy.RoleBased.Contributions[oracleContribution(policy, p.payee)])
	}
}

// oracleContribution returns the contribution that counts: the highest.
func oracleContribution(policy comp.Policy, payee comp.Payee) comp.Contribution {
	all := append([]comp.Contribution{payee.Contribution}, payee.AlsoContributed...)
	slices.Sort(all)
	best := all[0]
	for _, c := range all {
		if fractionOf(policy.RoleBased.Contributions[c]).Cmp(fractionOf(policy.RoleBased.Contributions[best])) > 0 {
			best = c
		}
	}
	return best
}

func together(parts []*part) *big.Rat {
	sum := new(big.Rat)
	for _, p := range parts {
		sum.Add(sum, p.credit)
	}
	return sum
}

// oracleDivide gives each part the whole units of its exact credit, and gives the units that are left of the total to
// the largest remainders.
func oracleDivide(parts []*part, total *big.Int, divided bool) {
	left := new(big.Int).Set(total)
	for _, p := range parts {
		p.shown = new(big.Int).Quo(p.credit.Num(), p.credit.Denom())
		left.Sub(left, p.shown)
	}
	byRemainder := slices.Clone(parts)
	slices.SortStableFunc(byRemainder, func(x, y *part) int { return remainder(y.credit).Cmp(remainder(x.credit)) })
	for i := range left.Int64() {
		byRemainder[i].shown.Add(byRemainder[i].shown, big.NewInt(1))
		byRemainder[i].leftover = divided
	}
}

func remainder(x *big.Rat) *big.Rat {
	whole := new(big.Int).Quo(x.Num(), x.Denom())
	return new(big.Rat).Sub(x, new(big.Rat).SetInt(whole))
}

// rounded rounds a fraction that is not negative.
func rounded(x *big.Rat, mode value.Rounding) *big.Int {
	whole := new(big.Int).Quo(x.Num(), x.Denom())
	odd := whole.Bit(0) == 1
	half := remainder(x).Cmp(big.NewRat(1, 2))
	if mode != value.TowardZero && (half > 0 || half == 0 && (odd || mode == value.HalfAwayFromZero)) {
		whole.Add(whole, big.NewInt(1))
	}
	return whole
}

func fractionOf(p value.Percent) *big.Rat { return big.NewRat(p.Millionths(), 100_000_000) }

func product(terms ...*big.Rat) *big.Rat {
	x := big.NewRat(1, 1)
	for _, term := range terms {
		x.Mul(x, term)
	}
	return x
}
