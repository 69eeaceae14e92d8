package stage

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Step is one stage of a playbook: its window, its work and what must hold before
// the deal leaves it. The zero value is refused.
type Step struct {
	Stage Stage        // not won or lost; unique in its playbook
	Says  string       // the stage in words
	First int          // the first day of its window; day 1 is the day on which the deal opens
	Last  int          // the last day of its window, which belongs to it
	Gates []value.Code // what must hold before the deal leaves the stage; gate.order and gate.model_set always hold
	Tasks []Task
}

// Playbook is the stages of a deal under one engagement model and at one size, in
// order. Won is reached by leaving the last one. The zero value is refused.
type Playbook struct {
	Engagement model.Engagement
	Size       model.PlaybookSize
	Steps      []Step
}

// Task returns the task of the given id with the stage it belongs to, and false
// where the playbook lacks it.
func (p Playbook) Task(id TaskID) (Task, Stage, bool) {
	for _, step := range p.Steps {
		if i := slices.IndexFunc(step.Tasks, func(t Task) bool { return t.ID == id }); i >= 0 {
			return step.Tasks[i].clone(), step.Stage, true
		}
	}
	return Task{}, "", false
}

func (p Playbook) clone() Playbook {
	p.Steps = slices.Clone(p.Steps)
	for i := range p.Steps {
		step := &p.Steps[i]
		step.Gates, step.Tasks = slices.Clone(step.Gates), slices.Clone(step.Tasks)
		for j := range step.Tasks {
			step.Tasks[j] = step.Tasks[j].clone()
		}
	}
	return p
}

// position returns the index of a stage, or -1.
func (p *Playbook) position(s Stage) int {
	for i := range p.Steps {
		if p.Steps[i].Stage == s {
			return i
		}
	}
	return -1
}
