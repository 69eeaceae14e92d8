package stage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// manyGates returns the default policy with n more gates, each opened by another fact.
func manyGates(n int) stage.Policy {
	p := stage.DefaultPolicy()
	for i := range p.Playbooks {
		step := &p.Playbooks[i].Steps[0]
		for k := range n {
			gate := fmt.Sprintf("gate.own_%d", k)
			step.Gates = append(step.Gates, value.Code(gate))
			step.Tasks = append(step.Tasks, stage.Task{ID: stage.TaskID(fmt.Sprintf("own_%d", k)), Owner: stage.ByVendor, Kind: stage.Required, Says: "review", Fact: stage.FactKind(gate)})
		}
	}
	return p
}

// A policy that is parsed compiles: gates are counted when a document is read, too.
func TestTheGatesOfAPolicyAreBounded(t *testing.T) {
	most := 55 // beside the nine that every policy knows
	if err := manyGates(most).Check(); err != nil {
		t.Error(err)
	}
	if _, err := stage.Compile(manyGates(most)); err != nil {
		t.Error(err)
	}
	p := manyGates(most + 1)
	wantCodes(t, p.Check(), "playbooks playbook.gate")
	_, err := stage.Compile(p)
	wantCodes(t, err, "stage.playbooks playbook.gate")
	text, err := p.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	_, err = stage.ParsePolicy(text)
	wantCodes(t, err, "stage.playbooks playbook.gate")
}

// gate.qualified: where the first stage asks for it, too, it was decided there, and a send-back to a later one leaves it.
func TestASendBackLeavesWhatTheFirstStageDecided(t *testing.T) {
	p := stage.DefaultPolicy()
	for i := range p.Playbooks {
		first := &p.Playbooks[i].Steps[0]
		first.Gates = append(first.Gates, stage.GateQualified)
	}
	rules, err := stage.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	d := &deal{tb: t, rules: rules}
	d.open(stage.Opening{Day: day("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	d.record(stage.Fact{Kind: stage.Qualified})
	d.walkTo(stage.Presentation)
	m := d.move()
	m.To = stage.Discovery
	d.must(d.rules.SendBack(d.p, m))
	if shut := d.tryNext(); slices.ContainsFunc(shut, func(s string) bool { return strings.HasPrefix(s, "gate.qualified") }) {
		t.Errorf("the send-back to discovery has voided what identification decided: %v", shut)
	}
}
