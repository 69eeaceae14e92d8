package stage

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Step is one stage of a playbook: its window, its tasks and its gates. The zero value is refused.
type Step struct {
	Stage Stage  `json:"stage" wire:"needed,1..64,code=playbook.id,like=id"`      // unique; not won or lost
	Says  string `json:"says" wire:"needed,1..4096,code=playbook.text,like=says"` // the stage in words
	// the first day of its window; day 1 is the day on which the deal opens
	First int `json:"first" wire:"needed,1..3650,code=stage.windows"`
	Last  int `json:"last" wire:"needed,1..3650,code=stage.windows"` // the last day, included
	// the gates at the end of the stage; gate.order and gate.model_set are never listed
	Gates []value.Code `json:"gates" wire:"needed,..256,unique,each=1..64;code=playbook.id;like=id"`
	Tasks []Task       `json:"tasks" wire:"needed,..256"` // its tasks, in order
}

// Playbook holds the stages of a deal under one engagement model and size, in order. The zero value is refused.
type Playbook struct {
	Engagement model.Engagement   `json:"engagement" wire:"needed,set,code=engagement.unknown"`
	Size       model.PlaybookSize `json:"size" wire:"needed,set,code=playbook.size.unknown"`
	// in order; the same for all engagement models
	Steps []Step `json:"stages" wire:"needed,1..64,code=playbook.empty"`
}

// find returns the first task of the playbook that fits, and the index of its stage; nil and -1 where none fits.
func (p *Playbook) find(fits func(*Task) bool) (task *Task, at int) {
	for at := range p.Steps {
		for i := range p.Steps[at].Tasks {
			if t := &p.Steps[at].Tasks[i]; fits(t) {
				return t, at
			}
		}
	}
	return nil, -1
}

// task returns the task of the given id, or nil.
func (p *Playbook) task(id TaskID) *Task {
	t, _ := p.find(func(t *Task) bool { return t.ID == id })
	return t
}

// recorder returns the task that records facts of a kind, or nil.
func (p *Playbook) recorder(kind FactKind) *Task {
	t, _ := p.find(func(t *Task) bool { return t.Fact == kind })
	return t
}

// stages returns the stages in order.
func (p *Playbook) stages() []Stage {
	list := make([]Stage, len(p.Steps))
	for i, step := range p.Steps {
		list[i] = step.Stage
	}
	return list
}

// position returns the index of a stage, or -1.
func (p *Playbook) position(s Stage) int {
	return slices.IndexFunc(p.Steps, func(step Step) bool { return step.Stage == s })
}
