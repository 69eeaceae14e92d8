package stage_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// stage.simplified: an amount below the threshold gives simplified, an unknown one standard;
// another currency needs a rate and is compared unrounded.
func TestTheSizeFollowsTheThreshold(t *testing.T) {
	rules := defaultRules(t)
	rate, err := value.NewExchangeRate(value.MustCurrency("EUR"), value.MustCurrency("USD"), "1.0000004", value.MustDate("2026-11-02"))
	if err != nil {
		t.Fatal(err)
	}
	for amount, want := range map[string]model.PlaybookSize{
		"10000.00 USD": model.Simplified, "24999.99 USD": model.Simplified, "25000.00 USD": model.Standard, "-1.00 USD": model.Standard,
		"24999.99 EUR": model.Simplified, // 24,999.999999996 dollars
		"25000.00 EUR": model.Standard,
	} {
		if got, err := rules.Size(value.MustMoney(amount), rate); got != want || err != nil {
			t.Errorf("stage.simplified %s: %v %v, want %v", amount, got, err, want)
		}
	}
	double, err := value.NewExchangeRate(value.MustCurrency("EUR"), value.MustCurrency("USD"), "2", value.MustDate("2026-11-02"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := rules.Size(value.MustMoney("12500.00 EUR"), double); got != model.Standard || err != nil {
		t.Errorf("stage.simplified, exactly at the threshold: %v %v", got, err)
	}
	for _, unknown := range []value.Money{{}, value.MustMoney("0 USD"), value.MustMoney("0 EUR"), value.MustMoney("-1 EUR")} {
		if got, err := rules.Size(unknown, value.ExchangeRate{}); got != model.Standard || err != nil {
			t.Errorf("stage.simplified, unknown amount %v: %v %v", unknown, got, err)
		}
	}
	if _, err := rules.Size(value.MustMoney("1.00 EUR"), value.ExchangeRate{}); !errors.Is(err, value.MoneyCurrency) {
		t.Errorf("stage.simplified, no rate: %v", err)
	}
	if _, err := rules.Size(value.MustMoney("1 JPY"), rate); !errors.Is(err, value.MoneyCurrency) {
		t.Errorf("stage.simplified, the rate of another currency: %v", err)
	}
}

func (d *deal) resize(size model.PlaybookSize) {
	d.tb.Helper()
	d.must(d.rules.Resize(d.p, size, d.move()))
}

func (d *deal) states() map[stage.TaskID]stage.ItemState {
	states := map[stage.TaskID]stage.ItemState{}
	for _, item := range d.schedule(d.now).Items {
		states[item.Task.ID] = item.State
	}
	return states
}

// toProposal takes a simplified deal to proposal without the facts that only the standard playbook reads.
func (d *deal) toProposal() {
	d.tb.Helper()
	d.record(fact(stage.Registered, model.Partner))
	d.must(d.rules.Done(d.p, stage.RegisterAndQualify, d.move()))
	d.must(d.rules.Waive(d.p, stage.ConfirmSupport, d.move()))
	d.next()
	d.record(stage.Fact{Kind: stage.PartnerEngaged})
	for _, id := range []stage.TaskID{stage.OneDiscoveryCall, stage.ValueProposition} {
		d.must(d.rules.Done(d.p, id, d.move()))
	}
	d.next()
}

// stage.replanned upwards: the stage stays, done tasks and those that they cover are done. Of passed stages only the
// facts are asked for that a gate reads: they gate leaving the present stage, and are due seven days after the change.
func TestALargerAmountAsksOnlyForTheFactsOfPassedStages(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.toProposal()
	d.now = time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	d.resize(model.Standard)
	if d.p.Stage() != stage.Proposal || d.p.Size() != model.Standard {
		t.Fatalf("stage.replanned: %v %v", d.p.Stage(), d.p.Size())
	}
	for id, want := range map[stage.TaskID]stage.ItemState{
		stage.RegisterDeal: stage.Done, stage.QualifyInterest: stage.Done, stage.ConfirmSupport: stage.Waived,
		stage.DiscoveryCall: stage.Done, stage.DocumentRequirements: stage.Done, stage.ValueProposition: stage.Done,
		stage.BriefOtherTeam: stage.NotAsked, stage.MapStakeholders: stage.NotAsked, stage.DemoProduct: stage.NotAsked,
		stage.WeeklySync: stage.NotAsked, stage.QualifyDebrief: stage.Open, stage.Negotiate: stage.Open,
		stage.ProcessOrder: stage.Open, stage.LeadHandoff: stage.Pending,
	} {
		if item := d.item(id); item.State != want || item.Ahead != (id == stage.ProcessOrder) {
			t.Errorf("stage.replanned: %s is %v, ahead %t", id, item.State, item.Ahead)
		}
	}
	if due := d.item(stage.QualifyDebrief).Due; due != value.MustDate("2026-11-27") {
		t.Errorf("stage.replanned: the debrief is due on %v", due)
	}
	proposal := append(d.facts(), stage.Fact{Kind: stage.SupportConfirmed, Side: model.Partner})
	d.want("gate.support_confirmed, gate.qualified", proposal, "gate.support_confirmed vendor", "gate.qualified ")
	d.record(proposal...)
	d.record(fact(stage.SupportConfirmed, model.Vendor))
	for _, id := range []stage.TaskID{stage.CommercialProposal, stage.Negotiate, stage.SendContract} {
		d.must(d.rules.Done(d.p, id, d.move()))
	}
	m := d.move()
	m.To, m.Overrides = stage.Close, []stage.Override{d.override(stage.GateQualified, ana), d.override(stage.GateQualified, bo)}
	d.must(d.rules.Advance(d.p, m))
	d.walkTo("")
	if d.p.Status() != stage.ClosedWon {
		t.Error("stage.replanned: what was overridden gates a later stage")
	}
}

// stage.replanned: what is owed of a stage to which the deal is sent back is due with that stage again.
func TestWhatIsOwedIsDueWithItsStageAfterASendBack(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.toProposal()
	d.now = time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	d.resize(model.Standard)
	m := d.move()
	m.To = stage.Discovery
	d.must(d.rules.SendBack(d.p, m))
	last := value.Date{}
	for _, w := range d.schedule(d.now).Windows {
		if w.Stage == stage.Discovery {
			last = w.Last
		}
	}
	if due := d.item(stage.QualifyDebrief).Due; due != last || last.IsZero() {
		t.Errorf("stage.replanned: the debrief is due on %v, the stage ends on %v", due, last)
	}
}

// stage.replanned: a registration is asked for as well, where the smaller playbook does without.
func TestALargerAmountAsksForTheRegistration(t *testing.T) {
	p := stage.DefaultPolicy()
	for i := range p.Playbooks {
		for j := range p.Playbooks[i].Steps {
			step := &p.Playbooks[i].Steps[j]
			if p.Playbooks[i].Size == model.Simplified {
				step.Gates = slices.DeleteFunc(step.Gates, func(c value.Code) bool { return c == stage.GateRegistered })
				step.Tasks = slices.DeleteFunc(step.Tasks, func(t stage.Task) bool { return slices.Contains(t.Covers, stage.RegisterDeal) })
			}
		}
	}
	rules, err := stage.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	d := &deal{tb: t, rules: rules}
	d.open(stage.Opening{Day: day("2026-11-02"), Engagement: model.PartnerLed, Size: model.Simplified})
	d.record(fact(stage.SupportConfirmed, model.Vendor))
	d.next()
	d.resize(model.Standard)
	if item := d.item(stage.RegisterDeal); item.State != stage.Open {
		t.Errorf("stage.replanned: the registration is %v", item.State)
	}
}

// stage.replanned: of a deal that was imported, nothing is asked for of the stages before, unless it was sent back.
func TestALargerAmountAsksForNothingBeforeTheImport(t *testing.T) {
	d := &deal{tb: t, rules: defaultRules(t)}
	d.open(stage.Opening{Day: day("2026-11-02"), Engagement: model.PartnerLed, Size: model.Simplified, Stage: stage.Proposal, At: at("2026-11-12"), From: "crm"})
	back := *d
	d.resize(model.Standard)
	d.want("stage.replanned", d.facts())
	m := back.move()
	m.To = stage.Discovery
	back.must(back.rules.SendBack(back.p, m))
	back.finishStage()
	back.next()
	back.resize(model.Standard)
	back.want("stage.replanned", back.facts()) // it was qualified on the way
	m = back.move()
	m.To = stage.Discovery
	back.must(back.rules.SendBack(back.p, m))
	back.want("gate.qualified", nil, "gate.qualified ")
}

// stage.overdue: a task of a stage that the deal has not reached is ahead, never overdue; so is nothing after a
// re-planning whose stage was not reached before.
func TestATaskOfALaterStageIsNeverOverdue(t *testing.T) {
	d := newDeal(t, model.VendorLed, model.Standard)
	d.walkTo(stage.Discovery)
	late := at("2027-06-01")
	book := d.playbook()
	for _, item := range d.schedule(late).Items {
		later := item.State == stage.Open && stagetest.Place(book, item.Stage) > stagetest.Place(book, stage.Discovery)
		if item.Ahead != later || later && item.Overdue {
			t.Errorf("%s of %s: ahead %t, overdue %t", item.Task.ID, item.Stage, item.Ahead, item.Overdue)
		}
	}
	if !d.schedule(late).Items[len(book.Steps[0].Tasks)].Overdue {
		t.Error("stage.overdue: the discovery call is not overdue")
	}
}

// stage.replanned downwards: possible in identification and discovery; later the decision
// has the reason against it. Crossing back and forth loses no task and asks for none twice.
func TestASmallerAmountCountsOnlyEarlyInTheDeal(t *testing.T) {
	d := newDeal(t, model.VendorLed, model.Standard)
	d.finishStage()
	d.resize(model.Simplified)
	if state := d.item(stage.RegisterAndQualify).State; state != stage.Done {
		t.Errorf("stage.replanned: all that register_and_qualify covers is done, and it is %v", state)
	}
	d.next()
	d.must(d.rules.Done(d.p, stage.ValueProposition, d.move()))
	for range 3 {
		d.resize(model.Standard)
		if state := d.item(stage.BriefOtherTeam).State; state != stage.Done {
			t.Errorf("stage.replanned: brief_other_team is %v after crossing back", state)
		}
		d.resize(model.Simplified)
		if state := d.item(stage.ValueProposition).State; state != stage.Done {
			t.Errorf("stage.replanned: value_proposition is %v after crossing", state)
		}
	}
	d.resize(model.Standard)
	d.walkTo(stage.Presentation)
	decision, err := d.rules.Resize(d.p, model.Simplified, d.move())
	if err != nil || len(decision.Shut) != 1 || decision.Shut[0].Code != stage.StageReplanned {
		t.Errorf("stage.replanned: downwards in presentation: %+v %v", decision.Shut, err)
	}
	d.walkTo("")
	if d.p.Status() != stage.ClosedWon {
		t.Error(d.p.Status())
	}
}

// Under true co-sell a part that one side did is not lost by crossing the threshold.
func TestAPartSurvivesCrossingTheThreshold(t *testing.T) {
	d := newDeal(t, model.TrueCoSell, model.Simplified)
	m := d.move()
	d.must(d.rules.Done(d.p, stage.RegisterAndQualify, m)) // the partner's part
	d.resize(model.Standard)
	m = d.move()
	m.By, m.Consents = bo, nil
	d.must(d.rules.Done(d.p, stage.RegisterDeal, m)) // the vendor's
	d.must(d.rules.Done(d.p, stage.QualifyInterest, d.move()))
	d.resize(model.Simplified)
	if state := d.item(stage.RegisterAndQualify).State; state != stage.Done {
		t.Errorf("stage.replanned: both parts are done, and it is %v", state)
	}
}

// stage.replanned: what a re-planning asks for survives changes of model, and so does its day.
func TestAnOwedFactSurvivesChangesOfModel(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.toProposal()
	d.resize(model.Standard)
	due := d.item(stage.QualifyDebrief).Due
	for _, c := range []struct{ engagement, support string }{{"vendor_led", "partner"}, {"partner_led", "vendor"}} {
		var e model.Engagement
		if err := e.UnmarshalText([]byte(c.engagement)); err != nil {
			t.Fatal(err)
		}
		d.change(e)
		d.want("stage.replanned", d.facts(), "gate.support_confirmed "+c.support, "gate.qualified ")
		if item := d.item(stage.QualifyDebrief); item.State != stage.Open || item.Due != due {
			t.Errorf("stage.replanned: under %s the debrief is %v, due on %v", c.engagement, item.State, item.Due)
		}
	}
}

// stage.replanned: a resize is an event of who may move the deal (stage.authority).
func TestTheSideThatMovesTheDealResizesIt(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	m := d.move()
	m.By = bo
	if got := d.shut(d.rules.Resize(d.p, model.Standard, m)); !slices.Equal(got, []string{"stage.authority partner"}) {
		t.Errorf("%q", got)
	}
}
