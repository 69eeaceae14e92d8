package model_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// everySignals calls f with all 4 × 3⁸ combinations.
func everySignals(f func(model.Signals)) {
	for source := model.UnknownSource; source <= model.FromBoth; source++ {
		for n := range 6561 {
			s := model.Signals{Source: source}
			for _, field := range answersOf(&s) {
				*field = model.YesNo(n % 3)
				n /= 3
			}
			f(s)
		}
	}
}

// opinion is the advice on some signals, in codes.
type opinion struct {
	strength       model.Strength
	engagement     model.Engagement
	candidates     []model.Engagement
	pro, against   []value.Code
	missing        []value.Code
	contradictions [][]string
}

func opinionOf(a model.Advice) opinion {
	o := opinion{a.Strength, a.Engagement, a.Candidates, codesOf(a.For), codesOf(a.Against), codesOf(a.Missing), nil}
	for _, c := range a.Contradictions {
		o.contradictions = append(o.contradictions, c.Paths())
		if c.Code() != model.Contradiction {
			o.contradictions = append(o.contradictions, []string{string(c.Code())})
		}
	}
	return o
}

// judgeSignals is *When to use which*, sentence by sentence.
func judgeSignals(s model.Signals, r model.Registrant) opinion {
	o := opinion{contradictions: contradictionsOf(s)}
	if registered := meaning[r].engagement; registered != 0 {
		o.strength, o.engagement, o.candidates = model.Registered, registered, []model.Engagement{registered}
		o.pro = []value.Code{"model.registration_decides"}
	} else {
		for _, e := range models {
			if eligible(s, e) {
				o.candidates = append(o.candidates, e)
			}
		}
	}
	if len(o.candidates) == 0 {
		o.strength, o.missing = model.Undetermined, deciding(s)
		return o
	}
	trueSignals := 0
	for _, row := range signals {
		own := slices.Contains(o.candidates, row.speaks)
		switch answer := row.in(s); {
		case answer == model.Yes && own:
			o.pro = append(o.pro, row.code)
			trueSignals++
		case answer == model.Yes, answer == model.No && own:
			o.against = append(o.against, row.code)
		}
	}
	switch {
	case o.strength == model.Registered:
	case len(o.candidates) > 1:
		o.strength = model.Ambiguous
	case trueSignals >= 2 && o.against == nil:
		o.strength, o.engagement = model.Strong, o.candidates[0]
	default:
		o.strength, o.engagement = model.Weak, o.candidates[0]
	}
	return o
}

func eligible(s model.Signals, e model.Engagement) bool {
	switch e {
	case model.PartnerLed:
		return s.Source == model.FromPartner || s.PartnerRelationship == model.Yes || s.PartnerTrusted == model.Yes || s.ProductAddon == model.Yes
	case model.VendorLed:
		return s.Source == model.FromVendor || s.VendorCustomer == model.Yes || s.ProductPrimary == model.Yes
	default:
		return s.Source == model.FromBoth || s.EqualProducts == model.Yes && s.NoRelationship == model.Yes && s.BothEngaged == model.Yes
	}
}

// deciding returns the unknown facts of which each can decide: with some answers to the
// other unknown ones, a model is eligible if it is true and none if it is false. The source
// of a deal always can.
func deciding(s model.Signals) []value.Code {
	any := func(s model.Signals) bool {
		return slices.ContainsFunc(models, func(e model.Engagement) bool { return eligible(s, e) })
	}
	var codes []value.Code
	for _, row := range signals {
		if row.field == nil {
			if s.Source == model.UnknownSource {
				codes = append(codes, row.code)
			}
			continue
		}
		if *row.field(&s) != model.Unknown {
			continue
		}
		guess := s
		var open []*model.YesNo
		for _, field := range answersOf(&guess) {
			if *field == model.Unknown && field != row.field(&guess) {
				open = append(open, field)
			}
		}
		tips := false
		for n := range 1 << len(open) {
			for i, field := range open {
				*field = []model.YesNo{model.No, model.Yes}[n>>i&1]
			}
			*row.field(&guess) = model.Yes
			with := any(guess)
			*row.field(&guess) = model.No
			tips = tips || with && !any(guess)
		}
		if tips {
			codes = append(codes, row.code)
		}
	}
	return codes
}

func contradictionsOf(s model.Signals) [][]string {
	var pairs [][]string
	if s.NoRelationship == model.Yes && s.PartnerRelationship == model.Yes {
		pairs = append(pairs, []string{"model.no_relationship", "model.partner_relationship"})
	}
	if s.NoRelationship == model.Yes && s.VendorCustomer == model.Yes {
		pairs = append(pairs, []string{"model.no_relationship", "model.vendor_customer"})
	}
	if s.ProductAddon == model.Yes && s.ProductPrimary == model.Yes {
		pairs = append(pairs, []string{"model.product_addon", "model.product_primary"})
	}
	return pairs
}

