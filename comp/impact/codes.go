package impact

import "github.com/coselling/coselling/value"

// Codes of findings about policies that are valid and doubtful.
const (
	// Neutral finds a rep who loses by bringing a partner in.
	Neutral value.Code = "comp.neutral"
	// UnusualPercent finds supporting or influenced credit outside of 25 % to 50 %, the usual range.
	UnusualPercent value.Code = "comp.lint.percent"
	// TierUnreachable finds a tier of a rate table that pays nothing, because a cap is reached before it begins.
	TierUnreachable value.Code = "comp.lint.tier_unreachable"
	// TierJump finds a retroactive tier at which one more minor unit of credit reprices all credit below it.
	TierJump value.Code = "comp.lint.jump"
	// CapBelowFloor finds a cap that is below its floor. The cap wins.
	CapBelowFloor value.Code = "comp.lint.cap_below_floor"
)

// Codes of bad input.
const (
	// PlanMissing refuses a comparison without two plans.
	PlanMissing value.Code = "impact.plan"
	// CurrencyMixed refuses a second currency in a comparison that is not by currency.
	CurrencyMixed value.Code = "impact.currency"
	// Order refuses a booking that comes too late, where a rate of one of the policies counts over a period.
	Order value.Code = "impact.order"
	// Repeated refuses a second booking with the id of another.
	Repeated value.Code = "impact.repeated"
	// MovementOf refuses a reversal or an instalment of a deal that did not come before it.
	MovementOf value.Code = "impact.movement.of"
	// Finished refuses a booking for a comparison that has ended.
	Finished value.Code = "impact.finished"
	// PayeeShared refuses to merge partial comparisons that have a payee in common.
	PayeeShared value.Code = "impact.payee.shared"
	// PolicyOther refuses to merge comparisons of other policies.
	PolicyOther value.Code = "impact.policy.other"
	// PartialVersion refuses the encoded form of a partial comparison of another version.
	PartialVersion value.Code = "impact.partial.version"
	// PartialContent refuses an encoded partial comparison that no comparison can have written.
	PartialContent value.Code = "impact.partial.content"
)
