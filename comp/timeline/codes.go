package timeline

import "github.com/coselling/coselling/value"

// Codes of the rules that this package decides.
const (
	// QuarterLock: a version after the first begins on the first day of a fiscal quarter.
	QuarterLock value.Code = "comp.quarter_lock"
	// Corrected: a correction, the exception from the quarter lock, made the result.
	Corrected value.Code = "comp.quarter_lock.correction"
	// ClosedFixed: a later version never changes the version of a closed day.
	ClosedFixed value.Code = "comp.closed_fixed"
)

// Codes of bad input that this package refuses.
const (
	// VersionsMissing refuses a history without versions, or with too many.
	VersionsMissing value.Code = "history.versions.count"
	// ID refuses a version or correction without an id, with one too long or not UTF-8, or with the id of another.
	ID value.Code = "history.id"
	// Order refuses versions that are not ordered by date, and corrections that are not ordered by approval.
	Order value.Code = "history.order"
	// SameDate refuses two versions that begin on one day.
	SameDate value.Code = "history.same_date"
	// overlap refuses a version that begins before the end that another one states, or ends before it begins.
	overlap value.Code = "history.overlap"
	// Uncovered refuses a day on which no version is in force.
	Uncovered value.Code = "history.uncovered"
	// DealDate refuses a deal without the date that decides, or that was registered after it closed.
	DealDate value.Code = "history.deal_date"
)
