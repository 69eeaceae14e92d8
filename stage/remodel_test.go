package stage_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// A change of model needs both sides. Done tasks keep the person who did them, open ones
// take their new owner, those that the new model does not have are cancelled with the
// reason, those that it adds to passed stages are not asked for, and dates do not move.
func TestAChangeOfModelKeepsDoneTasksAndDates(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.walkTo(stage.Presentation)
	windows := dates(d.schedule(d.now).Windows)
	m := d.move()
	alone := m
	alone.Consents = nil
	if got, err := d.rules.SetModel(d.p, model.VendorLed, alone); err != nil || !slices.Equal(got.Pending, []model.Side{model.Vendor}) {
		t.Errorf("model.before_interaction: without consent it waits for %v, %v", got.Pending, err)
	}
	m.Reason = "the buyer knows the vendor"
	d.must(d.rules.SetModel(d.p, model.VendorLed, m))
	if d.p.Stage() != stage.Presentation || !slices.Equal(dates(d.schedule(d.now).Windows), windows) {
		t.Error("a change of model moves the stage or a date")
	}
	done := d.item(stage.DiscoveryCall)
	if done.State != stage.Done || done.By != "ana" {
		t.Errorf("a done task keeps who did it: %+v", done)
	}
	if open := d.item(stage.StateNextSteps); open.State != stage.Open || open.Task.Owner != stage.ByVendor {
		t.Errorf("an open task takes its new owner: %+v", open)
	}
	if added := d.item(stage.IntegrationQuestions); added.State != stage.NotAsked {
		t.Errorf("a task added to a passed stage: %v", added.State)
	}
	if gone := d.item(stage.DemoProduct); gone.State != stage.Cancelled || gone.Reason != m.Reason {
		t.Errorf("a task that the model does not have: %+v", gone)
	}
	if _, err := d.rules.Done(d.p, stage.DemoProduct, d.move()); err == nil {
		t.Error("a cancelled task can be ticked")
	}
	d.walkTo("")
	if d.p.Status() != stage.ClosedWon {
		t.Error(d.p.Status())
	}
}

// In identification the new supporting side confirms again.
func TestAChangeOfModelInIdentificationAsksForSupportAgain(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.finishStage()
	d.must(d.rules.SetModel(d.p, model.TrueCoSell, d.move()))
	d.want("gate.support_confirmed", nil, "gate.support_confirmed partner", "gate.support_confirmed vendor")
	d.record(fact(stage.SupportConfirmed, model.Partner), fact(stage.SupportConfirmed, model.Vendor))
	d.want("gate.support_confirmed", nil)
}

// While no model is set the schedule is that of the recommended model, marked provisional,
// and empty without one. The first setting of a model needs nobody's consent.
func TestTheScheduleIsProvisionalWhileNoModelIsSet(t *testing.T) {
	d := newDeal(t, 0, model.Standard)
	for _, e := range []model.Engagement{0, model.PartnerLed, model.VendorLed, model.TrueCoSell} {
		tasks := 0
		book, _ := d.rules.Playbook(e, model.Standard) // of no model there is none
		for _, step := range book.Steps {
			tasks += len(step.Tasks)
		}
		schedule, err := d.rules.Schedule(d.p, stage.Query{AsOf: d.now, Recommended: e})
		if err != nil || !schedule.Provisional || schedule.Engagement != e || len(schedule.Items) != tasks {
			t.Errorf("recommended %v: %d tasks, provisional %v: %v", e, len(schedule.Items), schedule.Provisional, err)
		}
	}
	d.record(fact(stage.Registered, model.Partner))
	d.must(d.rules.SetModel(d.p, model.VendorLed, stage.Move{By: bo, At: d.now}))
	if schedule := d.schedule(d.now); schedule.Provisional || schedule.Engagement != model.VendorLed {
		t.Errorf("%+v", schedule.Engagement)
	}
	if got := d.setBy(model.TrueCoSell); got != "bo" {
		t.Errorf("the model was set by %q", got)
	}
	if d.item(stage.RegisterDeal).State != stage.Done {
		t.Error("a fact recorded before the model was set does not tick its task")
	}
}

