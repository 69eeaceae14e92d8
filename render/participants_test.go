package render_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// fourReaders is the assessment of a deal that acme leads with an integrator, which is asked to lead, and a reseller.
// The integrator and the vendor have a blocker of their own, and so have the reseller, which no roster lists, and acme.
func fourReaders(t testing.TB) (a assess.Assessment, readers []model.Party) {
	t.Helper()
	acme, vendor := model.PartnerOrg("acme"), model.VendorOrg("vendor")
	integra, resell := model.PartnerOrg("integra"), model.PartnerOrg("resell")
	var rosters []escalation.Roster
	for _, partner := range []model.Party{acme, integra} {
		var staff escalation.Roster
		for _, party := range []model.Party{partner, vendor} {
			for f := escalation.Manager; f <= escalation.Legal; f++ {
				staff.People = append(staff.People, escalation.Member{Name: party.Org + " " + strings.ReplaceAll(f.String(), "_", " "), Party: party,
					Functions: []escalation.Function{f}})
			}
		}
		rosters = append(rosters, staff)
	}
	engine, err := assess.Compile(book.Default(), assess.Host{Rosters: rosters, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, time.November, 5, 9, 0, 0, 0, time.UTC)
	bo := model.Person{Name: "bo", Party: vendor}
	known := deal.Deal{ID: "D-1", Account: "Calder Rail AG", Partner: "acme", Vendor: "vendor",
		Amount:  value.MustMoney("120000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Participants: []deal.Participant{{Party: integra, Function: model.Integration},
			{Party: resell, Function: model.Resale, From: value.MustDate("2026-11-04")}},
		Team: model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: vendor},
			{ID: "ida", Party: integra}, {ID: "rob", Party: resell}}}}
	record := deal.Record{
		Facts: []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Vendor, At: at}},
		Events: []stage.Event{{Verb: stage.VerbSetLead, Lead: integra,
			Move: stage.Move{By: bo, At: at, Reason: "acme is short of people"}}},
		Blockers: []deal.Blocker{{ID: "B-1", Kind: escalation.ContractIssue, Raised: at, By: bo,
			Concerns: []model.Party{vendor, integra}}, {ID: "B-2", Kind: escalation.Scheduling, Raised: at, By: bo,
			Concerns: []model.Party{acme, resell}}}}
	a, err = engine.Assess(known, record, at.Add(5*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return a, []model.Party{acme, vendor, integra, resell}
}

// section 11, view.side: each party of a deal with an integrator and a reseller reads who does what for which company,
// and who waits for whom; nobody reads of a blocker of others.
func TestEachPartyReadsItsBriefAndReport(t *testing.T) {
	a, readers := fourReaders(t)
	var all strings.Builder
	for _, party := range readers {
		v := a.For(party)
		all.WriteString("# " + party.String() + "\n\n" + render.Brief(v).Text() + "\n" + render.Report(v).Text() + "\n")
	}
	goldentest.Compare(t, "testdata/participants.txt", all.String())
}

// section 11: the next move waits for the side whose work is missing at its gates, and a move that cannot be made now for
// nobody.
func TestTheNextMoveWaitsForASide(t *testing.T) {
	a, _ := fourReaders(t)
	v := a.Everything()
	v.Progress.Pending = nil
	for want, shut := range map[string]stage.Shut{
		"the partner":                {Code: stage.GatePricingApproved, Owner: model.Partner},
		"the vendor":                 {Code: stage.GatePricingApproved, Owner: model.Vendor},
		"the partner and the vendor": {Code: stage.GateTasks},
		"resell":                     {Code: stage.GateSupportConfirmed, Owner: model.Partner, Party: model.PartnerOrg("resell")},
		"":                           {Code: stage.StageState, Owner: model.Vendor},
	} {
		v.Progress.Options = []stage.Way{{Verb: stage.VerbAdvance, Shut: []stage.Shut{shut}}}
		_, got, _ := strings.Cut(render.Brief(v).Text(), "waits for ")
		got, _, _ = strings.Cut(got, "\n")
		if got != want {
			t.Errorf("%s of %v: the move waits for %q, want %q", shut.Code, shut.Owner, got, want)
		}
	}
}
