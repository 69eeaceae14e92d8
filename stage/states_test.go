package stage_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func defaultRules(tb rapid.TB) *stage.Rules {
	tb.Helper()
	rules, err := stage.DefaultRules()
	if err != nil {
		tb.Fatal(err)
	}
	return rules
}

// newDeal opens a deal of the default rules on 2026-11-02.
func newDeal(tb rapid.TB, e model.Engagement, size model.PlaybookSize) *deal {
	tb.Helper()
	d := &deal{tb: tb, rules: defaultRules(tb)}
	d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: e, Size: size})
	return d
}

// inState drives a deal into a state.
func inState(tb testing.TB, name string) *deal {
	tb.Helper()
	engagement := model.PartnerLed
	if name == "unset" || name == "unset, on hold" || name == "unset, lost" {
		engagement = 0
	}
	d := newDeal(tb, engagement, model.Standard)
	switch name {
	case "unset", "first stage":
	case "unset, on hold", "on hold":
		d.must(d.rules.Hold(d.p, d.move()))
	case "unset, lost", "lost":
		d.must(d.rules.Lose(d.p, d.move()))
	case "last stage":
		d.walkTo(stage.Close)
		d.finishStage()
	case "middle stage":
		d.walkTo(stage.Evaluation)
		d.finishStage()
	case "won":
		d.walkTo("")
	default:
		tb.Fatal(name)
	}
	return d
}

// verb carries out a verb with everything that it needs.
func (d *deal) verb(v stage.Verb) (stage.Decision, error) {
	m := d.move()
	m.Evidence = []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: d.now}}
	switch v {
	case stage.VerbAdvance:
		m.To = d.after(stage.Evaluation)
		return d.rules.Advance(d.p, m)
	case stage.VerbSendBack:
		m.To = stage.Identification
		return d.rules.SendBack(d.p, m)
	case stage.VerbHold:
		return d.rules.Hold(d.p, m)
	case stage.VerbResume:
		return d.rules.Resume(d.p, m)
	case stage.VerbWin:
		return d.rules.Win(d.p, m)
	case stage.VerbLose:
		return d.rules.Lose(d.p, m)
	case stage.VerbReopen:
		return d.rules.Reopen(d.p, m)
	case stage.VerbSetModel:
		return d.rules.SetModel(d.p, model.VendorLed, m)
	case stage.VerbResize:
		return d.rules.Resize(d.p, model.Standard, m)
	case stage.VerbRebaseline:
		return d.rules.Rebaseline(d.p, day("2027-06-01"), m)
	case stage.VerbRecord:
		return d.rules.Record(d.p, m)
	case stage.VerbDone:
		return d.rules.Done(d.p, stage.WeeklySync, m)
	case stage.VerbWaive:
		return d.rules.Waive(d.p, stage.LeadHandoff, m)
	default:
		return d.rules.Raise(d.p, stage.DealDesk, m)
	}
}

// Every pair of state and verb, written out: "" takes effect, otherwise the rule that
// refuses it.
func TestEveryVerbInEveryState(t *testing.T) {
	const (
		no     = string(stage.StageState)
		unset  = string(stage.GateModelSet)
		order  = string(stage.GateOrder)
		taken  = ""
		become = ""
	)
	states := []string{"unset", "unset, on hold", "unset, lost", "first stage", "middle stage", "last stage", "on hold", "won", "lost"}
	table := []struct {
		verb stage.Verb
		want []string // one a state
	}{
		{stage.VerbAdvance, []string{unset, no, no, order, become, order, no, no, no}},
		{stage.VerbSendBack, []string{unset, no, no, order, become, become, no, no, no}},
		{stage.VerbHold, []string{become, taken, no, become, become, become, taken, no, no}},
		{stage.VerbResume, []string{no, become, no, no, no, no, become, no, no}},
		{stage.VerbWin, []string{unset, no, no, order, order, become, no, no, no}},
		{stage.VerbLose, []string{become, become, no, become, become, become, become, no, no}},
		{stage.VerbReopen, []string{no, no, become, no, no, no, no, no, become}},
		{stage.VerbSetModel, []string{become, become, no, become, become, become, become, no, no}},
		{stage.VerbResize, []string{unset, unset, no, become, become, become, become, no, no}},
		{stage.VerbRebaseline, []string{unset, unset, no, become, become, become, become, no, no}},
		{stage.VerbRecord, []string{taken, taken, taken, taken, taken, taken, taken, taken, taken}},
		{stage.VerbDone, []string{unset, unset, no, taken, taken, taken, taken, taken, no}},
		{stage.VerbWaive, []string{unset, unset, no, taken, taken, taken, taken, taken, no}},
		{stage.VerbRaise, []string{unset, unset, no, taken, taken, taken, taken, no, no}},
	}
	for _, row := range table {
		for i, name := range states {
			d := inState(t, name)
			decision, err := d.verb(row.verb)
			if err != nil {
				t.Errorf("%v in %s: %v", row.verb, name, err)
				continue
			}
			got := ""
			for _, s := range decision.Shut {
				if s.Code == value.Code(row.want[i]) || got == "" {
					got = string(s.Code)
				}
			}
			if got != row.want[i] {
				t.Errorf("%v in %s: %q, want %q", row.verb, name, got, row.want[i])
			}
			if (decision.Progress == d.p) != (len(decision.Shut) > 0) {
				t.Errorf("%v in %s: a refused move changes nothing, another one does", row.verb, name)
			}
		}
	}
}

// Each verb leads to the stage and status that its rule names.
func TestTheStageAndStatusAfterEachVerb(t *testing.T) {
	next := inState(t, "middle stage").after(stage.Evaluation)
	for _, c := range []struct {
		from   string
		verb   stage.Verb
		status stage.Status
		stage  stage.Stage
	}{
		{"middle stage", stage.VerbAdvance, stage.Running, next},
		{"middle stage", stage.VerbSendBack, stage.Running, stage.Identification},
		{"middle stage", stage.VerbHold, stage.OnHold, stage.Evaluation},
		{"on hold", stage.VerbResume, stage.Running, stage.Identification},
		{"on hold", stage.VerbLose, stage.ClosedLost, stage.Identification},
		{"last stage", stage.VerbWin, stage.ClosedWon, stage.Close},
		{"lost", stage.VerbReopen, stage.Running, stage.Identification},
		{"unset", stage.VerbSetModel, stage.Running, stage.Identification},
	} {
		d := inState(t, c.from)
		d.must(d.verb(c.verb))
		if d.p.Status() != c.status || d.p.Stage() != c.stage {
			t.Errorf("%v from %s: %v in %s, want %v in %s", c.verb, c.from, d.p.Status(), d.p.Stage(), c.status, c.stage)
		}
	}
	d := inState(t, "middle stage")
	d.must(d.rules.Lose(d.p, d.move()))
	d.must(d.verb(stage.VerbReopen))
	if d.p.Stage() != stage.Evaluation {
		t.Errorf("a reopened deal returns to the stage it was lost from, not to %s", d.p.Stage())
	}
}
