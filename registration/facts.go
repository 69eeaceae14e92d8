package registration

import (
	"cmp"
	"context"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Facts holds the facts of a deal that its registration must fit, all needed but Won; an empty scope is everything.
type Facts struct {
	Partner, Vendor model.Party
	Scope           Scope
	Won             time.Time // when the deal was won; zero if it was not
}

// Registrant returns which side holds the registration of a deal by a claim as of an instant, or of the win if
// that is earlier (reg.deal). The claim must be active at that instant (one that ends at the very instant of the
// win still counts), of a party of the deal, and cover its scope; a claim for both sides must be for both
// parties of the deal. Else the result is [model.NoRegistrant] with every reason, each [DealCovered]; a claim
// that was not submitted by then is not active. Errors: [ClaimUnknown], and the store's.
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
	if s.Holder != deal.Partner && s.Holder != deal.Vendor {
		reasons = append(reasons, value.NewReason(DealCovered, "the holder of the claim is no party of the deal"))
	}
	if with := c.Filing.With; !with.IsZero() && with != deal.Partner && with != deal.Vendor {
		reasons = append(reasons, value.NewReason(DealCovered,
			"the claim is for both sides, and the other one is not a party of the deal"))
	}
	if !c.Filing.Scope.covers(deal.Scope) {
		reasons = append(reasons, value.NewReason(DealCovered, "the claim covers {claimed}, the deal is about {deal}",
			value.Op("claimed", c.Filing.Scope.String()), value.Op("deal", deal.Scope.String())))
	}
	if len(reasons) > 0 {
		return model.NoRegistrant, reasons
	}
	return registrant(c), nil
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
