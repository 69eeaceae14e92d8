package value_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/coselling/coselling/value"
	"github.com/shopspring/decimal"
)

func ExampleParseMoney() {
	price, err := value.ParseMoney("120000 USD")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(price)
	fmt.Println(price.Minor(), "cents")
	// Output:
	// 120000.00 USD
	// 12000000 cents
}

// "10.000" may be a German ten thousand, so zeros that the currency does not have
// are refused, not cut.
func ExampleParseMoney_tooManyDecimals() {
	_, err := value.ParseMoney("10.000 USD")
	fmt.Println(err)
	fmt.Println(errors.Is(err, value.MoneyScaleExcess))
	// Output:
	// "10.000" has more decimals than USD has (2)
	// true
}

func ExampleParseAmount_columnOfOneCurrency() {
	yen := value.MustCurrency("JPY")
	for _, cell := range []string{"5000", "12.5"} {
		m, err := value.ParseAmount(cell, yen)
		fmt.Println(m, err)
	}
	// Output:
	// 5000 JPY <nil>
	//  "12.5" has more decimals than JPY has (0)
}

func ExampleNewMoney_centsFromADatabase() {
	m, err := value.NewMoney(1999, value.MustCurrency("EUR"))
	fmt.Println(m, err)
	// Output:
	// 19.99 EUR <nil>
}

func ExampleMoney_Add() {
	sum, err := value.MustMoney("0.10 USD").Add(value.MustMoney("0.20 USD"))
	fmt.Println(sum, err)
	_, err = sum.Add(value.MustMoney("1 EUR"))
	fmt.Println(err)
	// Output:
	// 0.30 USD <nil>
	// 1.00 EUR cannot be combined with 0.30 USD
}

// The parts total the amount. The cent that is left over goes to the largest remainder, and
// among equal ones, as here, to the earlier part.
func ExampleMoney_Grouped() {
	for _, text := range []string{"250000.00 USD", "-1092000 JPY", "999.50 EUR", "0.00 USD"} {
		fmt.Println(value.MustMoney(text).Grouped())
	}
	// Output:
	// 250,000 USD
	// -1,092,000 JPY
	// 999.50 EUR
	// 0 USD
}

func ExampleMoney_Allocate() {
	parts, err := value.MustMoney("100.00 USD").Allocate(1, 1, 1)
	fmt.Println(parts, err)
	// Output:
	// [33.34 USD 33.33 USD 33.33 USD] <nil>
}

// A third and two sixths are the weights 2, 1 and 1. Taking the deal back gives
// exactly the negated parts.
func ExampleMoney_Allocate_reversal() {
	parts, err := value.MustMoney("-0.05 USD").Allocate(2, 1, 1)
	fmt.Println(parts, err)
	// Output:
	// [-0.03 USD -0.01 USD -0.01 USD] <nil>
}

func ExampleMoneyFromDecimal() {
	usd := value.MustCurrency("USD")
	m, err := value.MoneyFromDecimal(decimal.RequireFromString("1999.500"), usd)
	fmt.Println(m, err)
	_, err = value.MoneyFromDecimal(decimal.RequireFromString("1999.505"), usd)
	fmt.Println(err)
	// Output:
	// 1999.50 USD <nil>
	// 1999.505 has more decimals than USD has (2)
}

func ExampleMoney_UnmarshalJSON() {
	var deal struct {
		Price value.Money `json:"price"`
	}
	err := json.Unmarshal([]byte(`{"price":{"amount":"120000.00","currency":"USD"}}`), &deal)
	fmt.Println(deal.Price, err)
	err = json.Unmarshal([]byte(`{"price":{"amount":120000,"currency":"USD"}}`), &deal)
	fmt.Println(errors.Is(err, value.MoneyFormat))
	// Output:
	// 120000.00 USD <nil>
	// true
}

func ExampleParsePercent() {
	p, err := value.ParsePercent("12.50%")
	fmt.Println(p, p.Millionths(), err)
	_, err = value.ParsePercent("12.5 %")
	fmt.Println(err)
	// Output:
	// 12.5% 12500000 <nil>
	// "12.5 %" is not a percentage; write digits, a point where needed and a percent sign, like 12.5%
}

func ExamplePercent_CheckPart() {
	fmt.Println(value.MustPercent("130%").CheckPart())
	// Output:
	// 130% is above 100%
}

func ExampleParseCurrency() {
	for _, code := range []string{"KWD", "XAU", "usd"} {
		c, err := value.ParseCurrency(code)
		fmt.Println(c.Places(), err)
	}
	// Output:
	// 3 <nil>
	// 0 "XAU" has no minor unit, so no amount can be counted in it; write the code of a currency, like USD
	// 0 "usd" is not a currency of ISO 4217; write its three upper-case letters, like USD
}

func ExampleParseDate() {
	closed, err := value.ParseDate("2026-11-20")
	fmt.Println(closed, err)
	_, err = value.ParseDate("2026-02-30")
	fmt.Println(err)
	// Output:
	// 2026-11-20 <nil>
	// "2026-02-30" is not a day of the calendar from 0001-01-01 to 9999-12-31
}

