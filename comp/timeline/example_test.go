package timeline_test

import (
	"fmt"
	"log"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A new version is refused inside a quarter and added on the next legal date.
func Example() {
	history, err := timeline.New(timeline.DefaultTerms(), timeline.Version{
		ID: "2026", From: value.MustDate("2026-01-01"), Policy: comp.DefaultPolicy(),
	})
	if err != nil {
		log.Fatal(err)
	}
	next := timeline.Version{
		ID: "2027", From: value.MustDate("2026-12-01"), Policy: comp.DefaultPolicy().Under(comp.Split),
	}
	closed := value.MustDate("2026-11-20") // deals are closed for good up to this day
	decision, err := history.Add(next, closed)
	if err != nil {
		log.Fatal(err)
	}
	for _, reason := range decision.Refused {
		fmt.Println(reason)
	}
	next.From = decision.NextLegal
	if decision, err = history.Add(next, closed); err != nil {
		log.Fatal(err)
	}
	for _, won := range []string{"2026-12-31", "2027-01-01"} {
		inForce, err := decision.History.For(timeline.Dates{Closed: value.MustDate(won)})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(won, inForce.Version, inForce.Plan.Policy().Model)
	}
	// Output:
	// 2026-12-01 lies inside the fiscal quarter 2026-10-01 to 2026-12-31; the next legal date is 2027-01-01
	// 2026-12-31 2026 role_based
	// 2027-01-01 2027 split
}

func ExampleHistory_Correct() {
	wrong := comp.DefaultPolicy()
	wrong.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("3%") // the agreement says 30%
	history, err := timeline.New(timeline.DefaultTerms(),
		timeline.Version{ID: "2026", From: value.MustDate("2026-01-01"), Policy: wrong})
	if err != nil {
		fmt.Println(err)
		return
	}
	history, err = history.Correct(timeline.Correction{
		ID: "2026-typo", Corrects: "2026", From: value.MustDate("2026-11-02"), Policy: comp.DefaultPolicy(),
		Reason: "3% was typed for 30%",
		Approved: timeline.Approval{
			By: model.Person{Name: "dora", Party: model.VendorOrg("us")},
			At: time.Date(2026, time.November, 23, 9, 30, 0, 0, time.UTC),
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, span := range history.Spans() {
		fmt.Println(span.From, span.To, span.Reason())
	}
	// Output:
	// 2026-01-01 2026-11-01 version 2026 is in force from 2026-01-01 on
	// 2026-11-02  version 2026 is in force as corrected from 2026-11-02 on by 2026-typo: 3% was typed for 30% (approved by dora, 2026-11-23T09:30:00Z)
}

func ExampleHistory_For() {
	next := comp.DefaultPolicy().Under(comp.Split)
	history, err := timeline.New(timeline.DefaultTerms(),
		timeline.Version{ID: "2026", From: value.MustDate("2026-01-01"), Policy: comp.DefaultPolicy()},
		timeline.Version{ID: "2027", From: value.MustDate("2027-01-01"), Policy: next})
	if err != nil {
		fmt.Println(err)
		return
	}
	closed := value.MustDate("2026-12-31")
	inForce, err := history.For(timeline.Dates{Closed: closed})
	if err != nil {
		fmt.Println(err)
		return
	}
	statement, err := inForce.Plan.Statement(comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: closed, Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(inForce.Reason())
	for _, line := range statement.Lines {
		fmt.Println(line.Payee, line.Commission, line.Why())
	}
	// Output:
	// version 2026 is in force from 2026-01-01 on
	// ana 9600.00 USD 100% of 120000.00 USD as primary (comp.role_based) at 8%
	// bo 1800.00 USD 30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
}

func ExampleParse() {
	policy, err := comp.DefaultPolicy().MarshalJSON()
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = timeline.Parse(fmt.Appendf(nil, `{
		"fiscal_year": "february", "dated_by": "closing",
		"versions": [
			{"id": "2026", "from": "2026-02-01", "to": "2026-07-31", "policy": %s},
			{"id": "autumn", "from": "2026-09-15", "policy": %s}
		],
		"corrections": []
	}`, policy, policy))
	fmt.Println(err)
	// Output:
	// history.versions[1].from: 2026-09-15 leaves 2026-08-01 to 2026-09-14 without a version; versions[0] lasts to 2026-07-31
	// history.versions[1].from: 2026-09-15 lies inside the fiscal quarter 2026-08-01 to 2026-10-31; the next legal date is 2026-11-01
}
