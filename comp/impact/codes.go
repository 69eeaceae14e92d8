package impact

import "github.com/coselling/coselling/value"

// Codes of lints: what is legal in a policy, and doubtful.
const (
	// Neutral: a rep loses by bringing a partner in (SPEC 5.1).
	Neutral value.Code = "comp.neutral"
	// UnusualPercent: supporting or influenced credit outside of 25 % to 50 %, the usual range.
	UnusualPercent value.Code = "comp.lint.percent"
	// TierUnreachable: a tier of a rate table pays nothing, because a cap is reached before it begins.
	TierUnreachable value.Code = "comp.lint.tier_unreachable"
	// TierJump: one more minor unit of credit changes the commission of all credit below a retroactive tier.
	TierJump value.Code = "comp.lint.jump"
	// CapBelowFloor: a cap is below its floor, and wins.
	CapBelowFloor value.Code = "comp.lint.cap_below_floor"
)

// Codes of bad input that this package refuses.
const (
	// PlanMissing refuses a comparison without two plans.
	PlanMissing value.Code = "impact.plan"
	// CurrencyMixed refuses a second currency in a comparison that is not by currency.
	CurrencyMixed value.Code = "impact.currency"
	// Order refuses a booking or movement that comes too late, where a rate of one of the policies counts over a period.
	Order value.Code = "impact.order"
	// Repeated refuses a booking whose id stood before.
	Repeated value.Code = "impact.repeated"
	// MovementOf refuses a reversal or an instalment of a deal that was not named up front, or did not come before it.
	MovementOf value.Code = "impact.movement.of"
	// Finished refuses what comes after the end of a comparison.
	Finished value.Code = "impact.finished"
	// PayeeShared refuses to merge partial comparisons that have a payee in common.
	PayeeShared value.Code = "impact.payee.shared"
	// PolicyOther refuses to merge comparisons of other policies.
	PolicyOther value.Code = "impact.policy.other"
	// PartialVersion refuses the encoded form of a partial comparison of another version.
	PartialVersion value.Code = "impact.partial.version"
	// PartialContent refuses an encoded partial comparison that no comparison wrote.
	PartialContent value.Code = "impact.partial.content"
)
