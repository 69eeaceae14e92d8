// Package value holds the exact values that every other package speaks in:
// [Money], [Currency], [Percent], [Ratio], [Date], [Calendar] and [Workplace], and
// the two ways an answer explains itself: [Reason] for a decision, [Error] for refused
// input. It knows nothing of co-selling.
//
//	price, err := value.ParseMoney("120000.00 USD")
//	if errors.Is(err, value.MoneyScaleExcess) {
//		return err // more decimals than the currency has
//	}
//	third, err := price.Part(value.MustPercent("33.333333%"), value.HalfEven)
//	shares, err := price.Allocate(2, 1) // 80000.00 USD and 40000.00 USD, to the cent
//	fmt.Println(third, shares)
//
// All of them are immutable and, but for Calendar, comparable with ==. None obeys a
// process-wide setting, and a decimal appears in two places only:
// [MoneyFromDecimal] and [Money.Decimal].
package value
