package registration

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Facts holds the facts of a deal that its registration must fit. Partner and Vendor are needed; an empty scope is
// everything.
type Facts struct {
	Partner, Vendor model.Party
	Function        model.Function      // of the partner; empty: none stated
	Others          []model.Participant // further partners of the deal, those that led it before too; nil: none
	Scope           Scope
	Won             time.Time // when the deal was won; zero if it was not
}

// party reports whether a party takes part in the deal, with its function.
func (f *Facts) party(p model.Party) (function model.Function, found bool) {
	if p == f.Partner || p == f.Vendor {
		return f.Function, true
	}
	i := slices.IndexFunc(f.Others, func(o model.Participant) bool { return o.Party == p })
	if i < 0 {
		return "", false
	}
	return f.Others[i].Function, true
}

// Registrant returns which side holds the registration of a deal by a claim as of an instant, or of the win if
// that is earlier (reg.deal). The claim must be active at that instant (one that ends at the very instant of the
// win still counts), of a party of the deal, and cover its scope; a claim for both sides must be for both
// parties of the deal, or another party of it has confirmed the claim. A claim narrowed to functions covers the deal if
// its holder is the vendor, states no function, or has one of them (party.function). Else the result is
// [model.NoRegistrant] with every reason, each [DealCovered]; a claim that was not submitted by then is not active.
// Errors: [ClaimUnknown], and the store's.
func (g *Registry) Registrant(
	ctx context.Context, id string, deal Facts, asOf time.Time,
) (model.Registrant, []value.Reason, error) {
	if !deal.Won.IsZero() && deal.Won.Before(asOf) {
		asOf = deal.Won
	}
	if g == nil || g.store == nil {
		return model.NoRegistrant, nil, rulesMissing()
	}
	d, err := g.decision(ctx, g.rules.vendor, id, asOf)
	if err != nil {
		return model.NoRegistrant, nil, err
	}
	r, reasons := d.Standing.Registrant(deal, asOf)
	return r, reasons, nil
}

// Registrant returns which side holds the registration of a deal by the claim of s, with the reasons of
// [Registry.Registrant]. Whether the claim is active is read from s and not computed anew, so take s as of asOf, or as
// of the win if that is earlier, and give the same instant.
func (s Standing) Registrant(deal Facts, asOf time.Time) (model.Registrant, []value.Reason) {
	var reasons []value.Reason
	atEnd := asOf.Equal(deal.Won) && asOf.Equal(s.Ended) && !s.Approved.IsZero() && s.Confirmed && s.BeatenBy == ""
	if !s.Active && !atEnd {
		reasons = append(reasons, value.NewReason(DealCovered, "the claim is not active: it is {status}",
			value.Op("status", cmp.Or(s.Status.String(), "not submitted yet"))))
	}
	c := s.Claim
	function, isParty := deal.party(s.Holder)
	if !isParty {
		reasons = append(reasons, value.NewReason(DealCovered, "the holder of the claim is no party of the deal"))
	}
	if !deal.shares(&s) {
		reasons = append(reasons, value.NewReason(DealCovered,
			"the claim is for both sides, and the other one is not a party of the deal"))
	}
	if !c.Filing.Scope.covers(deal.Scope) {
		reasons = append(reasons, value.NewReason(DealCovered, "the claim covers {claimed}, the deal is about {deal}",
			value.Op("claimed", c.Filing.Scope.String()), value.Op("deal", deal.Scope.String())))
	}
	if fs := c.Filing.Scope.Functions; isParty && s.Holder.Side != model.Vendor && function != "" &&
		!meets(fs, []model.Function{function}) {
		reasons = append(reasons, value.NewReason(DealCovered,
			"the claim is for {claimed}, and its holder's part in the deal is {function}",
			value.Op("claimed", list(fs)), value.Op("function", string(function))))
	}
	if len(reasons) > 0 {
		return model.NoRegistrant, reasons
	}
	return registrant(c), nil
}

// shares reports whether a claim for both sides is for a party of the deal on the other one.
func (f *Facts) shares(s *Standing) bool {
	filing := &s.Claim.Filing
	if filing.With.IsZero() {
		return true
	}
	ofDeal := func(p model.Party) bool { _, found := f.party(p); return found }
	return ofDeal(filing.With) || slices.ContainsFunc(s.Shared, ofDeal)
}

func registrant(c Claim) model.Registrant {
	joint := !c.Filing.With.IsZero()
	switch {
	case c.Claimant.Side == model.Partner && joint:
		return model.ByPartnerJoint
	case c.Claimant.Side == model.Partner:
		return model.ByPartner
	case joint:
		return model.ByVendorJoint
	}
	return model.ByVendor
}
