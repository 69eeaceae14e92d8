package matching

import (
	"strconv"

	"github.com/coselling/coselling/value"
)

const (
	maxSharedDomains = 10_000
	maxDomain        = 253 // bytes, as the domain name system has it
)

// Policy is what a vendor may decide about the identity of accounts. Every field
// counts; start from [DefaultPolicy].
type Policy struct {
	SharedDomains []string // registrable domains that many companies use: mail providers, hosted tenants
	SimilarFrom   int      // letters from which names are near that differ by one edit, 1 to 1024; shorter ones must be equal
}

// DefaultPolicy returns a complete policy that the caller may change: public mail
// providers and hosted tenants as shared domains, one edit in names of five letters
// or more.
func DefaultPolicy() Policy {
	return Policy{SharedDomains: append([]string(nil), sharedDomains[:]...), SimilarFrom: 5}
}

// Check returns every problem of the policy that is seen without knowing which domains
// are registrable, with paths inside it: [SharedDomain], [SimilarRange].
func (p Policy) Check() error {
	var problems value.Errors
	for i, d := range p.SharedDomains[:min(len(p.SharedDomains), maxSharedDomains)] {
		if d == "" || len(d) > maxDomain {
			problems.Add(value.Index("shared_domains", i), value.NewError(SharedDomain, value.Quote(d), "is no domain of 1 to "+strconv.Itoa(maxDomain)+" bytes"))
		}
	}
	problems.Add("", p.checkNumbers())
	return problems.Err()
}

func (p Policy) checkNumbers() error {
	var problems value.Errors
	if n := len(p.SharedDomains); n > maxSharedDomains {
		problems.Add("shared_domains", value.NewError(SharedDomain, strconv.Itoa(n)+" domains", "are above the limit of "+strconv.Itoa(maxSharedDomains)))
	}
	if p.SimilarFrom < 1 || p.SimilarFrom > maxName {
		problems.Add("similar_from", value.NewError(SimilarRange, strconv.Itoa(p.SimilarFrom), "is no length of names; write 1 to "+strconv.Itoa(maxName)))
	}
	return problems.Err()
}

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
	r := Rules{registrable: registrable, shared: make(map[string]bool, len(p.SharedDomains)), forms: newLegalForms(), similarFrom: p.SimilarFrom}
	domains := p.SharedDomains
	if len(domains) > maxSharedDomains {
		domains = nil // that there are too many is said below
	}
	for i, d := range domains {
		own, err := registrable(d)
		if err != nil || own != d {
			problems.Add(value.Index("shared_domains", i), value.NewError(SharedDomain, value.Quote(d), "is no registrable domain in its canonical form, such as gmail.com"))
		}
		r.shared[d] = true
	}
	problems.Add("", p.checkNumbers())
	if err := problems.Err(); err != nil {
		return Rules{}, err
	}
	return r, nil
}
