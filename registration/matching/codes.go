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
	// AccountEmpty refuses an account without a name, a domain and an identifier.
	AccountEmpty value.Code = "account.empty"
	// AccountName refuses a name that has no letter or digit, is too long or is not UTF-8.
	AccountName value.Code = "account.name"
	// AccountCountry refuses a country that is not two upper-case letters.
	AccountCountry value.Code = "account.country"
	// AccountExcess refuses too many domains or identifiers.
	AccountExcess value.Code = "account.excess"
	// IdentifierScheme refuses a scheme with a malformed name, and two identifiers of one scheme.
	IdentifierScheme value.Code = "identifier.scheme"
	// IdentifierValue refuses a value that breaks the public rule of its scheme.
	IdentifierValue value.Code = "identifier.value"
	// RegistrableMissing refuses rules without a function for registrable domains.
	RegistrableMissing value.Code = "matching.registrable.missing"
	// SharedDomain refuses a shared domain that is not registrable or not in canonical form.
	SharedDomain value.Code = "matching.shared_domain"
	// SimilarRange refuses a smallest length of similar names that is out of range.
	SimilarRange value.Code = "matching.similar_from"
	// TargetID refuses a target whose id is missing or stands twice in its list.
	TargetID value.Code = "target.id"
	// OverlapExcess refuses lists that are too long or name the same few accounts too often.
	OverlapExcess value.Code = "overlap.excess"
)
