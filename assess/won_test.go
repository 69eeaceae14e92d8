package assess_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// tokyo is a zone in which a day ends nine hours before it does in UTC.
var tokyo = time.FixedZone("Asia/Tokyo", 9*60*60)

// small walks a small deal from its claim to won on 28 November 2026, 23:30 UTC.
func small() (deal.Deal, deal.Record) {
	ana, bo := model.Person{Name: "ana", Party: acme}, model.Person{Name: "bo", Party: us}
	at := func(day, hour int) time.Time { return time.Date(2026, time.November, day, hour, 0, 0, 0, time.UTC) }
	done := func(task stage.TaskID, by model.Person, day int) stage.Event {
		return stage.Event{Verb: stage.VerbDone, Task: task, Move: stage.Move{By: by, At: at(day, 10)}}
	}
	advance := func(to stage.Stage, day int) stage.Event {
		return stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: to, By: ana, At: at(day, 12)}}
	}
	d := deal.Deal{
		ID: "D-9", Partner: "acme", Vendor: "us", Amount: value.MustMoney("18000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed},
		Signals: model.Signals{Source: model.FromVendor},
		Team:    model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}},
		Payees:  []comp.Payee{{Rep: "ana", Party: acme, Role: comp.Primary, Rate: value.MustPercent("8%")}},
		People: []comms.Correspondent{
			{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}},
			{Prospect: true, Addresses: []string{"@calder.example"}},
		},
		Registrations: []string{"C-1"},
	}
	r := deal.Record{
		Claims: []registration.Claim{{ID: "C-1", Claimant: acme, Submitted: at(2, 8),
			Filing: registration.Filing{Key: "k",
				Account: matching.Account{IDs: []matching.Identifier{{Scheme: matching.DUNS, Value: "150483782"}}},
				By:      "ana"},
			Events: []registration.Event{{Do: registration.Approve, By: model.Person{Name: "olga", Party: us},
				At: at(3, 8)}}}},
		Activities: []comms.Activity{{ID: "m-1", Kind: comms.Meeting, At: at(10, 9), End: at(10, 10),
			Side: model.Partner, From: "ana@acme.example", To: []string{"cat@calder.example", "bo@us.example"},
			Subject: "Needs"}},
		Events: []stage.Event{
			done(stage.RegisterAndQualify, ana, 4), advance(stage.Discovery, 5),
			done(stage.OneDiscoveryCall, ana, 10), done(stage.ValueProposition, bo, 10), advance(stage.Proposal, 11),
			done(stage.SendContract, ana, 20), advance(stage.Close, 21),
			done(stage.ProcessOrder, bo, 27),
			{Verb: stage.VerbWin, Move: stage.Move{By: ana,
				At: time.Date(2026, time.November, 28, 23, 30, 0, 0, time.UTC)}},
		},
		Facts: []stage.Fact{
			{Kind: stage.SupportConfirmed, Side: model.Vendor, At: at(4, 9)},
			{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1, At: at(18, 9)},
			{Kind: stage.PricingApproved, Side: model.Partner, Proposal: "P-1", Revision: 1, At: at(19, 9)},
			{Kind: stage.PricingApproved, Side: model.Vendor, Proposal: "P-1", Revision: 1, At: at(19, 9)},
			{Kind: stage.ContractsExecuted, At: at(26, 9)},
			{Kind: stage.CRMUpdated, Side: model.Partner, At: at(27, 9)},
			{Kind: stage.CRMUpdated, Side: model.Vendor, At: at(27, 9)},
		},
	}
	return d, r
}

