package matching

import (
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Policy is what a vendor may decide about the identity of accounts. Every field
// counts; start from [DefaultPolicy].
type Policy struct {
	// registrable domains that many companies use, at most 10,000 of 253 bytes: mail providers, hosted tenants
	SharedDomains []string `json:"shared_domains" wire:"needed,..10000,code=matching.shared_domain,each=1..253;code=matching.shared_domain"`
	// letters from which names are near that differ by one edit, 1 to 1,024; shorter ones must be equal
	SimilarFrom int `json:"similar_from" wire:"needed,1..1024,code=matching.similar_from"`
}

// DefaultPolicy returns a complete policy that the caller may change: public mail
// providers and hosted tenants as shared domains, one edit in names of five letters
// or more.
func DefaultPolicy() Policy {
	return Policy{SharedDomains: slices.Clone(sharedDomains[:]), SimilarFrom: 5}
}

// Check returns every problem of the policy that is seen without knowing which domains
// are registrable, with paths inside it, up to a hundred: [SharedDomain], [SimilarRange].
func (p Policy) Check() error { return wire.Check(&p) }

// Rules is a checked policy. Make it with [Compile]; the zero value knows no domain.
// It is immutable and safe for concurrent use if its function is.
type Rules struct {
	registrable func(host string) (string, error)
	shared      map[string]bool
	forms       legalForms
	similarFrom int
}

// Compile checks a policy. registrable returns the registrable domain of a host, or
// an error where there is none; package domains has one. Errors:
// [RegistrableMissing], [SharedDomain], [SimilarRange], all at once.
func Compile(p Policy, registrable func(host string) (string, error)) (Rules, error) {
	if registrable == nil {
		return Rules{}, value.NewError(RegistrableMissing, "nothing", "finds registrable domains; give domains.Registrable")
	}
	var problems value.Errors
	problems.Add("", p.Check())
	r := Rules{registrable: registrable, shared: make(map[string]bool, len(p.SharedDomains)), forms: newLegalForms(), similarFrom: p.SimilarFrom}
	for i, d := range p.SharedDomains {
		own, err := registrable(d)
		if err != nil || own != d {
			problems.Refuse(value.Index("shared_domains", i), SharedDomain, value.Quote(d), "is no registrable domain in its canonical form, such as gmail.com")
		}
		r.shared[d] = true
	}
	if err := problems.Err(); err != nil {
		return Rules{}, wire.Limit(err)
	}
	return r, nil
}
