package comp_test

import (
	"errors"
	"fmt"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// accelerator returns the default policy with a table for ana: 8 % up to her quota of the
// quarter, 12 % above it.
func accelerator(method comp.Method) comp.Policy {
	policy := comp.DefaultPolicy()
	quota := comp.Bound{Attainment: value.MustPercent("100%")}
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"accelerator": {
		Measure: comp.Attainment, Method: method,
		Tiers: []comp.Tier{{To: quota, Rate: value.MustPercent("8%")}, {From: quota, Rate: value.MustPercent("12%")}},
	}}
	policy.Rates.Quotas = map[string]map[value.Date]value.Money{
		"ana": {value.MustDate("2026-10-01"): value.MustMoney("200000.00 USD")},
	}
	return policy
}

// quarterDeal returns a deal whose only payee is ana.
func quarterDeal(id, amount, day string) comp.Booking {
	return comp.Booking{
		ID: id, Value: value.MustMoney(amount + " USD"), Closed: value.MustDate(day), Source: model.FromPartner,
		Payees: []comp.Payee{{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Table: "accelerator"}},
	}
}

func ExampleRun_Statement_marginal() {
	plan, err := comp.Compile(accelerator(comp.Marginal))
	if err != nil {
		fmt.Println(err)
		return
	}
	run := plan.Run()
	for _, booking := range []comp.Booking{quarterDeal("D-1", "150000.00", "2026-10-12"), quarterDeal("D-2", "100000.00", "2026-11-20")} {
		statement, err := run.Statement(booking)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, line := range statement.Lines {
			fmt.Println(line.Commission, line.Why())
			parts, _ := plan.TierParts(line)
			for _, part := range parts {
				fmt.Println(" ", part.Credit, "at", part.Tier.Rate, part.Commission)
			}
		}
	}
	attained, _ := run.Attained("ana").Percent(value.HalfEven)
	fmt.Println("attained", attained)
	// Output:
	// 12000.00 USD 100% of 150000.00 USD as primary (comp.role_based) at 8% by table accelerator
	//   150000.00 USD at 8% 12000.00 USD
	// 10000.00 USD 100% of 100000.00 USD as primary (comp.role_based) at 10% by table accelerator
	//   50000.00 USD at 8% 4000.00 USD
	//   50000.00 USD at 12% 6000.00 USD
	// attained 125%
}

func ExampleRun_Statement_retroactiveTrueUp() {
	plan, err := comp.Compile(accelerator(comp.Retroactive))
	if err != nil {
		fmt.Println(err)
		return
	}
	run := plan.Run()
	for _, booking := range []comp.Booking{quarterDeal("D-1", "150000.00", "2026-10-12"), quarterDeal("D-2", "50000.00", "2026-11-20")} {
		statement, err := run.Statement(booking)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, line := range statement.Lines {
			fmt.Println(statement.Booking, line.Commission, line.Why())
		}
	}
	// Output:
	// D-1 12000.00 USD 100% of 150000.00 USD as primary (comp.role_based) at 8% by table accelerator
	// D-2 6000.00 USD 100% of 50000.00 USD as primary (comp.role_based) at 12% by table accelerator
	// D-2 6000.00 USD 100% of 150000.00 USD as true-up (comp.true_up) at 12% by table accelerator, less the earlier commission
}

func ExamplePlan_Statement_aRateNeedsItsHistory() {
	plan, err := comp.Compile(accelerator(comp.Marginal))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = plan.Statement(quarterDeal("D-1", "150000.00", "2026-10-12"))
	fmt.Println(err)
	fmt.Println(errors.Is(err, comp.TableHistory))
	// Output:
	// booking.payees[0].table: "accelerator" counts over a period; price the booking in a run
	// true
}

