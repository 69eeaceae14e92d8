package comp

import "github.com/coselling/coselling/value"

// Codes of the rules that make a line.
const (
	OriginationRule     value.Code = "comp.origination"          // the party that brought the deal is credited
	SplitRule           value.Code = "comp.split"                // both sides are credited in full
	RoleBasedRule       value.Code = "comp.role_based"           // primary reps in full, supporters by contribution
	companyRule         value.Code = "comp.company"              // a company is paid, and counts toward no quota
	ClosedOnly          value.Code = "comp.closed_only"          // credit is earned at won; open deals are projected
	Conserve            value.Code = "comp.conserve"             // the parts of one amount total it exactly
	Clawback            value.Code = "comp.clawback"             // a reversal takes back exactly what was paid
	TrueUp              value.Code = "comp.true_up"              // a retroactive tier reprices the earlier deals
	Floor               value.Code = "comp.floor"                // a floor raises a deal's or a period's commission
	Cap                 value.Code = "comp.cap"                  // a cap cuts a deal's or a period's commission
	ContributionUpfront value.Code = "comp.contribution_upfront" // support is recorded when the model is set
)

// Codes of bad input that this package refuses.
const (
	tierGap       value.Code = "comp.tier.gap"       // tiers that leave a credit without a rate
	rateCurrency  value.Code = "comp.rate.currency"  // money in another currency than a rate table's or a quota's
	LimitNegative value.Code = "comp.limit.negative" // a floor or cap below zero

	BookingID           value.Code = "booking.id"                    // an id that is missing or too long
	bookingValue        value.Code = "booking.value"                 // a deal or quota value that is not positive
	bookingCurrency     value.Code = "booking.currency"              // a quota value in another currency
	payeeRep            value.Code = "booking.rep"                   // a payee's id that is missing or stands twice
	RepTwoParties       value.Code = "booking.rep.two_parties"       // one id for two parties or kinds of payee
	ShareTotal          value.Code = "booking.share.total"           // shares of a group that do not total 100 %
	SupportAbovePrimary value.Code = "booking.support_above_primary" // supporters of a side above 100 %

	RateMissing  value.Code = "booking.rate.missing"  // a payee, or a tier, with a rate that nobody stated
	RateTwo      value.Code = "booking.rate.two"      // a payee whose pay is stated in two ways
	tableUnknown value.Code = "booking.table.unknown" // a rate table that the policy does not have
	TableHistory value.Code = "booking.table.history" // outside a run, a rate that needs the history of its period
	QuotaMissing value.Code = "booking.quota.missing" // a rate by attainment for a rep without a quota of the period

	RunOrder    value.Code = "run.order"    // an event that comes before one that the run has taken
	RunPeriod   value.Code = "run.period"   // an event of a closed period, or before a closing that is due
	RunCurrency value.Code = "run.currency" // a second currency in one run

	payoutOf         value.Code = "payout.of"         // a payout of no won booking of the plan
	MovementOf       value.Code = "movement.of"       // a movement of a deal that is not known
	MovementAbove    value.Code = "movement.above"    // more than is left to receive, refund, write off or reverse
	MovementRepeated value.Code = "movement.repeated" // an id that a deal or another movement has already

	ReversalOf  value.Code = "reversal.of"  // a reversal that does not fit the statement it reverses
	TotalsMixed value.Code = "totals.mixed" // projected and earned statements together
)
