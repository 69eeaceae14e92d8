package assess_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// A fact that shares nothing with a finding leaves it as it is, to the byte: what is
// added here concerns one part, and the findings of the others stay.
func TestUnrelatedFactsChangeNoFinding(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		w.record.Activities = append(w.record.Activities,
			comms.Activity{ID: "known", Kind: comms.Note, At: day1, Side: model.Vendor, From: "bo@us.example"})
		before := findings(t, w.ask(t).Everything())
		part := assess.SectionEscalation
		switch rapid.IntRange(0, 3).Draw(t, "fact") {
		case 0:
			w.record.Blockers = append(w.record.Blockers,
				deal.Blocker{ID: "B-9", Kind: escalation.NonStandardTerms, Raised: day1, By: w.person()})
		case 1:
			part = assess.SectionRegistration
			claim := registration.Claim{ID: "C-8", Claimant: other, Submitted: day1,
				Filing: registration.Filing{Key: "C-8",
					Account: matching.Account{Domains: []string{"another-company.com"}}, By: "sam"}}
			w.record.Claims = append(w.record.Claims, claim)
		case 2:
			part = assess.SectionComms
			w.record.Activities = append(w.record.Activities,
				comms.Activity{ID: "note", Kind: comms.Note, At: day1.Add(time.Hour), Side: model.Vendor,
					From: "bo@us.example"})
		default:
			part = assess.SectionCredit
			w.deal.Payees = nil
		}
		after := findings(t, w.ask(t).Everything())
		for p := assess.SectionModel; p <= assess.SectionCredit; p++ {
			if (p != part || p == assess.SectionComms || p == assess.SectionRegistration) && before[p] != after[p] {
				t.Fatalf("%s\n%s\nbecame\n%s", p, before[p], after[p])
			}
		}
	})
}

// findings are the bytes of the findings of each part.
func findings(t *rapid.T, v assess.View) map[assess.Section]string {
	list := map[assess.Section]string{}
	for _, f := range v.Findings {
		reason, err := f.Reason.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		list[f.Part] += fmt.Sprintln(f.Side, f.Since, f.Until, string(reason), f.Facts)
	}
	return list
}

// comp.contribution_upfront: a contribution that nobody recorded is a finding from
// discovery on, for the payee's side alone.
func TestAMissingContributionIsAFinding(t *testing.T) {
	for at, want := range map[stage.Stage]int{stage.Identification: 0, stage.Discovery: 1, stage.Close: 1} {
		d := deal.Deal{
			ID: "D-1", Partner: acme.Org, Vendor: us.Org, Amount: value.MustMoney("120000.00 USD"),
			Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Stage: at,
				At: day1.Add(24 * time.Hour), From: "crm"},
			Payees: []comp.Payee{{Rep: "bo", Party: us, Role: comp.Supporting}},
		}
		a, err := engine(t).Assess(d, deal.Record{}, day1.AddDate(0, 0, 2))
		if err != nil {
			t.Fatal(err)
		}
		for party, want := range map[model.Party]int{{}: want, us: want, acme: 0} {
			got := 0
			for _, f := range view(a, party).Findings {
				if f.Reason.Code() == comp.ContributionUpfront {
					got++
				}
			}
			if got != want {
				t.Errorf("%s reads %d findings in %s, want %d", party, got, at, want)
			}
		}
	}
}

// stage.overdue, stage.slipping: they hold since the end of the last day, in the book's
// zone; reg.lapsed since the end of the registration.
func TestAFindingOfThePlaybookHasItsInstant(t *testing.T) {
	d, r := small()
	d.Registrations, r.Claims, r.Events = nil, nil, r.Events[:2]
	end := november(7, 11)
	r.Facts = append(r.Facts, stage.Fact{Kind: stage.Registered, Side: model.Partner, At: november(3, 9), Until: end})
	a, err := inTokyo(t).Assess(d, r, november(26, 9))
	if err != nil {
		t.Fatal(err)
	}
	found := map[value.Code]time.Time{}
	for _, f := range a.Everything().Findings {
		if f.Part == assess.SectionPlaybook {
			found[f.Reason.Code()] = f.Since
		}
	}
	lastDay := time.Date(2026, time.November, 13, 15, 0, 0, 0, time.UTC) // 24:00 of the 13th in Tokyo
	if !found[stage.StageOverdue].Equal(lastDay) || !found[stage.StageSlipping].Equal(lastDay) ||
		!found[stage.RegistrationLapsed].Equal(end) {
		t.Errorf("%v", found)
	}
}

// A finding names the side whose duty it was: to confirm a claim for both sides,
// to have a rep, to take part.
func TestAFindingNamesTheSideWhoseDutyItWas(t *testing.T) {
	for code, c := range map[value.Code]struct {
		do   func(*deal.Deal, *deal.Record)
		want model.Side
	}{
		registration.Unconfirmed: {func(_ *deal.Deal, r *deal.Record) {
			r.Claims[0].Claimant,
				r.Claims[0].Filing.With = us, acme
		}, model.Partner},
		registration.LateApproval: {func(_ *deal.Deal, r *deal.Record) { r.Claims[0].Submitted = november(-10, 8) },
			model.Vendor},
		model.NoOrphan: {func(d *deal.Deal, _ *deal.Record) { d.Team.Reps = d.Team.Reps[:1] }, model.Vendor},
		stage.GatePartnerEngaged: {func(d *deal.Deal, r *deal.Record) {
			d.Amount, d.Opening.Size, r.Activities = value.MustMoney("18000.00 USD"), model.Simplified, nil
			r.Events = []stage.Event{r.Events[0], r.Events[1]}
			r.Events[1].Evidence = nil
			manager := func(by model.Person) stage.Override {
				return stage.Override{Gate: stage.GatePartnerEngaged, By: by, At: november(10, 9), Reason: "agreed"}
			}
			tasks := []stage.Override{{Gate: stage.GateTasks, By: ana, At: november(10, 9), Reason: "agreed"},
				{Gate: stage.GateTasks, By: bo, At: november(10, 9), Reason: "agreed"}}
			r.Events = append(r.Events, stage.Event{Verb: stage.VerbAdvance,
				Move: stage.Move{To: stage.Proposal, By: ana, At: november(11, 9),
					Overrides: append(tasks, manager(ana), manager(bo))}})
		}, model.Partner},
	} {
		d, r := small()
		c.do(&d, &r)
		v := everything(t, d, r, november(12, 9))
		i := slices.IndexFunc(v.Findings, func(f assess.Finding) bool { return f.Reason.Code() == code })
		if i < 0 || v.Findings[i].Side != c.want {
			t.Errorf("%s: %d of %v is of the %s; %v", code, i, v.Findings, c.want, v.Missing)
		}
	}
}
