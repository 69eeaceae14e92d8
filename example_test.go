package coselling_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func Example_payADeal() {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	policy := comp.DefaultPolicy() // complete: no field is defaulted later
	policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("30%")
	plan, err := comp.Compile(policy)
	if err != nil {
		panic(err)
	}
	statement, err := plan.Statement(comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
	})
	if err != nil {
		panic(err)
	}
	for _, line := range statement.Lines {
		fmt.Println(line.Payee, line.QuotaCredit, line.Commission, line.Why())
	}
	// Output:
	// ana 120000.00 USD 9600.00 USD 100% of 120000.00 USD as primary (comp.role_based) at 8%
	// bo 36000.00 USD 1800.00 USD 30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
}

func Example_whoDoesWhat() {
	team := model.Team{Reps: []model.Rep{
		{ID: "ana", Party: model.PartnerOrg("acme")},
		{ID: "bo", Party: model.VendorOrg("us")},
	}}
	advice := model.Recommend(model.Signals{Source: model.FromPartner, PartnerTrusted: model.Yes}, model.NoRegistrant)
	engagement, err := advice.Decided() // ambiguous: an error that names the candidates
	if err != nil {
		panic(err)
	}
	roles, err := model.Assign(engagement, team, model.Origin{Source: model.FromPartner})
	if err != nil {
		panic(err)
	}
	fmt.Println(engagement, advice.Strength)
	for _, duty := range roles.Duties[:5] {
		fmt.Println(duty.Owner, "of", duty.Accountable, "leads:", duty.Says)
	}
	// Output:
	// partner_led strong
	// ana of partner acme leads: own the prospect relationship and communication
	// ana of partner acme leads: discovery and qualification
	// ana of partner acme leads: schedule and lead meetings
	// ana of partner acme leads: present the business case
	// bo of vendor us leads: product demos
}

func Example_testAPolicyChange() {
	before, after := comp.DefaultPolicy(), comp.DefaultPolicy()
	after.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("40%")
	deal := comp.Booking{
		ID: "D-17", Value: value.MustMoney("120000.00 USD"), Closed: value.MustDate("2026-11-20"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")},
		},
	}
	for _, policy := range []comp.Policy{before, after} {
		plan, err := comp.Compile(policy)
		if err != nil {
			panic(err)
		}
		statement, err := plan.Statement(deal)
		if err != nil {
			panic(err)
		}
		for _, line := range statement.Lines {
			fmt.Println(line.Payee, line.Commission, line.Why())
		}
		fmt.Println("quota inflation", statement.Inflation())
	}
	// Output:
	// ana 9600.00 USD 100% of 120000.00 USD as primary (comp.role_based) at 8%
	// bo 1800.00 USD 30% of 120000.00 USD for technical_validation (comp.role_based) at 5%
	// quota inflation 13/10
	// ana 9600.00 USD 100% of 120000.00 USD as primary (comp.role_based) at 8%
	// bo 2400.00 USD 40% of 120000.00 USD for technical_validation (comp.role_based) at 5%
	// quota inflation 7/5
}

func Example_moveADeal() {
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	at := time.Date(2026, time.November, 6, 15, 0, 0, 0, time.UTC)
	evidence := []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Vendor, At: at}}

	rules, err := stage.DefaultRules() // all playbooks; progress names the one in use
	if err != nil {
		panic(err)
	}
	progress, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	if err != nil {
		panic(err)
	}
	decision, err := rules.Advance(progress, stage.Move{To: stage.Discovery, By: ana, At: at, Evidence: evidence})
	if err != nil {
		panic(err)
	}
	for _, gate := range decision.Shut { // all of them, each with who can open it
		fmt.Println(gate.Code, gate.Owner, gate.Missing)
	}
	progress = decision.Progress // unchanged while a gate is shut
	fmt.Println(progress.Stage())
	// Output:
	// gate.registered partner no registration is active
	// gate.tasks partner register_deal is not done: identify the opportunity and register the deal
	// gate.tasks partner qualify_interest is not done: confirm that the prospect fits and is interested
	// gate.tasks partner brief_other_team is not done: brief the vendor's team
	// gate.tasks partner schedule_kickoff is not done: put the kickoff call with the prospect in the calendar
	// identification
}
