package world

import (
	"slices"

	"github.com/coselling/coselling/model"
)

// signals asks which engagement model some facts speak for, and decides it again by the words of the specification: a
// true signal speaks for its model and against the others, a false one against its own (model.registration_decides).
func (w *world) signals() {
	answer := func() model.YesNo { return pick(w.rand, model.Unknown, model.Unknown, model.No, model.Yes) }
	s := model.Signals{Source: pick(w.rand, model.UnknownSource, model.FromPartner, model.FromVendor, model.FromBoth),
		PartnerRelationship: answer(), PartnerTrusted: answer(), ProductAddon: answer(), VendorCustomer: answer(),
		ProductPrimary: answer(), EqualProducts: answer(), NoRelationship: answer(), BothEngaged: answer()}
	registrant := pick(w.rand, model.NoRegistrant, model.NoRegistrant, model.NoRegistrant, model.ByPartner,
		model.ByVendor, model.ByPartnerJoint, model.ByVendorJoint)
	source := func(of model.Source) model.YesNo {
		switch s.Source {
		case model.UnknownSource:
			return model.Unknown
		case of:
			return model.Yes
		}
		return model.No
	}
	own := map[model.Engagement][]model.YesNo{
		model.PartnerLed: {source(model.FromPartner), s.PartnerRelationship, s.PartnerTrusted, s.ProductAddon},
		model.VendorLed:  {source(model.FromVendor), s.VendorCustomer, s.ProductPrimary},
		model.TrueCoSell: {source(model.FromBoth), s.EqualProducts, s.NoRelationship, s.BothEngaged}}
	var eligible []model.Engagement
	for _, e := range []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
		any := slices.Contains(own[e], model.Yes)
		if e == model.TrueCoSell {
			any = own[e][0] == model.Yes || !slices.ContainsFunc(own[e][1:],
				func(a model.YesNo) bool { return a != model.Yes })
		}
		if any {
			eligible = append(eligible, e)
		}
	}
	want := model.Advice{Strength: model.Ambiguous, Candidates: eligible}
	switch {
	case registrant != model.NoRegistrant:
		want.Strength, want.Engagement = model.Registered, map[model.Registrant]model.Engagement{
			model.ByPartner: model.PartnerLed, model.ByVendor: model.VendorLed}[registrant]
		if want.Engagement == 0 {
			want.Engagement = model.TrueCoSell
		}
		want.Candidates = []model.Engagement{want.Engagement}
	case len(eligible) == 0:
		want.Strength = model.Undetermined
	case len(eligible) == 1:
		want.Strength, want.Engagement = model.Weak, eligible[0]
		if speaks(own, eligible[0]) {
			want.Strength = model.Strong
		}
	}
	got := model.Recommend(s, registrant)
	w.Rules["advice "+want.Strength.String()]++
	w.trace(written(got))
	if got.Strength != want.Strength || got.Engagement != want.Engagement ||
		!slices.Equal(got.Candidates, want.Candidates) {
		w.wrong("model.registration_decides: %s, %s: %s %s, want %s %s of %s", written(s), registrant, got.Strength,
			got.Engagement, want.Strength, want.Engagement, want.Candidates)
	}
}

// speaks reports whether two signals or more speak for a model, and none against it.
func speaks(own map[model.Engagement][]model.YesNo, e model.Engagement) bool {
	pro := 0
	for of, answers := range own {
		for _, a := range answers {
			if a == model.Yes && of != e || a == model.No && of == e {
				return false
			}
			if a == model.Yes {
				pro++
			}
		}
	}
	return pro >= 2
}
