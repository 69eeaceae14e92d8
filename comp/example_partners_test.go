package comp_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Three companies sell one deal: acme leads, integra brought it, and both share the partners' credit.
func ExamplePlan_Statement_severalPartners() {
	acme, integra := model.PartnerOrg("acme"), model.PartnerOrg("integra")
	rate := value.MustPercent("8%")
	deal := comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"),
		Source: model.FromPartner, LeadPartner: "acme", BroughtBy: "integra",
		PartnerShares: []comp.PartnerShare{
			{Party: acme, Share: value.MustPercent("70%")}, {Party: integra, Share: value.MustPercent("30%")},
		},
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Rate: rate}, {Rep: "ida", Party: integra, Rate: rate},
			{Rep: "vi", Party: model.VendorOrg("us"), Rate: rate},
		},
	}
	for _, m := range []comp.Model{comp.Split, comp.Origination} {
		plan, err := comp.Compile(comp.DefaultPolicy().Under(m))
		if err != nil {
			fmt.Println(err)
			return
		}
		statement, err := plan.Statement(deal)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, l := range statement.Lines {
			fmt.Println(m, l.Payee, l.QuotaCredit, l.Influenced, l.Commission)
		}
	}
	// Output:
	// split ana 84000.00 USD 0.00 USD 6720.00 USD
	// split ida 36000.00 USD 0.00 USD 2880.00 USD
	// split vi 120000.00 USD 0.00 USD 9600.00 USD
	// origination ana 0.00 USD 30000.00 USD 2400.00 USD
	// origination ida 120000.00 USD 0.00 USD 9600.00 USD
	// origination vi 0.00 USD 30000.00 USD 2400.00 USD
}

// acme wants a larger part, and integra has not agreed.
func ExampleBooking_ChangeShares() {
	acme, integra := model.PartnerOrg("acme"), model.PartnerOrg("integra")
	deal := comp.Booking{ID: "D-17", LeadPartner: "acme", PartnerShares: []comp.PartnerShare{
		{Party: acme, Share: value.MustPercent("70%")}, {Party: integra, Share: value.MustPercent("30%")},
	}}
	change := comp.ShareChange{
		Shares: []comp.PartnerShare{
			{Party: acme, Share: value.MustPercent("80%")}, {Party: integra, Share: value.MustPercent("20%")},
		},
		Agreement: model.Agreement{
			By: model.Person{Name: "Ana", Party: acme}, At: time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC),
		},
	}
	decision, err := deal.ChangeShares(change, time.Time{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(decision.Missing[0], decision.Booking.PartnerShares[0].Share)
	// Output: partner integra has not consented 70%
}
