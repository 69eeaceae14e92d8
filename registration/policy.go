package registration

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	maxDays      = 3650
	maxApprove   = 260
	maxOwners    = 1000
	maxReminders = 100
)

// Policy is the vendor's policy of deal registration (SPEC 6). Every field counts:
// nothing is defaulted later, so start from [DefaultPolicy].
type Policy struct {
	Vendor            string          // the vendor's organisation; a registry has one
	ChannelOwners     []string        // the vendor's people who approve, two at least
	ApproveWithin     int             // business days for the decision on a claim, 1 to 260
	Protection        int             // days that an approved claim holds, 1 to 3,650
	Extension         int             // days that it is extended by, once, 0 to 3,650; 0: never
	Reminders         []int           // days before the end, 1 to 3,650, at most 100; nil and empty: none
	ExistingCustomers bool            // whether partners may claim the vendor's customers
	Accounts          matching.Policy // which accounts are one
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
// inside it. [Compile] checks the shared domains besides.
func (p Policy) Check() error {
	var problems value.Errors
	problems.Add("", p.check())
	problems.Add("accounts", p.Accounts.Check())
	return problems.Err()
}

// check returns every problem of the policy but those of its accounts.
func (p Policy) check() error {
	var problems value.Errors
	if !printable(p.Vendor, maxKey) {
		problems.Add("vendor", value.NewError(PolicyVendor, value.Quote(p.Vendor), "names no organisation"))
	}
	problems.Add("channel_owners", p.checkOwners())
	problems.Add("approve_within", days(p.ApproveWithin, 1, maxApprove))
	problems.Add("protection", days(p.Protection, 1, maxDays))
	problems.Add("extension", days(p.Extension, 0, maxDays))
	if n := len(p.Reminders); n > maxReminders {
		problems.Add("reminders", value.NewError(PolicyDays, strconv.Itoa(n)+" reminders", "are above the limit of "+strconv.Itoa(maxReminders)))
		return problems.Err()
	}
	for i, d := range p.Reminders {
		problems.Add(value.Index("reminders", i), days(d, 1, maxDays))
	}
	return problems.Err()
}

func (p Policy) checkOwners() error {
	if n := len(p.ChannelOwners); n < 2 || n > maxOwners {
		return value.NewError(ChannelOwners, strconv.Itoa(n)+" channel owners", "are given; name 2 to "+strconv.Itoa(maxOwners)+", so that one can decide on the other's claims")
	}
	var problems value.Errors
	for i, name := range p.ChannelOwners {
		if !printable(name, maxKey) || slices.Index(p.ChannelOwners, name) < i {
			problems.Add(value.Index("", i), value.NewError(ChannelOwners, value.Quote(name), "is no name, or stands twice"))
		}
	}
	return problems.Err()
}

func days(n, from, to int) error {
	if n >= from && n <= to {
		return nil
	}
	return value.NewError(PolicyDays, strconv.Itoa(n)+" days", "are not "+strconv.Itoa(from)+" to "+strconv.Itoa(to))
}
