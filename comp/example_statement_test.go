package comp_test

import (
	"fmt"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A statement as text for a rep.
func ExampleStatement_Text() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		panic(err)
	}
	statement, err := plan.Statement(comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
	})
	if err != nil {
		panic(err)
	}
	fmt.Print(statement.Text())
	// Output:
	// Statement of D-17, 2026-11-20, value 120000.00 USD, model role_based
	//
	//   of            rep   quota credit    commission  why
	//   partner acme  ana  120000.00 USD   9600.00 USD  100% of 120000.00 USD as primary (comp.role_based) at 8%
	//   vendor us     bo    36000.00 USD   1800.00 USD  30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
	//   in total           156000.00 USD  11400.00 USD
	//
	// Quota inflation 130%: partner 100%, vendor 30%
}

// One team and many deals: what does not depend on the amount is checked once.
func ExamplePlan_Prepare() {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		panic(err)
	}
	team, err := plan.Prepare(comp.Booking{
		Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
	})
	if err != nil {
		panic(err)
	}
	amounts := []value.Money{value.MustMoney("120000.00 USD"), value.MustMoney("8000.00 USD")}
	pays := make([]comp.Amounts, len(amounts)*team.Len())
	if err := team.Price(pays, amounts...); err != nil {
		panic(err)
	}
	for i, pay := range pays {
		fmt.Println(amounts[i/team.Len()], pay.QuotaCredit, pay.Commission)
	}
	line, err := team.Line(amounts[0], 1)
	if err != nil {
		panic(err)
	}
	fmt.Println(line.Payee, line.Why())
	// Output:
	// 120000.00 USD 120000.00 USD 9600.00 USD
	// 120000.00 USD 36000.00 USD 1800.00 USD
	// 8000.00 USD 8000.00 USD 640.00 USD
	// 8000.00 USD 2400.00 USD 120.00 USD
	// bo 30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
}

// One file with many statements: the head once, then the rows of each. A spreadsheet reads
// the id as text, not as a formula.
func ExampleStatement_AppendCSV() {
	file := []byte(comp.StatementHead)
	for _, id := range []string{"D-17", "=D-18"} {
		statement := comp.Statement{Booking: id, Lines: []comp.Line{{Payee: "ana", Party: model.PartnerOrg("acme")}}}
		file = statement.AppendCSV(file)
	}
	rows := strings.Split(string(file), "\n")
	for _, row := range rows[1:3] {
		fmt.Println(row[:strings.Index(row, ",")], strings.Contains(row, "partner,acme,ana"))
	}
	// Output:
	// D-17 true
	// '=D-18 true
}
