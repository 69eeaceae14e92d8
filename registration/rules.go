package registration

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Rules is a checked policy: the pure functions that decide. Make it with [Compile].
// It is immutable and safe for concurrent use.
type Rules struct {
	policy    Policy
	vendor    model.Party
	accounts  matching.Rules
	workplace value.Workplace
	customers map[string][]matching.Key // by term
	problems  value.Errors              // of options
}

// Option is what a host adds to a policy.
type Option func(*Rules)

// In gives the vendor's workplace: business days are counted by its calendar, and days
// end in its zone. Without it they are Monday to Friday, and the zone is UTC. It is an
// option, and no method of [Rules], because stores compile the rules themselves.
func In(w value.Workplace) Option {
	w = w.Clone()
	return func(r *Rules) { r.workplace = w }
}

// WithCustomers is the vendor's own list of customers (reg.existing_customer). For a
// new list, compile new rules and open the store again.
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
// Errors: [PolicyVendor], [ChannelOwners], [PolicyDays], and those of [matching.Compile] and of the customers' keys.
func Compile(p Policy, registrable func(host string) (string, error), options ...Option) (*Rules, error) {
	var problems value.Errors
	own := p
	own.Accounts = matching.DefaultPolicy() // those of p are checked with their domains
	problems.Add("registration", own.Check())
	accounts, err := matching.Compile(p.Accounts, registrable)
	problems.Add("registration.accounts", err)
	p.ChannelOwners, p.Reminders, p.Accounts.SharedDomains = slices.Clone(p.ChannelOwners), slices.Clone(p.Reminders), nil
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

// Accounts returns the rules that say which accounts are one.
func (r *Rules) Accounts() matching.Rules { return r.accounts }

// Vendor returns the vendor of the policy.
func (r *Rules) Vendor() model.Party { return r.vendor }

func (r *Rules) checkPerson(p model.Person) error {
	var problems value.Errors
	problems.Add("name", checkText(FilingBy, p.Name, maxKey, "names nobody; write 1 to 128 bytes of text"))
	problems.Add("party", r.checkParty(p.Party))
	return problems.Err()
}

// owner reports whether p is one of the vendor's channel owners.
func (r *Rules) owner(p model.Person) bool {
	return p.Party == r.vendor && slices.Contains(r.policy.ChannelOwners, p.Name)
}

// customer reports whether the vendor's list has the account.
func (r *Rules) customer(k matching.Key) bool {
	return slices.ContainsFunc(k.Terms(), func(term string) bool {
		return slices.ContainsFunc(r.customers[term], func(c matching.Key) bool { return r.accounts.Relation(c, k) == matching.Same })
	})
}
