package registration

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes = 1 << 20
	maxPolicyDepth = 8
)

// policyWire is the JSON form of [Policy]; pointers tell a missing member from a zero one.
type policyWire struct {
	Vendor            *string       `json:"vendor" schema:"visible 1..128"`
	ChannelOwners     []string      `json:"channel_owners" schema:"2..1000 unique each=visible,1..128"`
	ApproveWithin     *int          `json:"approve_within" schema:"1..260"`
	Protection        *int          `json:"protection" schema:"1..3650"`
	Extension         *int          `json:"extension" schema:"0..3650"`
	Reminders         []int         `json:"reminders" schema:"0..100 each=1..3650"`
	ExistingCustomers *bool         `json:"existing_customers"`
	Accounts          *accountsWire `json:"accounts"`
}

type accountsWire struct {
	SharedDomains []string `json:"shared_domains" schema:"0..10000 each=1..253"` // registrable domains that many companies use: mail providers, hosted tenants
	SimilarFrom   *int     `json:"similar_from" schema:"1..1024"`                // letters from which names are near that differ by one edit; shorter ones must be equal
}

// ParsePolicy reads the JSON form of a policy, at most 1 MiB and 8 levels deep.
// Every member is needed; a repeated, unknown or wrongly cased one and trailing
// data are refused, the first with its path. Problems of values are returned all at
// once; whether domains are registrable, [Compile] says.
func ParsePolicy(data []byte) (Policy, error) {
	p, err := parsePolicy(data)
	return p, value.In("registration", err)
}

func parsePolicy(data []byte) (Policy, error) {
	var w policyWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxPolicyBytes, Depth: maxPolicyDepth}); err != nil {
		return Policy{}, err
	}
	p := Policy{
		Vendor: *w.Vendor, ChannelOwners: w.ChannelOwners,
		ApproveWithin: *w.ApproveWithin, Protection: *w.Protection, Extension: *w.Extension, Reminders: w.Reminders,
		ExistingCustomers: *w.ExistingCustomers,
		Accounts:          matching.Policy{SharedDomains: w.Accounts.SharedDomains, SimilarFrom: *w.Accounts.SimilarFrom},
	}
	if err := p.Check(); err != nil {
		return Policy{}, err
	}
	return p, nil
}

// MarshalJSON returns the canonical form: every member, in a fixed order; nil lists
// as empty ones. [ParsePolicy] gives an equal policy back.
func (p Policy) MarshalJSON() ([]byte, error) {
	return json.Marshal(policyWire{
		Vendor: new(p.Vendor), ChannelOwners: p.ChannelOwners,
		ApproveWithin: new(p.ApproveWithin), Protection: new(p.Protection), Extension: new(p.Extension), Reminders: p.Reminders,
		ExistingCustomers: new(p.ExistingCustomers),
		Accounts:          &accountsWire{SharedDomains: p.Accounts.SharedDomains, SimilarFrom: new(p.Accounts.SimilarFrom)},
	})
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	parsed, err := parsePolicy(data)
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}
