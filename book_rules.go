package coselling

import (
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// crossFieldRules lists what a schema cannot say, in the order of a document.
var crossFieldRules = [...]value.Code{
	// Text that a schema never sees, or sees otherwise.
	wire.Size, wire.Syntax, wire.Repeated, wire.Type,
	// One value, of which a pattern cannot tell everything: what is counted in bytes, what is invisible, what no calendar or list of currencies has.
	BookVersion, value.DateRange, value.CurrencyUnknown, value.CurrencyNoMinorUnit, value.MoneyScaleExcess, value.MoneyRange,
	value.PercentFormat, value.PercentRange, value.DecimalFormat, comp.PayeeRep, stage.TextLength, stage.PlaybookText,
	registration.PolicyVendor, registration.ChannelOwners, matching.SharedDomain, wire.Duration, comms.PolicyRange,
	// Fields of one section that depend on each other.
	model.MatrixIncomplete,
	comp.ContributionsMissing, comp.RateCurrency, comp.TierGap, comp.TierOverlap, comp.TierEmpty, comp.QuotaPeriod,
	stage.StageWindows, stage.PlaybookMissing, stage.PlaybookStages, stage.PlaybookEmpty, stage.PlaybookID, stage.PlaybookGate,
	stage.PlaybookDays, stage.PlaybookCovers, stage.KindUnknown, stage.FactKindUnknown,
	// Fields of two sections.
	BookCurrency, BookRole,
}

// CrossFieldRules returns the codes of what [ParseBook] refuses and [Schema] does not:
// rules that relate fields, and what a schema cannot say of one. The schema lists them
// too, each with its meaning. The caller owns the slice.
func CrossFieldRules() []value.Code { return slices.Clone(crossFieldRules[:]) }