func inTokyo(t *testing.T) *assess.Rules {
	t.Helper()
	b := ourBook()
	b.Zone = tokyo.String()
	e, err := assess.Compile(b, assess.Host{Zone: func(string) (*time.Location, error) { return tokyo, nil },
		Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A deal from its claim to won. The claim opens gate.registered, the meeting
// gate.partner_engaged; the registration originates the deal, whatever its source; it
// counts as of won, though it ends later; the deal is closed on the day of the book's zone.
func TestADealIsFollowedToWon(t *testing.T) {
	e, day := inTokyo(t), func(s string) time.Time { return value.MustDate(s).Start(time.UTC) }
	for _, c := range []struct {
		asOf       time.Time
		stage      stage.Stage
		status     stage.Status
		registrant model.Registrant
		closed     string
	}{
		{day("2026-11-02"), stage.Identification, stage.Running, model.NoRegistrant, ""},
		{day("2026-11-05"), stage.Identification, stage.Running, model.ByPartner, ""},
		{day("2026-11-15"), stage.Proposal, stage.Running, model.ByPartner, ""},
		{day("2026-11-28"), stage.Close, stage.Running, model.ByPartner, ""},
		{day("2026-11-29"), stage.Close, stage.ClosedWon, model.ByPartner, "2026-11-29"},
		{day("2027-06-01"), stage.Close, stage.ClosedWon, model.ByPartner, "2026-11-29"},
	} {
		d, r := small()
		a, err := e.Assess(d, r, c.asOf)
		if err != nil {
			t.Fatal(err)
		}
		v := a.Everything()
		if v.Progress.Stage != c.stage || v.Progress.Status != c.status || v.Registration.Registrant != c.registrant {
			t.Errorf("%s: %s %s, registered %s; %v", c.asOf, v.Progress.Stage, v.Progress.Status,
				v.Registration.Registrant, v.Missing)
		}
		if got := v.Credit.Date.String(); got != c.closed || v.Credit.Projected != (c.closed == "") {
			t.Errorf("%s: closed on %q, projected %v", c.asOf, got, v.Credit.Projected)
		}
		if c.registrant == model.ByPartner && v.Credit.Lines[0].Credited != comp.AsPrimary {
			t.Errorf("%s: credited %s", c.asOf, v.Credit.Lines[0].Credited)
		}
		for _, f := range v.Findings {
			if f.Reason.Code() == stage.RegistrationLapsed || f.Reason.Code() == stage.GatePartnerEngaged {
				t.Errorf("%s: %s", c.asOf, f.Reason)
			}
		}
		for _, m := range v.Missing {
			if m.Part == assess.SectionPlaybook {
				t.Errorf("%s: %v", c.asOf, m.Problems)
			}
		}
	}
}

// gate.partner_engaged: without the meeting the deal does not reach its proposal; the
// refused moves are reported, and the action that opens the gate comes first.
func TestWithoutTheMeetingThePartnerIsNotEngaged(t *testing.T) {
	d, r := small()
	r.Activities[0].To = []string{"bo@us.example"}
	for i := range r.Events {
		r.Events[i].By = model.Person{Name: "bo", Party: us}
	}
	r.Events = r.Events[:5]
	for i := range r.Events {
		if r.Events[i].Verb == stage.VerbAdvance {
			r.Events[i].By = model.Person{Name: "ana", Party: acme}
		}
	}
	a, err := inTokyo(t).Assess(d, r, time.Date(2026, time.November, 12, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	v := a.Everything()
	if v.Progress.Stage != stage.Discovery || len(v.Missing) == 0 || len(v.Next) == 0 ||
		v.Next[0].Code != stage.GatePartnerEngaged {
		t.Errorf("%s, next %v, missing %v", v.Progress.Stage, v.Next, v.Missing)
	}
}

// A deal that enters from a CRM with its end is answered too: a won one is
// credited on the day since when it is won, of a lost one nobody is, and nothing is asked
// of either but what comes after the close.
func TestAnImportedDealMayHaveEnded(t *testing.T) {
	e := inTokyo(t)
	since := time.Date(2026, time.November, 20, 20, 0, 0, 0, time.UTC)
	for end, want := range map[stage.Stage]struct {
		status stage.Status
		lines  int
		closed string
	}{stage.Won: {stage.ClosedWon, 1, "2026-11-21"}, stage.Lost: {stage.ClosedLost, 0, ""}} {
		d, _ := small()
		d.Registrations = nil
		d.Opening.Stage, d.Opening.At, d.Opening.From = end, since, "crm"
		a, err := e.Assess(d, deal.Record{}, since.AddDate(0, 0, 3))
		if err != nil {
			t.Fatal(err)
		}
		v := a.Everything()
		if v.Progress.Status != want.status || len(v.Credit.Lines) != want.lines ||
			v.Credit.Date.String() != want.closed || v.Credit.Projected {
			t.Errorf("%s: %s, credited %v on %s; %v", end, v.Progress.Status, v.Credit.Lines, v.Credit.Date, v.Missing)
		}
		for _, action := range v.Next {
			if action.Urgency == assess.NextStep || action.Urgency == assess.OpenCase {
				t.Errorf("%s: %s is asked for", end, action.Text())
			}
		}
	}
}
