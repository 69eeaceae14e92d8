package impact

import "github.com/coselling/coselling/value"

// Codes of findings about policies that are valid and doubtful.
const (
	// Neutral finds a rep who loses by bringing a partner in.
	Neutral value.Code = "comp.neutral"
)

// Codes of bad input.
const (
	// CurrencyMixed refuses a second currency in a comparison that is not by currency.
	CurrencyMixed value.Code = "impact.currency"
	// PartialVersion refuses the encoded form of a partial comparison of another version.
	PartialVersion value.Code = "impact.partial.version"
	// partialContent refuses an encoded partial comparison that no comparison can have written.
	partialContent value.Code = "impact.partial.content"
)
