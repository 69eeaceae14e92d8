package stage

import "github.com/coselling/coselling/value"

// Policy is everything that a company may decide about its process. The zero value
// is refused by [Compile]: nothing is defaulted later.
type Policy struct {
	// a deal below it uses the simplified playbook (stage.simplified); above zero
	Threshold value.Money `json:"threshold" wire:"needed,positive"`
	// days after a re-planning until what it added falls due; 1 to 3650
	ReplanDays int `json:"replan_days" wire:"needed,1..3650"`
	// days from the first to the due day of a task after close; 1 to 3650
	AfterCloseDays int `json:"after_close_days" wire:"needed,1..3650"`
	// business days that a level-2 case has been open before one manager may override alone; 1 to 365
	OverrideDays int `json:"override_days" wire:"needed,1..365"`
	// the gates that managers may override; nil: none
	Overridable []value.Code `json:"overridable" wire:"needed,unique,each=like=id"`
	// one for each engagement model and size
	Playbooks []Playbook `json:"playbooks" wire:"needed,6..6,code=playbook.missing"`
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
