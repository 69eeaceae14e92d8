package comp_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A deal of two reps under the default policy.
func Example() {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		log.Fatal(err) // every problem of the policy, each with its path
	}
	statement, err := plan.Statement(comp.Booking{
		ID:     "D-17",
		Value:  value.MustMoney("120000.00 USD"),
		Closed: value.MustDate("2026-11-20"),
		Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
			{
				Rep: "bo", Party: us, Role: comp.Supporting,
				Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%"),
			},
		},
	})
	if err != nil {
		log.Fatal(err) // every problem of the booking
	}
	for _, line := range statement.Lines {
		fmt.Println(line.Payee, line.Commission, line.Why())
	}
	// Output:
	// ana 9600.00 USD 100% of 120000.00 USD as primary (comp.role_based) at 8%
	// bo 1800.00 USD 30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
}

func Example_payADeal() {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	policy := comp.DefaultPolicy() // complete: no field is defaulted later
	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("30%")
	plan, err := comp.Compile(policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	statement, err := plan.Statement(comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range statement.Lines {
		fmt.Println(line.Payee, line.QuotaCredit, line.Commission, line.Why())
	}
	// Output:
	// ana 120000.00 USD 9600.00 USD 100% of 120000.00 USD as primary (comp.role_based) at 8%
	// bo 36000.00 USD 1800.00 USD 30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
}

func ExampleCompile_everyProblemAtOnce() {
	policy := comp.DefaultPolicy()
	policy.Rounding = 0
	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("130%")
	_, err := comp.Compile(policy)
	fmt.Println(err)
	// Output:
	// comp.rounding: nothing is given; allowed are half_even, half_away_from_zero, toward_zero
	// comp.role_based.contributions.technical_validation: 130% is above 100%
}

func ExamplePlan_Statement_severalRepsShare() {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	rate := value.MustPercent("8%")
	statement, err := plan.Statement(comp.Booking{
		ID: "D-18", Value: value.MustMoney("100.01 USD"), Closed: value.MustDate("2026-11-20"),
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: rate, Share: value.MustPercent("50%")},
			{Rep: "al", Party: acme, Role: comp.Primary, Rate: rate, Share: value.MustPercent("50%")},
			{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.CoSelling, Rate: rate}, // the only rep of the group: no share
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range statement.Lines {
		fmt.Println(line.Payee, line.QuotaCredit, line.Leftover)
	}
	fmt.Println(statement.Lines[0].Why())
	// Output:
	// al 50.01 USD true
	// ana 50.00 USD false
	// bo 50.00 USD false
	// a share of 50% in 100% of 100.01 USD, a leftover minor unit included (comp.conserve), as primary (comp.role_based) at 8%
}

// exampleDeal is a won deal of two reps.
func exampleDeal() comp.Booking {
	rate := value.MustPercent("10%")
	return comp.Booking{
		ID: "D-17", Value: value.MustMoney("1000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: rate},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: rate},
		},
	}
}

func ExamplePolicy_Under_compareModels() {
	policy := comp.DefaultPolicy()
	for _, m := range comp.Models() {
		plan, err := comp.Compile(policy.Under(m))
		if err != nil {
			fmt.Println(err)
			return
		}
		statement, err := plan.Statement(exampleDeal())
		if err != nil {
			fmt.Println(err)
			return
		}
		inflation, err := statement.Inflation().Percent(policy.Rounding)
		if err != nil {
			fmt.Println(err)
			return
		}
		ana, bo := statement.Lines[0], statement.Lines[1]
		fmt.Println(m, ana.Commission, bo.Commission, "inflation", inflation)
	}
	// Output:
	// origination 100.00 USD 25.00 USD inflation 100%
	// split 100.00 USD 100.00 USD inflation 200%
	// role_based 100.00 USD 30.00 USD inflation 130%
}

func ExampleStatement_Reverse_refundedDeal() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	statement, err := plan.Statement(exampleDeal())
	if err != nil {
		fmt.Println(err)
		return
	}
	reversal, err := statement.Reverse("R-17", value.MustDate("2027-01-15"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(reversal.Booking, "takes back", reversal.Of, "on", reversal.Date)
	for _, line := range reversal.Lines {
		fmt.Println(line.Payee, line.QuotaCredit, line.Commission)
	}
	_, err = reversal.Reverse("R-18", value.MustDate("2027-01-15"))
	fmt.Println(err)
	// Output:
	// R-17 takes back D-17 on 2027-01-15
	// ana -1000.00 USD -100.00 USD
	// bo -300.00 USD -30.00 USD
	// reversal: "R-17" is a reversal itself
}

func ExampleTotals_inflation() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	var totals comp.Totals
	for _, id := range []string{"D-17", "D-18"} {
		deal := exampleDeal()
		deal.ID = id
		statement, err := plan.Statement(deal)
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := totals.Add(statement); err != nil {
			fmt.Println(err)
			return
		}
	}
	payees, err := totals.Payees()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range payees {
		fmt.Println(p.Payee, p.Statements, p.QuotaCredit, p.Commission)
	}
	all, err := totals.Side(0) // both sides
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("all", all.QuotaCredit, "inflation", all.Inflation)
	// Output:
	// ana 2 2000.00 USD 200.00 USD
	// bo 2 600.00 USD 60.00 USD
	// all 2600.00 USD inflation 13/10
}

func ExamplePlan_Statement_openDeal() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	deal := exampleDeal()
	deal.Closed = value.Date{} // open
	statement, err := plan.Statement(deal)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(statement.Projected, statement.Lines[0].Why())
	// Output:
	// true 100% of 1000.00 USD as primary (comp.role_based) at 10%, projected (comp.closed_only)
}

func ExamplePlan_JudgeUpfront_contributionNotRecorded() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	deal := exampleDeal()
	deal.Payees[1].Contribution = ""
	for _, finding := range plan.JudgeUpfront(deal) {
		fmt.Println(finding.Code(), finding)
	}
	// Output:
	// comp.contribution_upfront no contribution of bo (vendor us) is recorded; it is agreed when the model is set
}

func ExamplePlan_ChangeContribution_oneSideAlone() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		fmt.Println(err)
		return
	}
	agreed := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	change := comp.ContributionChange{Rep: "bo", Contribution: comp.CoSelling, Agreement: model.Agreement{
		By: model.Person{Name: "Bo", Party: model.VendorOrg("us")}, At: agreed.AddDate(0, 1, 0),
	}}
	decision, err := plan.ChangeContribution(exampleDeal(), change, agreed)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(decision.Booking.Payees[1].Contribution, decision.Missing)
	change.Consents = []model.Consent{{By: model.Person{Name: "Ana", Party: model.PartnerOrg("acme")}, At: change.At}}
	decision, err = plan.ChangeContribution(exampleDeal(), change, agreed)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(decision.Booking.Payees[1].Contribution, decision.Missing)
	// Output:
	// technical_validation [the partner has not consented]
	// true_co_sell []
}

