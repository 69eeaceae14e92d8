package comp_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestCompContributionUpfrontFindsMissingContributions(t *testing.T) {
	b := deal(primary("ana", acme), supporting("bo", us, ""), supporting("bea", us, comp.CoSelling), supporting("al", acme, "", comp.CoSelling), rep("cy", us))
	for _, closed := range []value.Date{{}, won} {
		b.Closed = closed
		findings := compile(t, comp.DefaultPolicy()).JudgeUpfront(b)
		if len(findings) != 2 {
			t.Fatalf("%v", findings)
		}
		for i, want := range []struct{ text, path string }{
			{"no contribution of bo (vendor us) is recorded; it is agreed when the model is set", "payees[1]"},
			{"no contribution of al (partner acme) is recorded; it is agreed when the model is set", "payees[3]"},
		} {
			f := findings[i]
			if f.Code() != comp.ContributionUpfront || f.String() != want.text || !slices.Equal(f.Paths(), []string{want.path}) {
				t.Errorf("%s %v %s", f.Code(), f.Paths(), f)
			}
		}
	}
	for _, m := range []comp.Model{comp.Origination, comp.Split} {
		if findings := compile(t, under(m)).JudgeUpfront(b); findings != nil {
			t.Errorf("%s: %v", m, findings)
		}
	}
	if findings := compile(t, comp.DefaultPolicy()).JudgeUpfront(deal(primary("ana", acme))); findings != nil {
		t.Errorf("no contribution is missing: %v", findings)
	}
}

var (
	agreed  = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	asked   = agreed.Add(time.Hour)
	ofAcme  = model.Person{Name: "Ana", Party: acme}
	ofUs    = model.Person{Name: "Bo", Party: us}
	byBoth  = model.Agreement{By: ofAcme, At: asked, Consents: []model.Consent{{By: ofUs, At: asked}}}
	byAcme  = model.Agreement{By: ofAcme, At: asked}
	tooSoon = model.Agreement{By: ofUs, At: asked, Consents: []model.Consent{{By: ofAcme, At: agreed.Add(-time.Second)}}}
)

func TestCompContributionUpfrontChangeNeedsConsent(t *testing.T) {
	const tech, sell = comp.TechnicalValidation, comp.CoSelling
	for _, c := range []struct {
		name      string
		recorded  comp.Contribution
		further   []comp.Contribution
		agreement model.Agreement
		since     time.Time
		missing   []string
	}{
		{"recorded first by one side", "", nil, byAcme, agreed, nil},
		{"changed by both", tech, nil, byBoth, agreed, nil},
		{"changed by one side", tech, nil, byAcme, agreed, []string{"the vendor has not consented"}},
		{"changed where only a further one was recorded", "", []comp.Contribution{tech}, byAcme, agreed, []string{"the vendor has not consented"}},
		{"a further one changed by both", "", []comp.Contribution{tech}, byBoth, agreed, nil},
		{"consent from before the present one", tech, nil, tooSoon, agreed, []string{"the partner has not consented"}},
		{"consent where the instant is not known", tech, nil, tooSoon, time.Time{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := deal(primary("ana", acme), supporting("bo", us, c.recorded, c.further...), supporting("al", acme, tech, sell))
			change := comp.ContributionChange{Rep: "bo", Contribution: sell, Agreement: c.agreement}
			got, err := compile(t, comp.DefaultPolicy()).ChangeContribution(b, change, c.since)
			if err != nil {
				t.Fatal(err)
			}
			var missing []string
			for _, m := range got.Missing {
				missing = append(missing, m.String())
			}
			bo := got.Booking.Payees[1]
			changed := bo.Contribution == sell && bo.AlsoContributed == nil
			same := bo.Contribution == c.recorded && slices.Equal(bo.AlsoContributed, c.further)
			if !slices.Equal(missing, c.missing) || changed != (c.missing == nil) || same != (c.missing != nil) {
				t.Errorf("missing %v, want %v; %+v", missing, c.missing, bo)
			}
			for i := range got.Booking.Payees {
				got.Booking.Payees[i].Rep = "changed"
			}
			got.Booking.Payees[2].AlsoContributed[0] = "changed"
			if b.Payees[1].Rep != "bo" || b.Payees[1].Contribution != c.recorded || b.Payees[2].AlsoContributed[0] != sell {
				t.Errorf("the caller's booking became %+v", b)
			}
		})
	}
}

func TestRefusesAMalformedContributionChange(t *testing.T) {
	plan := compile(t, comp.DefaultPolicy())
	b := deal(primary("ana", acme), supporting("bo", us, comp.CoSelling, comp.TechnicalValidation))
	for _, r := range []string{"ana", "cy", ""} {
		_, err := plan.ChangeContribution(b, comp.ContributionChange{Rep: r, Contribution: comp.CoSelling, Agreement: byBoth}, agreed)
		wantError(t, err, "change.rep: "+value.Quote(r)+" is no supporting rep of this booking")
	}
	got, err := plan.ChangeContribution(b, comp.ContributionChange{Rep: "cy", Contribution: "intro"}, agreed)
	wantError(t, err,
		"change.by.name: *", "change.by.party.side: *", "change.at: *",
		`change.contribution: "intro" is not known; allowed are technical_validation, true_co_sell`, `change.rep: "cy" is no supporting rep of this booking`)
	if !errors.Is(err, value.Code("comp.contribution.unknown")) || !errors.Is(err, value.Code("booking.rep")) {
		t.Errorf("codes of %v", err)
	}
	got.Booking.Payees[1].AlsoContributed[0] = "changed"
	if b.Payees[1].AlsoContributed[0] != comp.TechnicalValidation {
		t.Error("a refused change shares a slice with the caller's booking")
	}
}
