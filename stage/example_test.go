package stage_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// A gate that is shut names the missing work and the side that can do it; nothing changes.
func ExampleRules_Advance() {
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	at := time.Date(2026, time.November, 6, 15, 0, 0, 0, time.UTC)
	evidence := []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: at.Add(-time.Hour)}}

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
	// gate.support_confirmed vendor the vendor has not confirmed capacity, fit and timing
	// gate.tasks partner not done: confirm that the prospect fits and is interested
	// gate.tasks partner not done: brief the vendor's team
	// gate.tasks vendor not done: confirm capacity, fit and timing to support the deal
	// gate.tasks partner not done: put the kickoff call with the prospect in the calendar
	// identification
}

// The first week ends on a Sunday. Nobody works then, so the tasks that are due on it are
// due on Friday.
func ExampleRules_In() {
	weekdays, err := value.NewCalendar([]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}, nil)
	if err != nil {
		panic(err)
	}
	rules, err := stage.DefaultRules()
	if err != nil {
		panic(err)
	}
	for _, rules := range []*stage.Rules{rules, rules.In(value.Workplace{Calendar: &weekdays})} {
		opening := value.MustDate("2026-11-02")
		progress, err := rules.Open(stage.Opening{Day: opening, Engagement: model.PartnerLed, Size: model.Standard})
		if err != nil {
			panic(err)
		}
		schedule, err := rules.Schedule(progress, stage.Query{AsOf: opening.Start(time.UTC)})
		if err != nil {
			panic(err)
		}
		fmt.Println(schedule.Items[0].Task.ID, schedule.Items[0].Due)
	}
	// Output:
	// register_deal 2026-11-08
	// register_deal 2026-11-06
}

// A change of model waits until the vendor consents.
func ExampleRules_SetModel() {
	at := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo := model.Person{Name: "bo", Party: model.VendorOrg("us")}

	rules, err := stage.DefaultRules()
	if err != nil {
		panic(err)
	}
	progress, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	if err != nil {
		panic(err)
	}
	change := stage.Move{By: ana, At: at, Reason: "both teams are needed"}
	asked, err := rules.SetModel(progress, model.TrueCoSell, change)
	fmt.Println(asked.Progress.Engagement(), asked.Pending, err)

	changed, err := rules.Consent(asked.Progress, stage.VerbSetModel, at, stage.Move{By: bo, At: at.Add(time.Hour)})
	fmt.Println(changed.Progress.Engagement(), changed.Pending, err)
	// Output:
	// partner_led [vendor] <nil>
	// true_co_sell [] <nil>
}

// A participant leads once the vendor, who led and it itself have consented (party.lead).
func ExampleRules_Apply_lead() {
	rules, err := stage.DefaultRules()
	if err != nil {
		panic(err)
	}
	acme, integra := model.PartnerOrg("acme"), model.PartnerOrg("integra")
	deal, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard,
		Partners: &model.Partners{All: []model.Participant{{Party: acme}, {Party: integra, Function: model.Integration}},
			Functions: model.DefaultFunctions()}})
	if err != nil {
		panic(err)
	}
	ana, ida := model.Person{Name: "ana", Party: acme}, model.Person{Name: "ida", Party: integra}
	bo := model.Person{Name: "bo", Party: model.VendorOrg("us")}
	at := time.Date(2026, time.November, 9, 9, 0, 0, 0, time.UTC)
	decision, err := rules.Apply(deal, stage.Event{Verb: stage.VerbSetLead, Lead: integra, Move: stage.Move{By: bo, At: at,
		Reason: "it does most of the work", Consents: []model.Consent{{By: ida, At: at}}}})
	if err != nil {
		panic(err)
	}
	fmt.Println("waits for the", decision.Pending[0])
	decision, err = rules.Consent(decision.Progress, stage.VerbSetLead, at, stage.Move{By: ana, At: at.Add(time.Hour)})
	if err != nil {
		panic(err)
	}
	effects := decision.Progress.Effects()
	fmt.Println(effects[len(effects)-1].Lead, "leads")
	// Output:
	// waits for the partner
	// partner integra leads
}
