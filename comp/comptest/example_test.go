package comptest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// shownTest prints what a test reports; in your test it is the *testing.T.
type shownTest struct{ testing.TB }

func (shownTest) Helper()                           {}
func (shownTest) Name() string                      { return "ExampleChange" }
func (shownTest) Log(args ...any)                   { show("", args...) }
func (shownTest) Error(args ...any)                 { show("FAIL: ", args...) }
func (shownTest) Logf(format string, args ...any)   { show("", fmt.Sprintf(format, args...)) }
func (shownTest) Errorf(format string, args ...any) { show("FAIL: ", fmt.Sprintf(format, args...)) }
func (shownTest) Fatalf(format string, args ...any) {
	show("FAIL: ", fmt.Sprintf(format, args...))
	runtime.Goexit()
}

func show(mark string, args ...any) {
	fmt.Println(mark + strings.TrimSuffix(fmt.Sprintln(args...), "\n"))
}

// sold returns two deals of a partner; the second is taken back.
func sold() comptest.Bookings {
	deal := comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"),
		Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: comp.TechnicalValidation,
				Rate: value.MustPercent("5%")},
		},
	}
	other := deal
	other.ID = "D-18"
	return comptest.Bookings{
		Deals:     []comp.Booking{deal, other},
		Movements: []comp.Movement{{Of: "D-18", Kind: comp.Reversed, ID: "R-18", On: value.MustDate("2026-12-04")}},
	}
}

func ExampleChange() {
	before, after := comp.DefaultPolicy(), comp.DefaultPolicy()
	after.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("32%")

	var t shownTest
	comptest.Change(t, before, after, sold(), comptest.TotalWithin("2%"),
		comptest.OnlyContribution(comp.TechnicalValidation))
	// Output:
	// the policy change does only what is listed
	//   compared: 2 deals, 2026-11-20 to 2026-12-04, amounts in USD
	//   changed:  role_based.contributions.technical_validation  30% -> 32%  3 statements of 1 payee, +120.00
	//   commission:  11400.00  ->  11520.00  +120.00  (+1.052632%)
}

func ExampleChange_moreThanIsListed() {
	before, after := comp.DefaultPolicy(), comp.DefaultPolicy()
	after.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("20%")

	var t shownTest
	comptest.Change(t, before, after, sold(),
		comptest.TotalWithin("10%"),
		comptest.NoPayeeLosesMoreThan("500.00 USD"),
		comptest.OnlyContribution(comp.TechnicalValidation),
	)
	// Output:
	// FAIL: the policy change does more than is listed: 1 finding
	//   compared: 2 deals, 2026-11-20 to 2026-12-04, amounts in USD
	//   changed:  role_based.contributions.technical_validation  30% -> 20%  3 statements of 1 payee, -600.00
	//   commission:  11400.00  ->  10800.00  -600.00  (-5.263158%)
	//   by payee:
	//     bo (vendor us)  commission  1800.00  ->  1200.00  -600.00
	//   TOO MUCH: a payee who loses more than 500.00 USD
	//     listed: no payee loses more than 500.00 USD
	//     bo (vendor us) loses 600.00 USD: 1800.00 -> 1200.00
	//       D-17  2026-11-20  bo commission   1800.00  ->   1200.00  -600.00  by role_based.contributions.technical_validation
	//       D-18  2026-11-20  bo commission   1800.00  ->   1200.00  -600.00  by role_based.contributions.technical_validation
	//       R-18  2026-12-04  bo commission  -1800.00  ->  -1200.00  +600.00  by role_based.contributions.technical_validation
}

func ExampleProperties_fallingRates() {
	policy := comp.DefaultPolicy()
	bound := comp.Bound{Amount: value.MustMoney("100000.00 USD")}
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"large": {
		Measure: comp.DealAmount, Method: comp.Retroactive, Currency: value.MustCurrency("USD"),
		Tiers: []comp.Tier{{To: bound, Rate: value.MustPercent("10%")}, {From: bound, Rate: value.MustPercent("8%")}},
	}}

	var t shownTest
	comptest.Properties(t, policy)
	// Output:
	// FAIL: monotonicity: a larger deal pays no payee less; it fails here:
	//   ladder-005, 100000.00 USD, brought by partner
	//     case-001 of partner acme, primary, table large
	//   of 99999.99 USD case-001 is paid 10000.00 USD
	//   of 100000.00 USD case-001 is paid 8000.00 USD
	//   the cause is rates.tables.large
}

func ExampleBoundaries() {
	policy := comp.DefaultPolicy()
	delete(policy.RoleBased.Contributions, comp.CoSelling)

	var t shownTest
	plan, err := comp.Compile(policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, deal := range comptest.Boundaries(t, policy).Deals {
		statement, err := plan.Statement(deal)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(deal.ID, deal.Value, statement.Lines[1].QuotaCredit)
	}
	// Output:
	// 001 below role_based.contributions.technical_validation 100000.08 USD 30000.02 USD
	// 002 at role_based.contributions.technical_validation 100000.05 USD 30000.02 USD
	// 003 above role_based.contributions.technical_validation 100000.02 USD 30000.01 USD
}

func ExampleEveryNumberCounts() {
	var t shownTest
	comptest.EveryNumberCounts(t, comp.DefaultPolicy(), sold(), "origination.influenced") // it is a role-based policy
	// Output:
	// FAIL: role_based.contributions.true_co_sell, now 50%, is not tested: one point more or less changes no statement of 2 deals
	//   add a booking that depends on it, or list it as unreachable
}
