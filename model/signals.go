package model

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// YesNo is the answer whether a signal is true. The zero value is [Unknown], which speaks for and against nothing.
type YesNo uint8

// The answers.
const (
	Unknown YesNo = iota
	No
	Yes
)

var answerNames = [...]string{"unknown", "no", "yes"}

// ParseYesNo reads yes, no or unknown. Anything else is an answer.unknown error.
func ParseYesNo(s string) (YesNo, error) {
	if i := slices.Index(answerNames[:], s); i >= 0 {
		return YesNo(i), nil
	}
	return 0, value.Known(answerUnknown, s, answerNames[:])
}

// String returns yes, no or unknown; "" for any other number.
func (a YesNo) String() string { return enum.Name(a, answerNames[:]) }

// MarshalText returns what [YesNo.String] returns; the error is always nil.
func (a YesNo) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a name as [ParseYesNo] does.
func (a *YesNo) UnmarshalText(text []byte) error { return enum.Read(a, text, ParseYesNo) }

// Signals are facts that speak for an engagement model. In the zero value all are unknown. "Our product" is the
// vendor's.
type Signals struct {
	Source Source `json:"source,omitzero"` // partner, vendor or joint; decides three signals at once
	// the partner already has a relationship with the prospect
	PartnerRelationship YesNo `json:"partner_relationship,omitzero"`
	PartnerTrusted      YesNo `json:"partner_trusted,omitzero"` // the prospect trusts the partner
	// our product is an add-on to the partner's broader solution
	ProductAddon   YesNo `json:"product_addon,omitzero"`
	VendorCustomer YesNo `json:"vendor_customer,omitzero"` // the vendor's customer, or in its account base
	ProductPrimary YesNo `json:"product_primary,omitzero"` // our product is the primary purchase decision
	// a strategic partnership in which both products matter equally
	EqualProducts  YesNo `json:"equal_products,omitzero"`
	NoRelationship YesNo `json:"no_relationship,omitzero"` // neither side has a prior relationship
	BothEngaged    YesNo `json:"both_engaged,omitzero"`    // the deal needs both teams fully engaged
}

// checkFacts returns every number that is out of range.
func checkFacts(s Signals, rows []signal, r Registrant) error {
	var problems value.Errors
	problems.Add("signals", Origin{Source: s.Source}.Check())
	for _, row := range rows {
		if int(row.answer) >= len(answerNames) {
			field := strings.TrimPrefix(string(row.code), "model.")
			got := "number " + strconv.Itoa(int(row.answer))
			problems.Add("signals."+field, value.Known(answerUnknown, got, answerNames[:]))
		}
	}
	problems.Add("", Origin{Registrant: r}.Check())
	return problems.Err()
}

// reason returns the row as a reason for or against its model; words come before the fact.
func (row signal) reason(words string) value.Reason {
	return value.NewReason(row.code, words+"{fact} (for {engagement})",
		value.Op("fact", row.says), value.Op("engagement", value.Word(row.engagement.String())))
}

// signal is one row of the table: a fact, the model it speaks for, and a deal's answer.
type signal struct {
	code       value.Code
	says       string
	engagement Engagement
	answer     YesNo
}

// table returns every signal with its answer. True co-sell needs the joint source or its other three together.
func (s Signals) table() []signal {
	return []signal{
		{value.Code("model.partner_sourced"), "the partner brought the opportunity", PartnerLed, s.from(FromPartner)},
		{partnerRelationship, "the partner already has a relationship with the prospect", PartnerLed,
			s.PartnerRelationship},
		{value.Code("model.partner_trusted"), "the prospect trusts the partner", PartnerLed, s.PartnerTrusted},
		{productAddon, "our product is an add-on to the partner's broader solution", PartnerLed, s.ProductAddon},

		{value.Code("model.vendor_sourced"), "the vendor found the opportunity", VendorLed, s.from(FromVendor)},
		{vendorCustomer, "the prospect is the vendor's customer or in its account base", VendorLed,
			s.VendorCustomer},
		{productPrimary, "our product is the primary purchase decision", VendorLed, s.ProductPrimary},

		{jointSourced, "both sides found the opportunity together", TrueCoSell, s.from(FromBoth)},
		{value.Code("model.equal_products"), "both products matter equally in a strategic partnership", TrueCoSell,
			s.EqualProducts},
		{noRelationship, "neither side has a prior relationship", TrueCoSell, s.NoRelationship},
		{value.Code("model.both_engaged"), "the deal needs both teams fully engaged", TrueCoSell, s.BothEngaged},
	}
}

// contradictions are the pairs of signals that cannot both be true.
var contradictions = [...][2]value.Code{
	{noRelationship, partnerRelationship},
	{noRelationship, vendorCustomer},
	{productAddon, productPrimary},
}

// from returns the answer to the question whether the deal came from the given source.
func (s Signals) from(source Source) YesNo {
	switch s.Source {
	case UnknownSource:
		return Unknown
	case source:
		return Yes
	default:
		return No
	}
}