func TestRecommendEqualsTheOracleOnEverySignal(t *testing.T) {
	reached := map[model.Strength]int{}
	everySignals(func(s model.Signals) {
		got, want := opinionOf(model.Recommend(s, model.NoRegistrant)), judgeSignals(s, model.NoRegistrant)
		if !reflect.DeepEqual(got, want) { // cmp.Diff would take seconds for so many
			t.Fatalf("%+v (-want +got):\n%s", s, cmp.Diff(want, got, cmp.AllowUnexported(opinion{})))
		}
		reached[got.strength]++
	})
	if len(reached) != 4 {
		t.Errorf("not every strength was reached: %v", reached)
	}
}

// model.registration_decides: an active claim outranks every signal and is the first reason;
// the signals still speak for and against.
func TestRegistrationDecides(t *testing.T) {
	for r := range meaning {
		t.Run("model.registration_decides "+r.String(), func(t *testing.T) {
			everySignals(func(s model.Signals) {
				advice := model.Recommend(s, r)
				if got, want := opinionOf(advice), judgeSignals(s, r); !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v (-want +got):\n%s", s, cmp.Diff(want, got, cmp.AllowUnexported(opinion{})))
				}
				if e, err := advice.Decided(); err != nil || e != meaning[r].engagement {
					t.Fatalf("%+v: decided %v %v", s, e, err)
				}
			})
			want := "the active registration (" + r.String() + ") decides " + r.Engagement().String() + "; it outranks the signals"
			if got := texts(model.Recommend(model.Signals{}, r).For); !slices.Equal(got, []string{want}) {
				t.Errorf("%q", got)
			}
		})
	}
}

// Decided returns the model, or an error that names the open question.
func TestDecidedFollowsTheStrength(t *testing.T) {
	everySignals(func(s model.Signals) {
		advice := model.Recommend(s, model.NoRegistrant)
		e, err := advice.Decided()
		var code value.Code
		var want string
		switch advice.Strength {
		case model.Ambiguous:
			var names []string
			for _, candidate := range advice.Candidates {
				names = append(names, candidate.String())
			}
			code, want = model.AmbiguousModel, "engagement: "+strings.Join(names, " or ")+" is not decided; the two sides choose one"
		case model.Undetermined:
			code, want = model.UndeterminedModel, "engagement: nothing speaks for any model; no unknown fact would change that, so the two sides choose one"
			for i, m := range advice.Missing {
				want = []string{"engagement: nothing speaks for any model; find out: ", want + ", "}[min(i, 1)] + string(m.Code())
			}
		default:
			if err != nil || e != advice.Engagement || e == 0 {
				t.Fatalf("%+v: %v %v", s, e, err)
			}
			return
		}
		if e != 0 || !errors.Is(err, code) || err.Error() != want {
			t.Fatalf("%+v: %v %v, want %s", s, e, err, want)
		}
	})
	if e, err := (model.Advice{}).Decided(); e != 0 || !errors.Is(err, model.UndeterminedModel) {
		t.Errorf("no advice decides %v: %v", e, err)
	}
}

// Numbers that are no answer are an error, and the advice on them is empty.
func TestNumbersOutOfRangeDecideNothing(t *testing.T) {
	refused := func(s model.Signals, r model.Registrant, want ...string) {
		t.Helper()
		advice := model.Recommend(s, r)
		e, err := advice.Decided()
		wantProblems(t, err, want...)
		if o := opinionOf(advice); e != 0 || !reflect.DeepEqual(o, opinion{}) {
			t.Errorf("%+v, %d: %v, %+v", s, r, e, o)
		}
	}
	for _, row := range signals {
		if row.field == nil {
			continue
		}
		for _, number := range []model.YesNo{3, 255} {
			s := model.Signals{Source: model.FromPartner}
			*row.field(&s) = number
			path := strings.Replace(string(row.code), "model.", "signals.", 1)
			refused(s, model.NoRegistrant, path+" answer.unknown")
			refused(s, model.ByVendor, path+" answer.unknown")
		}
	}
	refused(model.Signals{Source: 4}, model.NoRegistrant, "signals.source source.unknown")
	refused(model.Signals{PartnerTrusted: model.Yes}, 5, "registrant registrant.unknown")
	refused(model.Signals{Source: 9, EqualProducts: 7, BothEngaged: 7}, 255, "signals.source source.unknown",
		"signals.equal_products answer.unknown", "signals.both_engaged answer.unknown", "registrant registrant.unknown")
	_, err := model.Recommend(model.Signals{BothEngaged: 3}, model.NoRegistrant).Decided()
	if want := `signals.both_engaged: "number 3" is not known; allowed are unknown, no, yes`; err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// Changing a slice of one advice does not change the next.
func TestAdviceBelongsToTheCaller(t *testing.T) {
	s := model.Signals{Source: model.FromBoth, PartnerRelationship: model.Yes, NoRelationship: model.Yes}
	want := opinionOf(model.Recommend(s, model.NoRegistrant))
	advice := model.Recommend(s, model.NoRegistrant)
	advice.Candidates[0], advice.For[0], advice.Contradictions[0] = 0, value.Reason{}, value.Reason{}
	if got := opinionOf(model.Recommend(s, model.NoRegistrant)); !reflect.DeepEqual(got, want) {
		t.Errorf("the next advice has changed (-want +got):\n%s", cmp.Diff(want, got, cmp.AllowUnexported(opinion{})))
	}
}
