package model_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// fact is one signal as the oracle sees it.
type fact struct {
	code   value.Code
	speaks model.Engagement
	is     model.Answer
}

// facts lists the signals of SPEC 2.2, the three of the source spelled out.
func facts(s model.Signals) []fact {
	from := map[model.Source][3]model.Answer{
		model.UnknownSource: {model.Unknown, model.Unknown, model.Unknown},
		model.FromPartner:   {model.Yes, model.No, model.No},
		model.FromVendor:    {model.No, model.Yes, model.No},
		model.FromBoth:      {model.No, model.No, model.Yes},
	}[s.Source]
	return []fact{
		{"model.partner_sourced", model.PartnerLed, from[0]},
		{"model.partner_relationship", model.PartnerLed, s.PartnerRelationship},
		{"model.partner_trusted", model.PartnerLed, s.PartnerTrusted},
		{"model.product_addon", model.PartnerLed, s.ProductAddon},
		{"model.vendor_sourced", model.VendorLed, from[1]},
		{"model.vendor_customer", model.VendorLed, s.VendorCustomer},
		{"model.product_primary", model.VendorLed, s.ProductPrimary},
		{"model.joint_sourced", model.TrueCoSell, from[2]},
		{"model.equal_products", model.TrueCoSell, s.EqualProducts},
		{"model.no_relationship", model.TrueCoSell, s.NoRelationship},
		{"model.both_engaged", model.TrueCoSell, s.BothEngaged},
	}
}

// possible reports whether a model would be eligible if every unknown fact among
// those given were as guess says.
func eligible(all []fact, e model.Engagement) bool {
	yes := func(codes ...value.Code) bool {
		for _, code := range codes {
			i := slices.IndexFunc(all, func(f fact) bool { return f.code == code })
			if all[i].is != model.Yes {
				return false
			}
		}
		return true
	}
	if e == model.TrueCoSell {
		return yes("model.joint_sourced") || yes("model.equal_products", "model.no_relationship", "model.both_engaged")
	}
	return slices.ContainsFunc(all, func(f fact) bool { return f.speaks == e && f.is == model.Yes })
}

// deciding returns the unknown facts that are part of some way to make a model
// eligible.
func deciding(all []fact) []value.Code {
	var codes []value.Code
	for i, f := range all {
		if f.is != model.Unknown {
			continue
		}
		guess := slices.Clone(all)
		for j := range guess {
			if guess[j].speaks == f.speaks && guess[j].is == model.Unknown && guess[j].code != "model.joint_sourced" {
				guess[j].is = model.Yes
			}
		}
		guess[i].is = model.Yes
		without := slices.Clone(guess)
		without[i].is = model.No
		helps := eligible(guess, f.speaks)
		if f.speaks == model.TrueCoSell && f.code != "model.joint_sourced" {
			helps = helps && !eligible(without, f.speaks)
		}
		if helps {
			codes = append(codes, f.code)
		}
	}
	return codes
}

func codesOf(reasons []value.Reason) []value.Code {
	var codes []value.Code
	for _, r := range reasons {
		codes = append(codes, r.Code())
	}
	return codes
}

// everySignals calls f with all 4 × 3⁸ combinations.
func everySignals(f func(model.Signals)) {
	for source := model.UnknownSource; source <= model.FromBoth; source++ {
		for n := range 6561 {
			s := model.Signals{Source: source}
			for _, field := range []*model.Answer{
				&s.PartnerRelationship, &s.PartnerTrusted, &s.ProductAddon, &s.VendorCustomer,
				&s.ProductPrimary, &s.EqualProducts, &s.NoRelationship, &s.BothEngaged,
			} {
				*field = model.Answer(n % 3)
				n /= 3
			}
			f(s)
		}
	}
}

func TestRecommendEqualsTheOracleOnEverySignal(t *testing.T) {
	everySignals(func(s model.Signals) {
		all, advice := facts(s), model.Recommend(s, model.NoRegistrant)
		var candidates []model.Engagement
		for _, e := range []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
			if eligible(all, e) {
				candidates = append(candidates, e)
			}
		}
		if !slices.Equal(advice.Candidates, candidates) {
			t.Fatalf("%+v: candidates %v, want %v", s, advice.Candidates, candidates)
		}
		switch len(candidates) {
		case 0:
			if advice.Strength != model.Undetermined || advice.Engagement != 0 || !slices.Equal(codesOf(advice.Missing), deciding(all)) {
				t.Fatalf("%+v: %v, missing %v, want %v", s, advice.Strength, codesOf(advice.Missing), deciding(all))
			}
		case 1:
			checkOne(t, s, advice, all, candidates[0])
		default:
			if advice.Strength != model.Ambiguous || advice.Engagement != 0 {
				t.Fatalf("%+v: %v %v", s, advice.Strength, advice.Engagement)
			}
		}
	})
}

func checkOne(t *testing.T, s model.Signals, advice model.Advice, all []fact, e model.Engagement) {
	var speaksFor, against []value.Code
	for _, f := range all {
		switch {
		case f.is == model.Yes && f.speaks == e:
			speaksFor = append(speaksFor, f.code)
		case f.is == model.Yes || f.is == model.No && f.speaks == e:
			against = append(against, f.code)
		}
	}
	want := model.Weak
	if len(speaksFor) >= 2 && len(against) == 0 {
		want = model.Strong
	}
	if advice.Engagement != e || advice.Strength != want || !slices.Equal(codesOf(advice.For), speaksFor) || !slices.Equal(codesOf(advice.Against), against) {
		t.Fatalf("%+v: %v %v for %v against %v, want %v %v for %v against %v", s,
			advice.Engagement, advice.Strength, codesOf(advice.For), codesOf(advice.Against), e, want, speaksFor, against)
	}
}

func TestRecommendReportsContradictions(t *testing.T) {
	everySignals(func(s model.Signals) {
		want := 0
		for _, both := range [][2]model.Answer{{s.NoRelationship, s.PartnerRelationship}, {s.NoRelationship, s.VendorCustomer}, {s.ProductAddon, s.ProductPrimary}} {
			if both == [2]model.Answer{model.Yes, model.Yes} {
				want++
			}
		}
		got := model.Recommend(s, model.NoRegistrant).Contradictions
		if len(got) != want || want > 0 && got[0].Code() != model.Contradiction {
			t.Fatalf("%+v: %v, want %d", s, got, want)
		}
	})
}

func TestDecidedNamesWhatIsOpen(t *testing.T) {
	_, err := model.Recommend(model.Signals{PartnerRelationship: model.Yes, VendorCustomer: model.Yes}, model.NoRegistrant).Decided()
	if !errors.Is(err, model.AmbiguousModel) || !strings.Contains(err.Error(), "partner_led or vendor_led") {
		t.Errorf("ambiguous: %v", err)
	}
	_, err = model.Recommend(model.Signals{}, model.NoRegistrant).Decided()
	if !errors.Is(err, model.UndeterminedModel) || !strings.Contains(err.Error(), "model.partner_sourced") {
		t.Errorf("undetermined: %v", err)
	}
	_, err = model.Recommend(model.Signals{Source: 9, BothEngaged: 7}, 8).Decided()
	for _, code := range []value.Code{model.SourceUnknown, model.AnswerUnknown, model.RegistrantUnknown} {
		if !errors.Is(err, code) {
			t.Errorf("%s is missing in %v", code, err)
		}
	}
	if _, err := (model.Advice{}).Decided(); err == nil {
		t.Error("a zero advice decides")
	}
}
