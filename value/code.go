package value

// Code is the permanent identifier of a rule, a reason or a kind of bad input, for example "comp.role_based"
// or "money.scale.excess". A code may be retired; it never gets another meaning. Codes are compared bytewise.
// The zero value is no code, and this module never returns it.
//
// A code is an error too, so that errors.Is works on it:
//
//	if errors.Is(err, value.MoneyScaleExcess) { … }
type Code string

// Error returns the code itself. It makes a code usable as the target of errors.Is; this
// module never returns a bare code as an error.
func (c Code) Error() string { return string(c) }

// Codes of bad input that this package refuses.
const (
	// Unexpected marks an error from elsewhere that has no code.
	Unexpected Code = "error.unexpected"

	// DateFormat refuses a date that is not written YYYY-MM-DD.
	DateFormat Code = "date.format"
	// DateRange refuses a day that does not exist, and one outside the years 1 to 9999.
	DateRange Code = "date.range"
	// CalendarRange refuses a count of business days other than 1 to 10,000, more than 10,000
	// holidays, and a business day outside the years 1 to 9999.
	CalendarRange Code = "calendar.range"

	// CurrencyUnknown refuses a text that is not a code of ISO 4217 list one.
	CurrencyUnknown Code = "currency.unknown"
	// CurrencyNoMinorUnit refuses a code of list one that has no minor unit, such as XAU.
	CurrencyNoMinorUnit Code = "currency.no_minor_unit"

	// DecimalFormat refuses a number that is not digits with at most one point.
	DecimalFormat Code = "decimal.format"
	// MoneyFormat refuses text or JSON that is not an amount and a currency.
	MoneyFormat Code = "money.format"
	// MoneyScaleExcess refuses an amount finer than its currency's minor unit.
	MoneyScaleExcess Code = "money.scale.excess"
	// MoneyRange refuses an amount of 10¹⁴ major units or more.
	MoneyRange Code = "money.range"
	// MoneyCurrency refuses to combine amounts of two currencies, and an amount without a currency.
	MoneyCurrency Code = "money.currency"

	// PercentFormat refuses a percentage that is not written like 30% or 12.5%.
	PercentFormat Code = "percent.format"
	// PercentRange refuses a percentage beyond ±10,000 %.
	PercentRange Code = "percent.range"
	// PercentAbove refuses a part of a whole above 100 %.
	PercentAbove Code = "percent.above"
	// PercentBelow refuses a part of a whole below 0 %.
	PercentBelow Code = "percent.below"

	// ratioUndefined refuses a quotient by zero.
	ratioUndefined Code = "ratio.undefined"
	// RateFormat refuses text that is not an exchange rate with its day.
	RateFormat Code = "rate.format"
	// roundingUnknown refuses a text or number that is not a rounding mode.
	roundingUnknown Code = "rounding.unknown"
)
