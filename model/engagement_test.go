package model_test

import (
	"testing"

	"github.com/coselling/coselling/model"
)

func TestModelsHaveALeader(t *testing.T) {
	leaders := map[model.Engagement]model.Side{model.PartnerLed: model.Partner, model.VendorLed: model.Vendor}
	for i := range 256 {
		e := model.Engagement(i)
		if e.Leader() != leaders[e] {
			t.Errorf("%d is led by %v, want %v", e, e.Leader(), leaders[e])
		}
		var want []string
		if i < 1 || i > 3 {
			want = []string{" engagement.unknown"}
		}
		wantProblems(t, e.Check(), want...)
	}
	const allowed = "allowed are partner_led, vendor_led, true_co_sell"
	if got := model.Engagement(0).Check().Error(); got != "nothing is given; "+allowed {
		t.Error(got)
	}
	if got := model.Engagement(4).Check().Error(); got != `"number 4" is not known; `+allowed {
		t.Error(got)
	}
}

// meaning holds the side, the model and the origin of each registrant.
var meaning = map[model.Registrant]struct {
	claimant   model.Side
	engagement model.Engagement
	originator model.Source
}{
	model.ByPartner:      {model.Partner, model.PartnerLed, model.FromPartner},
	model.ByVendor:       {model.Vendor, model.VendorLed, model.FromVendor},
	model.ByPartnerJoint: {model.Partner, model.TrueCoSell, model.FromBoth},
	model.ByVendorJoint:  {model.Vendor, model.TrueCoSell, model.FromBoth},
}

func TestRegistrantsMeanASideAndAModel(t *testing.T) {
	for i := range 256 {
		r := model.Registrant(i)
		if want := meaning[r]; r.Claimant() != want.claimant || r.Engagement() != want.engagement {
			t.Errorf("model.registration_decides: %d is %v, %v, want %+v", r, r.Claimant(), r.Engagement(), want)
		}
	}
}

func TestSourcesHaveASide(t *testing.T) {
	sides := map[model.Source]model.Side{model.FromPartner: model.Partner, model.FromVendor: model.Vendor}
	for i := range 256 {
		if s := model.Source(i); s.Side() != sides[s] {
			t.Errorf("%d is the %v's, want %v", s, s.Side(), sides[s])
		}
	}
}

// The origin is the side of the active registration, else the source.
func TestTheOriginatorIsTheRegistrantElseTheSource(t *testing.T) {
	everyOrigin(func(o model.Origin) {
		want := o.Source
		if registered, ok := meaning[o.Registrant]; ok {
			want = registered.originator
		}
		if got := o.Originator(); got != want {
			t.Errorf("from %q, registered by %q: %q, want %q", o.Source, o.Registrant, got, want)
		}
	})
}

func TestOriginReportsEveryProblem(t *testing.T) {
	everyOrigin(func(o model.Origin) { wantProblems(t, o.Check()) })
	wantProblems(t, model.Origin{Source: 4}.Check(), "source source.unknown")
	wantProblems(t, model.Origin{Registrant: 5}.Check(), "registrant registrant.unknown")
	wantProblems(t, model.Origin{Source: 255, Registrant: 255}.Check(), "source source.unknown", "registrant registrant.unknown")
}