func ExampleRun_Close_floorOfTheQuarter() {
	policy := accelerator(comp.Marginal)
	table := policy.Rates.Tables["accelerator"]
	table.Currency, table.PeriodFloor = value.MustCurrency("USD"), value.MustMoney("5000.00 USD")
	policy.Rates.Tables["accelerator"] = table
	plan, err := comp.Compile(policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	run := plan.Run()
	if _, err := run.Statement(quarterDeal("D-1", "20000.00", "2026-10-12")); err != nil {
		fmt.Println(err)
		return
	}
	closing, err := run.Close("2026-Q4", value.MustDate("2026-12-31"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range closing.Lines {
		fmt.Println(closing.Date, line.Payee, line.Commission, line.Rule())
	}
	// Output:
	// 2026-12-31 ana 3400.00 USD comp.floor
}

func ExampleRun_Reverse_partOfADeal() {
	plan, err := comp.Compile(accelerator(comp.Marginal))
	if err != nil {
		fmt.Println(err)
		return
	}
	run := plan.Run()
	statement, err := run.Statement(quarterDeal("D-1", "250000.00", "2026-10-12"))
	if err != nil {
		fmt.Println(err)
		return
	}
	decision, err := plan.Payout(statement)
	if err != nil {
		fmt.Println(err)
		return
	}
	decision, err = decision.Payout.Move(comp.Movement{ID: "C-1", Of: "D-1", Kind: comp.Reversed,
		Amount: value.MustMoney("100000.00 USD"), On: value.MustDate("2026-11-02")})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := run.Reverse(decision.Payout, "C-1"); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(statement.Lines[0].Commission, decision.Statements[0].Lines[0].Commission)
	attained, _ := run.Attained("ana").Percent(value.HalfEven)
	fmt.Println("attained", attained)
	_, err = decision.Payout.Move(comp.Movement{ID: "C-2", Of: "D-1", Kind: comp.Reversed,
		Amount: value.MustMoney("200000.00 USD"), On: value.MustDate("2026-11-03")})
	fmt.Println(err)
	// Output:
	// 22000.00 USD -8800.00 USD
	// attained 75%
	// movements[0].amount: 200000.00 USD is above what is left to be reversed, 150000.00 USD
}

// A deal is paid as the customer pays. The last instalment never comes, and the first one is refunded.
func ExamplePayout_Move() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	deal := quarterDeal("D-1", "100.00", "2026-10-12")
	deal.Deferred, deal.Payees[0].Table, deal.Payees[0].Rate = true, "", value.MustPercent("10%")
	statement, err := plan.Statement(deal)
	if err != nil {
		fmt.Println(err)
		return
	}
	decision, err := plan.Payout(statement)
	for _, m := range []comp.Movement{
		{ID: "I-1", Kind: comp.Received, Amount: value.MustMoney("33.33 USD"), On: value.MustDate("2026-11-01")},
		{ID: "I-2", Kind: comp.Received, Amount: value.MustMoney("33.33 USD"), On: value.MustDate("2026-12-01")},
		{ID: "W-1", Kind: comp.WrittenOff, On: value.MustDate("2027-01-01")}, // the rest
		{ID: "F-1", Kind: comp.Refunded, Amount: value.MustMoney("33.33 USD"), On: value.MustDate("2027-02-01")},
		{ID: "C-1", Kind: comp.Reversed, On: value.MustDate("2027-03-01")},
	} {
		if err != nil {
			fmt.Println(err)
			return
		}
		m.Of = deal.ID
		if decision, err = decision.Payout.Move(m); err == nil {
			line := decision.Statements[0].Lines[0]
			fmt.Println(m.ID, m.Kind, line.Commission, "credit", line.QuotaCredit)
		}
	}
	// Output:
	// I-1 received 3.33 USD credit 0.00 USD
	// I-2 received 3.34 USD credit 0.00 USD
	// W-1 written_off 0.00 USD credit 0.00 USD
	// F-1 refunded -3.34 USD credit 0.00 USD
	// C-1 reversed -3.33 USD credit -100.00 USD
}

// A rep asks in November what an open deal would pay if it were won next week; the run of the quarter stays as it is.
func ExampleRun_Project() {
	plan, err := comp.Compile(accelerator(comp.Marginal))
	if err != nil {
		fmt.Println(err)
		return
	}
	run := plan.Run()
	if _, err := run.Statement(quarterDeal("D-1", "150000.00", "2026-10-12")); err != nil {
		fmt.Println(err)
		return
	}
	open := quarterDeal("D-2", "100000.00", "2026-11-20")
	open.Closed = value.Date{}
	statement, err := run.Project(open, value.MustDate("2026-11-20"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range statement.Lines {
		fmt.Println(line.Commission, line.Why())
	}
	attained, _ := run.Attained("ana").Percent(value.HalfEven)
	fmt.Println("attained", attained)
	// Output:
	// 10000.00 USD 100% of 100000.00 USD as primary (comp.role_based) at 10% by table accelerator, projected (comp.closed_only)
	// attained 75%
}