// setBy sets the model of a deal without one, and returns the person who did that in the
// schedule.
func (d *deal) setBy(e model.Engagement) string {
	fresh := newDeal(d.tb, 0, model.Standard)
	fresh.must(fresh.rules.SetModel(fresh.p, e, stage.Move{By: bo, At: fresh.now}))
	return fresh.item(stage.SetTheModel).By
}

// gate.model_set and gate.order: a deal does not move without a model, and with one it
// moves one stage at a time.
func TestADealMovesOneStageAtATimeAndNotWithoutAModel(t *testing.T) {
	d := newDeal(t, 0, model.Standard)
	m := d.move()
	m.To = stage.Discovery
	if got := d.shut(d.rules.Advance(d.p, m)); !slices.Equal(got, []string{"gate.model_set"}) {
		t.Errorf("gate.model_set: %q", got)
	}
	d = newDeal(t, model.PartnerLed, model.Standard)
	d.finishStage()
	for _, to := range []stage.Stage{stage.Identification, stage.Presentation, stage.Close} {
		m = d.move()
		m.To = to
		if got := d.shut(d.rules.Advance(d.p, m)); !slices.Equal(got, []string{"gate.order"}) {
			t.Errorf("gate.order to %s: %q", to, got)
		}
	}
	if got := d.shut(d.rules.Win(d.p, d.move())); !slices.Equal(got, []string{"gate.order"}) {
		t.Errorf("gate.order: won from the first stage: %q", got)
	}
}

// stage.authority: the side that owns the relationship moves the deal, under true co-sell
// either side with the consent of the other; either side records a loss.
func TestTheOwnerOfTheRelationshipMovesTheDeal(t *testing.T) {
	for _, c := range []struct {
		e       model.Engagement
		by      model.Person
		consent bool
		want    []string
	}{
		{model.PartnerLed, ana, false, nil},
		{model.PartnerLed, bo, true, []string{"stage.authority partner"}},
		{model.VendorLed, bo, false, nil},
		{model.VendorLed, ana, true, []string{"stage.authority vendor"}},
		{model.TrueCoSell, ana, true, nil},
		{model.TrueCoSell, bo, true, nil},
		{model.TrueCoSell, ana, false, []string{"stage.consent vendor"}},
		{model.TrueCoSell, bo, false, []string{"stage.consent partner"}},
		{0, ana, false, nil},
		{0, bo, false, nil},
	} {
		d := newDeal(t, c.e, model.Standard)
		m := stage.Move{By: c.by, At: d.now, Reason: "no budget"}
		if c.consent {
			m.Consents = []model.Consent{{By: stagetest.Person(c.by.Party.Side.Other()), At: d.now}}
		}
		shut, err := d.rules.Judge(d.p, stage.VerbHold, m)
		var got []string
		for _, s := range shut {
			got = append(got, string(s.Code)+" "+s.Owner.String())
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("stage.authority %v by %s: %q %v, want %q", c.e, c.by.Name, got, err, c.want)
		}
		m.Consents = nil
		if decision, err := d.rules.Lose(d.p, m); err != nil || decision.Progress.Status() != stage.ClosedLost {
			t.Errorf("stage.authority: %s cannot record a loss: %v %v", c.by.Name, decision.Shut, err)
		}
	}
}

// A send-back voids the decisions of the target stage and of later ones, and no others;
// tasks stay done.
func TestASendBackVoidsLaterDecisions(t *testing.T) {
	d := newDeal(t, model.TrueCoSell, model.Standard)
	d.walkTo(stage.Close)
	d.finishStage()
	for _, c := range []struct {
		to   stage.Stage
		want []string // shut when the deal leaves the stages from there on, tasks apart
	}{
		{stage.Proposal, []string{"gate.single_proposal ", "gate.pricing_approved partner", "gate.pricing_approved vendor"}},
		{stage.Evaluation, nil},
		{stage.Discovery, []string{"gate.qualified "}},
		{stage.Identification, []string{"gate.support_confirmed partner", "gate.support_confirmed vendor"}},
	} {
		back := *d
		m := back.move()
		m.To = c.to
		back.must(back.rules.SendBack(back.p, m))
		back.want("back to "+string(c.to), nil, c.want...)
		if back.item(stage.UpdateCRM).State != stage.Done || back.item(stage.QualifyDebrief).State != stage.Done {
			t.Errorf("back to %s: tasks do not stay done", c.to)
		}
		back.walkTo(stage.Close)
		back.want("back at close: executed contracts stand, CRM updates do not", nil, "gate.crm_updated partner", "gate.crm_updated vendor")
	}
}

