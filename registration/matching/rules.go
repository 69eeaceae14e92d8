package matching

import (
	"slices"

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
	// registrable domains that many companies use, such as those of mail providers: at most 10,000 of 253 bytes
	SharedDomains []string `json:"shared_domains" wire:"needed,..10000,code=matching.shared_domain,each=1..253;code=matching.shared_domain"`
	// letters that two names need to be near if they differ by one edit, 1 to 1,024; shorter names must be equal
	SimilarFrom int `json:"similar_from" wire:"needed,1..1024,code=matching.similar_from"`
}

// DefaultPolicy returns a complete policy that the caller may change: the shared domains of mail providers, social
// networks and hosted tenants, and one edit in names of five letters or more.
func DefaultPolicy() Policy {
	return Policy{SharedDomains: slices.Clone(sharedDomains[:]), SimilarFrom: 5}
}

// Check returns up to a hundred problems, matching.shared_domain and matching.similar_from, with paths inside p.
func (p Policy) Check() error { return wire.Check(&p) }

// Rules is a checked policy, immutable, and safe for concurrent use if its function is. Make it with [Compile].
type Rules struct {
	registrable func(host string) (string, error)
	shared      map[string]bool
	forms       legalForms
	similarFrom int
}

// Compile checks a policy and returns its rules. registrable returns the registrable domain of a host, or an error,
// as domains.Registrable does. Errors: matching.registrable.missing, matching.shared_domain, matching.similar_from.
func Compile(p Policy, registrable func(host string) (string, error)) (*Rules, error) {
	if registrable == nil {
		return nil, value.NewError(registrableMissing, "nothing",
			"finds registrable domains; give a function that does")
	}
	var problems value.Errors
	problems.Add("", p.Check())
	r := &Rules{
		registrable: registrable, shared: make(map[string]bool, len(p.SharedDomains)),
		forms: newLegalForms(), similarFrom: p.SimilarFrom,
	}
	for i, d := range p.SharedDomains {
		own, err := registrable(d)
		if err != nil || own != d {
			problems.Refuse(value.Index("shared_domains", i), sharedDomain, value.Quote(d),
				"is not a registrable domain in its canonical form, such as gmail.com")
		}
		r.shared[d] = true
	}
	if err := problems.Err(); err != nil {
		return nil, wire.Limit(err)
	}
	return r, nil
}

// sharedDomains are used by companies without a domain of their own. Under a private suffix such as github.io each
// tenant has a registrable domain, so those are not listed.
var sharedDomains = [...]string{
	"126.com", "163.com", "aol.com", "bigpond.com", "bluewin.ch", "bol.com.br", "btinternet.com",
	"comcast.net", "facebook.com", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at",
	"gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.co.uk",
	"hotmail.fr", "hotmail.it", "icloud.com", "instagram.com", "laposte.net", "libero.it",
	"linkedin.com", "linktr.ee", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com",
	"naver.com", "onmicrosoft.com", "orange.fr", "outlook.com", "pm.me", "proton.me",
	"protonmail.com", "qq.com", "rediffmail.com", "seznam.cz", "sfr.fr", "sharepoint.com",
	"sina.com", "t-online.de", "telenet.be", "terra.com.br", "tiscali.it", "tuta.com", "uol.com.br",
	"virgilio.it", "wanadoo.fr", "web.de", "wp.pl", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com",
	"yahoo.de", "yahoo.fr", "yandex.ru", "ymail.com", "zoho.com",
}
