package bookgen

import (
	"strconv"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const ownGate = "gate.security_review"

// anyStage draws the default playbooks with other windows, and with tasks and gates that an importer adds.
func anyStage(t *rapid.T, roles model.Matrix, currency string) stage.Policy {
	p := stage.DefaultPolicy()
	p.Threshold = amount(t, currency, "threshold")
	p.ReplanDays = between(t, "replan", 1, 3650)
	p.AfterCloseDays = between(t, "after close", 1, 3650)
	p.OverrideDays = between(t, "override", 1, 365)
	review := rapid.Bool().Draw(t, "security review")
	for i := range p.Playbooks {
		windows(t, p.Playbooks[i].Steps)
		work(t, p.Playbooks[i].Steps, roles)
		if review {
			addReview(p.Playbooks[i].Steps)
		}
	}
	if review {
		p.Overridable = append(p.Overridable, ownGate)
	}
	p.Overridable = append([]value.Code(nil),
		rapid.Permutation(p.Overridable).Draw(t, "overridable")[:between(t, "n", 0, len(p.Overridable))]...)
	p.Playbooks = rapid.Permutation(p.Playbooks).Draw(t, "playbooks")
	return p
}

func windows(t *rapid.T, steps []stage.Step) {
	first := 1
	for i := range steps {
		days := between(t, "days", 1, 400)
		steps[i].First, steps[i].Last = first, first+days-1
		first += days
	}
}

// work changes tasks, and adds one to some stages.
func work(t *rapid.T, steps []stage.Step, roles model.Matrix) {
	for i := range steps {
		step := &steps[i]
		j := between(t, "task", 0, len(step.Tasks)-1)
		step.Tasks[j].Says = anyText().Draw(t, "says")
		step.Tasks[j].Owner = stage.Owner(between(t, "owner", 1, 4))
		if !rapid.Bool().Draw(t, "another task") {
			continue
		}
		first := between(t, "first", step.First, step.Last)
		step.Tasks = append(step.Tasks, stage.Task{
			ID: stage.TaskID("own_" + strconv.Itoa(i)), Owner: stage.ByEach,
			Kind: stage.TaskKind(between(t, "kind", 1, 3)),
			Says: anyText().Draw(t, "says"),
			Role: rapid.SampledFrom(roles).Draw(t, "role").Responsibility, First: first,
			Last: between(t, "last", first, step.Last),
		})
	}
}

// addReview adds a gate and the fact that opens it.
func addReview(steps []stage.Step) {
	last := &steps[len(steps)-1]
	last.Gates = append(last.Gates, ownGate)
	last.Tasks = append(last.Tasks, stage.Task{ID: "security_review", Owner: stage.ByVendor, Kind: stage.Required,
		Says: "pass the buyer's security review", Fact: ownGate})
}
