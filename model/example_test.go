package model_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/model"
)

func ExampleRecommend() {
	advice := model.Recommend(model.Signals{Source: model.FromPartner, PartnerTrusted: model.Yes}, model.NoRegistrant)
	engagement, err := advice.Decided()
	fmt.Println(engagement, advice.Strength, err)
	for _, reason := range advice.For {
		fmt.Println(reason.Code(), "–", reason)
	}
	// Output:
	// partner_led strong <nil>
	// model.partner_sourced – the partner brought the opportunity (for partner_led)
	// model.partner_trusted – the prospect trusts the partner (for partner_led)
}

func ExampleRecommend_ambiguous() {
	advice := model.Recommend(model.Signals{Source: model.FromPartner, VendorCustomer: model.Yes}, model.NoRegistrant)
	_, err := advice.Decided()
	fmt.Println(err)
	// Output:
	// engagement: partner_led or vendor_led is not decided; the two sides choose one
}

func ExampleRecommend_registered() {
	advice := model.Recommend(model.Signals{Source: model.FromVendor}, model.ByPartner)
	fmt.Println(advice.Engagement, "–", advice.For[0])
	fmt.Println("against:", advice.Against[0])
	// Output:
	// partner_led – the active registration (partner) decides partner_led; it outranks the signals
	// against: not so: the partner brought the opportunity (for partner_led)
}

func ExampleAssign() {
	team := model.Team{Reps: []model.Rep{
		{ID: "ana", Party: model.PartnerOrg("acme")},
		{ID: "bo", Party: model.VendorOrg("us")},
	}}
	roles, err := model.Assign(model.TrueCoSell, team, model.Origin{Source: model.FromPartner})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range roles.RACI()[:3] {
		fmt.Printf("%-48s %s %-2s  %s %s\n", line.Says, line.PartnerRep, line.Partner, line.VendorRep, line.Vendor)
	}
	meeting, err := roles.On(model.Meetings, model.Security)
	fmt.Println("a meeting about security is led by", meeting.Owner, err)
	// Output:
	// own the prospect relationship and communication  ana AR  bo R
	// discovery and qualification                      ana AR  bo R
	// schedule and lead meetings                       ana AR  bo R
	// a meeting about security is led by bo <nil>
}

func ExampleAssign_aSideWithoutReps() {
	team := model.Team{Reps: []model.Rep{{ID: "bo", Party: model.VendorOrg("us")}}}
	roles, err := model.Assign(model.VendorLed, team, model.Origin{Source: model.FromVendor})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range roles.Findings {
		fmt.Println(finding.Code(), "–", finding)
	}
	// Output:
	// role.no_orphan – the partner side has no rep; 5 responsibilities are without an owner
}

func ExampleChoose_aChangeWithoutConsent() {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	first, err := model.Choose(model.Chosen{}, model.Choice{Engagement: model.PartnerLed, Agreement: model.Agreement{By: ana, At: at}})
	if err != nil {
		fmt.Println(err)
		return
	}
	change := model.Choice{Engagement: model.TrueCoSell, Reason: "both teams are needed", Agreement: model.Agreement{By: ana, At: at.Add(time.Hour)}}
	decision, err := model.Choose(first.Chosen, change)
	fmt.Println(decision.Chosen.Engagement(), decision.Missing, err)
	// Output:
	// partner_led [the vendor has not consented] <nil>
}

func ExampleCheckRegistration() {
	for _, finding := range model.CheckRegistration(model.VendorLed, model.ByPartner) {
		fmt.Println(finding.Code(), "–", finding)
	}
	// Output:
	// model.registration_mismatch – the model set is vendor_led, the active registration (partner) decides partner_led
}
