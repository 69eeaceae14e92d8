package matching

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Codes of the rules that this package applies.
const (
	SameAccount   value.Code = "reg.same_account" // identifiers, else registrable domains, decide
	JointPlanRule value.Code = "reg.joint_plan"   // a strategic overlap needs a joint account plan
)

// Codes of bad input that this package refuses.
const (
	accountEmpty       value.Code = "account.empty"
	accountName        value.Code = "account.name"
	accountCountry     value.Code = "account.country"
	accountExcess      value.Code = "account.excess"
	identifierScheme   value.Code = "identifier.scheme"
	IdentifierValue    value.Code = "identifier.value" // a value that breaks the public rule of its scheme
	registrableMissing value.Code = "matching.registrable.missing"
	sharedDomain       value.Code = "matching.shared_domain"
	targetID           value.Code = "target.id"
	OverlapExcess      value.Code = "overlap.excess" // lists too long, or with the same few accounts too often
)

// Policy is a vendor's policy on the identity of accounts. Every field counts, so start from [DefaultPolicy].
type Policy struct {
	// the list of domains that many companies share, such as those of mail providers, named by the day on which it
	// was made; 2026-11-30 is the only one
	SharedList string `json:"shared_list" wire:"needed,1..10,code=matching.shared_list"`
	// domains and hosts that are shared beside those of the list, with all below them, or behind "*." only what is
	// below: at most 10,000 of 255 bytes
	AlsoShared []string `json:"also_shared" wire:"needed,..10000,code=matching.shared_domain,each=1..255;code=matching.shared_domain"`
	// entries of the list that are not shared, as they are written there: at most 10,000
	NotShared []string `json:"not_shared" wire:"needed,..10000,code=matching.shared_domain,each=1..255;code=matching.shared_domain"`
	// letters that two names need to be near if they differ by one edit, are the same words in another order, or one
	// begins with the other, 1 to 1,024; shorter names must be equal
	SimilarFrom int `json:"similar_from" wire:"needed,1..1024,code=matching.similar_from"`
}

// DefaultPolicy returns a complete policy that the caller may change: the newest list of domains that many companies
// share, and one edit in names of five letters or more.
func DefaultPolicy() Policy { return Policy{SharedList: newestList, SimilarFrom: 5} }

// Check returns up to a hundred problems, matching.shared_list, matching.shared_domain and matching.similar_from, with
// paths inside p.
func (p Policy) Check() error {
	return wire.CheckAll(&p, func(p Policy) error { return unknownList(p.SharedList) })
}

// Rules is a checked policy, immutable, and safe for concurrent use if its function is. Make it with [Compile].
type Rules struct {
	registrable func(host string) (string, error)
	shared      sharing
	forms       legalForms
	similarFrom int
}

// Compile checks a policy and returns its rules. registrable returns the registrable domain of a host, or an error,
// as domains.Registrable does. Errors: matching.registrable.missing, and those of [Policy.Check].
func Compile(p Policy, registrable func(host string) (string, error)) (*Rules, error) {
	if registrable == nil {
		return nil, value.NewError(registrableMissing, "nothing",
			"finds registrable domains; give a function that does")
	}
	var problems value.Errors
	problems.Add("", p.Check())
	shared, err := newSharing(p, registrable)
	problems.Add("", err)
	if err := problems.Err(); err != nil {
		return nil, wire.Limit(err)
	}
	return &Rules{registrable: registrable, shared: shared, forms: newLegalForms(), similarFrom: p.SimilarFrom}, nil
}
