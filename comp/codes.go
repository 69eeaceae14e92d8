package comp

import "github.com/coselling/coselling/value"

// Codes of the rules that make a line (SPEC 5.1, 5.2).
const (
	// OriginationRule: whoever brought the deal is credited.
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
	// ContributionUpfront: a supporting rep's contribution is recorded when the model is set.
	ContributionUpfront value.Code = "comp.contribution_upfront"
)

// Codes of bad input that this package refuses.
const (
	// ModelUnknown refuses a name that is no compensation model.
	ModelUnknown value.Code = "comp.model.unknown"
	// JointOriginUnknown refuses a name that says nothing about joint origin.
	JointOriginUnknown value.Code = "comp.joint_origin.unknown"
	// RoleUnknown refuses a payee that is neither primary nor supporting where the model asks.
	RoleUnknown value.Code = "comp.role.unknown"
	// ContributionID refuses a contribution that is no identifier.
	ContributionID value.Code = "comp.contribution.id"
	// ContributionUnknown refuses a contribution that the policy does not price.
	ContributionUnknown value.Code = "comp.contribution.unknown"
	// ContributionsMissing refuses a role-based policy without contributions, or with too many.
	ContributionsMissing value.Code = "comp.contributions.missing"
	// FiscalStart refuses a fiscal year that begins in no month.
	FiscalStart value.Code = "comp.fiscal_year.start"

	// BookingID refuses a booking or reversal without an id, or with one too long.
	BookingID value.Code = "booking.id"
	// BookingValue refuses a deal or quota value that is not positive.
	BookingValue value.Code = "booking.value"
	// BookingCurrency refuses a quota value in another currency than the deal.
	BookingCurrency value.Code = "booking.currency"
	// OriginUnknown refuses a booking whose origin the model needs and nobody knows.
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

	// ReversalOf refuses a reversal that does not fit the statement it reverses.
	ReversalOf value.Code = "reversal.of"
	// ReversalDate refuses a reversal without a date, or dated before the deal closed.
	ReversalDate value.Code = "reversal.date"
	// TotalsMixed refuses to total projected and earned statements together.
	TotalsMixed value.Code = "totals.mixed"
)
