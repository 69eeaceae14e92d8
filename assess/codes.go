package assess

import "github.com/coselling/coselling/value"

// Codes of bad input that this package refuses.
const (
	// RegistrableMissing refuses to make the key of a claim without a function that finds registrable domains.
	RegistrableMissing value.Code = "registrable.missing"
	// RosterMissing says that nobody can be called, as the roster of the partnership is missing.
	RosterMissing value.Code = "roster.missing"
	// RosterTwice refuses a second roster of one partner and one vendor.
	RosterTwice value.Code = "roster.twice"
	// VendorOther says that a deal is of another vendor than the one of the book's registrations.
	VendorOther value.Code = "assess.vendor"
	// AsOfMissing refuses a question without its instant, or one outside the years 1 to 9000.
	AsOfMissing value.Code = "assess.as_of"
	// FactMissing says that a fact is missing which a part of the answer needs.
	FactMissing value.Code = "assess.missing"
	// FactClaimed leaves a fact out that says that the deal is registered, as the deal names the claims that alone decide it.
	FactClaimed value.Code = "assess.claimed"
)
