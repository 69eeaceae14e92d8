package comp

import "github.com/coselling/coselling/value"

// Codes of the rules that make a line.
const (
	// OriginationRule: the party that brought the deal is credited.
	OriginationRule value.Code = "comp.origination"
	// SplitRule: both sides are credited in full.
	SplitRule value.Code = "comp.split"
	// RoleBasedRule: the primary side is credited in full, supporters by contribution.
	RoleBasedRule value.Code = "comp.role_based"
	// ClosedOnly: credit is earned at won; figures of an open deal are projected.
	ClosedOnly value.Code = "comp.closed_only"
	// Conserve: the parts of one amount total it exactly.
	Conserve value.Code = "comp.conserve"
	// Clawback: a reversal takes back exactly what was paid.
	Clawback value.Code = "comp.clawback"
	// cumulative: instalments and partial reversals total the commission that one payment would have paid.
	cumulative value.Code = "comp.cumulative"
	// TrueUp: a retroactive tier that is reached reprices the earlier deals of the period.
	TrueUp value.Code = "comp.true_up"
	// Floor: a floor raises a deal's or a period's commission.
	Floor value.Code = "comp.floor"
	// Cap: a cap cuts a deal's or a period's commission.
	Cap value.Code = "comp.cap"
	// ContributionUpfront: a supporting rep's contribution is recorded when the model is set.
	ContributionUpfront value.Code = "comp.contribution_upfront"
)

