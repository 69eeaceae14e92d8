package assess_test

import (
	"fmt"
	"log"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// What the vendor does next on a deal that has just begun.
func Example() {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		log.Fatal(err) // every problem of the book, each with its path
	}
	d := deal.Deal{
		ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Team: model.Team{Reps: []model.Rep{
			{ID: "ana", Party: model.PartnerOrg("acme")}, {ID: "bo", Party: model.VendorOrg("vendor")},
		}},
	}
	asOf := time.Date(2026, time.November, 4, 9, 0, 0, 0, time.UTC)
	assessment, err := rules.Assess(d, deal.Record{}, asOf)
	if err != nil {
		log.Fatal(err)
	}
	for _, action := range assessment.For(model.VendorOrg("vendor")).Next {
		fmt.Println(action.Who, action.Text(), action.Code)
	}
	// Output:
	// [ana] register the deal gate.registered
	// [bo] confirm that the deal gets support gate.tasks
}

// A book with two mistakes, and a host that resolves no time zone, are refused at once.
func ExampleCompile() {
	agreed := book.Default()
	agreed.Zone = "Europe/Berlin"
	agreed.Registration.Protection = 0
	_, err := assess.Compile(agreed, assess.Host{})
	fmt.Println(err)
	// Output:
	// registration.protection: 0 is outside 1 to 3650
	// zone: "Europe/Berlin" cannot be resolved here; only UTC can
}

// A page asks a deal again after the vendor has answered, without reading the deal and its record again.
func ExampleCase() {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		log.Fatal(err)
	}
	question := comms.Activity{ID: "q-1", Kind: comms.Question, Side: model.Partner,
		Subject: "Does it run on premises?", At: november(4, 9)}
	c, err := rules.Case(begun(), deal.Record{Activities: []comms.Activity{question}})
	if err != nil {
		log.Fatal(err)
	}
	broken := func() { // the code of each rule, and whether it is still broken
		for _, f := range c.At(november(6, 9)).Everything().Findings {
			if f.Part == assess.SectionComms {
				fmt.Println(f.Reason.Code(), f.Until.IsZero())
			}
		}
	}
	broken()
	answer := comms.Activity{ID: "a-1", Kind: comms.Answer, Side: model.Vendor, About: []string{"q-1"},
		At: november(5, 15)}
	if err := c.Add(deal.Change{Activity: answer}); err != nil {
		log.Fatal(err)
	}
	broken()
	// Output:
	// comm.response true
	// comm.response false
}

// The rate of a rep rises above 20,000 dollars a quarter: without the earlier deals of the quarter the rep's page shows
// credit only, with them what the open deal would pay if it were won on its committed close.
func ExampleCase_PriceBy() {
	agreed := book.Default()
	bound := comp.Bound{Amount: value.MustMoney("20000.00 USD")}
	agreed.Comp.Rates.Tables = map[comp.TableID]comp.RateTable{"accelerator": {
		Measure: comp.PeriodAmount, Method: comp.Marginal, Currency: value.MustCurrency("USD"),
		Tiers: []comp.Tier{{To: bound, Rate: value.MustPercent("8%")}, {From: bound, Rate: value.MustPercent("12%")}},
	}}
	rules, err := assess.Compile(agreed, assess.Host{})
	if err != nil {
		log.Fatal(err)
	}
	plan, err := comp.Compile(agreed.Comp)
	if err != nil {
		log.Fatal(err)
	}
	ana := comp.Payee{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Table: "accelerator"}
	run := plan.Run() // a host keeps it as a document
	if _, err := run.Statement(comp.Booking{ID: "D-1", Value: value.MustMoney("12000.00 USD"),
		Closed: value.MustDate("2026-10-12"), Payees: []comp.Payee{ana}}); err != nil {
		log.Fatal(err)
	}
	d := begun() // of 18,000 dollars
	d.Committed, d.Payees = value.MustDate("2026-12-11"), []comp.Payee{ana}
	c, err := rules.Case(d, deal.Record{})
	if err != nil {
		log.Fatal(err)
	}
	show := func() {
		for _, line := range c.At(november(6, 9)).For(model.PartnerOrg("acme")).Credit.Lines {
			fmt.Printf("%s, %q: %s\n", line.QuotaCredit, line.Commission, line.Why())
		}
	}
	show()
	c.PriceBy(run)
	show()
	// Output:
	// 18000.00 USD, "": 100% of 18000.00 USD as primary (comp.role_based) at a rate that is not known here, projected (comp.closed_only)
	// 18000.00 USD, "1840.00 USD": 100% of 18000.00 USD as primary (comp.role_based) at 10.222222% by table accelerator, projected (comp.closed_only)
}

