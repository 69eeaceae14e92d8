package comp_test

import (
	"fmt"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

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
