package comp_test

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// refusals returns the codes with which a booking is refused, by the rules and the comments
// of the fields; empty where it can be priced. A payee that cannot be credited belongs to
// no group.
func refusals(policy comp.Policy, b comp.Booking) map[value.Code]bool {
	codes := map[value.Code]bool{}
	refuse := func(code value.Code, bad bool) {
		if bad {
			codes[code] = true
		}
	}
	refuse(comp.BookingID, len(b.ID) < 1 || len(b.ID) > 256)
	refuse("booking.value", b.Value.Minor() <= 0)
	for _, quota := range []value.Money{b.PartnerQuota, b.VendorQuota} {
		given := quota != value.Money{}
		refuse("booking.currency", given && !b.Value.IsZero() && quota.Currency() != b.Value.Currency())
		refuse("booking.value", given && quota.Minor() <= 0)
	}
	refuse("source.unknown", b.Source > model.FromBoth)
	refuse("registrant.unknown", b.Registrant > model.ByVendorJoint)
	nowhere := b.Source == model.UnknownSource && b.Registrant == model.NoRegistrant
	refuse("booking.origin.unknown", policy.Model == comp.Origination && nowhere)
	refuse("booking.payees", len(b.Payees) < 1 || len(b.Payees) > 1000)
	refusedReps(b, refuse)

	groups := map[string][]comp.Payee{}
	percents := map[string]*big.Rat{}
	primaries := map[model.Side]bool{}
	refusedPartners(policy, b, refuse)
	for _, p := range b.Payees {
		group, problems := oracleGroup(policy, b, p)
		for _, code := range problems {
			codes[code] = true
		}
		if len(problems) > 0 {
			continue
		}
		groups[group] = append(groups[group], p)
		if policy.Model == comp.RoleBased && p.Role == comp.Supporting {
			percents[group] = pay.Fraction(policy.RoleBased.Contributions[pay.Contribution(policy, p)])
		} else if p.Role == comp.Primary {
			primaries[p.Party.Side] = true
			refuse("booking.primary.participant", policy.Model == comp.RoleBased && b.LeadPartner != "" &&
				p.Party.Side == model.Partner && p.Party.Org != b.LeadPartner)
		}
	}
	refuse("booking.primary.two_sides", policy.Model == comp.RoleBased && len(primaries) > 1 &&
		!(policy.JointPrimary == comp.BothPrimary && b.Origin().Check() == nil &&
			pay.Origin(policy, b) == model.FromBoth))
	for _, group := range groups {
		refusedShares(group, refuse)
	}
	for _, payee := range b.Payees {
		support := new(big.Rat)
		for group, percent := range percents {
			if groups[group][0].Party == payee.Party {
				support.Add(support, percent)
			}
		}
		refuse(comp.SupportAbovePrimary, support.Cmp(big.NewRat(1, 1)) > 0)
	}
	return codes
}

func refusedReps(b comp.Booking, refuse func(value.Code, bool)) {
	parties := map[string][]model.Party{}
	org := map[model.Side]string{}
	for _, p := range b.Payees {
		refuse("booking.rep", len(p.Rep) < 1 || len(p.Rep) > 256)
		refuse(comp.RateMissing, p.Rate == value.Percent{} && p.Table == "")
		refuse(value.PercentBelow, p.Rate.Millionths() < 0 || p.Share.Millionths() < 0)
		refuse(value.PercentAbove, p.Rate.Millionths() > 100_000_000 || p.Share.Millionths() > 100_000_000)
		if p.Party.Side.IsValid() && p.Rep != "" { // nobody else is anyone for sure
			for _, known := range parties[p.Rep] {
				refuse("booking.rep", known == p.Party)
				refuse(comp.RepTwoParties, known != p.Party)
			}
			parties[p.Rep] = append(parties[p.Rep], p.Party)
		}
		if p.Party.Check() == nil {
			other, two := org[p.Party.Side]
			refuse("booking.two_orgs", two && other != p.Party.Org && (b.LeadPartner == "" || p.Party.Side == model.Vendor))
			org[p.Party.Side] = p.Party.Org
		}
	}
}

// oracleGroup returns the group whose percentage a payee shares, or the codes of the
// problems with which the payee cannot be credited.
func oracleGroup(policy comp.Policy, b comp.Booking, p comp.Payee) (string, []value.Code) {
	switch {
	case p.Party.Side != model.Partner && p.Party.Side != model.Vendor:
		return "", []value.Code{"side.unknown"}
	case p.Party.Org == "":
		return "", []value.Code{model.PartyOrg}
	case pay.Shares(policy, b) && p.Party.Side == model.Partner && !slices.ContainsFunc(b.PartnerShares,
		func(s comp.PartnerShare) bool { return s.Party == p.Party }):
		return "", []value.Code{"booking.partner_share.missing"}
	case policy.Model != comp.RoleBased:
		return fmt.Sprint(p.Party), nil
	case p.Role == comp.Primary:
		return fmt.Sprint(p.Party, "primary"), nil
	case p.Role != comp.Supporting:
		return "", []value.Code{"comp.role.unknown"}
	}
	var codes []value.Code
	for _, c := range append([]comp.Contribution{p.Contribution}, p.AlsoContributed...) {
		if _, known := policy.RoleBased.Contributions[c]; c == "" {
			codes = append(codes, comp.ContributionUpfront)
		} else if !known {
			codes = append(codes, "comp.contribution.unknown")
		}
	}
	if len(codes) > 0 {
		return "", codes
	}
	return fmt.Sprint(p.Party, pay.Contribution(policy, p)), nil
}

// refusedPartners refuses what a booking says of several partners.
func refusedPartners(policy comp.Policy, b comp.Booking, refuse func(value.Code, bool)) {
	several := b.LeadPartner != ""
	refuse("booking.partners", !several && (b.BroughtBy != "" || len(b.PartnerShares) > 0))
	refuse("booking.partners", len(b.LeadPartner) > 256 || len(b.BroughtBy) > 256 || len(b.PartnerShares) > 21)
	for _, org := range []string{b.LeadPartner, b.BroughtBy} {
		sells, shares := false, len(b.PartnerShares) == 0 || len(b.PartnerShares) > 21
		for _, p := range b.Payees {
			sells = sells || p.Party == model.VendorOrg(org)
		}
		for _, s := range b.PartnerShares {
			shares = shares || s.Party == model.PartnerOrg(org)
		}
		refuse("booking.partners", org != "" && (sells || !shares))
	}
	var total int64
	sound := len(b.PartnerShares) > 0 && len(b.PartnerShares) <= 21
	for i, s := range b.PartnerShares {
		twice := slices.ContainsFunc(b.PartnerShares[:i], func(o comp.PartnerShare) bool { return o.Party == s.Party })
		refuse("list.twice", twice)
		refuse("booking.partners", s.Party.Side == model.Vendor)
		total += s.Share.Millionths()
		sound = sound && !twice && s.Party.Side == model.Partner
	}
	refuse(comp.ShareTotal, sound && total != 100_000_000)
}

func refusedShares(group []comp.Payee, refuse func(value.Code, bool)) {
	var total int64
	unstated := false
	for _, p := range group {
		total += p.Share.Millionths()
		unstated = unstated || p.Share.IsZero()
	}
	if len(group) == 1 && unstated {
		return
	}
	refuse("booking.share.missing", unstated)
	refuse(comp.ShareTotal, !unstated && total != 100_000_000)
}
