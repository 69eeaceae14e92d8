package stage_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// gate.order: every default playbook reaches won, through all its stages in order, and its
// tasks after close are asked for then.
func TestEveryDefaultPlaybookReachesWon(t *testing.T) {
	for _, engagement := range []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
		for _, size := range []model.PlaybookSize{model.Standard, model.Simplified} {
			t.Run(engagement.String()+" "+size.String(), func(t *testing.T) {
				d := newDeal(t, engagement, size)
				var passed []stage.Stage
				for d.p.Status() == stage.Running {
					passed = append(passed, d.p.Stage())
					if m := d.move(); len(passed) > 1 {
						d.shut(d.rules.Win(d.p, m))
					}
					d.finishStage()
					d.next()
				}
				if d.p.Status() != stage.ClosedWon || !slices.Equal(passed, stagetest.StagesOf(d.playbook())) {
					t.Errorf("gate.order: %v through %v", d.p.Status(), passed)
				}
				for _, verb := range []stage.Verb{stage.VerbAdvance, stage.VerbSendBack, stage.VerbHold, stage.VerbResume, stage.VerbWin, stage.VerbLose, stage.VerbReopen} {
					m := d.move()
					if verb <= stage.VerbSendBack {
						m.To = stage.Identification
					}
					shut, err := d.rules.Judge(d.p, verb, m)
					if err != nil || len(shut) != 1 || shut[0].Code != stage.StageState {
						t.Errorf("stage.state: %v of a won deal: %v, %v", verb, shut, err)
					}
				}
				for _, step := range d.playbook().Steps {
					for _, task := range step.Tasks {
						if task.Kind == stage.AfterClose {
							d.do(task)
						}
					}
				}
			})
		}
	}
}

// The order of facts in one list of evidence does not matter, where no two are of one kind
// and instant.
func TestTheOrderOfEvidenceDoesNotMatter(t *testing.T) {
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		g := stagetest.NewGame(t, rules)
		e := g.Event(t, stage.VerbRecord)
		e.At = e.At.Add(time.Hour)
		for range rapid.IntRange(1, 12).Draw(t, "more") {
			e.Evidence = append(e.Evidence, g.Fact(t, e.At))
		}
		other := e
		other.Evidence = rapid.Permutation(e.Evidence).Draw(t, "order")
		if to := rapid.SampledFrom([]stage.Stage{"", stage.Discovery}).Draw(t, "to"); to != "" && g.Progress().Engagement() != 0 {
			e.Verb, e.To, other.Verb, other.To = stage.VerbAdvance, to, stage.VerbAdvance, to
		}
		a, errA := stagetest.Apply(rules, g.Progress(), e)
		b, errB := stagetest.Apply(rules, g.Progress(), other)
		if errA != nil || errB != nil || !reflect.DeepEqual(a.Shut, b.Shut) {
			t.Fatalf("%v, %v and %v, %v", a.Shut, errA, b.Shut, errB)
		}
		query := stage.Query{AsOf: e.At.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "days")) * 24 * time.Hour)}
		one, errA := rules.Schedule(a.Progress, query)
		two, errB := rules.Schedule(b.Progress, query)
		if errA != nil || errB != nil || !slices.Equal(stagetest.Written(one), stagetest.Written(two)) {
			t.Fatalf("%v and %v", stagetest.Written(one), stagetest.Written(two))
		}
		if !reflect.DeepEqual(rules.Options(a.Progress, e.At), rules.Options(b.Progress, e.At)) {
			t.Fatal("other options")
		}
	})
}

// stage.replanned: crossing the threshold any number of times loses no done task and asks
// for none twice.
func TestCrossingTheThresholdLosesNoDoneTask(t *testing.T) {
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := &deal{tb: t, rules: rules}
		engagement := rapid.SampledFrom([]model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell}).Draw(t, "engagement")
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: engagement, Size: model.Simplified})
		done := map[stage.TaskID]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "crossings") {
			var open []stage.Task
			schedule, err := rules.Schedule(d.p, stage.Query{AsOf: d.now})
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range schedule.Items {
				if (item.State == stage.Done) != done[item.Task.ID] && done[item.Task.ID] {
					t.Fatalf("stage.replanned: %s was done and is %v", item.Task.ID, item.State)
				}
				if item.State == stage.Open && item.Task.Kind == stage.Required {
					open = append(open, item.Task)
				}
			}
			for _, task := range open {
				if done[task.ID] {
					t.Fatalf("stage.replanned: %s is asked for twice", task.ID)
				}
				if rapid.Bool().Draw(t, string(task.ID)) {
					d.do(task)
					done[task.ID] = true
					for _, id := range task.Covers {
						done[id] = true
					}
				}
			}
			size := model.Standard
			if d.p.Size() == size {
				size = model.Simplified
			}
			if rapid.IntRange(0, 3).Draw(t, "on") == 0 && d.p.Stage() == stage.Identification {
				d.walkTo(stage.Discovery)
				for _, item := range settledItems(d) {
					done[item] = true
				}
			}
			d.must(rules.Resize(d.p, size, d.move()))
			d.now = d.now.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "days")) * 24 * time.Hour)
		}
	})
}

func settledItems(d *deal) (ids []stage.TaskID) {
	schedule, err := d.rules.Schedule(d.p, stage.Query{AsOf: d.now})
	if err != nil {
		d.tb.Fatal(err)
	}
	for _, item := range schedule.Items {
		if item.State == stage.Done {
			ids = append(ids, item.Task.ID)
		}
	}
	return ids
}
