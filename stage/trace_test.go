package stage_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// Progresses that branch from one progress do not affect each other: each has its facts,
// ticks, overrides, cancelled tasks and history.
func TestBranchesOfADealDoNotAffectEachOther(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	back := func(d *deal) {
		m := d.move()
		m.To = stage.Discovery
		d.must(d.rules.SendBack(d.p, m))
	}
	d.walkTo(stage.Presentation)
	back(d)
	d.walkTo(stage.Presentation)
	for range 3 {
		d.must(d.rules.SetModel(d.p, model.VendorLed, d.move()))
		d.must(d.rules.SetModel(d.p, model.PartnerLed, d.move()))
		d.must(d.rules.Done(d.p, stage.WeeklySync, d.move()))
		d.must(d.rules.Hold(d.p, d.move()))
		d.now = d.now.AddDate(0, 0, 1)
		d.must(d.rules.Resume(d.p, d.move()))
	}
	one, two := *d, *d
	for branch, e := range map[*deal]model.Engagement{&one: model.VendorLed, &two: model.TrueCoSell} {
		m := branch.move()
		m.Reason = e.String()
		branch.must(branch.rules.SetModel(branch.p, e, m))
		m = branch.move()
		m.Evidence = []stage.Fact{{Kind: stage.ProposalSent, Proposal: e.String(), Revision: 1, At: branch.now}}
		branch.must(branch.rules.Record(branch.p, m))
		branch.must(branch.rules.Hold(branch.p, branch.move()))
		branch.now = branch.now.AddDate(0, 0, int(e))
		branch.must(branch.rules.Resume(branch.p, branch.move()))
		back(branch)
	}
	for _, branch := range []deal{one, two} {
		want := branch.p.Engagement().String()
		again, err := branch.rules.Replay(branch.p.Opening(), branch.p.History())
		if err != nil {
			t.Fatal(err)
		}
		sameProgress(t, again, branch.p)
		for _, item := range branch.schedule(branch.now).Items {
			if item.State == stage.Cancelled && item.Reason != want && item.Reason != "as agreed" {
				t.Errorf("%s: %s was cancelled because of %q", want, item.Task.ID, item.Reason)
			}
		}
	}
}

// Changing an argument or a returned slice later changes no progress.
func TestProgressSharesNothingWithTheCaller(t *testing.T) {
	d := newDeal(t, model.TrueCoSell, model.Standard)
	m := d.move()
	m.Evidence = []stage.Fact{fact(stage.SupportConfirmed, model.Partner)}
	m.Evidence[0].At = d.now
	m.Overrides = []stage.Override{d.override(stage.GateTasks, ana)}
	d.must(d.rules.Record(d.p, m))
	spoil := func(e stage.Move) {
		e.Evidence[0].Side, e.Overrides[0].Reason, e.Consents[0].By.Name = model.Vendor, "spoilt", "spoilt"
	}
	spoil(m)
	spoil(d.p.History()[0].Move)
	if e := d.p.History()[0]; e.Evidence[0].Side != model.Partner || e.Overrides[0].Reason == "spoilt" || e.Consents[0].By.Name == "spoilt" {
		t.Errorf("%+v", e)
	}
}

// Instants become UTC, whatever zone they came in.
func TestInstantsBecomeUTC(t *testing.T) {
	east := time.FixedZone("east", 7*3600)
	noon := at("2026-11-20").In(east)
	d := &deal{tb: t, rules: defaultRules(t)}
	d.open(stage.Opening{Day: day("2026-11-02"), Engagement: model.TrueCoSell, Size: model.Standard, Stage: stage.Discovery, At: noon, From: "a CRM"})
	m := stage.Move{By: ana, At: noon, Consents: []model.Consent{{By: bo, At: noon}}, Evidence: []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: noon, Until: noon}}}
	m.Overrides = []stage.Override{{Gate: stage.GateTasks, By: ana, At: noon, Reason: "r"}}
	d.must(d.rules.Record(d.p, m))
	e := d.p.History()[0]
	for name, got := range map[string]time.Time{
		"opening": d.p.Opening().At, "event": e.At, "consent": e.Consents[0].At, "fact": e.Evidence[0].At, "until": e.Evidence[0].Until,
		"override": e.Overrides[0].At, "item": d.item(stage.RegisterDeal).At,
	} {
		if got.Location() != time.UTC || !got.Equal(noon) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// The schedule names the person who did a task: who ticked it, whom the fact names, and
// across a re-planning who did the tasks that it covers.
func TestTheScheduleNamesThePersonWhoDidATask(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.record(stage.Fact{Kind: stage.Registered, Side: model.Vendor, By: "cy"}, stage.Fact{Kind: stage.SupportConfirmed, Side: model.Partner, By: "not hers to confirm"})
	if item := d.item(stage.RegisterDeal); item.By != "cy" || item.State != stage.Done {
		t.Errorf("by the fact: %+v", item)
	}
	if item := d.item(stage.ConfirmSupport); item.By != "" || item.State != stage.Open {
		t.Errorf("the other side's fact: %+v", item)
	}
	for _, id := range []stage.TaskID{stage.RegisterDeal, stage.QualifyInterest} {
		if id == stage.QualifyInterest {
			d.must(d.rules.Done(d.p, id, d.move()))
		}
	}
	d.resize(model.Simplified)
	if item := d.item(stage.RegisterAndQualify); item.By != "ana" || item.State != stage.Done {
		t.Errorf("what it covers is done by ana: %+v", item)
	}
	d = newDeal(t, model.PartnerLed, model.Simplified)
	d.must(d.rules.Waive(d.p, stage.RegisterAndQualify, d.move()))
	d.resize(model.Standard)
	for _, id := range []stage.TaskID{stage.RegisterDeal, stage.QualifyInterest} {
		if item := d.item(id); item.State != stage.Waived || item.Reason != "as agreed" || item.By != "ana" {
			t.Errorf("a waiver of what stands for %s: %+v", id, item)
		}
	}
	if item := d.item(stage.BriefOtherTeam); item.By != "" || item.State != stage.Open {
		t.Errorf("nothing stood for it: %+v", item)
	}
}

// The missing work is given in words.
func TestShutNamesTheMissingWork(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	said := func(facts ...stage.Fact) string {
		m := d.move()
		m.To, m.Evidence = stage.Discovery, facts
		shut, err := d.rules.Judge(d.p, stage.VerbAdvance, m)
		if err != nil {
			t.Fatal(err)
		}
		return shut[0].Missing.String()
	}
	hour := d.now.Add(-time.Hour)
	for want, facts := range map[string][]stage.Fact{
		"no active registration is recorded":                               nil,
		"the protection of the registration ended on 2026-11-02T08:00:00Z": {{Kind: stage.Registered, Side: model.Partner, At: hour, Until: hour}},
		"not done: register the deal":                                      {{Kind: stage.Registered, Side: model.Partner, At: hour}},
	} {
		if got := said(facts...); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
