package stage_test

import (
	"fmt"
	"testing"

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
