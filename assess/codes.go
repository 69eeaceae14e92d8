package assess

import "github.com/coselling/coselling/value"

// Codes of bad input that this package refuses.
const (
	// RegistrableMissing refuses a claim without a key where [Host] has no function for registrable domains.
	RegistrableMissing value.Code = "registrable.missing"
	// RosterMissing reports that nobody can be called, because [Host] has no roster of the partnership.
	RosterMissing value.Code = "roster.missing"
	// AsOfMissing refuses a missing instant of a question, or one outside the years 1 to 9000.
	AsOfMissing value.Code = "assess.as_of"
	FactMissing value.Code = "assess.missing" // reports a missing fact that a part of the answer needs
)

// Codes of the rules that this package decides.
const (
	committedClose value.Code = "stage.commit" // the day on which the reps expect to close has not passed
	partyRoster    value.Code = "party.roster" // a roster lists the people of each participant that a blocker concerns
)