// A loss that is entered after the deal went on, with an earlier instant, is refused, because it would undo what is
// stored; the same fact in a claim that became known late would be taken.
func ExampleRules_Try() {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		log.Fatal(err)
	}
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	agreed := stage.Event{Verb: stage.VerbDone, Task: stage.ValueProposition,
		Move: stage.Move{By: ana, At: november(9, 12)}}
	loss := stage.Event{Verb: stage.VerbLose, Move: stage.Move{By: ana, At: november(6, 9), Reason: "no budget"}}
	decision, err := rules.Try(begun(), deal.Record{Events: []stage.Event{agreed}}, deal.Change{Event: loss})
	fmt.Println(decision.Accepted, err)
	for _, reason := range decision.Reasons {
		fmt.Println(reason.Code(), reason)
	}
	for _, undone := range decision.Undone {
		fmt.Println(undone.Event.Verb, undone.Event.Task, undone.Repeat)
	}
	// Output:
	// false <nil>
	// next.try what ana recorded as done on 9 November would not hold any more: a deal that is lost does not take this step: done
	// done value_proposition partner
}

// A button of a portal: a channel owner decides on a claim.
func ExampleAction_Fill() {
	rules, err := assess.Compile(ourBook(), assess.Host{Registrable: domains.Registrable})
	if err != nil {
		log.Fatal(err)
	}
	d, r := begun(), deal.Record{Claims: []registration.Claim{{ID: "C-1", Claimant: acme, Submitted: november(3, 9),
		Filing: registration.Filing{Key: "k-1", By: "ana", Account: matching.Account{Domains: []string{"calder-rail.com"}}}}}}
	d.Vendor, d.Registrations = "us", []string{"C-1"}
	assessment, err := rules.Assess(d, r, november(4, 9))
	if err != nil {
		log.Fatal(err)
	}
	for _, action := range assessment.For(us).Next {
		if len(action.Ask) != 3 {
			continue
		}
		fmt.Println(action.Text())
		for _, ask := range action.Ask {
			fmt.Println(ask.Path, ask.Kind, ask.Choices)
		}
		change, err := action.Fill("omar", "approve", "")
		if err != nil {
			log.Fatal(err)
		}
		outcome, err := rules.Try(d, r, change)
		fmt.Println(outcome.Accepted, err)
	}
	// Output:
	// decide on the registration
	// claim_event.by.name name [olga omar]
	// claim_event.do text [approve reject]
	// claim_event.reason text []
	// true <nil>
}

// Facts that are missing cost the answers that need them and no others.
func ExampleRules_Assess() {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		log.Fatal(err)
	}
	question := comms.Activity{ID: "q-1", Kind: comms.Question, Side: model.Partner,
		Subject: "Does it run on premises?", At: november(4, 9)}
	assessment, err := rules.Assess(begun(), deal.Record{Activities: []comms.Activity{question}}, november(6, 9))
	if err != nil {
		log.Fatal(err)
	}
	view := assessment.Everything()
	for _, finding := range view.Findings {
		fmt.Println(finding.Reason.Code(), finding.Facts)
	}
	for _, missing := range view.Missing {
		fmt.Println(missing.Part, missing.Problems)
	}
	// Output:
	// role.no_orphan [deal.team]
	// role.no_orphan [deal.team]
	// comm.response [record.activities["q-1"]]
	// registration deal.registrations: nothing says which claim registers the deal
	// comms deal.people: nothing says which person has which mail address, so no activity is contact with the prospect
	// escalation host.rosters: nobody can be called; the rosters have none of "acme" and "vendor"
	// credit deal.payees: nothing says who is to be credited
}

// Each side reads what it is credited, and nothing of the other side's pay.
func ExampleAssessment_For() {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		log.Fatal(err)
	}
	d := begun()
	d.Payees = []comp.Payee{
		{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("8%")},
		{Rep: "bo", Party: model.VendorOrg("vendor"), Role: comp.Supporting, Contribution: comp.TechnicalValidation,
			Rate: value.MustPercent("5%")},
	}
	d.Signals.Source = model.FromPartner
	assessment, err := rules.Assess(d, deal.Record{}, november(6, 9))
	if err != nil {
		log.Fatal(err)
	}
	for _, party := range []model.Party{model.PartnerOrg("acme"), model.VendorOrg("vendor"), model.PartnerOrg("bolt")} {
		view := assessment.For(party)
		fmt.Println(party, view.Deal, len(view.Next))
		for _, line := range view.Credit.Lines {
			fmt.Println(" ", line.Payee, line.QuotaCredit, line.Commission)
		}
	}
	// Output:
	// partner acme D-17 4
	//   ana 18000.00 USD 1440.00 USD
	// vendor vendor D-17 4
	//   bo 5400.00 USD 270.00 USD
	// partner bolt  0
}

// begun is a small deal of which little is known.
func begun() deal.Deal {
	return deal.Deal{
		ID: "D-17", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
	}
}
