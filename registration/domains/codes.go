package domains

import "github.com/coselling/coselling/value"

// Codes of bad input that this package refuses.
const (
	// DomainFormat refuses what is no host name.
	DomainFormat value.Code = "domain.format"
	// DomainAddress refuses an IP address, which says nothing of a company.
	DomainAddress value.Code = "domain.address"
	// DomainLocal refuses a name without a public top-level domain, such as localhost.
	DomainLocal value.Code = "domain.local"
	// DomainSuffix refuses a public suffix, under which others have their domains.
	DomainSuffix value.Code = "domain.suffix"
	// DomainMixed refuses a label that mixes Latin letters with look-alikes of another script.
	DomainMixed value.Code = "domain.mixed"
)
