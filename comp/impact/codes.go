package impact

import "github.com/coselling/coselling/value"

// Codes of findings about policies that are valid and doubtful.
const (
	// Neutral finds a rep who loses by bringing a partner in.
	Neutral value.Code = "comp.neutral"
	// unusualPercent finds supporting or influenced credit outside of 25 % to 50 %, the usual range.
	unusualPercent value.Code = "comp.lint.percent"
	// tierUnreachable finds a tier of a rate table that pays nothing, because a cap is reached before it begins.
	tierUnreachable value.Code = "comp.lint.tier_unreachable"
	// tierJump finds a retroactive tier at which one more minor unit of credit reprices all credit below it.
	tierJump value.Code = "comp.lint.jump"
	// capBelowFloor finds a cap that is below its floor. The cap wins.
	capBelowFloor value.Code = "comp.lint.cap_below_floor"
)

// Codes of bad input.
const (
	// planMissing refuses a comparison without two plans.
	planMissing value.Code = "impact.plan"
	// CurrencyMixed refuses a second currency in a comparison that is not by currency.
	CurrencyMixed value.Code = "impact.currency"
	// codeOrder refuses a booking that comes too late, if a rate of one of the policies counts over a period.
	codeOrder value.Code = "impact.order"
	// codeRepeated refuses a second booking with the id of another.
	codeRepeated value.Code = "impact.repeated"
	// movementOf refuses a reversal or an instalment of a deal that did not come before it.
	movementOf value.Code = "impact.movement.of"
	// finished refuses a booking for a comparison that has ended.
	finished value.Code = "impact.finished"
	// payeeShared refuses to merge partial comparisons that have a payee in common.
	payeeShared value.Code = "impact.payee.shared"
	// policyOther refuses to merge comparisons of other policies.
	policyOther value.Code = "impact.policy.other"
	// PartialVersion refuses the encoded form of a partial comparison of another version.
	PartialVersion value.Code = "impact.partial.version"
	// partialContent refuses an encoded partial comparison that no comparison can have written.
	partialContent value.Code = "impact.partial.content"
)
