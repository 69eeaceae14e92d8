package assess

import "github.com/coselling/coselling/value"

// Codes of bad input that this package refuses.
const (
	// RegistrableMissing refuses a claim without a key where [Host] has no function for registrable domains.
	RegistrableMissing value.Code = "registrable.missing"
	// RosterMissing reports that nobody can be called, because [Host] has no roster of the partnership.
	RosterMissing value.Code = "roster.missing"
	// rosterTwice refuses a second roster of the same partner and vendor.
	rosterTwice value.Code = "roster.twice"
	// vendorOther reports a deal of another vendor than that of the book's registrations.
	vendorOther value.Code = "assess.vendor"
	// AsOfMissing refuses a missing instant of a question, or one outside the years 1 to 9000.
	AsOfMissing value.Code = "assess.as_of"
	// FactMissing reports a missing fact that a part of the answer needs.
	FactMissing value.Code = "assess.missing"
	// factClaimed reports a fact of a registration that does not count, because the deal names its claims.
	factClaimed value.Code = "assess.claimed"
)
