package stage_test

import (
	"errors"
	"slices"
	"testing"
	"time"

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

// stage.replanned upwards: the stage stays, done tasks and those that they cover are done.
// Tasks that the standard playbook adds to passed stages are due at the end of their window
// or seven days after the change, whichever is later, and gate leaving the present stage.
func TestALargerAmountAddsTasksToPassedStages(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.walkTo(stage.Proposal)
	d.now = time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	d.resize(model.Standard)
	if d.p.Stage() != stage.Proposal || d.p.Size() != model.Standard {
		t.Fatalf("stage.replanned: %v %v", d.p.Stage(), d.p.Size())
	}
	states := d.states()
	for _, id := range []stage.TaskID{stage.RegisterDeal, stage.QualifyInterest, stage.ConfirmSupport, stage.DiscoveryCall, stage.DocumentRequirements, stage.ValueProposition} {
		if states[id] != stage.Done {
			t.Errorf("stage.replanned: %s is %v, though it was done", id, states[id])
		}
	}
	for id, due := range map[stage.TaskID]string{
		stage.BriefOtherTeam: "2026-11-27", stage.MapStakeholders: "2026-11-27", // seven days after
		stage.DemoProduct: "2026-12-06", stage.TechnicalResources: "2026-12-31", // the end of their windows
	} {
		if item := d.item(id); item.State != stage.Open || item.Due.String() != due {
			t.Errorf("stage.replanned: %s is %v, due on %v, want %s", id, item.State, item.Due, due)
		}
	}
	d.record(d.facts()...)
	for _, id := range []stage.TaskID{stage.CommercialProposal, stage.Negotiate, stage.SendContract} {
		d.must(d.rules.Done(d.p, id, d.move()))
	}
	m := d.move()
	m.To = stage.Close
	shut, err := d.rules.Judge(d.p, stage.VerbAdvance, m)
	var added []string
	for _, s := range shut {
		added = append(added, s.Missing.Paths()[0])
	}
	if err != nil || !slices.Contains(added, "tasks.brief_other_team") || !slices.Contains(added, "tasks.demo_product") || slices.Contains(added, "tasks.weekly_sync") {
		t.Errorf("stage.replanned: what was added does not gate: %q %v", added, err)
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

// stage.replanned: after a change of model there and back, the tasks that a re-planning
// added are still asked for, although the model between has them with another kind.
func TestAnOwedTaskSurvivesChangesOfModel(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.walkTo(stage.Proposal)
	d.resize(model.Standard)
	asks := func() bool {
		m := d.move()
		m.To = stage.Close
		shut, err := d.rules.Judge(d.p, stage.VerbAdvance, m)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(shut, func(s stage.Shut) bool { return slices.Contains(s.Missing.Paths(), "tasks.competitive_intelligence") })
	}
	for _, c := range []struct {
		engagement model.Engagement
		asked      bool
	}{{model.PartnerLed, true}, {model.VendorLed, false}, {model.PartnerLed, true}} { // vendor-led it recurs
		if d.p.Engagement() != c.engagement {
			d.change(c.engagement)
		}
		if got := asks(); got != c.asked {
			t.Errorf("stage.replanned: under %s competitive_intelligence is asked for: %t", c.engagement, got)
		}
	}
}
