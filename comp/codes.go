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
	// tierGap refuses tiers that leave a credit without a rate.
	tierGap value.Code = "comp.tier.gap"
	// rateCurrency refuses money in another currency than a rate table's or a quota's.
	rateCurrency value.Code = "comp.rate.currency"
	// LimitNegative refuses a floor or cap below zero.
	LimitNegative value.Code = "comp.limit.negative"

	// BookingID refuses a booking or reversal without an id, or with one too long.
	BookingID value.Code = "booking.id"
	// bookingValue refuses a deal or quota value that is not positive.
	bookingValue value.Code = "booking.value"
	// payeeRep refuses a payee without an id, or the same id twice in one booking.
	payeeRep value.Code = "booking.rep"
	// RepTwoParties refuses one rep id that stands for two parties.
	RepTwoParties value.Code = "booking.rep.two_parties"
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

	// RunOrder refuses an event that comes before one that the run has taken.
	RunOrder value.Code = "run.order"
	// RunPeriod refuses an event of a closed period, and an event before a closing that is due.
	RunPeriod value.Code = "run.period"
	// RunCurrency refuses a second currency in one run.
	RunCurrency value.Code = "run.currency"

	// payoutOf refuses a payout of a statement that is no won booking of the plan.
	payoutOf value.Code = "payout.of"
	// InstalmentAbove refuses instalments above the deal.
	InstalmentAbove value.Code = "payout.instalment.above"
	// ReversalAbove refuses a reversal above the rest of the deal, and any after a reversal in full.
	ReversalAbove value.Code = "payout.reversal.above"
	// PayoutRepeated refuses an id that the deal, or a movement of it, has already.
	PayoutRepeated value.Code = "payout.repeated"

	// ReversalOf refuses a reversal that does not fit the statement it reverses.
	ReversalOf value.Code = "reversal.of"
	// TotalsMixed refuses to total projected and earned statements together.
	TotalsMixed value.Code = "totals.mixed"
)
