package model

import "github.com/coselling/coselling/value"

// signal is one row of SPEC 2.2: a fact, and the model it speaks for.
type signal struct {
	code       value.Code
	says       string
	engagement Engagement
	answer     func(Signals) Answer
}

// signalTable is SPEC 2.2. Partner-led and vendor-led need any of their signals;
// true co-sell needs the joint source, or its other three together.
var signalTable = [...]signal{
	{PartnerSourced, "the partner brought the opportunity", PartnerLed,
		func(s Signals) Answer { return s.from(FromPartner) }},
	{PartnerRelationship, "the partner already has a relationship with the prospect", PartnerLed,
		func(s Signals) Answer { return s.PartnerRelationship }},
	{PartnerTrusted, "the prospect trusts the partner", PartnerLed,
		func(s Signals) Answer { return s.PartnerTrusted }},
	{ProductAddon, "our product is an add-on to the partner's broader solution", PartnerLed,
		func(s Signals) Answer { return s.ProductAddon }},

	{VendorSourced, "the vendor found the opportunity", VendorLed,
		func(s Signals) Answer { return s.from(FromVendor) }},
	{VendorCustomer, "the prospect is the vendor's customer or in its account base", VendorLed,
		func(s Signals) Answer { return s.VendorCustomer }},
	{ProductPrimary, "our product is the primary purchase decision", VendorLed,
		func(s Signals) Answer { return s.ProductPrimary }},

	{JointSourced, "both sides found the opportunity together", TrueCoSell,
		func(s Signals) Answer { return s.from(FromBoth) }},
	{EqualProducts, "both products matter equally in a strategic partnership", TrueCoSell,
		func(s Signals) Answer { return s.EqualProducts }},
	{NoRelationship, "neither side has a prior relationship", TrueCoSell,
		func(s Signals) Answer { return s.NoRelationship }},
	{BothEngaged, "the deal needs both teams fully engaged", TrueCoSell,
		func(s Signals) Answer { return s.BothEngaged }},
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
