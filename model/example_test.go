package model_test

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The duties of a deal that the partner brought.
func Example() {
	team := model.Team{Reps: []model.Rep{
		{ID: "ana", Party: model.PartnerOrg("acme")},
		{ID: "bo", Party: model.VendorOrg("us")},
	}}
	advice := model.Recommend(model.Signals{Source: model.FromPartner, PartnerTrusted: model.Yes}, model.NoRegistrant)
	engagement, err := advice.Decided() // ambiguous: an error that names the candidates
	if err != nil {
		fmt.Println(err)
		return
	}
	roles, err := model.Assign(engagement, team, model.Origin{Source: model.FromPartner})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(engagement)
	for _, duty := range roles.Duties {
		fmt.Printf("%-24s %-12s  %s\n", duty.Accountable, duty.Owner, duty.Says)
	}
	// Output:
	// partner_led
	// partner acme             ana           own the prospect relationship and communication
	// partner acme             ana           discovery and qualification
	// partner acme             ana           schedule and lead meetings
	// partner acme             ana           present the business case
	// vendor us                bo            product demos
	// partner acme             ana           the commercial proposal
	// partner acme             ana           negotiate commercial terms
	// partner acme             ana           contract and close
	// vendor us                bo            product expertise and technical validation of the product
	// vendor us                bo            validate technical requirements
	// vendor us                bo            competitive positioning and product objections
	// partner acme             ana           objections about implementation and services
	// vendor us                bo            deal desk for complex or non-standard pricing
	// vendor us                bo            join key meetings as subject-matter expert
	// partner acme             ana           implementation-services expertise
	// partner acme             ana           integration knowledge
	// partner acme             ana           post-sale deployment
}

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
	advice := model.Recommend(model.Signals{PartnerRelationship: model.Yes, VendorCustomer: model.Yes, NoRelationship: model.Yes}, model.NoRegistrant)
	_, err := advice.Decided()
	fmt.Println(err)
	for _, reason := range advice.For {
		fmt.Println("for:", reason)
	}
	for _, reason := range advice.Against {
		fmt.Println("against:", reason)
	}
	for _, reason := range advice.Contradictions {
		fmt.Println("contradiction:", reason)
	}
	// Output:
	// engagement: partner_led or vendor_led is not decided; the two sides choose one
	// for: the partner already has a relationship with the prospect (for partner_led)
	// for: the prospect is the vendor's customer or in its account base (for vendor_led)
	// against: neither side has a prior relationship (for true_co_sell)
	// contradiction: neither side has a prior relationship, and the partner already has a relationship with the prospect: both cannot be true
	// contradiction: neither side has a prior relationship, and the prospect is the vendor's customer or in its account base: both cannot be true
}

func ExampleRecommend_undetermined() {
	advice := model.Recommend(model.Signals{EqualProducts: model.Yes, NoRelationship: model.Yes, PartnerTrusted: model.No}, model.NoRegistrant)
	fmt.Println(advice.Strength)
	for _, reason := range advice.Missing {
		fmt.Println(reason)
	}
	// Output:
	// undetermined
	// unknown whether the partner brought the opportunity (for partner_led)
	// unknown whether the partner already has a relationship with the prospect (for partner_led)
	// unknown whether our product is an add-on to the partner's broader solution (for partner_led)
	// unknown whether the vendor found the opportunity (for vendor_led)
	// unknown whether the prospect is the vendor's customer or in its account base (for vendor_led)
	// unknown whether our product is the primary purchase decision (for vendor_led)
	// unknown whether both sides found the opportunity together (for true_co_sell)
	// unknown whether the deal needs both teams fully engaged (for true_co_sell)
}

func ExampleRecommend_registered() {
	advice := model.Recommend(model.Signals{Source: model.FromVendor}, model.ByPartner)
	fmt.Println(advice.Engagement, advice.Strength)
	for _, reason := range advice.For {
		fmt.Println("for:", reason)
	}
	for _, reason := range advice.Against {
		fmt.Println("against:", reason)
	}
	// Output:
	// partner_led registered
	// for: the active registration (partner) decides partner_led; it outranks the signals
	// against: not so: the partner brought the opportunity (for partner_led)
	// against: the vendor found the opportunity (for vendor_led)
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
		for _, responsibility := range finding.Paths() {
			fmt.Println(" ", responsibility)
		}
	}
	// Output:
	// role.no_orphan – the partner side has no rep; 5 responsibilities are without an owner
	//   role.technical_requirements
	//   role.services_objections
	//   role.subject_expert
	//   role.implementation
	//   role.integration
}