// A day begins at Start and ends before End, in any zone.
func ExampleDate_End_inAZone() {
	paris := time.FixedZone("CET", 3600)
	d := value.MustDate("2026-11-20")
	fmt.Println(d.Start(paris).Format(time.RFC3339))
	fmt.Println(d.End(paris).Format(time.RFC3339))
	// Output:
	// 2026-11-19T23:00:00Z
	// 2026-11-20T23:00:00Z
}

// Ten business days from a Wednesday, over Thanksgiving.
func ExampleWorkplace_End_holiday() {
	c, err := value.NewCalendar(
		[]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
		[]value.Date{value.MustDate("2026-11-26")},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	start := time.Date(2026, time.November, 18, 15, 0, 0, 0, time.UTC)
	end, err := value.Workplace{Calendar: &c}.End(start, value.BusinessDays(10))
	fmt.Println(end.Format(time.RFC3339), err)
	// Output:
	// 2026-12-04T00:00:00Z <nil>
}

// A deal went on hold for three days, so its terms end three days later.
func ExampleWorkplace_End() {
	start := time.Date(2026, time.November, 16, 15, 0, 0, 0, time.UTC) // a Monday
	hold := value.Pause{From: start.Add(time.Hour), Until: start.Add(72 * time.Hour)}
	end, err := value.Workplace{}.End(start, value.BusinessDays(1), hold)
	fmt.Println(end.Format(time.RFC3339), err)
	end, err = value.Workplace{}.End(start, value.BusinessHours(8), hold)
	fmt.Println(end.Format(time.RFC3339), err)
	// Output:
	// 2026-11-20T00:00:00Z <nil>
	// 2026-11-20T14:00:00Z <nil>
}

// One company does not work on Fridays, the other one begins late: a term of both counts what they have in common.
func ExampleCalendar_Common() {
	acme, err := value.NewCalendar([]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday}, nil)
	if err != nil {
		panic(err)
	}
	us, err := value.Calendar{}.WithHours(11*time.Hour, 19*time.Hour)
	if err != nil {
		panic(err)
	}
	both, err := acme.Common(us)
	if err != nil {
		panic(err)
	}
	place := value.Workplace{Calendar: &both, Own: [3]*value.Calendar{1: &acme, 2: &us}}
	start := time.Date(2026, time.November, 19, 16, 0, 0, 0, time.UTC) // a Thursday
	for company := range 3 {
		end, err := place.Of(company).End(start, value.BusinessHours(2))
		fmt.Println(end.Format("Monday 15:04"), err)
	}
	// Output:
	// Monday 12:00 <nil>
	// Monday 10:00 <nil>
	// Thursday 18:00 <nil>
}

func ExampleSum() {
	var paid value.Sum
	for _, m := range []string{"19.99 USD", "-5.00 USD", "0.01 USD"} {
		var err error
		if paid, err = paid.Add(value.MustMoney(m)); err != nil {
			fmt.Println(err)
			return
		}
	}
	sum, err := paid.Money()
	fmt.Println(sum, err)
	// Output:
	// 15.00 USD <nil>
}

func ExampleRatio_quotaAttainment() {
	attainment, err := value.MustMoney("240000 USD").Over(value.MustMoney("180000 USD"))
	if err != nil {
		fmt.Println(err)
		return
	}
	shown, err := attainment.Percent(value.HalfEven)
	fmt.Println(attainment, shown, err)
	// Output:
	// 4/3 133.333333% <nil>
}

// errors.Is finds a problem by its code, errors.AsType returns the first one, and the list
// has them all, each with its path.
func ExampleErrors() {
	var problems value.Errors
	problems.Add("payees[0].rate", value.MustPercent("130%").CheckPart())
	_, err := value.ParseMoney("1e6 USD")
	problems.Add("price", err)
	err = value.Below("booking", problems.Err())

	fmt.Println(err)
	fmt.Println(errors.Is(err, value.PercentAbove), errors.Is(err, value.MoneyRange))
	if first, ok := errors.AsType[*value.Error](err); ok {
		fmt.Println(first.Code, "at", first.Path)
	}
	// Output:
	// booking.payees[0].rate: 130% is above 100%
	// booking.price: "1e6" is not a plain number; write digits and at most one point, no separators, no exponent
	// true false
	// percent.above at booking.payees[0].rate
}

// An operand that a reader may not see is removed before the sentence is made.
func ExampleReason_For() {
	const conflict value.Code = "registration.conflict"
	r := value.NewReason(conflict, "{deal} is registered by {holder}",
		value.Op("deal", "D-17"),
		value.Op("holder", "acme").To(value.NewAudience("vendor")),
	)
	fmt.Println(r.For("vendor"))
	fmt.Println(r.For("globex"))
	// Output:
	// D-17 is registered by acme
	// D-17 is registered by (withheld)
}

func Example() {
	price, err := value.ParseMoney("100.00 USD")
	if err != nil {
		log.Fatal(err) // such as: "100.005" has more decimals than USD has (2)
	}
	shares, err := price.Allocate(2, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(shares)
	fmt.Println(value.MustPercent("130%").CheckPart())
	// Output:
	// [66.67 USD 33.33 USD]
	// 130% is above 100%
}
