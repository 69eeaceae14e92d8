package registration

import (
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const maxPolicyBytes = 1 << 20

// Policy is the vendor's policy of deal registration. All fields are needed; start from [DefaultPolicy].
type Policy struct {
	// the organisation of the vendor, 1 to 128 bytes; a registry has one vendor
	Vendor string `json:"vendor" wire:"needed,1..128,code=registration.vendor,like=visible"`
	// ids of the people of the vendor who approve, at least two, each once
	ChannelOwners []string `json:"channel_owners" wire:"needed,2..1000,unique,code=registration.channel_owners,each=1..128;like=visible"`
	// business days in which a claim is decided, 1 to 260
	ApproveWithin int `json:"approve_within" wire:"needed,1..260,code=registration.days"`
	// claims that one party may have waiting for a decision on one account, 1 to 1,000; further ones are refused
	WaitingClaims int `json:"waiting_claims" wire:"needed,1..1000,code=registration.waiting"`
	Terms
	// partners may claim the customers of the vendor
	ExistingCustomers bool            `json:"existing_customers" wire:"needed"`
	Accounts          matching.Policy `json:"accounts" wire:"needed"` // which accounts are the same
}

// Terms say how long an approved claim holds. The approval keeps the terms of its day, so that a later policy neither
// revives a claim nor ends it. All fields are needed; the zero value is refused.
type Terms struct {
	// days for which an approved claim protects its account, to the end of the last one, counted from the day after
	// the approval; 1 to 3,650
	Protection int `json:"protection" wire:"needed,1..3650,code=registration.days"`
	// days that each extension adds, 1 to 3,650
	Extension int `json:"extension" wire:"needed,1..3650,code=registration.days"`
	// how often a claim can be extended, 0 to 10; 0: never
	Extensions int `json:"extensions" wire:"needed,0..10,code=registration.days"`
	// business days after the approval in which the other party of a claim for both sides confirms it, 1 to 260; one
	// that is not confirmed by then expires
	ConfirmWithin int `json:"confirm_within" wire:"needed,1..260,code=registration.days"`
	// days before the end of a claim on which its parties are reminded, each 1 to 3,650, at most 100; empty: none
	Reminders []int `json:"reminders" wire:"needed,..100,code=registration.days,each=1..3650;code=registration.days"`
}

// ParsePolicy reads the JSON form of a policy, at most 1 MiB, strictly. It reports up to a hundred problems at once,
// with paths such as registration.vendor, but of text that is not JSON only the first. Codes: those of [Policy.Check],
// json.missing, json.unknown, json.repeated, json.type, json.syntax, json.size. [Compile] checks that the shared
// domains are registrable.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.Below("registration", err)
}

// UnmarshalJSON reads a policy as [ParsePolicy] does; the paths of its errors begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxPolicyBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form, which [ParsePolicy] reads back as an equal policy; nil lists as empty ones.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// DefaultPolicy returns a policy that the caller may change: two business days to decide, ten to confirm a claim for
// both sides, at most 100 claims of a party that wait on one account, 120 days of protection, two extensions of 30
// days, reminders 30, 14 and 7 days before the end, and no claims on customers. [Compile] checks the names.
func DefaultPolicy(vendor string, channelOwners ...string) Policy {
	return Policy{
		Vendor: vendor, ChannelOwners: slices.Clone(channelOwners),
		ApproveWithin: 2, WaitingClaims: 100, Accounts: matching.DefaultPolicy(), Terms: Terms{
			Protection: 120, Extension: 30, Extensions: 2, ConfirmWithin: 10, Reminders: []int{30, 14, 7},
		},
	}
}

// Lint returns the finding [ProtectionShort], with the path protection, if Protection is less than playbookDays; nil
// if there is none. It does not check p.
func (p Policy) Lint(playbookDays int) []value.Reason {
	if p.Protection >= playbookDays {
		return nil
	}
	return []value.Reason{value.NewReason(ProtectionShort,
		"a claim is protected for {protection} days, the playbook takes {playbook}",
		value.Op("protection", p.Protection), value.Op("playbook", playbookDays)).At("protection")}
}

// Check returns up to a hundred problems with paths inside p, such as accounts.similar_from: registration.vendor,
// registration.channel_owners, registration.days, registration.waiting, and those of [matching.Policy.Check]. [Compile]
// also checks the shared domains.
func (p Policy) Check() error { return wire.CheckAll(&p, Policy.rules) }

// rules checks what the tags cannot express: that names are visible text, and that the list of shared domains exists.
func (p Policy) rules() error {
	var problems value.Errors
	if p.Vendor != "" && !visible(p.Vendor) {
		problems.Refuse("vendor", "registration.vendor", value.Quote(p.Vendor), "is not the name of an organisation")
	}
	for i, name := range p.ChannelOwners {
		if name != "" && !visible(name) {
			problems.Refuse(value.Index("channel_owners", i), "registration.channel_owners", value.Quote(name),
				"is not a name")
		}
	}
	problems.Add("accounts", p.Accounts.Check())
	return problems.Err()
}