// An import stands at its stage. The tasks before are neither asked for nor done; the gates
// of winning still hold.
func TestAnImportStandsAtItsStage(t *testing.T) {
	d := &deal{tb: t, rules: defaultRules(t)}
	o := stage.Opening{Day: day("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard, Stage: stage.Proposal, At: at("2026-12-20"), From: "hubspot"}
	d.open(o)
	states := d.states()
	if states[stage.RegisterDeal] != stage.NotAsked || states[stage.Negotiate] != stage.Open || states[stage.UpdateCRM] != stage.Open {
		t.Errorf("imported: %v", states)
	}
	d.walkTo(stage.Close)
	d.finishStage()
	d.want("gate.registered at won", nil, "gate.registered partner")
	for end, want := range map[stage.Stage]stage.Status{stage.Won: stage.ClosedWon, stage.Lost: stage.ClosedLost} {
		o.Stage = end
		d.open(o)
		if d.p.Status() != want || d.states()[stage.Negotiate] != stage.NotAsked {
			t.Errorf("imported as %s: %v %v", end, d.p.Status(), d.states()[stage.Negotiate])
		}
	}
}

// stage.consent: a change takes the consent of the other side, given since the
// model was last set.
func TestChangeOfModelNeedsBothConsents(t *testing.T) {
	consent := func(by model.Person, at time.Time) []model.Consent { return []model.Consent{{By: by, At: at}} }
	for name, c := range map[string]struct {
		by       model.Person
		consents func(set, now time.Time) []model.Consent
		missing  string
	}{
		"the vendor has not consented":   {ana, func(_, _ time.Time) []model.Consent { return nil }, "vendor"},
		"the partner has not consented":  {bo, func(_, _ time.Time) []model.Consent { return nil }, "partner"},
		"only the own side, once more":   {ana, func(_, now time.Time) []model.Consent { return consent(ana, now) }, "vendor"},
		"just before the model was set":  {ana, func(set, _ time.Time) []model.Consent { return consent(bo, set.Add(-1)) }, "vendor"},
		"when the model was set":         {ana, func(set, _ time.Time) []model.Consent { return consent(bo, set) }, ""},
		"at the change":                  {ana, func(_, now time.Time) []model.Consent { return consent(bo, now) }, ""},
		"the vendor acts, both consent":  {bo, func(_, now time.Time) []model.Consent { return consent(ana, now) }, ""},
		"one consent too old, one fresh": {ana, func(set, now time.Time) []model.Consent { return append(consent(bo, set.Add(-1)), consent(bo, now)...) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDeal(t, 0, model.Standard)
			set := d.now
			d.must(d.rules.SetModel(d.p, model.PartnerLed, stage.Move{By: c.by, At: set}))
			now := set.Add(time.Hour)
			m := stage.Move{By: c.by, At: now, Reason: "both teams are needed", Consents: c.consents(set, now)}
			decision, err := d.rules.SetModel(d.p, model.TrueCoSell, m)
			want := model.TrueCoSell
			if c.missing != "" {
				want = model.PartnerLed
			}
			if err != nil || decision.Progress.Engagement() != want {
				t.Fatalf("the model is %v, %v, want %v", decision.Progress.Engagement(), err, want)
			}
			if missing := strings.Trim(fmt.Sprint(decision.Pending), "[]"); missing != c.missing {
				t.Errorf("stage.consent: waits for %s", missing)
			}
		})
	}
}

// stage.consent: a consent to one change is no consent to the next.
func TestConsentCountsForOneChangeOfModel(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	m := d.move()
	m.At = m.At.Add(time.Hour)
	d.must(d.rules.SetModel(d.p, model.TrueCoSell, m))
	m.At = m.At.Add(time.Hour)
	if got, err := d.rules.SetModel(d.p, model.PartnerLed, m); err != nil || !slices.Equal(got.Pending, []model.Side{model.Vendor}) {
		t.Errorf("waits for %v, %v", got.Pending, err)
	}
}

// A change of model without a reason, and one to the same model, are bad input.
func TestAChangeOfModelNeedsAReasonAndAnotherModel(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	m := d.move()
	m.Reason = "\t\n"
	decision, err := d.rules.SetModel(d.p, model.PartnerLed, m)
	want := "reason: nothing says why the model changes\nengagement: partner_led is set already"
	if err == nil || err.Error() != want || !errors.Is(err, model.ChoiceReason) || !errors.Is(err, model.ChoiceSame) {
		t.Errorf("%v, want %s", err, want)
	}
	if decision.Progress != d.p || decision.Shut != nil {
		t.Errorf("beside an error: %+v", decision)
	}
}

// A task that two changes of model cancel, with a change of size between them, is listed once, with the later reason.
func TestATaskThatIsCancelledTwiceIsListedOnce(t *testing.T) {
	d := newDeal(t, model.VendorLed, model.Standard)
	for i, to := range []model.Engagement{model.TrueCoSell, 0, model.PartnerLed, model.VendorLed, 0, model.PartnerLed} {
		m := d.move()
		m.At = m.At.Add(time.Duration(i+1) * time.Hour)
		m.Reason = fmt.Sprint("reason ", i)
		m.Consents = []model.Consent{{By: model.Person{Name: "ana", Party: model.PartnerOrg("acme")}, At: m.At},
			{By: model.Person{Name: "bo", Party: model.VendorOrg("us")}, At: m.At}}
		if d.p.Engagement() == model.VendorLed {
			m.By = m.Consents[1].By
		} else {
			m.By = m.Consents[0].By
		}
		if to == 0 {
			d.must(d.rules.Resize(d.p, model.Standard+model.Simplified-d.p.Size(), m))
			continue
		}
		d.must(d.rules.SetModel(d.p, to, m))
	}
	seen := map[stage.TaskID]bool{}
	for _, item := range d.schedule(d.now.Add(24 * time.Hour)).Items {
		if seen[item.Task.ID] {
			t.Errorf("%s is listed twice", item.Task.ID)
		}
		seen[item.Task.ID] = true
	}
}

// gate.tasks: a deal that was imported past a stage and is sent back to it does the work of that stage, also that of a
// model that it gets again only there: what the gate waits for is asked.
func TestAnImportThatIsSentBackIsAskedForTheWorkOfEveryModel(t *testing.T) {
	d := &deal{tb: t, rules: defaultRules(t)}
	d.open(stage.Opening{Day: day("2026-11-02"), Engagement: model.TrueCoSell, Size: model.Standard,
		Stage: stage.Discovery, At: at("2026-11-20"), From: "hubspot"})
	d.change(model.PartnerLed)
	back := d.move()
	back.To = stage.Identification
	d.must(d.rules.SendBack(d.p, back))
	d.change(model.TrueCoSell)
	if s := d.states()[stage.OutreachPlan]; s != stage.Open {
		t.Errorf("gate.tasks: the gate waits for a task that is %s", s)
	}
	d.must(d.rules.Resize(d.p, model.Simplified, d.move()))
	d.must(d.rules.Resize(d.p, model.Standard, d.move()))
	if s := d.states()[stage.OutreachPlan]; s != stage.Open {
		t.Errorf("gate.tasks, after two changes of size: the gate waits for a task that is %s", s)
	}
}
