package deal

import "github.com/coselling/coselling/value"

// Codes of a deal and a record that are malformed.
const (
	// IDInvalid refuses a deal without its id, its partner or its vendor, or one that is too long.
	IDInvalid value.Code = "deal.id"
	// DayMissing refuses a deal without its opening day.
	DayMissing value.Code = "deal.day"
	// FactTwice refuses two blockers of one id that say different things.
	FactTwice value.Code = "fact.twice"
)
