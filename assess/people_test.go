package assess_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Where the reps of a side are not known, no finding says that they took
// no part; what does not depend on them stands.
func TestRulesOfPeopleNeedKnownReps(t *testing.T) {
	people := []value.Code{comms.SingleThread, comms.WeeklySync, comms.Notify, comms.Prep, comms.Debrief}
	for name, c := range map[string]struct {
		keep func(comms.Correspondent) bool
		want []value.Code // that are found or due
		note bool         // that the reps are not known
	}{
		"everybody": {func(comms.Correspondent) bool { return true }, append(people, comms.Response), false},
		"nobody":    {func(comms.Correspondent) bool { return false }, []value.Code{comms.Response}, true},
		"no partner": {func(p comms.Correspondent) bool { return p.Party.Side != model.Partner },
			[]value.Code{comms.Response}, true},
		"no vendor": {func(p comms.Correspondent) bool { return p.Party.Side != model.Vendor },
			[]value.Code{comms.Response}, true},
		"nobody of them": {func(p comms.Correspondent) bool { return !p.Prospect },
			[]value.Code{comms.WeeklySync, comms.Response}, true},
	} {
		d, r := small()
		d.Amount = value.MustMoney("180000.00 USD") // weekly syncs, preps and debriefs are for the standard playbook
		d.People = slices.DeleteFunc(slices.Clone(d.People), func(p comms.Correspondent) bool { return !c.keep(p) })
		r.Activities = append(r.Activities,
			comms.Activity{ID: "m-2", Kind: comms.Mail, At: november(5, 9), Side: model.Partner,
				From: "ana@acme.example", To: []string{"cat@calder.example"}, Subject: "Hello"},
			comms.Activity{ID: "q-1", Kind: comms.Question, At: november(5, 9), Side: model.Vendor, Subject: "When?"})
		v := everything(t, d, r, november(30, 9))
		for _, code := range append(people, comms.Response) {
			found := slices.ContainsFunc(v.Findings, func(f assess.Finding) bool { return f.Reason.Code() == code }) ||
				slices.ContainsFunc(v.Comms.Due, func(d comms.Due) bool { return d.Reason.Code() == code })
			if found != slices.Contains(c.want, code) {
				t.Errorf("%s: %s is found: %v", name, code, found)
			}
		}
		if hasMissing(&v, assess.SectionComms, "deal.people", assess.FactMissing) != c.note {
			t.Errorf("%s: %v", name, v.Missing)
		}
	}
}

// A whole domain takes part, but is no rep.
func TestADomainIsNoRep(t *testing.T) {
	d, r := small()
	d.People[0] = comms.Correspondent{Party: model.PartnerOrg("acme"), Addresses: []string{" @acme.example"}}
	if v := everything(t, d, r, november(12, 9)); !hasMissing(&v, assess.SectionComms, "deal.people", assess.FactMissing) {
		t.Errorf("%v", v.Missing)
	}
}
