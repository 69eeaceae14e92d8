package registration

import (
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Policy is the vendor's policy of deal registration (SPEC 6). Every field counts:
// nothing is defaulted later, so start from [DefaultPolicy].
type Policy struct {
	// the vendor's organisation, 1 to 128 bytes; a registry has one
	Vendor string `json:"vendor" wire:"needed,1..128,code=registration.vendor,like=visible"`
	// the vendor's people who approve, two at least, each once
	ChannelOwners []string `json:"channel_owners" wire:"needed,2..1000,unique,code=registration.channel_owners,each=1..128;like=visible"`
	// business days for the decision on a claim, 1 to 260
	ApproveWithin int `json:"approve_within" wire:"needed,1..260,code=registration.days"`
	// days that an approved claim holds, 1 to 3,650
	Protection int `json:"protection" wire:"needed,1..3650,code=registration.days"`
	// days that it is extended by, once, 0 to 3,650; 0: never
	Extension int `json:"extension" wire:"needed,0..3650,code=registration.days"`
	// days before the end, 1 to 3,650, at most 100; nil and empty: none
	Reminders []int `json:"reminders" wire:"needed,..100,code=registration.days,each=1..3650;code=registration.days"`
	// whether partners may claim the vendor's customers
	ExistingCustomers bool `json:"existing_customers" wire:"needed"`
	// which accounts are one
	Accounts matching.Policy `json:"accounts" wire:"needed"`
}

// DefaultPolicy returns a complete policy that the caller may change: two business
// days to decide, 90 days of protection, 30 of extension, reminders 30, 14 and 7 days
// before the end, no claims of partners on customers. The vendor and its channel
// owners, two at least, have no default; [Compile] checks them.
func DefaultPolicy(vendor string, channelOwners ...string) Policy {
	return Policy{
		Vendor: vendor, ChannelOwners: slices.Clone(channelOwners),
		ApproveWithin: 2, Protection: 90, Extension: 30, Reminders: []int{30, 14, 7},
		Accounts: matching.DefaultPolicy(),
	}
}

// Lint returns the finding reg.protection_short where an approved claim ends before a
// playbook of so many days does: legal, and doubtful. Nil is no finding.
func (p Policy) Lint(playbookDays int) []value.Reason {
	if p.Protection >= playbookDays {
		return nil
	}
	return []value.Reason{value.NewReason(ProtectionShort, "a claim is protected for {protection} days, the playbook takes {playbook}",
		value.Op("protection", p.Protection), value.Op("playbook", playbookDays)).At("protection")}
}

// Check returns every problem of the policy that is seen without the host, with paths
// inside it: [PolicyVendor], [ChannelOwners], [PolicyDays],
// [matching.SharedDomain], [matching.SimilarRange]. [Compile] checks whether the shared
// domains are registrable besides.
func (p Policy) Check() error { return wire.CheckAll(&p, Policy.rules) }

// rules returns what the tags cannot say: names that nobody can read.
func (p Policy) rules() error {
	var problems value.Errors
	if p.Vendor != "" && !visible(p.Vendor) {
		problems.Refuse("vendor", PolicyVendor, value.Quote(p.Vendor), "names no organisation")
	}
	for i, name := range p.ChannelOwners {
		if name != "" && !visible(name) {
			problems.Refuse(value.Index("channel_owners", i), ChannelOwners, value.Quote(name), "is no name")
		}
	}
	return problems.Err()
}
