package mapping

import "github.com/coselling/coselling/value"

// MapLoss is the reason of a translation that does not come back to where it began
// (stage.map_loss, SPEC 3.8).
const MapLoss value.Code = "stage.map_loss"

// Codes of bad input that this package refuses.
const (
	// NameUnknown refuses a stage name that the other system does not have.
	NameUnknown value.Code = "mapping.name"
	// StageUnknown refuses a stage of ours that the mapping does not list, or that it and no earlier one has a name for.
	StageUnknown value.Code = "mapping.stage"
	// SystemUnknown refuses a system whose mapping is not shipped.
	SystemUnknown value.Code = "mapping.system"
	// Malformed refuses a mapping without names, with a name that is empty, too long or repeated, or with stages that are.
	Malformed value.Code = "mapping.malformed"
)
