package registration

import "github.com/coselling/coselling/value"

// Codes of the rules of deal registration.
const (
	// FirstWins: the party that registers an account first holds it until its claim ends.
	FirstWins value.Code = "reg.first_wins"
	// Life: a claim can take only the steps that its status allows.
	Life value.Code = "reg.life"
	// Order: an earlier claim is decided before a later one that overlaps it.
	Order value.Code = "reg.order"
	// Joins: a claim must not join two accounts that different parties own.
	Joins value.Code = "reg.joins"
	// ExistingCustomer: a partner cannot register a customer of the vendor.
	ExistingCustomer value.Code = "reg.existing_customer"
	// ApprovalLate: a claim was not approved or rejected by its due date.
	ApprovalLate value.Code = "reg.approval_late"
	// Extension: a claim can be extended once, after progress since its approval.
	Extension value.Code = "reg.extension"
	// Unconfirmed: the other party of a claim for both sides has not confirmed it.
	Unconfirmed value.Code = "reg.unconfirmed"
	// DealCovered: the registration of a deal is an active claim of one of its parties whose scope covers the deal.
	DealCovered value.Code = "reg.deal"
	// ProtectionShort: the protection of a claim is shorter than the playbook.
	ProtectionShort value.Code = "reg.protection_short"
	// QueueFull: too many claims wait for one account.
	QueueFull value.Code = "reg.queue_full"
)

// Codes of bad input that this package refuses.
const (
	// scopeID refuses a product or region that is not an id, and a scope with too many of them.
	scopeID value.Code = "scope.id"
	// FilingReused refuses another filing under a key that the claimant has used.
	FilingReused value.Code = "filing.key.reused"
	// filingBy refuses a filing or event that does not name the person who submits it.
	filingBy value.Code = "filing.by"
	// AccountUndecided refuses an account that has neither an identifier nor a domain of its own.
	AccountUndecided value.Code = "filing.account.undecided"

	// ClaimUnknown refuses the id of a claim that does not exist, or that the party may not see.
	ClaimUnknown value.Code = "claim.unknown"
	// claimID refuses a claim whose id is missing or too long.
	claimID value.Code = "claim.id"
	// claimOrder refuses events out of order, and one more than a day ahead of the store.
	claimOrder value.Code = "claim.order"
	// ClaimCopies refuses a copy of a claim that differs in what was filed.
	ClaimCopies value.Code = "claim.copies"
	// claimExcess refuses more claims or events than the limit, and a key that is too long.
	claimExcess value.Code = "claim.excess"

	// ActionUnknown refuses a number or name that is not an action.
	ActionUnknown value.Code = "action.unknown"
	// ApproverUnknown refuses a decision by a person who is not a channel owner.
	ApproverUnknown value.Code = "approver.unknown"
	// ActorForbidden refuses a person whose party may not take the action.
	ActorForbidden value.Code = "actor.forbidden"
)
