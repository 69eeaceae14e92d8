package registration

import (
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Codes of the rules of deal registration.
const (
	FirstWins        value.Code = "reg.first_wins"        // the first to register an account holds it
	Life             value.Code = "reg.life"              // a claim can take only the steps that its status allows
	Order            value.Code = "reg.order"             // an earlier claim is decided before one that overlaps it
	Joins            value.Code = "reg.joins"             // a claim must not join accounts that different parties own
	ExistingCustomer value.Code = "reg.existing_customer" // a partner cannot register a customer of the vendor
	LateApproval     value.Code = "reg.late_approval"     // a claim was not approved or rejected by its due date
	Extension        value.Code = "reg.extension"         // a claim is extended by its terms, after progress
	Unconfirmed      value.Code = "reg.unconfirmed"       // the other party of a claim has not confirmed it
	DealCovered      value.Code = "reg.deal"              // an active claim of a deal's party covers the deal
	ProtectionShort  value.Code = "reg.protection_short"  // the protection of a claim is shorter than the playbook
	QueueFull        value.Code = "reg.queue_full"        // too many claims wait for one account
)

// Codes of bad input that this package refuses.
const (
	scopeID          value.Code = "scope.id"
	FilingReused     value.Code = "filing.key.reused" // another filing under a key that the claimant has used
	filingBy         value.Code = "filing.by"
	beneficiary      value.Code = "filing.beneficiary"       // a party that a claim cannot name
	AccountUndecided value.Code = "filing.account.undecided" // neither an identifier nor a domain of its own

	ClaimUnknown value.Code = "claim.unknown" // a claim that does not exist, or that the party may not see
	claimID      value.Code = "claim.id"      // 1 to 128 bytes of visible text
	claimOrder   value.Code = "claim.order"   // events out of order, or one more than a day ahead of the store
	ClaimCopies  value.Code = "claim.copies"  // a copy of a claim that differs in what was filed
	claimExcess  value.Code = "claim.excess"

	ActionUnknown   value.Code = "action.unknown"
	ApproverUnknown value.Code = "approver.unknown" // a decision by a person who is not a channel owner
	ActorForbidden  value.Code = "actor.forbidden"  // a person whose party may not take the action
)

// Rules is a checked policy, immutable and safe for concurrent use. Make it with [Compile]; nil and the zero value know
// no claim, and every method that can fail refuses them (registration.rules.missing).
type Rules struct {
	policy    Policy
	vendor    model.Party
	accounts  *matching.Rules
	workplace value.Workplace
	customers map[string][]customer // by term
}

// Customer is an account on the vendor's own list.
type Customer struct {
	Account matching.Account
	Since   time.Time // when it was listed; a claim that was filed before is no claim on a customer; zero: always
}

type customer struct {
	key   matching.Key
	since time.Time
}

// Compile checks a policy and returns its rules; registrable finds the registrable domain of a host, as
// domains.Registrable does. Business days are Monday to Friday in UTC; [Rules.In] changes both. Errors, all at
// once, with paths such as registration.vendor or registration.channel_owners[1]: those of [Policy.Check], and those
// of [matching.Compile] below registration.accounts, where also a nil registrable is reported.
func Compile(p Policy, registrable func(host string) (string, error)) (*Rules, error) {
	var problems value.Errors
	own := p
	own.Accounts = matching.DefaultPolicy() // the accounts of p are checked below, with their domains
	problems.Add("registration", own.Check())
	accounts, err := matching.Compile(p.Accounts, registrable)
	problems.Add("registration.accounts", err)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	p.ChannelOwners, p.Terms = slices.Clone(p.ChannelOwners), wire.Clone(p.Terms)
	p.Accounts.AlsoShared, p.Accounts.NotShared = nil, nil
	return &Rules{policy: p, vendor: model.VendorOrg(p.Vendor), accounts: accounts}, nil
}

// made returns an error unless the rules come from Compile.
func (r *Rules) made() error {
	if r == nil || r.accounts == nil {
		return rulesMissing()
	}
	return nil
}

func rulesMissing() error {
	return value.NewError("registration.rules.missing", "nothing",
		"is given for the store or for the rules; give both")
}

// In returns the same rules for the vendor's workplace: its business days, and days that end in its zone.
func (r *Rules) In(w value.Workplace) *Rules {
	var moved Rules
	if r != nil {
		moved = *r
	}
	moved.workplace = w.Clone()
	return &moved
}

// WithCustomers returns the same rules with the vendor's list of customers in place of any other
// (reg.existing_customer), or the errors of [matching.Rules.Key] of every account, with paths such as
// customers[2].name. An account with a name alone is accepted and matches no filing. The rules of r do not change.
func (r *Rules) WithCustomers(list ...Customer) (*Rules, error) {
	if err := r.made(); err != nil {
		return nil, err
	}
	var problems value.Errors
	known := *r
	known.customers = make(map[string][]customer, len(list))
	for i, c := range list {
		k, err := r.accounts.Key(c.Account)
		problems.Add(value.Index("customers", i), err)
		for _, term := range k.Terms() {
			known.customers[term] = append(known.customers[term], customer{k, c.Since})
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return &known, nil
}

// Accounts returns the rules that decide which accounts are the same; nil if Compile did not make r.
func (r *Rules) Accounts() *matching.Rules {
	if r == nil {
		return nil
	}
	return r.accounts
}

// Terms returns the terms that an approval gets, a copy; nil for nil and zero rules.
func (r *Rules) Terms() *Terms {
	if r.made() != nil {
		return nil
	}
	return new(wire.Clone(r.policy.Terms))
}

// Vendor returns the vendor of the policy; the zero Party for nil and zero rules.
func (r *Rules) Vendor() model.Party {
	if r == nil {
		return model.Party{}
	}
	return r.vendor
}

func (r *Rules) checkPerson(p model.Person) error {
	var problems value.Errors
	problems.Add("name", checkText(filingBy, p.Name, maxKey, "is not a name; write 1 to 128 bytes of text"))
	problems.Add("party", r.checkParty(p.Party))
	return problems.Err()
}

// owner reports whether p is one of the vendor's channel owners.
func (r *Rules) owner(p model.Person) bool {
	return p.Party == r.vendor && slices.Contains(r.policy.ChannelOwners, p.Name)
}

// customer reports whether the account was on the vendor's list of customers at an instant.
func (r *Rules) customer(k matching.Key, at time.Time) bool {
	if len(r.customers) == 0 {
		return false
	}
	same := func(c customer) bool { return !c.since.After(at) && r.accounts.Relation(c.key, k) == matching.Same }
	return slices.ContainsFunc(k.Terms(), func(term string) bool {
		return slices.ContainsFunc(r.customers[term], same)
	})
}
