package timeline

import "github.com/coselling/coselling/value"

// Codes of the rules that this package decides.
const (
	QuarterLock value.Code = "comp.quarter_lock"            // later versions begin on the first day of a fiscal quarter
	Corrected   value.Code = "comp.quarter_lock.correction" // a correction, exempt from the quarter lock, decided
	ClosedFixed value.Code = "comp.closed_fixed"            // a later version never changes that of a closed day
)

// Codes of bad input that this package refuses.
const (
	VersionsMissing value.Code = "history.versions.count" // no version, or too many
	ID              value.Code = "history.id"             // missing, too long, not UTF-8, or the id of another
	Order           value.Code = "history.order"          // versions not by date, or corrections not by approval
	SameDate        value.Code = "history.same_date"      // two versions that begin on one day
	overlap         value.Code = "history.overlap"        // a version inside another, or that ends before it begins
	Uncovered       value.Code = "history.uncovered"      // a day on which no version is in force
	DealDate        value.Code = "history.deal_date"      // the deciding date is missing, or registered after closing
)
