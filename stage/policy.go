package stage

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxPolicyBytes = 1 << 20

// Policy holds a company's decisions about its process. No field has a default: [Compile] refuses the zero value.
type Policy struct {
	// a deal below it uses the simplified playbook (stage.simplified); above zero
	Threshold value.Money `json:"threshold" wire:"needed,positive"`
	// days from a re-planning until the tasks that it added are due; 1 to 3650
	ReplanDays int `json:"replan_days" wire:"needed,1..3650"`
	// days from a hold until it is reviewed, where it names no day; 1 to 3650
	ReviewDays int `json:"review_days" wire:"needed,1..3650"`
	// days from the first to the due day of a task after close; 1 to 3650
	AfterCloseDays int `json:"after_close_days" wire:"needed,1..3650"`
	// business days that a case must be at level 2 before a manager may override alone; 1 to 365
	OverrideDays int `json:"override_days" wire:"needed,1..365"`
	// business days after which a manager of the side that asked may consent in place of the other one; 1 to 365
	ConsentDays int `json:"consent_days" wire:"needed,1..365"`
	// business days in which a participant that joins after the first stage confirms its support; 1 to 365
	JoinDays int `json:"join_days" wire:"needed,1..365"`
	// the gates that managers may override; empty: none
	Overridable []value.Code `json:"overridable" wire:"needed,unique,each=like=id"`
	// one for each engagement model and size
	Playbooks []Playbook `json:"playbooks" wire:"needed,6..6,code=playbook.missing"`
}

// DefaultPolicy returns the default process as a fresh value that the caller may change.
func DefaultPolicy() Policy {
	return Policy{
		Threshold:      value.MustMoney("25000.00 USD"),
		ReplanDays:     7,
		ReviewDays:     30,
		AfterCloseDays: 14,
		OverrideDays:   5,
		ConsentDays:    5,
		JoinDays:       5,
		Overridable: []value.Code{
			GateSupportConfirmed, GatePartnerEngaged, GateQualified, GateCRMUpdated, GateTasks,
		},
		Playbooks: defaultPlaybooks(),
	}
}

// ParsePolicy reads the JSON form of a policy, at most 1 MiB. Every member is needed but role, fact, first, last
// and covers of a task. It is strict and reports every problem at once, those of [Policy.Check] included; text
// that is not JSON gives its first error only. Paths begin with stage, such as stage.threshold. [Compile] takes
// every policy that ParsePolicy returns without an error.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.Below("stage", err)
}

// UnmarshalJSON is [ParsePolicy] inside another document, with paths that begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxPolicyBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form, also of a policy that [Compile] refuses. [ParsePolicy] gives an equal
// policy back. Only text that is not UTF-8 is an error.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }
