package impact_test

import (
	"errors"
	"fmt"
	"sync"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// deals returns two deals of ana, who sells for acme, supported by bo and cy.
func deals() []comp.Booking {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	ana := comp.Payee{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")}
	bo := comp.Payee{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation,
		Rate: value.MustPercent("5%")}
	cy := comp.Payee{Rep: "cy", Party: us, Role: comp.Supporting, Contribution: comp.CoSelling,
		Rate: value.MustPercent("5%")}
	return []comp.Booking{
		{ID: "D-17", Value: value.MustMoney("120000 USD"), Closed: value.MustDate("2026-11-20"),
			Payees: []comp.Payee{ana, bo}},
		{ID: "D-12", Value: value.MustMoney("50000 USD"), Closed: value.MustDate("2026-10-02"),
			Payees: []comp.Payee{ana, cy}},
	}
}

func plans() (before, after *comp.Plan) {
	policy := comp.DefaultPolicy()
	before, _ = comp.Compile(policy)
	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("35%")
	policy.RoleBased.Contributions[comp.CoSelling] = value.MustPercent("40%")
	after, _ = comp.Compile(policy)
	return before, after
}

func Example() {
	before, after := plans()
	report, err := impact.Compare(before, after, deals())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(report.Text())
	// Output:
	// Policy change over 2 deals, value 170000.00 USD, 2026-10-02 to 2026-11-20
	//
	// In total
	//                                  before        after      change
	//   Commission                   16650.00     16700.00      +50.00
	//   Quota credit                231000.00    232000.00    +1000.00
	//   Quota inflation           135.882353%  136.470588%  +0.588235%
	//   Commission of deal value    9.794118%    9.823529%  +0.029412%
	//
	// By side
	//   side     credit before      after    change  commission before     after  change
	//   partner      170000.00  170000.00      0.00           13600.00  13600.00    0.00
	//   vendor        61000.00   62000.00  +1000.00            3050.00   3100.00  +50.00
	//
	// By rep
	//   of            rep  credit before      after    change  commission before     after   change  because of
	//   partner acme  ana      170000.00  170000.00      0.00           13600.00  13600.00     0.00
	//   vendor us     bo        36000.00   42000.00  +6000.00            1800.00   2100.00  +300.00  role_based.contributions.technical_validation
	//   vendor us     cy        25000.00   20000.00  -5000.00            1250.00   1000.00  -250.00  role_based.contributions.true_co_sell
	//
	// Changed in the policy
	//   field                                          before  after  differences    credit  commission
	//   role_based.contributions.technical_validation  30%     35%              1  +6000.00     +300.00
	//   role_based.contributions.true_co_sell          50%     40%              1  -5000.00     -250.00
	//
	// Gains
	//   bo (vendor us) +300.00, from 1800.00 to 2100.00
	//
	// Losses
	//   cy (vendor us) -250.00, from 1250.00 to 1000.00
	//
	// Largest single change
	//   bo (vendor us) in D-17, 2026-11-20: commission 1800.00 to 2100.00 (+300.00), quota credit 36000.00 to 42000.00 (+6000.00)
	//   because of role_based.contributions.technical_validation 30% -> 35%
}

func ExampleReport_Losses() {
	before, after := plans()
	report, err := impact.Compare(before, after, deals())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.Losses() {
		fmt.Println(p.Rep, p.Change.Commission)
		for _, c := range p.Causes {
			fmt.Println(" ", c)
		}
	}
	// Output:
	// cy -250.00 USD
	//   role_based.contributions.true_co_sell 50% -> 40%
}

// A callback gets a row for each deal as soon as the deal is added.
func ExampleRows() {
	before, after := plans()
	c, err := impact.New(before, after, impact.Rows(func(r impact.Row) error {
		for _, d := range r.Differences {
			if d.Before != d.After {
				fmt.Println(r.Booking, d.Rep, d.Before.Commission, d.After.Commission, d.Causes)
			}
		}
		return nil
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range deals() {
		if err := c.Add(b); err != nil {
			fmt.Println(err)
			return
		}
	}
	// Output:
	// D-17 bo 1800.00 USD 2100.00 USD [role_based.contributions.technical_validation 30% -> 35%]
	// D-12 cy 1250.00 USD 1000.00 USD [role_based.contributions.true_co_sell 50% -> 40%]
}

// Two processes each compare some payees over all bookings.
func ExampleMerge() {
	before, after := plans()
	var encoded [][]byte
	for _, side := range []model.Side{model.Partner, model.Vendor} {
		c, err := impact.New(before, after, impact.OnlyPayees(func(_ string, p model.Party) bool { return p.Side == side }))
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, b := range deals() {
			if err := c.Add(b); err != nil {
				fmt.Println(err)
				return
			}
		}
		part, err := c.Finish()
		if err != nil {
			fmt.Println(err)
			return
		}
		text, err := part.MarshalJSON()
		if err != nil {
			fmt.Println(err)
			return
		}
		encoded = append(encoded, text)
	}

	var parts []impact.Partial
	for _, text := range encoded {
		part, err := impact.ParsePartial(text)
		if err != nil {
			fmt.Println(err)
			return
		}
		parts = append(parts, part)
	}
	whole, err := impact.Merge(parts[0], parts[1:]...)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := whole.Report()
	fmt.Println(report.Deals, report.Total.Before.Commission, report.Total.After.Commission, err)
	// Output:
	// 2 16650.00 USD 16700.00 USD <nil>
}

// One reader passes bookings on to workers, which run beside one another.
func ExampleSplit() {
	before, after := plans()
	workers, takers, err := impact.Split(3, before, after)
	if err != nil {
		fmt.Println(err)
		return
	}
	parts, errs := make([]impact.Partial, len(workers)), make([]error, len(workers))
	queues := make([]chan comp.Booking, len(workers))
	var wait sync.WaitGroup
	for i, worker := range workers {
		queues[i] = make(chan comp.Booking, 100)
		wait.Go(func() {
			for b := range queues[i] {
				_ = worker.Add(b) // Finish returns the first error too
			}
			parts[i], errs[i] = worker.Finish()
		})
	}
	for _, b := range deals() {
		for _, i := range takers(b) {
			queues[i] <- b
		}
	}
	for _, queue := range queues {
		close(queue)
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		fmt.Println(err)
		return
	}
	whole, err := impact.Merge(parts[0], parts[1:]...)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := whole.Report()
	fmt.Println(report.Deals, report.Total.Before.Commission, report.Total.After.Commission, err)
	// Output:
	// 2 16650.00 USD 16700.00 USD <nil>
}

func ExampleLint() {
	policy := comp.DefaultPolicy()
	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("5%")
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"accelerator": {
		Measure: comp.PeriodAmount, Method: comp.Retroactive, Currency: value.MustMoney("0 USD").Currency(),
		Tiers: []comp.Tier{
			{To: comp.Bound{Amount: value.MustMoney("100000 USD")}, Rate: value.MustPercent("5%")},
			{From: comp.Bound{Amount: value.MustMoney("100000 USD")}, Rate: value.MustPercent("7%")},
		},
	}}
	for _, doubt := range impact.Lint(policy) {
		fmt.Println(doubt.Code(), doubt.Paths(), doubt)
	}
	// Output:
	// comp.lint.jump [rates.tables.accelerator.tiers[1]] at 100000.00 USD table accelerator prices all credit of the period at 7% in place of 5%: the commission jumps by 2000.00 USD
	// comp.lint.percent [role_based.contributions.technical_validation] role_based.contributions.technical_validation is 5%, outside of the usual range of 25% to 50%
}

// A vendor's rep who brings a deal and hands it over gets only a supporter's credit.
func ExampleLintBooking() {
	before, _ := plans()
	deal := deals()[0]
	deal.Source = model.FromVendor
	doubts, err := impact.LintBooking(before, deal)
	for _, doubt := range doubts {
		fmt.Println(doubt)
	}
	fmt.Println(err)
	// Output:
	// bo (vendor us), who brought D-17, gets 36000.00 USD of quota credit and 1800.00 USD with the other side, 120000.00 USD and 6000.00 USD alone
	// <nil>
}

// A part of a deal is taken back.
func ExampleMovements() {
	before, after := plans()
	report, err := impact.Compare(before, after, deals(), impact.Movements(comp.Movement{
		ID: "R-1", Of: "D-17", Kind: comp.Reversed, Amount: value.MustMoney("60000 USD"),
		On: value.MustDate("2026-12-01"),
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.Payees {
		fmt.Println(p.Rep, p.Before.Commission, p.After.Commission)
	}
	// Output:
	// ana 8800.00 USD 8800.00 USD
	// bo 900.00 USD 1050.00 USD
	// cy 1250.00 USD 1000.00 USD
}