func ExampleMatrix_Assign() {
	matrix := model.DefaultMatrix()
	partnerLeads := model.Cell{Mode: model.Leads, Leader: model.Partner, Support: "supplies the material"}
	matrix = append(matrix, model.Row{
		Responsibility: "acme.training", Says: "train the users",
		PartnerLed: partnerLeads, VendorLed: partnerLeads, TrueCoSell: partnerLeads,
	})
	team := model.Team{
		Reps: []model.Rep{
			{ID: "ana", Party: model.PartnerOrg("acme"), Lead: true},
			{ID: "tom", Party: model.PartnerOrg("acme")},
			{ID: "bo", Party: model.VendorOrg("us")},
		},
		Assigned: map[model.Responsibility][]string{"acme.training": {"tom"}},
	}
	roles, err := matrix.Assign(model.VendorLed, team, model.Origin{})
	if err != nil {
		fmt.Println(err)
		return
	}
	training := roles.Duties[len(roles.Duties)-1]
	fmt.Println(training.Owner, "of", training.Accountable, "leads;", training.VendorRep, training.Cell.Support)
	// Output:
	// tom of partner acme leads; bo supplies the material
}

func ExampleRoles_RACI() {
	team := model.Team{
		Reps: []model.Rep{
			{ID: "ana", Party: model.PartnerOrg("acme")},
			{ID: "bo", Party: model.VendorOrg("us")},
		},
		Consulted: map[model.Responsibility][]string{model.Proposal: {"legal"}},
	}
	roles, err := model.Assign(model.PartnerLed, team, model.Origin{Source: model.FromPartner})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range roles.RACI()[:6] {
		fmt.Printf("%-48s %s %-2s  %s %-2s %v\n", line.Says, line.PartnerRep, line.Partner, line.VendorRep, line.Vendor, line.Consulted)
	}
	// Output:
	// own the prospect relationship and communication  ana AR  bo I  []
	// discovery and qualification                      ana AR  bo I  []
	// schedule and lead meetings                       ana AR  bo I  []
	// present the business case                        ana AR  bo I  []
	// product demos                                    ana R   bo AR []
	// the commercial proposal                          ana AR  bo R  [legal]
}

func ExampleRoles_On() {
	team := model.Team{Reps: []model.Rep{
		{ID: "ana", Party: model.PartnerOrg("acme")},
		{ID: "bo", Party: model.VendorOrg("us")},
	}}
	roles, err := model.Assign(model.TrueCoSell, team, model.Origin{Registrant: model.ByPartnerJoint})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, topic := range []model.Topic{model.Security, model.Services, model.Commercial} {
		meeting, err := roles.On(model.Meetings, topic)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s leads\n", topic, meeting.Owner)
	}
	// Output:
	// security: bo leads
	// services: ana leads
	// commercial: ana leads
}

func ExampleJudgeRegistration() {
	for _, finding := range model.JudgeRegistration(model.VendorLed, model.ByPartner) {
		fmt.Println(finding.Code(), "–", finding)
	}
	// Output:
	// model.registration_mismatch – the model set is vendor_led, the active registration (partner) decides partner_led
}

func ExampleJudgeFirstContact() {
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for _, finding := range model.JudgeFirstContact(model.FirstContact{
		Opened:       at,
		ModelSet:     at.AddDate(0, 0, 3),
		Interactions: []time.Time{at.AddDate(0, 0, 1)},
		AsOf:         at.AddDate(0, 0, 7),
	}) {
		fmt.Println(finding.Code(), "–", finding)
	}
	// Output:
	// model.before_interaction – the prospect was contacted on 2026-11-03T09:00:00Z, the engagement model was set only on 2026-11-05T09:00:00Z
}

// An integrator takes implementation from the partner that leads (party.function).
func ExampleMatrix_AssignAmong() {
	acme, integra := model.PartnerOrg("acme"), model.PartnerOrg("integra")
	team := model.Team{Reps: []model.Rep{
		{ID: "ana", Party: acme}, {ID: "bo", Party: model.VendorOrg("us")}, {ID: "ida", Party: integra},
	}}
	partners := model.Partners{
		All:       []model.Participant{{Party: acme}, {Party: integra, Function: model.Integration}},
		Functions: model.DefaultFunctions(),
	}
	roles, err := model.DefaultMatrix().AssignAmong(model.PartnerLed, team, model.Origin{Source: model.FromPartner},
		partners, value.MustDate("2026-11-20"))
	if err != nil {
		panic(err)
	}
	for _, line := range roles.RACI() {
		if line.Responsibility == model.Relationship || line.Responsibility == model.Implementation {
			fmt.Println(line.Responsibility, line.Partner, line.Vendor, line.Others[0].Letters)
		}
	}
	// Output:
	// role.relationship AR I I
	// role.implementation I I AR
}
