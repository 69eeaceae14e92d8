package coselling

import "github.com/coselling/coselling/value"

// Codes of bad input that this package refuses.
const (
	// RegistrableMissing refuses to make the key of a claim without a function that finds registrable domains.
	RegistrableMissing value.Code = "registrable.missing"
	// RosterMissing says that nobody can be called, for want of a roster.
	RosterMissing value.Code = "roster.missing"
	// VendorOther says that a deal is of another vendor than the one of the book's registrations.
	VendorOther value.Code = "assess.vendor"
	// AsOfMissing refuses a question without its instant, or one outside the years 1 to 9000.
	AsOfMissing value.Code = "assess.as_of"
	// FactMissing says that a part of the answer lacks a fact.
	FactMissing value.Code = "assess.missing"
)
