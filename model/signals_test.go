package model_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// row is one signal, written once more.
type row struct {
	code   value.Code
	says   string
	speaks model.Engagement
	source model.Source                      // the source that makes it true, or
	field  func(*model.Signals) *model.YesNo // where it stands
}

var signals = []row{
	{"model.partner_sourced", "the partner brought the opportunity", model.PartnerLed, model.FromPartner, nil},
	{"model.partner_relationship", "the partner already has a relationship with the prospect", model.PartnerLed, 0, func(s *model.Signals) *model.YesNo { return &s.PartnerRelationship }},
	{"model.partner_trusted", "the prospect trusts the partner", model.PartnerLed, 0, func(s *model.Signals) *model.YesNo { return &s.PartnerTrusted }},
	{"model.product_addon", "our product is an add-on to the partner's broader solution", model.PartnerLed, 0, func(s *model.Signals) *model.YesNo { return &s.ProductAddon }},
	{"model.vendor_sourced", "the vendor found the opportunity", model.VendorLed, model.FromVendor, nil},
	{"model.vendor_customer", "the prospect is the vendor's customer or in its account base", model.VendorLed, 0, func(s *model.Signals) *model.YesNo { return &s.VendorCustomer }},
	{"model.product_primary", "our product is the primary purchase decision", model.VendorLed, 0, func(s *model.Signals) *model.YesNo { return &s.ProductPrimary }},
	{"model.joint_sourced", "both sides found the opportunity together", model.TrueCoSell, model.FromBoth, nil},
	{"model.equal_products", "both products matter equally in a strategic partnership", model.TrueCoSell, 0, func(s *model.Signals) *model.YesNo { return &s.EqualProducts }},
	{"model.no_relationship", "neither side has a prior relationship", model.TrueCoSell, 0, func(s *model.Signals) *model.YesNo { return &s.NoRelationship }},
	{"model.both_engaged", "the deal needs both teams fully engaged", model.TrueCoSell, 0, func(s *model.Signals) *model.YesNo { return &s.BothEngaged }},
}

// in returns the answer that s gives to the signal.
func (r row) in(s model.Signals) model.YesNo {
	switch {
	case r.field != nil:
		return *r.field(&s)
	case s.Source == model.UnknownSource:
		return model.Unknown
	case s.Source == r.source:
		return model.Yes
	default:
		return model.No
	}
}

// only returns signals with this one true or false, and as few others as possible.
func (r row) only(answer model.YesNo) model.Signals {
	var s model.Signals
	switch {
	case r.field != nil:
		*r.field(&s) = answer
	case answer == model.Yes:
		s.Source = r.source
	default:
		s.Source = model.FromPartner
		if r.source == model.FromPartner {
			s.Source = model.FromVendor
		}
	}
	return s
}

// answersOf returns pointers to the eight answers of s.
func answersOf(s *model.Signals) []*model.YesNo {
	return []*model.YesNo{
		&s.PartnerRelationship, &s.PartnerTrusted, &s.ProductAddon, &s.VendorCustomer,
		&s.ProductPrimary, &s.EqualProducts, &s.NoRelationship, &s.BothEngaged,
	}
}

// A true signal speaks for its model and against the others, a false one against its own,
// an unknown one says nothing. A registration makes any model the recommended one, so that
// each signal can be tested alone.
func TestSignalSpeaksForItsModel(t *testing.T) {
	registered := map[model.Engagement]model.Registrant{model.PartnerLed: model.ByPartner, model.VendorLed: model.ByVendor, model.TrueCoSell: model.ByVendorJoint}
	find := func(reasons []value.Reason, code value.Code) string {
		for _, r := range reasons {
			if r.Code() == code {
				return r.String()
			}
		}
		return ""
	}
	for _, row := range signals {
		for _, e := range models {
			t.Run(string(row.code)+" on "+e.String(), func(t *testing.T) {
				says := row.says + " (for " + row.speaks.String() + ")"
				for answer, want := range map[model.YesNo][2]string{
					model.Unknown: {},
					model.Yes:     {says, ""},
					model.No:      {"", "not so: " + says},
				} {
					if e != row.speaks {
						want[0], want[1] = "", want[0]
					}
					s := model.Signals{}
					if answer != model.Unknown {
						s = row.only(answer)
					}
					advice := model.Recommend(s, registered[e])
					if got := [2]string{find(advice.For, row.code), find(advice.Against, row.code)}; got != want {
						t.Errorf("%v: for and against are %q, want %q", answer, got, want)
					}
				}
			})
		}
	}
}

// One true signal is enough for partner-led and vendor-led and gives weak advice; of the
// signals of true co-sell only the source is enough alone.
func TestOneSignalAlone(t *testing.T) {
	for _, row := range signals {
		t.Run(string(row.code), func(t *testing.T) {
			advice := model.Recommend(row.only(model.Yes), model.NoRegistrant)
			strength, engagement := model.Weak, row.speaks
			if row.speaks == model.TrueCoSell && row.source == 0 {
				strength, engagement = model.Undetermined, 0
			}
			if advice.Strength != strength || advice.Engagement != engagement {
				t.Errorf("%v %v, want %v %v", advice.Strength, advice.Engagement, strength, engagement)
			}
		})
	}
	three := model.Signals{EqualProducts: model.Yes, NoRelationship: model.Yes, BothEngaged: model.Yes}
	if advice := model.Recommend(three, model.NoRegistrant); advice.Strength != model.Strong || advice.Engagement != model.TrueCoSell {
		t.Errorf("the three of true co-sell: %v %v", advice.Strength, advice.Engagement)
	}
}

// Advice that is undetermined gives the missing facts in words.
func TestMissingFactsAreGivenInWords(t *testing.T) {
	var want []string
	for _, row := range signals {
		want = append(want, "unknown whether "+row.says+" (for "+row.speaks.String()+")")
	}
	if got := texts(model.Recommend(model.Signals{}, model.NoRegistrant).Missing); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestContradictionsAreGivenInWords(t *testing.T) {
	s := model.Signals{NoRelationship: model.Yes, PartnerRelationship: model.Yes, VendorCustomer: model.Yes, ProductAddon: model.Yes, ProductPrimary: model.Yes}
	want := []string{
		"neither side has a prior relationship, and the partner already has a relationship with the prospect: both cannot be true",
		"neither side has a prior relationship, and the prospect is the vendor's customer or in its account base: both cannot be true",
		"our product is an add-on to the partner's broader solution, and our product is the primary purchase decision: both cannot be true",
	}
	if got := texts(model.Recommend(s, model.ByPartner).Contradictions); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
