package model

import "github.com/coselling/coselling/value"

// signal is one row of SPEC 2.2: a fact, the model it speaks for, and what a deal says
// to it.
type signal struct {
	code       value.Code
	says       string
	engagement Engagement
	answer     Answer
}

// table returns SPEC 2.2 with the answers of a deal. Partner-led and vendor-led need any
// of their signals; true co-sell needs the joint source, or its other three together.
func (s Signals) table() []signal {
	return []signal{
		{PartnerSourced, "the partner brought the opportunity", PartnerLed, s.from(FromPartner)},
		{PartnerRelationship, "the partner already has a relationship with the prospect", PartnerLed, s.PartnerRelationship},
		{PartnerTrusted, "the prospect trusts the partner", PartnerLed, s.PartnerTrusted},
		{ProductAddon, "our product is an add-on to the partner's broader solution", PartnerLed, s.ProductAddon},

		{VendorSourced, "the vendor found the opportunity", VendorLed, s.from(FromVendor)},
		{VendorCustomer, "the prospect is the vendor's customer or in its account base", VendorLed, s.VendorCustomer},
		{ProductPrimary, "our product is the primary purchase decision", VendorLed, s.ProductPrimary},

		{JointSourced, "both sides found the opportunity together", TrueCoSell, s.from(FromBoth)},
		{EqualProducts, "both products matter equally in a strategic partnership", TrueCoSell, s.EqualProducts},
		{NoRelationship, "neither side has a prior relationship", TrueCoSell, s.NoRelationship},
		{BothEngaged, "the deal needs both teams fully engaged", TrueCoSell, s.BothEngaged},
	}
}

// contradictions are the pairs of signals that cannot both be true.
var contradictions = [...][2]value.Code{
	{NoRelationship, PartnerRelationship},
	{NoRelationship, VendorCustomer},
	{ProductAddon, ProductPrimary},
}

// from answers whether the deal came from the given source.
func (s Signals) from(source Source) Answer {
	switch s.Source {
	case UnknownSource:
		return Unknown
	case source:
		return Yes
	default:
		return No
	}
}
