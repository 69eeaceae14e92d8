package registration

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Rules is a checked policy with the pure functions that decide by it. Make it with
// [Compile]. It is immutable and safe for concurrent use.
type Rules struct {
	policy    Policy
	vendor    model.Party
	accounts  matching.Rules
	workplace value.Workplace
	customers map[string][]matching.Key // by term
	problems  value.Errors              // found by options
}

// Option adds a fact of the host to a policy; see [In] and [WithCustomers].
type Option func(*Rules)

// In gives the vendor's workplace: business days follow its calendar, and days end in its
// zone. Without it business days are Monday to Friday and the zone is UTC.
func In(w value.Workplace) Option {
	w = w.Clone()
	return func(r *Rules) { r.workplace = w }
}

// WithCustomers gives the vendor's own list of customers (reg.existing_customer). After a
// change of the list, compile new rules and open the store again.
func WithCustomers(accounts ...matching.Account) Option {
	return func(r *Rules) {
		r.customers = make(map[string][]matching.Key, len(accounts))
		for i, a := range accounts {
			k, err := r.accounts.Key(a)
			r.problems.Add(value.Index("customers", i), err)
			for _, term := range k.Terms() {
				r.customers[term] = append(r.customers[term], k)
			}
		}
	}
}

// Compile checks a policy and returns its rules; registrable finds the registrable
// domain of a host, as domains.Registrable does. Every problem is reported at once.
// Errors: [PolicyVendor], [ChannelOwners], [PolicyDays], and those of [matching.Compile]
// and of the customers' keys.
func Compile(
	p Policy, registrable func(host string) (string, error), options ...Option,
) (*Rules, error) {
	var problems value.Errors
	own := p
	own.Accounts = matching.DefaultPolicy() // the accounts of p are checked below, with their domains
	problems.Add("registration", own.Check())
	accounts, err := matching.Compile(p.Accounts, registrable)
	problems.Add("registration.accounts", err)
	p.ChannelOwners, p.Reminders = slices.Clone(p.ChannelOwners), slices.Clone(p.Reminders)
	p.Accounts.SharedDomains = nil
	slices.SortFunc(p.Reminders, func(a, b int) int { return b - a })
	r := &Rules{policy: p, vendor: model.VendorOrg(p.Vendor), accounts: accounts}
	if err != nil {
		return nil, problems
	}
	for _, option := range options {
		option(r)
	}
	problems.Add("", r.problems.Err())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return r, nil
}

// Accounts returns the rules that decide which accounts are the same.
func (r *Rules) Accounts() matching.Rules { return r.accounts }

// Vendor returns the vendor of the policy.
func (r *Rules) Vendor() model.Party { return r.vendor }

func (r *Rules) checkPerson(p model.Person) error {
	var problems value.Errors
	problems.Add("name", checkText(FilingBy, p.Name, maxKey, "is not a name; write 1 to 128 bytes of text"))
	problems.Add("party", r.checkParty(p.Party))
	return problems.Err()
}

// owner reports whether p is one of the vendor's channel owners.
func (r *Rules) owner(p model.Person) bool {
	return p.Party == r.vendor && slices.Contains(r.policy.ChannelOwners, p.Name)
}

// customer reports whether the account is on the vendor's list of customers.
func (r *Rules) customer(k matching.Key) bool {
	same := func(c matching.Key) bool { return r.accounts.Relation(c, k) == matching.Same }
	return slices.ContainsFunc(k.Terms(), func(term string) bool {
		return slices.ContainsFunc(r.customers[term], same)
	})
}
