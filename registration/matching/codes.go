package matching

import "github.com/coselling/coselling/value"

// Codes of the rules that this package applies.
const (
	// SameAccount: identifiers, else registrable domains, decide which accounts are the same.
	SameAccount value.Code = "reg.same_account"
	// JointPlanRule: a strategic overlap needs a joint account plan.
	JointPlanRule value.Code = "reg.joint_plan"
)

// Codes of bad input that this package refuses.
const (
	// accountEmpty refuses an account without a name, a domain and an identifier.
	accountEmpty value.Code = "account.empty"
	// accountName refuses a name that has no letter or digit, is too long or is not UTF-8.
	accountName value.Code = "account.name"
	// accountCountry refuses a country that is not two upper-case letters.
	accountCountry value.Code = "account.country"
	// accountExcess refuses too many domains or identifiers.
	accountExcess value.Code = "account.excess"
	// identifierScheme refuses a scheme with a malformed name, and two identifiers of one scheme.
	identifierScheme value.Code = "identifier.scheme"
	// IdentifierValue refuses a value that breaks the public rule of its scheme.
	IdentifierValue value.Code = "identifier.value"
	// registrableMissing refuses rules without a function for registrable domains.
	registrableMissing value.Code = "matching.registrable.missing"
	// sharedDomain refuses a shared domain that is not registrable or not in canonical form.
	sharedDomain value.Code = "matching.shared_domain"
	// targetID refuses a target whose id is missing or stands twice in its list.
	targetID value.Code = "target.id"
	// OverlapExcess refuses lists that are too long or name the same few accounts too often.
	OverlapExcess value.Code = "overlap.excess"
)
