package matching

import "github.com/coselling/coselling/value"

// Codes of the rules that this package applies (SPEC 6).
const (
	// SameAccount: identifiers, else registrable domains, say which accounts are one.
	SameAccount value.Code = "reg.same_account"
	// JointPlanRule: a strategic overlap needs a joint account plan.
	JointPlanRule value.Code = "reg.joint_plan"
)

// Codes of bad input that this package refuses.
const (
	// AccountEmpty refuses an account with neither name, domain nor identifier.
	AccountEmpty value.Code = "account.empty"
	// AccountName refuses a name without a letter or digit, one too long and one that is not UTF-8.
	AccountName value.Code = "account.name"
	// AccountCountry refuses what is not two upper-case letters.
	AccountCountry value.Code = "account.country"
	// AccountExcess refuses too many domains or identifiers.
	AccountExcess value.Code = "account.excess"
	// IdentifierScheme refuses a scheme that is no identifier, and one given twice.
	IdentifierScheme value.Code = "identifier.scheme"
	// IdentifierValue refuses a value that breaks the public rule of its scheme.
	IdentifierValue value.Code = "identifier.value"
	// RegistrableMissing refuses rules without a function for registrable domains.
	RegistrableMissing value.Code = "matching.registrable.missing"
	// SharedDomain refuses an entry of the list of shared domains.
	SharedDomain value.Code = "matching.shared_domain"
	// SimilarRange refuses a length from which names are compared by edits.
	SimilarRange value.Code = "matching.similar_from"
	// TargetID refuses a target without an id, or with one that stands twice in its list.
	TargetID value.Code = "target.id"
	// OverlapExcess refuses lists that are too long, or that name the same few accounts too often.
	OverlapExcess value.Code = "overlap.excess"
)
