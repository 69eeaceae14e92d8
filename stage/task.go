package stage

import (
	"slices"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
)

// Owner is the side or sides that do a task. The zero value is unset and refused.
type Owner uint8

// The owners.
const (
	ByPartner Owner = 1 + iota // the partner does it
	ByVendor                   // the vendor does it
	Jointly                    // both do it together; one tick by either side is enough
	ByEach                     // each side does its own part; the task is done when both parts are
)

var ownerNames = enum.Of[Owner]("task.owner", "partner", "vendor", "joint", "each")

// String returns the owner's name; "" for any other number.
func (o Owner) String() string { return ownerNames.Name(o) }

// MarshalText returns what [Owner.String] returns; the error is always nil.
func (o Owner) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads partner, vendor, joint or each. Anything else is a task.owner error.
func (o *Owner) UnmarshalText(text []byte) error { return ownerNames.Read(o, text) }

// side returns the one side that does the task, and 0 where both do.
func (o Owner) side() model.Side {
	switch o {
	case ByPartner:
		return model.Partner
	case ByVendor:
		return model.Vendor
	default:
		return 0
	}
}

// Includes reports whether a side has a part in the task; of an owner that is none of the constants, both have.
func (o Owner) Includes(side model.Side) bool { return o.side() == 0 || o.side() == side }

// TaskKind decides when a task is asked for. The zero value is unset and refused.
type TaskKind uint8

// The kinds.
const (
	Required    TaskKind = 1 + iota // asked for from the start; gates leaving its stage
	Recurring                       // goes on while its stage lasts: has no due date, never gates
	Conditional                     // asked for, and gates, once somebody has raised it
	AfterClose                      // asked for once the deal is won, never gates
)

var kindNames = enum.Of[TaskKind](kindUnknown, "required", "recurring", "conditional", "after_close")

// String returns the kind's name; "" for any other number.
func (k TaskKind) String() string { return kindNames.Name(k) }

// MarshalText returns what [TaskKind.String] returns; the error is always nil.
func (k TaskKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads required, recurring, conditional or after_close. Anything else is a task.kind error.
func (k *TaskKind) UnmarshalText(text []byte) error { return kindNames.Read(k, text) }

// Task is one piece of work of a stage. The zero value is refused.
type Task struct {
	ID    TaskID   `json:"task" wire:"needed,1..64,code=playbook.id,like=id"`       // unique in its playbook
	Owner Owner    `json:"owner" wire:"needed,set,code=task.owner"`                 // the side that does it
	Kind  TaskKind `json:"kind" wire:"needed,set,code=task.kind"`                   // when it is asked for
	Says  string   `json:"says" wire:"needed,1..4096,code=playbook.text,like=says"` // the work in words
	// the responsibility whose rep does it; empty, and where no rep is assigned to it: the lead rep
	Role model.Responsibility `json:"role,omitzero"`
	Fact FactKind             `json:"fact,omitzero"` // the kind of facts that tick it; empty: none does
	// the day of the playbook on which it starts; 0: the stage's first
	First int `json:"first,omitzero" wire:"0..3650,code=playbook.days"`
	// the day of the playbook on which it is due; 0: the stage's last
	Last int `json:"last,omitzero" wire:"0..3650,code=playbook.days"`
	// the tasks of the standard playbook that this task of the simplified one stands for
	Covers []TaskID `json:"covers,omitzero" wire:"unique,code=playbook.covers,each=like=id"`
}

func (t Task) clone() Task {
	t.Covers = slices.Clone(t.Covers)
	return t
}
