package stage_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func (d *deal) change(e model.Engagement) {
	d.tb.Helper()
	d.must(d.rules.SetModel(d.p, e, d.move()))
}

// items returns the items of a task, cancelled ones included.
func (d *deal) items(q stage.Query, id stage.TaskID) (found []stage.Item) {
	d.tb.Helper()
	q.AsOf = d.now
	schedule, err := d.rules.Schedule(d.p, q)
	if err != nil {
		d.tb.Fatal(err)
	}
	for _, item := range schedule.Items {
		if item.Task.ID == id {
			found = append(found, item)
		}
	}
	return found
}

// stage.replanned: a hold that ended before the change does not lengthen the seven days
// after it.
func TestOwedDueDayIgnoresEarlierHolds(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Simplified)
	d.toProposal()
	d.must(d.rules.Hold(d.p, d.move()))
	d.now = d.now.Add(10 * 24 * time.Hour)
	d.must(d.rules.Resume(d.p, d.move()))
	d.now = d.now.Add(10 * 24 * time.Hour)
	d.resize(model.Standard) // on 2026-11-22
	if due := d.items(stage.Query{}, stage.QualifyDebrief)[0].Due; due != value.MustDate("2026-11-29") {
		t.Errorf("stage.replanned: due on %v", due)
	}
}

// A change of model cancels open tasks only, each once.
func TestCancelledTasksWereOpen(t *testing.T) {
	t.Run("not asked for", func(t *testing.T) {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard,
			Stage: stage.Discovery, At: d.now, From: "crm"})
		d.change(model.TrueCoSell)
		if items := d.items(stage.Query{}, stage.BriefOtherTeam); len(items) > 0 {
			t.Errorf("%v", items)
		}
	})
	t.Run("twice", func(t *testing.T) {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.change(model.TrueCoSell)
		d.change(model.PartnerLed)
		d.change(model.TrueCoSell)
		if items := d.items(stage.Query{}, stage.BriefOtherTeam); len(items) != 1 {
			t.Errorf("%d items", len(items))
		}
	})
	t.Run("done since", func(t *testing.T) {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.change(model.TrueCoSell)
		d.change(model.PartnerLed)
		task, _ := stagetest.TaskOf(d.playbook(), stage.BriefOtherTeam)
		d.do(task)
		d.change(model.TrueCoSell)
		if items := d.items(stage.Query{}, stage.BriefOtherTeam); len(items) > 0 {
			t.Errorf("%v", items)
		}
	})
	t.Run("dropped by a change of size", func(t *testing.T) {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.change(model.TrueCoSell)
		d.change(model.PartnerLed)
		d.resize(model.Simplified)
		if items := d.items(stage.Query{}, stage.BriefOtherTeam); len(items) > 0 {
			t.Errorf("%v", items)
		}
	})
}

// stage.replanned: the person who did a task stays on the way down and up again.
func TestCrossingTheThresholdKeepsThePersonOfATask(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	book := d.playbook()
	register, _ := stagetest.TaskOf(book, stage.RegisterDeal)
	d.do(register)
	m := d.move()
	m.By.Name = "cy"
	d.must(d.rules.Waive(d.p, stage.QualifyInterest, m))
	before := d.items(stage.Query{}, stage.RegisterDeal)
	d.resize(model.Simplified)
	d.resize(model.Standard)
	if diff := cmp.Diff(before, d.items(stage.Query{}, stage.RegisterDeal), values); diff != "" {
		t.Errorf("stage.replanned changed who did the task (-before +after):\n%s", diff)
	}
}

// The latest fact counts, in whatever order facts are recorded.
func TestTheLatestFactCountsInAnyOrder(t *testing.T) {
	at := value.MustDate("2026-11-02").Start(nil)
	yes, no := stage.Fact{Kind: stage.Qualified, At: at}, stage.Fact{Kind: stage.Qualified, At: at, Negative: true}
	open, ended := stage.Fact{Kind: stage.Registered, Side: model.Partner, At: at}, stage.Fact{Kind: stage.Registered, Side: model.Partner, At: at, Until: at}
	whole := stage.Fact{Kind: stage.ProposalSent, Proposal: "P", Revision: 1, At: at.Add(time.Hour)}
	without := stage.Fact{Kind: stage.ProposalSent, Proposal: "P", Revision: 1, At: at, Without: model.Partner}
	approved := stage.Fact{Kind: stage.PricingApproved, Side: model.Vendor, Proposal: "P", Revision: 1, At: at.Add(time.Hour)}
	gone := stage.Fact{Kind: stage.ProposalWithdrawn, Proposal: "P", At: at.Add(time.Minute)}
	for name, facts := range map[string][]stage.Fact{
		"gate.qualified": {yes, no}, "gate.registered": {open, ended}, "gate.pricing_approved": {approved, whole, without},
		"gate.single_proposal": {whole, {Kind: stage.ProposalSent, Proposal: "P", Revision: 1, At: at}, gone},
	} {
		t.Run(name, func(t *testing.T) {
			codes := func(facts []stage.Fact) any {
				d := newDeal(t, model.PartnerLed, model.Standard)
				var all []any
				for _, s := range []stage.Stage{stage.Discovery, stage.Proposal} {
					d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard, Stage: s, At: at, From: "crm"})
					d.record(facts...)
					m := d.move()
					m.To = map[stage.Stage]stage.Stage{stage.Discovery: stage.Presentation, stage.Proposal: stage.Close}[s]
					shut, err := d.rules.Judge(d.p, stage.VerbAdvance, m)
					if err != nil {
						t.Fatal(err)
					}
					for _, one := range shut {
						all = append(all, one.Code, one.Owner)
					}
				}
				d.must(d.rules.Lose(d.p, d.move()))
				shut, err := d.rules.Judge(d.p, stage.VerbReopen, d.move())
				return append(all, len(shut), err)
			}
			back := []stage.Fact{}
			for i := range facts {
				back = append(back, facts[len(facts)-1-i])
			}
			if diff := cmp.Diff(codes(facts), codes(back)); diff != "" {
				t.Errorf("the order of facts matters (-forwards +backwards):\n%s", diff)
			}
		})
	}
}

