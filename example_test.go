package coselling_test

import (
	"fmt"
	"log"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
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
	// gate.registered partner no active registration is recorded
	// gate.tasks partner not done: identify the opportunity and register the deal
	// gate.tasks partner not done: confirm that the prospect fits and is interested
	// gate.tasks partner not done: brief the vendor's team
	// gate.tasks partner not done: put the kickoff call with the prospect in the calendar
	// identification
}

func Example_whatIsWrongToday() {
	vendor, partner := model.VendorOrg("vendor"), model.PartnerOrg("acme")
	day := func(n int) time.Time { return time.Date(2026, time.November, n, 9, 0, 0, 0, time.UTC) }
	deal := coselling.Deal{
		ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Team:    model.Team{Reps: []model.Rep{{ID: "ana", Party: partner}, {ID: "bo", Party: vendor}}},
		People: []comms.Correspondent{
			{Name: "ana", Party: partner, Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Party: vendor, Addresses: []string{"bo@vendor.example"}},
			{Prospect: true, Addresses: []string{"@calder.example"}},
		},
	}
	record := coselling.Record{
		Facts: []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: day(2)}},
		Activities: []comms.Activity{
			{ID: "m-1", Kind: comms.Mail, At: day(3), Side: model.Partner, From: "ana@acme.example", To: []string{"cat@calder.example", "bo@vendor.example"}, Subject: "Hello"},
			{ID: "q-1", Kind: comms.Question, At: day(4), Side: model.Partner, Subject: "Does it run on premises?"},
		},
	}
	asOf := day(6)

	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{}) // a zone other than UTC is resolved by the host
	if err != nil {
		panic(err)
	}
	assessment, err := engine.Assess(deal, record, asOf)
	if err != nil {
		panic(err)
	}
	for _, action := range assessment.For(vendor).Next {
		fmt.Println(action.Due, action.Owner, action.Text(), action.Code)
	}
	// Output:
	// 2026-11-06 partner register the deal and qualify it gate.tasks
	// 2026-11-06 vendor confirm that the deal gets support gate.tasks
	// 2026-11-05 vendor answer the question "Does it run on premises?" comm.response
}

func Example_tryAStep() {
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	now := time.Date(2026, time.November, 6, 15, 0, 0, 0, time.UTC)
	d := coselling.Deal{
		ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
	}
	record := coselling.Record{Facts: []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: now}}}
	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
	if err != nil {
		panic(err)
	}
	advance := stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: stage.Discovery, By: ana, At: now}}

	outcome, err := engine.Try(d, record, deal.Change{Event: advance})
	if err != nil {
		panic(err)
	}
	if !outcome.Accepted { // every gate; outcome.Pending: whose consent it takes; outcome.Undone: what would not hold
		for _, reason := range outcome.Reasons {
			fmt.Println(reason.Code(), reason)
		}
	}
	record = outcome.Record // with the change; unchanged where it is refused
	fmt.Println(len(record.Events))
	// Output:
	// gate.tasks not done: register the deal and qualify it
	// gate.tasks not done: confirm that the deal gets support
	// 0
}

// A portal's live page, or a nightly run over open deals.
func Example_askAgainCheaply() {
	vendor := model.VendorOrg("vendor")
	d := coselling.Deal{
		ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Team:    model.Team{Reps: []model.Rep{{ID: "ana", Party: model.PartnerOrg("acme")}, {ID: "bo", Party: vendor}}},
	}
	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
	if err != nil {
		panic(err)
	}
	now := time.Date(2026, time.November, 6, 9, 0, 0, 0, time.UTC)
	later := now.Add(24 * time.Hour)
	change := deal.Change{Facts: []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Vendor, At: now}}}

	c, err := engine.Case(d, coselling.Record{})
	if err != nil {
		panic(err)
	}
	view := c.At(now).For(vendor)
	fmt.Println(len(view.Next), view.Next[1].Who, view.Next[1].Text())
	err = c.Add(change)            // costs the change, not the record
	view = c.At(later).For(vendor) // the bytes that Assess would give
	fmt.Println(len(view.Next), view.Next[0].Who, view.Next[0].Text(), err)
	// Output:
	// 2 [bo] confirm that the deal gets support
	// 1 [ana] register the deal <nil>
}

func Example_package() {
	engine, err := coselling.New(coselling.DefaultBook(), coselling.Host{})
	if err != nil {
		log.Fatal(err) // every problem of the book, each with its path
	}
	deal := coselling.Deal{
		ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Team: model.Team{Reps: []model.Rep{
			{ID: "ana", Party: model.PartnerOrg("acme")}, {ID: "bo", Party: model.VendorOrg("vendor")},
		}},
	}
	asOf := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	assessment, err := engine.Assess(deal, coselling.Record{}, asOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, action := range assessment.For(model.VendorOrg("vendor")).Next[:2] {
		fmt.Println(action.Due, action.Who, action.Text(), action.Code)
	}
	// Output:
	// 2026-11-06 [ana] register the deal gate.registered
	// 2026-11-06 [bo] confirm that the deal gets support gate.tasks
}
