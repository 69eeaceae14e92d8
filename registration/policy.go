package registration

import (
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Policy is the vendor's policy of deal registration. Every field counts, as nothing is
// defaulted later: start from [DefaultPolicy].
type Policy struct {
	// the organisation of the vendor, 1 to 128 bytes; a registry has one vendor
	Vendor string `json:"vendor" wire:"needed,1..128,code=registration.vendor,like=visible"`
	// the people of the vendor who approve, at least two, each once
	ChannelOwners []string `json:"channel_owners" wire:"needed,2..1000,unique,code=registration.channel_owners,each=1..128;like=visible"`
	// business days in which a claim is decided, 1 to 260
	ApproveWithin int `json:"approve_within" wire:"needed,1..260,code=registration.days"`
	// days for which an approved claim protects its account, 1 to 3,650
	Protection int `json:"protection" wire:"needed,1..3650,code=registration.days"`
	// days by which a claim can be extended, once, 0 to 3,650; 0: never
	Extension int `json:"extension" wire:"needed,0..3650,code=registration.days"`
	// days before the end of a claim on which its parties are reminded, each 1 to 3,650, at most 100;
	// nil and empty: none
	Reminders []int `json:"reminders" wire:"needed,..100,code=registration.days,each=1..3650;code=registration.days"`
	// partners may claim the customers of the vendor
	ExistingCustomers bool `json:"existing_customers" wire:"needed"`
	// which accounts are the same
	Accounts matching.Policy `json:"accounts" wire:"needed"`
}

// DefaultPolicy returns a complete policy that the caller may change: two business days to decide, 90 days of
// protection, 30 days of extension, reminders 30, 14 and 7 days before the end, and no claims of partners on
// customers. The vendor and its channel owners, at least two, have no default; [Compile] checks them.
func DefaultPolicy(vendor string, channelOwners ...string) Policy {
	return Policy{
		Vendor: vendor, ChannelOwners: slices.Clone(channelOwners),
		ApproveWithin: 2, Protection: 90, Extension: 30, Reminders: []int{30, 14, 7},
		Accounts: matching.DefaultPolicy(),
	}
}

// Lint returns the finding reg.protection_short if an approved claim ends before a
// playbook of so many days does, which is allowed but doubtful; nil if there is none.
func (p Policy) Lint(playbookDays int) []value.Reason {
	if p.Protection >= playbookDays {
		return nil
	}
	template := "a claim is protected for {protection} days, the playbook takes {playbook}"
	return []value.Reason{value.NewReason(ProtectionShort, template,
		value.Op("protection", p.Protection), value.Op("playbook", playbookDays)).At("protection")}
}

// Check returns every problem of the policy that can be found without the host, with
// paths inside it: registration.vendor, registration.channel_owners, registration.days, matching.shared_domain,
// matching.similar_from. [Compile] also checks that the shared domains are registrable.
func (p Policy) Check() error { return wire.CheckAll(&p, Policy.rules) }

// rules checks what the tags cannot express: that names are visible text.
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
	return problems.Err()
}
