// Package pay pays bookings, histories of bookings and movements as the rules say: rep by rep, on fractions, rounded at
// the very end. It shares no arithmetic with the library, and is slow. Tests and the simulator compare the library with
// it.
package pay

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Owed holds the amounts of one rep, in minor units.
type Owed struct {
	Rep                           string
	Credit, Influenced, Committed *big.Int
	Leftover                      bool
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

// Bill returns what a booking with flat rates pays, in the order of the lines of its statement.
func Bill(policy comp.Policy, b comp.Booking) []Owed {
	var list []Owed
	for _, p := range parts(policy, b) {
		list = append(list, p.owed(policy))
	}
	return list
}

// parts returns every rep with exact and shown credit, in the order of lines.
func parts(policy comp.Policy, b comp.Booking) []*part {
	from := Origin(policy, b)
	var list []*part
	for _, payee := range b.Payees {
		p := &part{payee: payee, base: Quota(b, payee.Party.Side).Minor()}
		p.percent = percent(policy, from, b, p)
		p.share = Fraction(payee.Share)
		if payee.Share.IsZero() {
			p.share = big.NewRat(1, 1) // the only rep of the group
		}
		p.credit = Product(new(big.Rat).SetInt64(p.base), p.percent, p.share)
		list = append(list, p)
	}
	leads := First(from, b)
	slices.SortFunc(list, func(x, y *part) int {
		if x.payee.Party.Side != y.payee.Party.Side {
			if x.payee.Party.Side == leads {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(x.payee.Party.Org, y.payee.Party.Org), strings.Compare(x.payee.Rep, y.payee.Rep))
	})
	ofParty := map[model.Party][]*part{}
	for _, p := range list {
		ofParty[p.payee.Party] = append(ofParty[p.payee.Party], p)
	}
	for party, own := range ofParty {
		half := policy.Model == comp.Origination && from == model.FromBoth && !own[0].influenced
		switch {
		case Shares(policy, b) && party.Side == model.Partner:
			divide(own, shareOf(b, own[0].base, party), true)
		case half && party.Side == leads: // the odd unit of a deal in two halves
			divide(own, Rounded(together(own), value.HalfAwayFromZero), true)
		case half:
			divide(own, Rounded(together(own), value.TowardZero), true)
		default: // the only rep gets a Rounded credit, which is no division
			divide(own, Rounded(together(own), policy.Rounding), len(own) > 1)
		}
	}
	return list
}

// Shares reports whether the partners divide the credit of their side.
func Shares(policy comp.Policy, b comp.Booking) bool {
	return policy.Model == comp.Split && !policy.SplitByParty && b.LeadPartner != ""
}

// shareOf returns the part of one partner in whole units: all partners share the base, whoever is credited.
func shareOf(b comp.Booking, base int64, party model.Party) *big.Int {
	var all []*part
	var own *part
	for _, s := range b.PartnerShares {
		p := &part{payee: comp.Payee{Rep: s.Party.Org}, credit: Product(new(big.Rat).SetInt64(base), Fraction(s.Share))}
		if all = append(all, p); s.Party == party {
			own = p
		}
	}
	slices.SortFunc(all, func(x, y *part) int { return strings.Compare(x.payee.Rep, y.payee.Rep) })
	divide(all, big.NewInt(base), true)
	return own.shown
}

func (p *part) owed(policy comp.Policy) Owed {
	o := Owed{Rep: p.payee.Rep, Credit: p.shown, Influenced: new(big.Int), Leftover: p.leftover}
	o.Committed = Rounded(Product(p.credit, Fraction(p.payee.Rate)), policy.Rounding)
	if p.influenced {
		o.Influenced = p.shown
		if !policy.Origination.InfluencedCountsTowardQuota {
			o.Credit = new(big.Int)
		}
		if !policy.Origination.InfluencedPaysCommission {
			o.Committed = new(big.Int)
		}
	}
	return o
}

// Origin returns the side of the active registration, else the source; a joint
// origin follows the policy.
func Origin(policy comp.Policy, b comp.Booking) model.Source {
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

// First returns the originating side; where both or none originate, the
// claimant's, else the partner.
func First(from model.Source, b comp.Booking) model.Side {
	switch {
	case from == model.FromPartner:
		return model.Partner
	case from == model.FromVendor:
		return model.Vendor
	case b.Registrant == model.ByVendorJoint:
		return model.Vendor
	default:
		return model.Partner
	}
}

// Quota returns the quota value of a side.
func Quota(b comp.Booking, side model.Side) value.Money {
	quota := b.PartnerQuota
	if side == model.Vendor {
		quota = b.VendorQuota
	}
	if quota == (value.Money{}) {
		return b.Value
	}
	return quota
}

func percent(policy comp.Policy, from model.Source, b comp.Booking, p *part) *big.Rat {
	party := p.payee.Party
	switch policy.Model {
	case comp.Split:
		for _, s := range b.PartnerShares {
			if Shares(policy, b) && s.Party == party {
				return Fraction(s.Share)
			}
		}
		return big.NewRat(1, 1)
	case comp.Origination:
		bringer := cmp.Or(b.BroughtBy, b.LeadPartner, party.Org) == party.Org
		switch {
		case party.Side == model.Partner && !bringer:
		case from == model.FromBoth:
			return big.NewRat(1, 2)
		case (from == model.FromPartner) == (party.Side == model.Partner):
			return big.NewRat(1, 1)
		}
		p.influenced = true
		return Fraction(policy.Origination.Influenced)
	default:
		if p.payee.Role == comp.Primary {
			return big.NewRat(1, 1)
		}
		return Fraction(policy.RoleBased.Contributions[Contribution(policy, p.payee)])
	}
}

// Contribution returns the contribution that counts: the highest.
func Contribution(policy comp.Policy, payee comp.Payee) comp.Contribution {
	all := append([]comp.Contribution{payee.Contribution}, payee.AlsoContributed...)
	slices.Sort(all)
	best := all[0]
	for _, c := range all {
		if Fraction(policy.RoleBased.Contributions[c]).Cmp(Fraction(policy.RoleBased.Contributions[best])) > 0 {
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

// divide gives each part the whole units of its exact credit, and gives the units that are left of the total to
// the largest remainders.
func divide(parts []*part, total *big.Int, divided bool) {
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

// Rounded rounds a fraction that is not negative.
func Rounded(x *big.Rat, mode value.Rounding) *big.Int {
	whole := new(big.Int).Quo(x.Num(), x.Denom())
	odd := whole.Bit(0) == 1
	half := remainder(x).Cmp(big.NewRat(1, 2))
	if mode != value.TowardZero && (half > 0 || half == 0 && (odd || mode == value.HalfAwayFromZero)) {
		whole.Add(whole, big.NewInt(1))
	}
	return whole
}

// Fraction returns a percentage as a fraction.
func Fraction(p value.Percent) *big.Rat { return big.NewRat(p.Millionths(), 100_000_000) }

// Product multiplies fractions.
func Product(terms ...*big.Rat) *big.Rat {
	x := big.NewRat(1, 1)
	for _, term := range terms {
		x.Mul(x, term)
	}
	return x
}