func ExampleBooking_WithRoles_derivedFromTheOrigin() {
	deal := exampleDeal()
	deal.Payees[0].Role, deal.Payees[1].Role = 0, 0 // a CRM without roles
	primary, err := comp.DefaultPolicy().PrimarySide(model.TrueCoSell, deal.Origin())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, payee := range deal.WithRoles(primary).Payees {
		fmt.Println(payee.Rep, payee.Role)
	}
	// Output:
	// ana primary
	// bo supporting
}

func ExampleParsePolicy_everyProblemAtOnce() {
	_, err := comp.ParsePolicy([]byte(`{
		"model": "role_base",
		"joint_origin": "equal",
		"joint_primary": "filer",
		"rounding": "half_even",
		"origination": {"influenced": "25", "influenced_pays_commission": true, "influenced_counts_toward_quota": false},
		"role_based": {"contributions": {"technical_validation": "130%"}}
	}`))
	fmt.Println(err)
	fmt.Println(errors.Is(err, value.Code("comp.model.unknown")))
	// Output:
	// comp.model: "role_base" is not known; allowed are origination, split, role_based
	// comp.origination.influenced: "25" is not a percentage; write digits, a point where needed and a percent sign, like 12.5%
	// comp.role_based.contributions.technical_validation: 130% is above 100%
	// true
}

func ExampleFiscalYear_Quarter() {
	year := comp.FiscalYear{Start: time.February}
	quarter := year.Quarter(value.MustDate("2026-11-20"))
	fmt.Println(quarter)
	fmt.Println(quarter.Next().First())
	// Output:
	// 2026-11-01 to 2027-01-31
	// 2027-02-01
}
