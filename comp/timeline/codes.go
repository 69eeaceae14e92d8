package timeline

import "github.com/coselling/coselling/value"

// Codes of the rules that this package decides.
const (
	// consistent: one version is in force on a day.
	consistent value.Code = "comp.consistent"
	// QuarterLock: a version after the first begins on the first day of a fiscal quarter.
	QuarterLock value.Code = "comp.quarter_lock"
	// Corrected: a correction, the exception from the quarter lock, made the result.
	Corrected value.Code = "comp.quarter_lock.correction"
	// ClosedFixed: a later version never changes the version of a closed day.
	ClosedFixed value.Code = "comp.closed_fixed"
)

// Codes of bad input that this package refuses.
const (
	// basisUnknown refuses a name that is no basis.
	basisUnknown value.Code = "history.basis.unknown"
	// VersionsMissing refuses a history without versions, or with too many.
	VersionsMissing value.Code = "history.versions.count"
	// correctionsExcess refuses too many corrections.
	correctionsExcess value.Code = "history.corrections.count"
	// ID refuses a version or correction without an id, with one too long or not UTF-8, or with the id of another.
	ID value.Code = "history.id"
	// dateMissing refuses a version or correction that does not say when it begins.
	dateMissing value.Code = "history.date"
	// Order refuses versions that are not ordered by date, and corrections that are not ordered by approval.
	Order value.Code = "history.order"
	// SameDate refuses two versions that begin on one day.
	SameDate value.Code = "history.same_date"
	// gap refuses days without a version between two versions.
	gap value.Code = "history.gap"
	// overlap refuses a version that begins before the end that another one states, or ends before it begins.
	overlap value.Code = "history.overlap"
	// Uncovered refuses a day on which no version is in force.
	Uncovered value.Code = "history.uncovered"
	// DealDate refuses a deal without the date that decides, or that was registered after it closed.
	DealDate value.Code = "history.deal_date"
	// yearDiffers refuses a policy whose periods follow another fiscal year than the history's versions.
	yearDiffers value.Code = "history.fiscal_year"
	// size refuses to write a history that is larger than what is read.
	size value.Code = "history.size"

	// correctionOf refuses a correction of a version that the history does not have.
	correctionOf value.Code = "correction.of"
	// correctionRange refuses a correction that begins on a day on which its version is not in force.
	correctionRange value.Code = "correction.range"
	// correctionReason refuses a correction that does not say why, or at too great a length.
	correctionReason value.Code = "correction.reason"
	// correctionApproval refuses an approver whose name or organisation is too long.
	correctionApproval value.Code = "correction.approval"
)
