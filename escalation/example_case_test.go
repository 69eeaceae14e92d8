package escalation_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// exampleCase is raised on Monday, 23 November 2026, at 9:30.
func exampleCase(kind escalation.BlockerKind) (*escalation.Rules, escalation.Facts, escalation.Case) {
	routes, err := escalation.Compile(escalation.DefaultPolicy(), exampleRoster())
	if err != nil {
		panic(err)
	}
	deal := escalation.Facts{ID: "D-17", Size: model.Standard, PartnerLead: "ana", VendorLead: "bo"}
	monday := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: deal, Kind: kind, Raised: monday})
	if err != nil {
		panic(err)
	}
	return routes, deal, c
}

func ExampleRules_Acknowledge() {
	routes, deal, c := exampleCase(escalation.ContractIssue)
	fay := model.Person{Name: "fay", Party: model.VendorOrg("us")}
	c, err := routes.Acknowledge(c, deal, escalation.Event{By: fay, At: time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)})
	if err != nil {
		fmt.Println(err)
		return
	}
	standing, err := routes.State(c, deal, time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(standing.IsOpen(), standing.Route.Level)
	fmt.Println(standing.Late)
	// Output:
	// true deal_desk_legal
	// level deal_desk_legal responded only on 2026-11-26T08:00:00Z, not by 2026-11-26T00:00:00Z: contract_issue
}

func ExampleRules_Resolve_andRaiseAgain() {
	routes, deal, c := exampleCase(escalation.ProspectDark)
	noor := model.Person{Name: "noor", Party: model.VendorOrg("us")}
	c, err := routes.Resolve(c, deal, escalation.Event{By: noor, At: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC),
		Note: "they answered"})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err = routes.Raise(c, escalation.Blocker{Deal: deal, Kind: escalation.ProspectDark,
		Raised: time.Date(2026, 12, 7, 8, 0, 0, 0, time.UTC), Note: "and went dark again"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, step := range c.History() {
		fmt.Println(step.At.Format(time.RFC3339), step.Act, "at", step.Level)
	}
	// Output:
	// 2026-11-23T09:30:00Z opened at manager
	// 2026-11-24T08:00:00Z resolved at manager
	// 2026-12-07T08:00:00Z reopened at manager
}

func ExampleParseCase() {
	_, _, c := exampleCase(escalation.LargeDeal)
	stored, err := c.MarshalJSON() // into a column of the host's data base
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(stored))
	c, err = escalation.ParseCase(stored)
	fmt.Println(c.Deal(), c.Kind(), err)
	// Output:
	// {"deal":"D-17","kind":"large_deal","steps":[{"act":"opened","at":"2026-11-23T09:30:00Z","level":"executive"}]}
	// D-17 large_deal <nil>
}

func ExampleRules_In_holiday() {
	routes, _, _ := exampleCase(escalation.ProspectDark)
	weekdays := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	calendar, err := value.NewCalendar(weekdays, []value.Date{value.MustDate("2026-11-26")})
	if err != nil {
		fmt.Println(err)
		return
	}
	wednesday := time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC)
	routes = routes.In(value.Workplace{Zone: time.FixedZone("EST", -5*60*60), Calendar: &calendar})
	route, err := routes.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: wednesday}, wednesday)
	fmt.Println(route.RespondBy, err) // the end of Friday in that zone
	// Output:
	// 2026-11-28 05:00:00 +0000 UTC <nil>
}

func ExampleParsePolicy_everyProblemAtOnce() {
	text, err := escalation.DefaultPolicy().MarshalJSON()
	if err != nil {
		fmt.Println(err)
		return
	}
	policy, err := escalation.ParsePolicy(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	policy.Kinds["budget_cut"] = escalation.ManagerLevel // the set of kinds is open
	policy.Respond.Rep = value.Hours(0)
	policy.Reach.Simplified = escalation.DealDeskLegalLevel
	_, err = escalation.Compile(policy, exampleRoster())
	fmt.Println(err)
	// Output:
	// escalation.respond.rep: 0 hours is out of range; a term has a count of 1 to 10000
	// escalation.reach.simplified: "deal_desk_legal" is no level that time moves a case to; allowed are rep, manager, executive
}

func ExampleParseRoster() {
	_, err := escalation.ParseRoster([]byte(`{
		"people": [{"name": "mia", "party": {"side": "partner", "org": "acme"}, "functions": ["manager", "legal"]}],
		"absences": [{"name": "mia", "from": "2026-12-24", "until": "2026-12-20", "stand_in": "max"}]
	}`))
	fmt.Println(err)
	// Output:
	// roster.absences[0].until: 2026-12-20 is before the first day, 2026-12-24
	// roster.absences[0].stand_in: "max" is nobody on the roster; write the name of one of its people
}
