package matching

import (
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Policy is a vendor's policy on the identity of accounts. Every field counts, so start from [DefaultPolicy].
type Policy struct {
	// registrable domains that many companies use, such as those of mail providers: at most 10,000 of 253 bytes
	SharedDomains []string `json:"shared_domains" wire:"needed,..10000,code=matching.shared_domain,each=1..253;code=matching.shared_domain"`
	// letters that two names need to be near if they differ by one edit, 1 to 1,024; shorter names must be equal
	SimilarFrom int `json:"similar_from" wire:"needed,1..1024,code=matching.similar_from"`
}

// DefaultPolicy returns a complete policy that the caller may change. It shares the domains of public mail
// providers, social networks and hosted tenants, and allows one edit in names of five letters or more.
func DefaultPolicy() Policy {
	return Policy{SharedDomains: slices.Clone(sharedDomains[:]), SimilarFrom: 5}
}

// Check returns every problem of the policy that can be found without the list of public
// suffixes, with paths inside it, up to a hundred: matching.shared_domain, matching.similar_from.
func (p Policy) Check() error { return wire.Check(&p) }

// Rules is a checked policy. Make it with [Compile]; the zero value knows no domain.
// It is immutable and safe for concurrent use if its function is.
type Rules struct {
	registrable func(host string) (string, error)
	shared      map[string]bool
	forms       legalForms
	similarFrom int
}

// Compile checks a policy and returns its rules. registrable returns the registrable domain
// of a host, or an error if there is none, as domains.Registrable does. Errors:
// matching.registrable.missing, matching.shared_domain, matching.similar_from, all at once.
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

// sharedDomains are the domains that companies without a domain of their own use. Suffixes in the private part of
// the public suffix list, such as github.io, are not among them: each tenant has a registrable domain there.
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
