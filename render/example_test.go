package render_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func ExampleGantt() {
	rules, err := stage.DefaultRules()
	if err != nil {
		panic(err)
	}
	progress, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed,
		Size: model.Simplified})
	if err != nil {
		panic(err)
	}
	schedule, err := rules.Schedule(progress,
		stage.Query{AsOf: time.Date(2026, time.November, 7, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		panic(err)
	}
	lines := strings.Split(render.Gantt("D-17", schedule, value.MustDate("2026-11-07"), value.Date{}), "\n")
	fmt.Println(strings.Join(lines[5:13], "\n"))
	fmt.Println(lines[len(lines)-2])
	// Output:
	//     section stages
	//     Opportunity identification :s0, 2026-11-02, 2026-11-06
	//     Discovery :s1, 2026-11-07, 2026-11-13
	//     Proposal and negotiation :s2, 2026-11-14, 2026-11-26
	//     Close :s3, 2026-11-27, 2026-12-01
	//     section partner
	//     register the deal and qualify it :crit, t0, 2026-11-02, 2026-11-06
	//     send one proposal with the prices of both sides :t5, 2026-11-14, 2026-11-26
	//     today :vert, today, 2026-11-07, 0d
}

// The chart of a page, on the sixth day of a deal on which nobody did anything.
func ExampleGanttSVG() {
	rules, err := stage.DefaultRules()
	if err != nil {
		panic(err)
	}
	progress, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed,
		Size: model.Simplified})
	if err != nil {
		panic(err)
	}
	schedule, err := rules.Schedule(progress,
		stage.Query{AsOf: time.Date(2026, time.November, 7, 9, 0, 0, 0, time.UTC)})
	if err != nil {
		panic(err)
	}
	chart := render.GanttSVG("Calder Rail", schedule, value.MustDate("2026-11-07"), value.Date{})
	fmt.Println(strings.Count(chart, `class="late"`), "late,", strings.Count(chart, `class="open"`), "open")
	_, name, _ := strings.Cut(chart, `<g class="late"><title>`)
	name, _, _ = strings.Cut(name, "</title>")
	fmt.Println(name)
	// Output:
	// 2 late, 8 open
	// register the deal and qualify it: 2 November to 6 November, late
}

// What a rep pastes into the chat on the third day of a small deal.
func ExampleBrief() {
	rules, err := assess.Compile(book.Default(), assess.Host{})
	if err != nil {
		panic(err)
	}
	acme, vendor := model.PartnerOrg("acme"), model.VendorOrg("vendor")
	known := deal.Deal{
		ID: "D-17", Account: "Calder Rail", Partner: "acme", Vendor: "vendor", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Team:    model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: vendor}}},
	}
	assessment, err := rules.Assess(known, deal.Record{}, time.Date(2026, time.November, 4, 9, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	fmt.Print(render.Brief(assessment.For(acme)).Text())
	// Output:
	// Calder Rail, 18,000 USD, partner-led
	// day 3 of 30, opportunity identification
	// 1. ana (by 6 November): register the deal
	// 2. bo (by 6 November): confirm that the deal gets support
}
