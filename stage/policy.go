package stage

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// Policy is everything that a company may decide about its process. The zero value
// is refused by [Compile]: nothing is defaulted later.
type Policy struct {
	Threshold      value.Money  // a deal below it uses the simplified playbook (stage.simplified); above zero
	ReplanDays     int          // days after a re-planning until what it added falls due; 1 to 3650
	AfterCloseDays int          // days from the first to the due day of a task after close; 1 to 3650
	OverrideDays   int          // business days that a level-2 case has been open before one manager may override alone; 1 to 365
	Overridable    []value.Code // the gates that managers may override; nil: none
	Playbooks      []Playbook   // one for each engagement model and size
}

// DefaultPolicy returns SPEC section 3 as a fresh value that the caller may change.
func DefaultPolicy() Policy {
	return Policy{
		Threshold:      value.MustMoney("25000.00 USD"),
		ReplanDays:     7,
		AfterCloseDays: 14,
		OverrideDays:   5,
		Overridable:    []value.Code{GateSupportConfirmed, GatePartnerEngaged, GateQualified, GateCRMUpdated, GateTasks},
		Playbooks:      defaultPlaybooks(),
	}
}

func (p Policy) clone() Policy {
	p.Overridable = slices.Clone(p.Overridable)
	p.Playbooks = slices.Clone(p.Playbooks)
	for i := range p.Playbooks {
		p.Playbooks[i] = p.Playbooks[i].clone()
	}
	return p
}
