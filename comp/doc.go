// Package comp pays a deal that two companies sold together. From a compensation policy and a booking it
// makes a statement: the quota credit and the commission of every rep, and why.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/comp"
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
//		plan, err := comp.Compile(comp.DefaultPolicy())
//		if err != nil {
//			log.Fatal(err) // every problem of the policy, each with its path
//		}
//		statement, err := plan.Statement(comp.Booking{
//			ID:     "D-17",
//			Value:  value.MustMoney("120000.00 USD"),
//			Closed: value.MustDate("2026-11-20"),
//			Source: model.FromPartner,
//			Payees: []comp.Payee{
//				{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
//				{
//					Rep: "bo", Party: us, Role: comp.Supporting,
//					Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%"),
//				},
//			},
//		})
//		if err != nil {
//			log.Fatal(err) // every problem of the booking
//		}
//		for _, line := range statement.Lines {
//			fmt.Println(line.Payee, line.Commission, line.Why())
//		}
//	}
//
// It prints
//
//	ana 9600.00 USD 100% of 120000.00 USD as primary (comp.role_based) at 8%
//	bo 1800.00 USD 30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
//
// A [Policy] is data. [Compile] checks all of it and returns a [Plan]. [Plan.Statement]
// prices one [Booking]. Each [Line] has the rule, the percentage and the rate that made it.
//
// A [Team] is the payees of a booking made ready, for the many deals that the same people sell. It prices amounts
// without a booking each, and makes a line with its sentence where somebody looks.
//
//	team, err := plan.Prepare(booking)
//	pays := make([]comp.Amounts, len(amounts)*team.Len()) // all lines of the first deal, then of the next
//	err = team.Price(pays, amounts...)
//	line, err := team.Line(amounts[0], 1)
//
// There are three models. Origination pays the side that brought the deal. Split pays both sides in full
// (elsewhere this is called double credit; the parts of 100 % of the reps of one side are called shares
// here). Role-based pays the primary side in full, and each supporting rep by contribution.
//
// A booking of several partners names the one that leads ([Booking].LeadPartner). Under origination each party that
// did not bring the deal is influenced; under split the partners divide the 100 % of their side ([PartnerShare]), or
// each has all of it ([Policy].SplitByParty); role-based, reps of the partner that leads or of the vendor are primary.
//
// A payee has a flat rate or a [RateTable] of the policy. A table that counts over a period needs the earlier
// deals of the period: a [Run] prices bookings by closing date and keeps the sums of each payee.
//
//	run := plan.Run()
//	for _, booking := range bookings {
//		statement, err := run.Statement(booking)
//		// ...
//	}
//	closing, err := run.Close("2026-Q4", value.MustDate("2026-12-31")) // pays floors
//
// The results of several tables of one payee add up. A payee may be a company, which is paid at a rate on the deal's
// value or a fixed sum and counts toward no quota (comp.company), or have credit only.
//
// A [Payout] follows the money of one deal by its movements: received, refunded, written off, reversed.
// Runs and payouts are documents: written and read back, they go on where they stopped.
//
// A [Ledger] takes bookings and movements in any order and pays them by date, in any number of currencies and by the
// plan of each day; it closes periods, and projects open deals.
//
//	ledger, err := comp.NewLedger(history.Plan) // of a timeline.History; plan.Ledger() for one version
//	err = ledger.Add(bookings, movements)       // atomic
//	for _, statement := range ledger.Statements() {
//		// ...
//	}
//
// [Statement.Text], [Statement.Markdown] and [Statement.CSV] print a statement.
//
// Quota credit counts toward a quota, and commission is money; influenced credit is reported apart from both.
// Amounts are exact and rounded once (comp.conserve). A statement does not depend on the order of the payees.
package comp