// Recording a fact ticks its task, on the provisional playbook too.
func TestAFactTicksTasksOfTheProvisionalPlaybook(t *testing.T) {
	d := newDeal(t, 0, model.Standard)
	m := d.move()
	m.By, m.Consents = ana, nil
	m.Evidence = []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: d.now}}
	d.must(d.rules.Record(d.p, m))
	if item := d.items(stage.Query{Recommended: model.PartnerLed}, stage.RegisterDeal)[0]; item.State != stage.Done {
		t.Errorf("register_deal is %v", item.State)
	}
}

// gate.partner_engaged: the partner has taken part, although a send-back voids the approval
// that it gave.
func TestASendBackKeepsThatThePartnerTookPart(t *testing.T) {
	d := newDeal(t, model.VendorLed, model.Standard)
	d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.VendorLed, Size: model.Standard, Stage: stage.Evaluation, At: d.now, From: "crm"})
	d.record(stage.Fact{Kind: stage.PricingApproved, Side: model.Partner, Proposal: "P-1", Revision: 1})
	m := d.move()
	m.To = stage.Presentation
	d.must(d.rules.SendBack(d.p, m))
	m = d.move()
	m.To = stage.Evaluation
	m.Overrides = []stage.Override{
		{Gate: stage.GateTasks, By: ana, At: d.now, Reason: "done"}, {Gate: stage.GateTasks, By: bo, At: d.now, Reason: "done"},
	}
	d.must(d.rules.Advance(d.p, m))
	m = d.move()
	m.To = stage.Proposal
	shut, err := d.rules.Judge(d.p, stage.VerbAdvance, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shut {
		if s.Code == stage.GatePartnerEngaged {
			t.Error(s.Missing)
		}
	}
}

// stage.replanned: a task that covers others was done with the last of them, by the person
// who did that one.
func TestACoveringTaskIsDoneWithTheLastTaskThatItCovers(t *testing.T) {
	for _, order := range [][2]stage.TaskID{{stage.RegisterDeal, stage.QualifyInterest}, {stage.QualifyInterest, stage.RegisterDeal}} {
		d := newDeal(t, model.PartnerLed, model.Standard)
		var last stage.Move
		for i, task := range order {
			last = d.move()
			last.By.Name = []string{"ana", "raj"}[i]
			d.must(d.rules.Done(d.p, task, last))
		}
		d.resize(model.Simplified)
		items := d.items(stage.Query{}, stage.RegisterAndQualify)
		if len(items) != 1 || items[0].State != stage.Done || items[0].By != "raj" || !items[0].At.Equal(last.At) {
			t.Errorf("%s after %s: %+v", order[1], order[0], items)
		}
	}
}

// A change of model on one branch of a history does not reach another.
func TestAChangeOfModelLeavesTheDealBeforeIt(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.walkTo(stage.Discovery)
	m := d.move()
	m.To = stage.Identification
	d.must(d.rules.SendBack(d.p, m))
	d.record(fact(stage.SupportConfirmed, model.Vendor))
	before := d.tryNext()
	base := d.p
	d.change(model.VendorLed)
	d.p = base
	if diff := cmp.Diff(before, d.tryNext()); diff != "" {
		t.Errorf("a change of another branch changed the shut gates (-before +after):\n%s", diff)
	}
	d.record(fact(stage.CRMUpdated, model.Vendor)) // reads all facts again
	if diff := cmp.Diff(before, d.tryNext()); diff != "" {
		t.Errorf("a change of another branch changed the shut gates (-before +after):\n%s", diff)
	}
}
