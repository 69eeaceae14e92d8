package model_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
)

func TestAgreementReportsEveryProblemAtOnce(t *testing.T) {
	agree := func(by model.Person, at time.Time, consents ...model.Consent) model.Agreement {
		return model.Agreement{By: by, At: at, Consents: consents}
	}
	for name, c := range map[string]struct {
		agreement model.Agreement
		problems  []string
	}{
		"alone":                         {agree(ana, hour(9)), nil},
		"both sides, at one instant":    {agree(ana, hour(9), model.Consent{By: bo, At: hour(9)}), nil},
		"several people of one side":    {agree(ana, hour(9), model.Consent{By: bo, At: hour(9)}, model.Consent{By: model.Person{Name: "zoe", Party: us}, At: hour(8)}), nil},
		"nothing":                       {model.Agreement{}, []string{"by.name agreement.by", "by.party.side side.unknown", "at agreement.at"}},
		"no name but blanks":            {agree(model.Person{Name: " \t", Party: us}, hour(9)), []string{"by.name agreement.by"}},
		"no organisation":               {agree(model.Person{Name: "bo", Party: model.VendorOrg("")}, hour(9)), []string{"by.party.org party.org"}},
		"an empty consent":              {agree(ana, hour(9), model.Consent{}), []string{"consents[0].by.name agreement.by", "consents[0].by.party.side side.unknown", "consents[0].at agreement.at"}},
		"a consent after the event":     {agree(ana, hour(9), model.Consent{By: bo, At: hour(9)}, model.Consent{By: bo, At: hour(9).Add(1)}), []string{"consents[1].at agreement.at"}},
		"an event without its instant":  {agree(ana, time.Time{}, model.Consent{By: bo, At: hour(9)}), []string{"at agreement.at"}},
		"a second partner consents":     {agree(ana, hour(9), model.Consent{By: bo, At: hour(9)}, model.Consent{By: cy, At: hour(9)}), []string{"consents[1].by.party.org team.two_orgs"}},
		"two partners consent":          {agree(bo, hour(9), model.Consent{By: cy, At: hour(9)}, model.Consent{By: ana, At: hour(9)}), []string{"consents[1].by.party.org team.two_orgs"}},
		"a second vendor consents":      {agree(bo, hour(9), model.Consent{By: model.Person{Name: "x", Party: model.VendorOrg("them")}, At: hour(9)}), []string{"consents[0].by.party.org team.two_orgs"}},
		"one id on both sides is legal": {agree(ana, hour(9), model.Consent{By: model.Person{Name: "x", Party: model.VendorOrg("acme")}, At: hour(9)}), nil},
	} {
		t.Run(name, func(t *testing.T) { wantProblems(t, c.agreement.Check(), c.problems...) })
	}
}

func TestAgreementErrorsAreInWords(t *testing.T) {
	late := hour(9).Add(time.Millisecond).In(time.FixedZone("", 3600))
	for want, a := range map[string]model.Agreement{
		"at: nothing says when it was done":                  {By: ana},
		"by.name: nothing names the person":                  {By: model.Person{Party: us}, At: hour(9)},
		"consents[0].at: nothing says when this side agreed": {By: ana, At: hour(9), Consents: []model.Consent{{By: bo}}},
		"consents[0].at: 2026-11-02T09:00:00.001Z is after the event, 2026-11-02T09:00:00Z; a consent comes first": {By: ana, At: hour(9), Consents: []model.Consent{{By: bo, At: late}}},
		`consents[0].by.party.org: "borealis" is a second partner beside "acme"; a deal has one`:                   {By: ana, At: hour(9), Consents: []model.Consent{{By: cy, At: hour(9)}}},
	} {
		if err := a.Check(); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestMissingNamesEverySideThatHasNotConsented(t *testing.T) {
	const partner, vendor = "the partner has not consented", "the vendor has not consented"
	at := func(by model.Person, h int) model.Consent { return model.Consent{By: by, At: hour(h)} }
	for name, c := range map[string]struct {
		by       model.Person
		consents []model.Consent
		since    time.Time
		missing  []string
	}{
		"nobody acts, nobody agrees":         {model.Person{}, nil, hour(9), []string{partner, vendor}},
		"nobody acts, both agree":            {model.Person{}, []model.Consent{at(bo, 9), at(ana, 9)}, hour(9), nil},
		"the partner acts":                   {ana, nil, hour(9), []string{vendor}},
		"the vendor acts":                    {bo, nil, hour(9), []string{partner}},
		"the partner acts and agrees":        {ana, []model.Consent{at(ana, 10)}, hour(9), []string{vendor}},
		"the vendor agreed since":            {ana, []model.Consent{at(bo, 10)}, hour(9), nil},
		"the vendor agreed at that instant":  {ana, []model.Consent{at(bo, 9)}, hour(9), nil},
		"the vendor agreed before":           {ana, []model.Consent{at(bo, 8)}, hour(9), []string{vendor}},
		"the vendor agreed before and since": {ana, []model.Consent{at(bo, 8), at(bo, 10)}, hour(9), nil},
		"any time counts":                    {bo, []model.Consent{at(ana, 1)}, time.Time{}, nil},
	} {
		t.Run("model.consent_missing "+name, func(t *testing.T) {
			missing := model.Agreement{By: c.by, At: hour(11), Consents: c.consents}.Missing(c.since)
			if !slices.Equal(texts(missing), c.missing) || (missing == nil) != (c.missing == nil) {
				t.Errorf("%v, want %v", missing, c.missing)
			}
			for _, m := range missing {
				if m.Code() != model.ConsentMissing {
					t.Errorf("code %s", m.Code())
				}
			}
		})
	}
}

// Nil parties are none: nothing is known, and nothing is remembered.
func TestNilPartiesAreNone(t *testing.T) {
	var none *model.Parties
	acme, beta := model.PartnerOrg("acme"), model.PartnerOrg("beta")
	if none.Has(acme) || none.Meet(acme) != nil || none.Has(acme) {
		t.Error("nil parties remember a party")
	}
	at := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	a := model.Agreement{By: model.Person{Name: "ana", Party: acme}, At: at}
	if err := a.CheckAmong(nil); err != nil {
		t.Error(err)
	}
	a.Consents = []model.Consent{{By: model.Person{Name: "bo", Party: beta}, At: at}}
	if err := a.CheckAmong(nil); !errors.Is(err, model.TwoOrgs) {
		t.Error(err)
	}
}
