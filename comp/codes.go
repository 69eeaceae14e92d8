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
	// Cumulative: instalments and partial reversals total the commission that one payment would have paid.
	Cumulative value.Code = "comp.cumulative"
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
	// ModelUnknown refuses a name that is no compensation model.
	ModelUnknown value.Code = "comp.model.unknown"
	// JointOriginUnknown refuses a name that is no treatment of a joint origin.
	JointOriginUnknown value.Code = "comp.joint_origin.unknown"
	// RoleUnknown refuses a payee that is neither primary nor supporting where the model needs a role.
	RoleUnknown value.Code = "comp.role.unknown"
	// ContributionID refuses a contribution that is no identifier.
	ContributionID value.Code = "comp.contribution.id"
	// ContributionUnknown refuses a contribution that the policy does not price.
	ContributionUnknown value.Code = "comp.contribution.unknown"
	// ContributionsMissing refuses a role-based policy without contributions.
	ContributionsMissing value.Code = "comp.contributions.missing"
	// FiscalStart refuses a fiscal year whose first month is no month.
	FiscalStart value.Code = "comp.fiscal_year.start"

	// PeriodUnknown refuses a name that is no period.
	PeriodUnknown value.Code = "comp.period.unknown"
	// MeasureUnknown refuses a name that is no measure of a rate table.
	MeasureUnknown value.Code = "comp.measure.unknown"
	// MethodUnknown refuses a name that is no method of a rate table.
	MethodUnknown value.Code = "comp.method.unknown"
	// TableIDForm refuses a rate table's id that is no identifier.
	TableIDForm value.Code = "comp.table.id"
	// TableExcess refuses a policy with too many rate tables.
	TableExcess value.Code = "comp.tables.excess"
	// TiersMissing refuses a rate table without tiers, or with too many.
	TiersMissing value.Code = "comp.tiers.missing"
	// TierGap refuses tiers that leave a credit without a rate.
	TierGap value.Code = "comp.tier.gap"
	// TierOverlap refuses tiers that give a credit two rates.
	TierOverlap value.Code = "comp.tier.overlap"
	// TierEmpty refuses a tier that ends where it begins, or before.
	TierEmpty value.Code = "comp.tier.empty"
	// BoundMeasure refuses a tier's bound that the table does not measure.
	BoundMeasure value.Code = "comp.tier.measure"
	// RateCurrency refuses money in another currency than a rate table's or a quota's.
	RateCurrency value.Code = "comp.rate.currency"
	// LimitNegative refuses a floor or cap below zero.
	LimitNegative value.Code = "comp.limit.negative"
	// QuotaExcess refuses a policy with quotas of too many reps.
	QuotaExcess value.Code = "comp.quotas.excess"
	// QuotaPeriod refuses a quota whose day is not the first day of a period.
	QuotaPeriod value.Code = "comp.quota.period"
	// QuotaZero refuses a quota that is not positive.
	QuotaZero value.Code = "comp.quota.zero"

	// BookingID refuses a booking or reversal without an id, or with one too long.
	BookingID value.Code = "booking.id"
	// BookingValue refuses a deal or quota value that is not positive.
	BookingValue value.Code = "booking.value"
	// BookingCurrency refuses a quota value in another currency than the deal.
	BookingCurrency value.Code = "booking.currency"
	// OriginUnknown refuses a booking without an origin where the model needs one.
	OriginUnknown value.Code = "booking.origin.unknown"
	// PayeesMissing refuses a booking without payees, or with too many.
	PayeesMissing value.Code = "booking.payees"
	// PayeeRep refuses a payee without an id, or the same id twice in one booking.
	PayeeRep value.Code = "booking.rep"
	// RepTwoParties refuses one rep id that stands for two parties.
	RepTwoParties value.Code = "booking.rep.two_parties"
	// TwoOrgs refuses two organisations on one side of a booking.
	TwoOrgs value.Code = "booking.two_orgs"
	// PrimaryTwoSides refuses primary payees on both sides.
	PrimaryTwoSides value.Code = "booking.primary.two_sides"
	// ContributionsExcess refuses a payee with too many contributions.
	ContributionsExcess value.Code = "booking.contributions"
	// ShareMissing refuses a payee without a share in a group of several.
	ShareMissing value.Code = "booking.share.missing"
	// ShareTotal refuses shares of one group that do not total exactly 100 %.
	ShareTotal value.Code = "booking.share.total"
	// SupportAbovePrimary refuses supporting credit of one side above the primary side's 100 %.
	SupportAbovePrimary value.Code = "booking.support_above_primary"

	// RateTwo refuses a payee with a flat rate and a rate table.
	RateTwo value.Code = "booking.rate.two"
	// TableUnknown refuses a rate table that the policy does not have.
	TableUnknown value.Code = "booking.table.unknown"
	// TableHistory refuses, outside a run, a rate that needs the history of its period.
	TableHistory value.Code = "booking.table.history"
	// QuotaMissing refuses a rate by attainment for a rep without a quota of the period.
	QuotaMissing value.Code = "booking.quota.missing"

	// RunOpenDeal refuses an open deal in a run.
	RunOpenDeal value.Code = "run.open_deal"
	// RunOrder refuses an event that comes before one that the run has taken.
	RunOrder value.Code = "run.order"
	// RunPeriod refuses an event of a closed period, and an event before a closing that is due.
	RunPeriod value.Code = "run.period"
	// RunCurrency refuses a second currency in one run.
	RunCurrency value.Code = "run.currency"

	// PayoutOf refuses a payout of a statement that is no won booking of the plan.
	PayoutOf value.Code = "payout.of"
	// PayoutAmount refuses an amount of a movement that is not positive or not in the deal's currency.
	PayoutAmount value.Code = "payout.amount"
	// InstalmentAbove refuses instalments above the deal.
	InstalmentAbove value.Code = "payout.instalment.above"
	// ReversalAbove refuses a reversal above the rest of the deal, and any after a reversal in full.
	ReversalAbove value.Code = "payout.reversal.above"
	// PayoutRepeated refuses an id that the deal, or a movement of it, has already.
	PayoutRepeated value.Code = "payout.repeated"
	// PayoutDate refuses a movement without a date, or dated before the one that precedes it.
	PayoutDate value.Code = "payout.date"

	// ReversalOf refuses a reversal that does not fit the statement it reverses.
	ReversalOf value.Code = "reversal.of"
	// ReversalDate refuses a reversal without a date, or dated before the deal closed.
	ReversalDate value.Code = "reversal.date"
	// TotalsMixed refuses to total projected and earned statements together.
	TotalsMixed value.Code = "totals.mixed"
)
