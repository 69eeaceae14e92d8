package registration

import "github.com/coselling/coselling/value"

// Codes of the rules that decide (SPEC 6).
const (
	// FirstWins: whoever registers an account first holds it until the claim ends.
	FirstWins value.Code = "reg.first_wins"
	// Life: which steps a claim can take.
	Life value.Code = "reg.life"
	// Order: an earlier claim is decided before a later one that overlaps it.
	Order value.Code = "reg.order"
	// Joins: a claim must not join two accounts that are owned apart.
	Joins value.Code = "reg.joins"
	// ExistingCustomer: a customer of the vendor is not registered by a partner.
	ExistingCustomer value.Code = "reg.existing_customer"
	// ApprovalLate: a claim was not approved or rejected in time.
	ApprovalLate value.Code = "reg.approval_late"
	// Extension: a claim is extended once, on progress since its approval.
	Extension value.Code = "reg.extension"
	// Unconfirmed: a claim for both sides waits for the other party.
	Unconfirmed value.Code = "reg.unconfirmed"
	// DealCovered: the registration of a deal is an active claim of one of its parties, whose scope covers it.
	DealCovered value.Code = "reg.deal"
	// ProtectionShort: a protection period that is shorter than the playbook.
	ProtectionShort value.Code = "reg.protection_short"
	// QueueFull: too many claims wait for one account.
	QueueFull value.Code = "reg.queue_full"
)

// Codes of bad input that this package refuses.
const (
	// PolicyVendor refuses a policy that does not name the vendor.
	PolicyVendor value.Code = "registration.vendor"
	// PolicyDays refuses a number of days out of its range.
	PolicyDays value.Code = "registration.days"
	// ChannelOwners refuses a policy with fewer than two channel owners, or with one twice.
	ChannelOwners value.Code = "registration.channel_owners"
	// RulesMissing refuses rules that were not compiled.
	RulesMissing value.Code = "registration.rules.missing"

	// ScopeID refuses a product or region that is no identifier, and scopes that are too long.
	ScopeID value.Code = "scope.id"
	// FilingKey refuses a filing without the client's key, or with one too long.
	FilingKey value.Code = "filing.key"
	// FilingReused refuses another filing under a key that the claimant has used.
	FilingReused value.Code = "filing.key.reused"
	// FilingBy refuses a filing that does not name the person who submits it.
	FilingBy value.Code = "filing.by"
	// FilingWith refuses a beneficiary that is not on the other side.
	FilingWith value.Code = "filing.beneficiary"
	// FilingVendor refuses a vendor that is not the policy's.
	FilingVendor value.Code = "filing.vendor"
	// AccountUndecided refuses an account with a name alone, on which nobody can be first.
	AccountUndecided value.Code = "filing.account.undecided"

	// ClaimUnknown refuses an id that no claim has, or none that the party may see.
	ClaimUnknown value.Code = "claim.unknown"
	// ClaimID refuses a claim without an id, or with one too long.
	ClaimID value.Code = "claim.id"
	// ClaimInstant refuses a claim or event without an instant, one far in the future and events out of order.
	ClaimInstant value.Code = "claim.instant"
	// ClaimCopies refuses a copy of a claim that differs in what was filed.
	ClaimCopies value.Code = "claim.copies"
	// ClaimExcess refuses more claims or events than the limit.
	ClaimExcess value.Code = "claim.excess"

	// ActionUnknown refuses a number or name that is no action.
	ActionUnknown value.Code = "action.unknown"
	// StatusUnknown refuses a name that is no status.
	StatusUnknown value.Code = "claim.status.unknown"
	// ApproverUnknown refuses a decision by somebody who is no channel owner.
	ApproverUnknown value.Code = "approver.unknown"
	// ApproverSubmitted refuses a decision by the person who submitted the claim.
	ApproverSubmitted value.Code = "approver.submitted"
	// ActorForbidden refuses a person whose party must not take the action.
	ActorForbidden value.Code = "actor.forbidden"
	// ReasonMissing refuses a rejection or exception without a reason, and a text too long.
	ReasonMissing value.Code = "event.reason.missing"
	// ProgressMissing refuses an extension that rests on no progress.
	ProgressMissing value.Code = "event.progress.missing"
)