// Codes of bad input that this package refuses.
const (
	// modelUnknown refuses a name that is no compensation model.
	modelUnknown value.Code = "comp.model.unknown"
	// jointOriginUnknown refuses a name that is no treatment of a joint origin.
	jointOriginUnknown value.Code = "comp.joint_origin.unknown"
	// roleUnknown refuses a payee that is neither primary nor supporting where the model needs a role.
	roleUnknown value.Code = "comp.role.unknown"
	// contributionID refuses a contribution that is no identifier.
	contributionID value.Code = "comp.contribution.id"
	// contributionUnknown refuses a contribution that the policy does not price.
	contributionUnknown value.Code = "comp.contribution.unknown"
	// contributionsMissing refuses a role-based policy without contributions.
	contributionsMissing value.Code = "comp.contributions.missing"
	// fiscalStart refuses a fiscal year whose first month is no month.
	fiscalStart value.Code = "comp.fiscal_year.start"

	// periodUnknown refuses a name that is no period.
	periodUnknown value.Code = "comp.period.unknown"
	// measureUnknown refuses a name that is no measure of a rate table.
	measureUnknown value.Code = "comp.measure.unknown"
	// methodUnknown refuses a name that is no method of a rate table.
	methodUnknown value.Code = "comp.method.unknown"
	// tableIDForm refuses a rate table's id that is no identifier.
	tableIDForm value.Code = "comp.table.id"
	// tableExcess refuses a policy with too many rate tables.
	tableExcess value.Code = "comp.tables.excess"
	// tiersMissing refuses a rate table without tiers, or with too many.
	tiersMissing value.Code = "comp.tiers.missing"
	// tierGap refuses tiers that leave a credit without a rate.
	tierGap value.Code = "comp.tier.gap"
	// tierOverlap refuses tiers that give a credit two rates.
	tierOverlap value.Code = "comp.tier.overlap"
	// tierEmpty refuses a tier that ends where it begins, or before.
	tierEmpty value.Code = "comp.tier.empty"
	// boundMeasure refuses a tier's bound that the table does not measure.
	boundMeasure value.Code = "comp.tier.measure"
	// rateCurrency refuses money in another currency than a rate table's or a quota's.
	rateCurrency value.Code = "comp.rate.currency"
	// LimitNegative refuses a floor or cap below zero.
	LimitNegative value.Code = "comp.limit.negative"
	// quotaExcess refuses a policy with quotas of too many reps.
	quotaExcess value.Code = "comp.quotas.excess"
	// quotaPeriod refuses a quota whose day is not the first day of a period.
	quotaPeriod value.Code = "comp.quota.period"
	// quotaZero refuses a quota that is not positive.
	quotaZero value.Code = "comp.quota.zero"

	// BookingID refuses a booking or reversal without an id, or with one too long.
	BookingID value.Code = "booking.id"
	// bookingValue refuses a deal or quota value that is not positive.
	bookingValue value.Code = "booking.value"
	// bookingCurrency refuses a quota value in another currency than the deal.
	bookingCurrency value.Code = "booking.currency"
	// codeOriginUnknown refuses a booking without an origin where the model needs one.
	codeOriginUnknown value.Code = "booking.origin.unknown"
	// payeesMissing refuses a booking without payees, or with too many.
	payeesMissing value.Code = "booking.payees"
	// payeeRep refuses a payee without an id, or the same id twice in one booking.
	payeeRep value.Code = "booking.rep"
	// RepTwoParties refuses one rep id that stands for two parties.
	RepTwoParties value.Code = "booking.rep.two_parties"
	// twoOrgs refuses two organisations on one side of a booking.
	twoOrgs value.Code = "booking.two_orgs"
	// primaryTwoSides refuses primary payees on both sides.
	primaryTwoSides value.Code = "booking.primary.two_sides"
	// contributionsExcess refuses a payee with too many contributions.
	contributionsExcess value.Code = "booking.contributions"
	// shareMissing refuses a payee without a share in a group of several.
	shareMissing value.Code = "booking.share.missing"
	// ShareTotal refuses shares of one group that do not total exactly 100 %.
	ShareTotal value.Code = "booking.share.total"
	// SupportAbovePrimary refuses supporting credit of one side above the primary side's 100 %.
	SupportAbovePrimary value.Code = "booking.support_above_primary"

	// RateTwo refuses a payee with a flat rate and a rate table.
	RateTwo value.Code = "booking.rate.two"
	// tableUnknown refuses a rate table that the policy does not have.
	tableUnknown value.Code = "booking.table.unknown"
	// TableHistory refuses, outside a run, a rate that needs the history of its period.
	TableHistory value.Code = "booking.table.history"
	// QuotaMissing refuses a rate by attainment for a rep without a quota of the period.
	QuotaMissing value.Code = "booking.quota.missing"

	// runOpenDeal refuses an open deal in a run.
	runOpenDeal value.Code = "run.open_deal"
	// RunOrder refuses an event that comes before one that the run has taken.
	RunOrder value.Code = "run.order"
	// RunPeriod refuses an event of a closed period, and an event before a closing that is due.
	RunPeriod value.Code = "run.period"
	// RunCurrency refuses a second currency in one run.
	RunCurrency value.Code = "run.currency"

	// payoutOf refuses a payout of a statement that is no won booking of the plan.
	payoutOf value.Code = "payout.of"
	// payoutAmount refuses an amount of a movement that is not positive or not in the deal's currency.
	payoutAmount value.Code = "payout.amount"
	// InstalmentAbove refuses instalments above the deal.
	InstalmentAbove value.Code = "payout.instalment.above"
	// ReversalAbove refuses a reversal above the rest of the deal, and any after a reversal in full.
	ReversalAbove value.Code = "payout.reversal.above"
	// PayoutRepeated refuses an id that the deal, or a movement of it, has already.
	PayoutRepeated value.Code = "payout.repeated"
	// payoutDate refuses a movement without a date, or dated before the one that precedes it.
	payoutDate value.Code = "payout.date"

	// ReversalOf refuses a reversal that does not fit the statement it reverses.
	ReversalOf value.Code = "reversal.of"
	// reversalDate refuses a reversal without a date, or dated before the deal closed.
	reversalDate value.Code = "reversal.date"
	// TotalsMixed refuses to total projected and earned statements together.
	TotalsMixed value.Code = "totals.mixed"
)
