package model_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// model.registration_mismatch: a finding exactly where a set model and a registration differ.
func TestRegistrationMismatch(t *testing.T) {
	for _, e := range append([]model.Engagement{0}, models...) {
		for r := model.NoRegistrant; r <= model.ByVendorJoint; r++ {
			t.Run("model.registration_mismatch set to "+e.String()+", registered by "+r.String(), func(t *testing.T) {
				decides := meaning[r].engagement
				var want []string
				if e != 0 && decides != 0 && e != decides {
					want = []string{fmt.Sprintf("the model set is %s, the active registration (%s) decides %s", e, r, decides)}
				}
				findings := model.JudgeRegistration(e, r)
				if !slices.Equal(texts(findings), want) || want != nil && findings[0].Code() != model.RegistrationMismatch {
					t.Errorf("%v, want %v", findings, want)
				}
			})
		}
	}
}

func TestBeforeInteraction(t *testing.T) {
	hours := func(list ...int) []time.Time {
		var times []time.Time
		for _, h := range list {
			times = append(times, hour(h))
		}
		return times
	}
	set := func(first, set string) string {
		return "the prospect was contacted on 2026-11-02T" + first + ":00:00Z, the engagement model was set only on 2026-11-02T" + set + ":00:00Z"
	}
	none := func(first string) string {
		return "the prospect was contacted on 2026-11-02T" + first + ":00:00Z and no engagement model is set"
	}
	for name, c := range map[string]struct {
		facts model.FirstContact
		want  string
	}{
		"set before":                     {model.FirstContact{Opened: hour(8), ModelSet: hour(9), Interactions: hours(10), AsOf: hour(20)}, ""},
		"set at that very instant":       {model.FirstContact{Opened: hour(8), ModelSet: hour(10), Interactions: hours(10), AsOf: hour(20)}, ""},
		"set before the opening":         {model.FirstContact{Opened: hour(8), ModelSet: hour(7), Interactions: hours(10), AsOf: hour(20)}, ""},
		"set after":                      {model.FirstContact{Opened: hour(8), ModelSet: hour(11), Interactions: hours(10), AsOf: hour(20)}, set("10", "11")},
		"never set":                      {model.FirstContact{Opened: hour(8), Interactions: hours(10), AsOf: hour(20)}, none("10")},
		"set only after as-of":           {model.FirstContact{Opened: hour(8), ModelSet: hour(19), Interactions: hours(10), AsOf: hour(12)}, none("10")},
		"set at as-of":                   {model.FirstContact{Opened: hour(8), ModelSet: hour(12), Interactions: hours(10), AsOf: hour(12)}, set("10", "12")},
		"the first counts, in any order": {model.FirstContact{Opened: hour(8), ModelSet: hour(12), Interactions: hours(15, 11, 13), AsOf: hour(20)}, set("11", "12")},
		"contact before the opening":     {model.FirstContact{Opened: hour(8), ModelSet: hour(12), Interactions: hours(7, 13), AsOf: hour(20)}, ""},
		"contact before and after":       {model.FirstContact{Opened: hour(8), ModelSet: hour(12), Interactions: hours(11, 7), AsOf: hour(20)}, set("11", "12")},
		"contact at the opening":         {model.FirstContact{Opened: hour(8), ModelSet: hour(12), Interactions: hours(8), AsOf: hour(20)}, set("08", "12")},
		"contact after as-of":            {model.FirstContact{Opened: hour(8), Interactions: hours(15), AsOf: hour(12)}, ""},
		"contact at as-of":               {model.FirstContact{Opened: hour(8), Interactions: hours(12), AsOf: hour(12)}, none("12")},
		"no contact":                     {model.FirstContact{Opened: hour(8), AsOf: hour(12)}, ""},
		"no opening: all contact counts": {model.FirstContact{Interactions: hours(3), AsOf: hour(12)}, none("03")},
		"no as-of: nothing is there yet": {model.FirstContact{Opened: hour(8), Interactions: hours(10)}, ""},
	} {
		t.Run("model.before_interaction "+name, func(t *testing.T) {
			before := slices.Clone(c.facts.Interactions)
			findings := model.JudgeFirstContact(c.facts)
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			if !slices.Equal(texts(findings), want) || want != nil && findings[0].Code() != model.BeforeInteraction {
				t.Errorf("%v, want %v", findings, want)
			}
			if !slices.Equal(c.facts.Interactions, before) {
				t.Errorf("the caller's instants became %v", c.facts.Interactions)
			}
		})
	}
}

// The instants of the reason are in UTC, without a monotonic reading.
func TestBeforeInteractionGivesInstants(t *testing.T) {
	now, zone := time.Now(), time.FixedZone("", -3600)
	late := now.Add(time.Nanosecond)
	findings := model.JudgeFirstContact(model.FirstContact{ModelSet: late.In(zone), Interactions: []time.Time{now.In(zone)}, AsOf: late})
	got := map[string]any{}
	for _, o := range findings[0].Operands() {
		got[o.Name()] = o.Value()
	}
	if got["first"] != any(now.UTC().Round(0)) || got["set"] != any(late.UTC().Round(0)) || len(got) != 2 {
		t.Errorf("%v", got)
	}
}

// On a grid of a few instants there is a finding exactly where some contact that counts came
// before the model was set, as far as AsOf shows.
func TestBeforeInteractionOnAGrid(t *testing.T) {
	for n := range 5 * 6 * 5 * 16 * 4 {
		opened, set, asOf, contacts, order := n%5, n/5%6-1, n/30%5, n/150%16, n/2400
		f := model.FirstContact{Opened: hour(opened), AsOf: hour(asOf)}
		if set >= 0 {
			f.ModelSet = hour(set)
		}
		late := false
		for i := range 4 {
			if h := (i*3 + order) % 4; contacts>>h&1 == 1 {
				f.Interactions = append(f.Interactions, hour(h))
				counts := opened <= h && h <= asOf
				late = late || counts && (set < 0 || set > asOf || set > h)
			}
		}
		var want []value.Code
		if late {
			want = []value.Code{"model.before_interaction"}
		}
		if got := codesOf(model.JudgeFirstContact(f)); !slices.Equal(got, want) {
			t.Fatalf("%+v: %v, want %v", f, got, want)
		}
	}
}
