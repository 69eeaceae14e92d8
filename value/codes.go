package value

// Codes of bad input that this package refuses.
const (
	// Unexpected marks an error of another package that has no code of its own.
	Unexpected Code = "error.unexpected"

	// DateFormat refuses a date that is not written YYYY-MM-DD.
	DateFormat Code = "date.format"
	// DateRange refuses a day that the calendar lacks, or outside the years 1 to 9999.
	DateRange Code = "date.range"
	// CalendarEmpty refuses a calendar without a working day.
	CalendarEmpty Code = "calendar.empty"
	// CalendarWeekday refuses a number that is no day of the week.
	CalendarWeekday Code = "calendar.weekday"
	// CalendarRange refuses a count of business days outside the bound, too many
	// holidays, and a business day beyond the last date.
	CalendarRange Code = "calendar.range"

	// CurrencyUnknown refuses a code that is not in ISO 4217 list one.
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
	// MoneyCurrency refuses to combine amounts of two currencies, or one without a currency.
	MoneyCurrency Code = "money.currency"
	// WeightMissing refuses a division among nobody.
	WeightMissing Code = "weight.missing"
	// WeightNegative refuses a negative weight.
	WeightNegative Code = "weight.negative"
	// WeightTotal refuses weights that are all zero, or that total more than 64 bits hold.
	WeightTotal Code = "weight.total"

	// PercentFormat refuses a percentage that is not written like 30% or 12.5%.
	PercentFormat Code = "percent.format"
	// PercentScaleExcess refuses more than six decimals of a percent.
	PercentScaleExcess Code = "percent.scale.excess"
	// PercentRange refuses a percentage beyond ±10,000 %.
	PercentRange Code = "percent.range"
	// PercentAbove refuses a part of a whole above 100 %.
	PercentAbove Code = "percent.above"
	// PercentBelow refuses a part of a whole below 0 %.
	PercentBelow Code = "percent.below"

	// RatioUndefined refuses a quotient by zero.
	RatioUndefined Code = "ratio.undefined"
	// RatioRange refuses a quotient whose terms do not fit 64 bits.
	RatioRange Code = "ratio.range"
	// RateCurrency refuses an exchange rate that is not between two currencies.
	RateCurrency Code = "rate.currency"
	// RateFormat refuses text that is not an exchange rate with its day.
	RateFormat Code = "rate.format"
	// RateRange refuses an exchange rate that is not positive, or has more than 18
	// significant digits or 30 decimals.
	RateRange Code = "rate.range"
	// RoundingUnknown refuses the name of a rounding mode.
	RoundingUnknown Code = "rounding.unknown"
)
