package model_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/model"
)

// model.registration_decides: an active claim outranks every signal.
func TestRegistrationDecides(t *testing.T) {
	for r, want := range map[model.Registrant]model.Engagement{
		model.ByPartner: model.PartnerLed, model.ByVendor: model.VendorLed,
		model.ByPartnerJoint: model.TrueCoSell, model.ByVendorJoint: model.TrueCoSell,
	} {
		t.Run("model.registration_decides "+r.String(), func(t *testing.T) {
			everySignals(func(s model.Signals) {
				advice := model.Recommend(s, r)
				if got, err := advice.Decided(); err != nil || got != want || advice.Strength != model.Registered {
					t.Fatalf("%+v: %v %v %v", s, got, advice.Strength, err)
				}
				if advice.For[0].Code() != model.RegistrationDecides {
					t.Fatalf("%+v: the advice does not say so first: %v", s, advice.For)
				}
			})
		})
	}
}

// model.registration_mismatch: a finding exactly where both are there and differ.
func TestRegistrationMismatch(t *testing.T) {
	for e := model.Engagement(0); e <= model.TrueCoSell; e++ {
		for r := model.NoRegistrant; r <= model.ByVendorJoint; r++ {
			findings := model.CheckRegistration(e, r)
			want := e != 0 && r != model.NoRegistrant && e != r.Engagement()
			if (len(findings) == 1) != want || want && findings[0].Code() != model.RegistrationMismatch {
				t.Errorf("set %v, registered %v: %v", e, r, findings)
			}
		}
	}
}

func TestBeforeInteraction(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 2, hour, 0, 0, 0, time.UTC) }
	hours := func(list ...int) []time.Time {
		var times []time.Time
		for _, h := range list {
			times = append(times, at(h))
		}
		return times
	}
	for name, c := range map[string]struct {
		facts model.FirstContact
		late  bool
	}{
		"set before":                     {model.FirstContact{Opened: at(8), ModelSet: at(9), Interactions: hours(10), AsOf: at(20)}, false},
		"set at that very instant":       {model.FirstContact{Opened: at(8), ModelSet: at(10), Interactions: hours(10), AsOf: at(20)}, false},
		"set after":                      {model.FirstContact{Opened: at(8), ModelSet: at(11), Interactions: hours(10), AsOf: at(20)}, true},
		"never set":                      {model.FirstContact{Opened: at(8), Interactions: hours(10), AsOf: at(20)}, true},
		"set only after as-of":           {model.FirstContact{Opened: at(8), ModelSet: at(19), Interactions: hours(10), AsOf: at(12)}, true},
		"the first counts, in any order": {model.FirstContact{Opened: at(8), ModelSet: at(12), Interactions: hours(15, 11, 13), AsOf: at(20)}, true},
		"contact before the opening":     {model.FirstContact{Opened: at(8), ModelSet: at(12), Interactions: hours(7, 13), AsOf: at(20)}, false},
		"contact at the opening":         {model.FirstContact{Opened: at(8), ModelSet: at(12), Interactions: hours(8), AsOf: at(20)}, true},
		"contact after as-of":            {model.FirstContact{Opened: at(8), Interactions: hours(15), AsOf: at(12)}, false},
		"contact at as-of":               {model.FirstContact{Opened: at(8), Interactions: hours(12), AsOf: at(12)}, true},
		"no contact":                     {model.FirstContact{Opened: at(8), AsOf: at(12)}, false},
	} {
		t.Run("model.before_interaction "+name, func(t *testing.T) {
			findings := model.CheckFirstContact(c.facts)
			if (len(findings) == 1) != c.late || c.late && findings[0].Code() != model.BeforeInteraction {
				t.Errorf("%v", findings)
			}
		})
	}
}
