package escalation_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// exampleRoster has one manager and one more person for the rest on each side.
func exampleRoster() escalation.Roster {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	above := []escalation.Function{escalation.Executive, escalation.DealDesk, escalation.Legal}
	return escalation.Roster{People: []escalation.Member{
		{Name: "mia", Party: acme, Functions: []escalation.Function{escalation.Manager}},
		{Name: "eli", Party: acme, Functions: above},
		{Name: "noor", Party: us, Functions: []escalation.Function{escalation.Manager}},
		{Name: "fay", Party: us, Functions: above},
	}}
}

func Example_callTheRightPeople() {
	policy, roster := escalation.DefaultPolicy(), exampleRoster()
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) // a Monday

	routes, err := escalation.Compile(policy, roster) // a hole in the roster is found here
	if err != nil {
		fmt.Println(err)
		return
	}
	route, err := routes.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: at}, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(route.Level, route.RespondBy, route.Reason)
	for _, contact := range route.People() {
		fmt.Println(contact.Person.Name, contact.Person.Party, contact.Function)
	}
	// Output:
	// manager 2026-11-25 00:00:00 +0000 UTC prospect_dark: for the sales managers of both companies, who respond within 1 business day
	// mia partner acme manager
	// noor vendor us manager
}

func ExampleCompile_holeInTheRoster() {
	roster := exampleRoster()
	roster.People = roster.People[:3] // the vendor has a manager alone
	roster.Absences = []escalation.Absence{
		{Name: "mia", From: value.MustDate("2026-12-21"), Until: value.MustDate("2027-01-03"), StandIn: "eli"},
		{Name: "eli", From: value.MustDate("2026-12-24"), Until: value.MustDate("2026-12-26")},
	}
	_, err := escalation.Compile(escalation.DefaultPolicy(), roster)
	fmt.Println(err)
	// Output:
	// roster.vendor.executive: the vendor side has nobody with this function; name at least one
	// roster.vendor.deal_desk: the vendor side has nobody with this function; name at least one
	// roster.vendor.legal: the vendor side has nobody with this function; name at least one
	// roster.partner.manager: nobody is on duty from 2026-12-24 to 2026-12-26; name a stand-in for somebody who is away
	// roster.partner.executive: nobody is on duty from 2026-12-24 to 2026-12-26; name a stand-in for somebody who is away
	// roster.partner.deal_desk: nobody is on duty from 2026-12-24 to 2026-12-26; name a stand-in for somebody who is away
	// roster.partner.legal: nobody is on duty from 2026-12-24 to 2026-12-26; name a stand-in for somebody who is away
}

func ExampleRoute_People_standIn() {
	roster := exampleRoster()
	roster.Absences = []escalation.Absence{
		{Name: "mia", From: value.MustDate("2026-11-23"), Until: value.MustDate("2026-11-27"), StandIn: "eli"},
	}
	routes, err := escalation.Compile(escalation.DefaultPolicy(), roster)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	route, err := routes.Route(escalation.Blocker{Kind: escalation.InternalCoordination, Raised: at}, at)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, contact := range route.People() {
		fmt.Println(contact.Person.Name, contact.Function, "for:", contact.For)
	}
	// Output:
	// eli manager for: mia
	// noor manager for:
}

func ExampleRules_State_timeMovesACaseUp() {
	routes, err := escalation.Compile(escalation.DefaultPolicy(), exampleRoster())
	if err != nil {
		fmt.Println(err)
		return
	}
	monday := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	deal := escalation.Facts{ID: "D-17", Size: model.Standard, PartnerLead: "ana", VendorLead: "bo"}

	c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: deal, Kind: escalation.Scheduling,
		Raised: monday, By: ana, Note: "no date for the demo"})
	if err != nil {
		fmt.Println(err)
		return
	}
	standing, err := routes.State(c, deal, monday.AddDate(0, 0, 4)) // no job ran: the answer is computed
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range standing.Steps {
		fmt.Println(step.At.Format(time.RFC3339), step.Act, "at", step.Level)
	}
	fmt.Println(standing.Route.Level, standing.Route.RespondBy)
	fmt.Println(standing.Route.Reason)
	// Output:
	// 2026-11-23T09:30:00Z opened at rep
	// 2026-11-26T00:00:00Z escalated at manager
	// manager 2026-11-28 00:00:00 +0000 UTC
	// scheduling: not resolved at level rep within 2 business days, now for the sales managers of both companies
}

func ExampleRules_Detect() {
	routes, err := escalation.Compile(escalation.DefaultPolicy(), exampleRoster())
	if err != nil {
		fmt.Println(err)
		return
	}
	day := func(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }
	deal := escalation.Facts{
		ID: "D-17", Size: model.Standard, ActiveSince: day(2), Progress: day(6), Unanswered: day(9),
		Amount: value.MustMoney("300000.00 USD"), AmountAt: day(10),
	}
	found, err := routes.Detect(deal, nil, day(20))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, blocker := range found {
		fmt.Println(blocker.Kind, blocker.Raised.Format(time.DateOnly), blocker.Evidence)
	}
	// Output:
	// deal_stalled 2026-11-20 no stage advance and no required task done since 2026-11-06T12:00:00Z, for 14 days or more
	// large_deal 2026-11-10 the amount 300000.00 USD is 250000.00 USD or more, and not both executives are named
	// prospect_dark 2026-11-19 the outbound contact of 2026-11-09T12:00:00Z has no answer, for 10 days or more
}
