package comp_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A year of deals is paid in any order, with what was received and refunded, written, read back and continued.
func ExampleLedger() {
	plan, err := comp.Compile(accelerator(comp.Marginal)) // 8 % up to a quota of 200,000 a quarter, then 12 %
	if err != nil {
		fmt.Println(err)
		return
	}
	deferred := quarterDeal("D-1", "150000.00", "2026-10-12")
	deferred.Deferred = true
	ledger := plan.Ledger() // comp.NewLedger takes the plan of a day
	err = ledger.Add([]comp.Booking{quarterDeal("D-2", "100000.00", "2026-11-20"), deferred}, []comp.Movement{
		{ID: "F-1", Of: "D-2", Kind: comp.Refunded, Amount: value.MustMoney("50000.00 USD"), On: value.MustDate("2026-12-01")},
		{ID: "P-1", Of: "D-1", Kind: comp.Received, Amount: value.MustMoney("75000.00 USD"), On: value.MustDate("2026-10-30")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, statement := range ledger.Statements() {
		fmt.Println(statement.Date, statement.Booking, statement.Lines[0].Commission)
	}
	data, err := json.Marshal(ledger)
	if err != nil {
		fmt.Println(err)
		return
	}
	plans := func(value.Date) (*comp.Plan, error) { return plan, nil }
	ledger, err = comp.ReadLedger(plans, strings.NewReader(string(data))) // next month
	if err != nil {
		fmt.Println(err)
		return
	}
	open := quarterDeal("D-3", "10000.00", "2026-12-01")
	open.Closed = value.Date{}
	forecast, err := ledger.Project(open, value.MustDate("2026-12-18"))
	fmt.Println(forecast.Lines[0].Commission, forecast.Projected, err)
	balances, err := ledger.Balances()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range balances {
		fmt.Println(b.Booking, "open", b.Open, "commission", b.Due)
	}
	// Output:
	// 2026-10-12 D-1 0.00 USD
	// 2026-10-30 P-1 6000.00 USD
	// 2026-11-20 D-2 10000.00 USD
	// 2026-12-01 F-1 -5000.00 USD
	// 1200.00 USD true <nil>
	// D-1 open 75000.00 USD commission 6000.00 USD
	// D-2 open 50000.00 USD commission 5000.00 USD
}

// A booking of October arrives when the quarter is paid. What was paid stands.
func ExampleLedger_Close() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	deal := func(id, day string) comp.Booking {
		return comp.Booking{ID: id, Value: value.MustMoney("1000.00 USD"), Closed: value.MustDate(day), Source: model.FromPartner,
			Payees: []comp.Payee{{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")}}}
	}
	ledger := plan.Ledger()
	if err := ledger.Add([]comp.Booking{deal("D-2", "2026-11-20")}, nil); err != nil {
		fmt.Println(err)
		return
	}
	var paid []comp.ClosedLine
	for _, statement := range ledger.Statements() {
		paid = append(paid, statement.ClosedLines()...)
	}
	if err := ledger.Close(value.MustDate("2026-12-31"), paid...); err != nil {
		fmt.Println(err)
		return
	}
	if err := ledger.Add([]comp.Booking{deal("D-1", "2026-10-12")}, nil); err != nil {
		fmt.Println(err)
		return
	}
	for _, statement := range ledger.Statements() {
		fmt.Println(statement.Date, statement.Booking, statement.Lines[0].Commission)
	}
	totals, err := ledger.Totals()
	for _, period := range totals {
		everyone, _ := period.Side(0)
		fmt.Println(period.First, period.Currency, everyone.Commission, err)
	}
	// Output:
	// 2026-11-20 D-2 80.00 USD
	// 2027-01-01 D-1 80.00 USD
	// 2026-10-01 USD 80.00 USD <nil>
	// 2027-01-01 USD 80.00 USD <nil>
}
