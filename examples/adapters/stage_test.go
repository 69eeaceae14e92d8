package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// minimal are the smallest payloads of each form, with the stage that a test fills in.
var minimal = map[string]string{
	"aws":        `{"Id": "D", "CreatedDate": "2026-09-01T00:00:00Z", "LastModifiedDate": "2026-10-01T00:00:00Z", "LifeCycle": {"Stage": STAGE}, "Origin": "Partner Referral"}`,
	"microsoft":  `{"id": "D", "createdDateTime": "2026-09-01T00:00:00Z", "updatedDateTime": "2026-10-01T00:00:00Z", STATUS, "inviteContext": {"invitedBy": {"organizationId": "msft"}}}`,
	"hubspot":    `{"id": "D", "properties": {"createdate": "2026-09-01T00:00:00Z", "hs_lastmodifieddate": "2026-10-01T00:00:00Z", "dealstage": STAGE, "dealtype": "existingbusiness"}}`,
	"salesforce": `{"Id": "D", "CreatedDate": "2026-09-01T00:00:00Z", "LastStageChangeDate": "2026-10-01T00:00:00Z", "StageName": STAGE, "LeadSource": "Partner Referral"}`,
}

func at(t *testing.T, name, stageName string) []byte {
	t.Helper()
	quoted, err := json.Marshal(stageName)
	if err != nil {
		t.Fatal(err)
	}
	status, substatus, _ := strings.Cut(stageName, "/")
	text := strings.ReplaceAll(minimal[name], "STAGE", string(quoted))
	return []byte(strings.ReplaceAll(text, "STATUS", `"status": "`+status+`", "substatus": "`+substatus+`"`))
}

// stage.map: every name that the four systems have enters at the stage that the mapping
// gives it, for a small deal and a large one, and where it covers several the loss is
// reported.
func TestEveryStageEnters(t *testing.T) {
	for i := range systems {
		s := &systems[i]
		names, err := mapping.Shipped(s.forms[0].stages)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names.Names() {
			for _, amount := range []value.Money{{}, value.MustMoney("900.00 USD"), value.MustMoney("90000.00 USD")} {
				got := first(t, s.name, sampleTerms(t, s), at(t, s.name, name))
				if got.err != nil {
					t.Fatalf("%s: %s: %v", s.name, name, got.err)
				}
				got.Deal.Amount = amount
				want, err := names.Import(name)
				if err != nil {
					t.Fatal(err)
				}
				checkStage(t, got, want)
				covers, _ := names.Covers(name)
				if said := strings.Contains(says(got.lost), "stands for"); said != (len(covers) > 1) {
					t.Errorf("%s: %s covers %s: %v", s.name, name, covers, got.lost)
				}
			}
		}
	}
}

func says(notes []note) string {
	var b strings.Builder
	for _, n := range notes {
		b.WriteString(n.Path + ": " + n.Text + "\n")
	}
	return b.String()
}

func checkStage(t *testing.T, got imported, want stage.Stage) {
	t.Helper()
	v := assessed(t, got)
	for _, m := range v.Missing {
		if m.Part.String() == "playbook" {
			t.Errorf("%s of %s: %v", got.theirs, got.Deal.Amount, m.Problems)
		}
	}
	status := map[stage.Stage]stage.Status{stage.Won: stage.ClosedWon, stage.Lost: stage.ClosedLost}[want]
	if status == 0 && (v.Progress.Stage != want || v.Progress.Status != stage.Running) || status != 0 && v.Progress.Status != status {
		t.Errorf("%s of %s stands at %s, %s, want %s", got.theirs, got.Deal.Amount, v.Progress.Stage, v.Progress.Status, want)
	}
}

// gate.model_set: a deal that is past identification enters there only with a model;
// without one it waits, the loss is said, and the first action is to set it.
func TestWithoutAModelADealWaits(t *testing.T) {
	data := strings.Replace(string(at(t, "aws", "Committed")), "Partner Referral", "somebody", 1)
	got := first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), []byte(data))
	v := assessed(t, got)
	if got.err != nil || got.Deal.Opening.Stage != "" || got.Deal.Opening.Engagement != 0 || v.Next[0].Code != stage.GateModelSet {
		t.Errorf("%v: %+v, %v", got.err, got.Deal.Opening, v.Next)
	}
	if !strings.Contains(says(got.lost), "not at close") {
		t.Errorf("%v", got.lost)
	}
}

// The last resort of an instant is that at which the payload was read, and it is said.
func TestInstantsThatNobodySays(t *testing.T) {
	got := first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), []byte(`{"Id": "D", "LifeCycle": {"Stage": "Qualified"}, "Origin": "AWS Referral"}`))
	if got.err != nil || got.Deal.Opening.Day != value.MustDate("2026-11-20") || !got.Deal.Opening.At.Equal(sampleSeen) || got.Deal.Opening.Engagement != model.VendorLed {
		t.Errorf("%v: %+v", got.err, got.Deal.Opening)
	}
	if !strings.Contains(says(got.assumed), "deal.opening.day: nobody says when the opportunity opened; at the latest at 2026-11-20T09:00:00Z") {
		t.Errorf("%v", got.assumed)
	}
	// A change shows that it was open by then.
	got = first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), []byte(`{"Id": "D", "LifeCycle": {"Stage": "Prospect"}, "LastModifiedDate": "2026-10-03T10:00:00Z"}`))
	if got.err != nil || got.Deal.Opening.Day != value.MustDate("2026-10-03") || len(got.unmapped) != 0 {
		t.Errorf("%v: %+v, %v", got.err, got.Deal.Opening, got.unmapped)
	}
	// An end that is dated before the deal was entered counts from the opening day on.
	early := strings.Replace(string(at(t, "salesforce", "Closed Won")), "2026-10-01", "2026-08-01", 1)
	got = first(t, "salesforce", sampleTerms(t, systemNamed(t, "salesforce")), []byte(early))
	if got.err != nil || !got.Deal.Opening.At.Equal(time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)) || !strings.Contains(says(got.lost), "before it was opened") {
		t.Errorf("%v: %+v, %v", got.err, got.Deal.Opening, got.lost)
	}
}

// deal.opening.at: the history of HubSpot says since when a deal stands where it stands,
// the last time that it came there.
func TestHubSpotHistory(t *testing.T) {
	data := edited(t, "sample/hubspot.json", `"value": "appointmentscheduled", "timestamp": "2026-10-05T07:55:40.011Z"`, `"value": "decisionmakerboughtin", "timestamp": "2026-10-06T00:00:00Z"`)
	got := first(t, "hubspot", sampleTerms(t, systemNamed(t, "hubspot")), data)
	if want := time.Date(2026, 11, 2, 16, 4, 9, 120e6, time.UTC); got.err != nil || !got.Deal.Opening.At.Equal(want) {
		t.Errorf("%v: %s", got.err, got.Deal.Opening.At)
	}
	// Without a history the day of the end says it, of a deal that has ended.
	for name, want := range map[string]string{"closedwon": "2026-09-20T12:00:00Z", "decisionmakerboughtin": "2026-10-01T00:00:00Z"} {
		ended := strings.Replace(string(at(t, "hubspot", name)), `"dealtype"`, `"closedate": "2026-09-20T12:00:00Z", "dealtype"`, 1)
		got = first(t, "hubspot", sampleTerms(t, systemNamed(t, "hubspot")), []byte(ended))
		if got.err != nil || got.Deal.Opening.At.Format(time.RFC3339) != want {
			t.Errorf("%s: %v: %s", name, got.err, got.Deal.Opening.At)
		}
	}
}

// record.events: a loss has its reason and who is named, by the side whose record it is.
func TestLossHasItsReason(t *testing.T) {
	for name, reason := range map[string]string{
		"aws":       `"LifeCycle": {"ClosedLostReason": "Price", `,
		"microsoft": `"statusReason": "Price", "a": {`,
		"hubspot":   `"properties": {"closed_lost_reason": "Price", `,
	} {
		theirs := map[string]string{"aws": "Closed Lost", "microsoft": "Closed/Lost", "hubspot": "closedlost"}[name]
		data := string(at(t, name, theirs))
		if name == "microsoft" {
			data = strings.Replace(data, "{", `{"statusReason": "Price", `, 1)
		} else {
			data = strings.Replace(data, strings.Split(reason, `{`)[0]+"{", reason, 1)
		}
		got := first(t, name, sampleTerms(t, systemNamed(t, name)), []byte(data))
		if got.err != nil || len(got.Record.Events) != 1 || got.Record.Events[0].Reason != "Price" || got.Record.Events[0].By.Party != model.PartnerOrg("acme") {
			t.Errorf("%s: %v: %+v", name, got.err, got.Record.Events)
		}
	}
}

// Two people with one address are one, and each side of several reps has one lead rep.
func TestPeople(t *testing.T) {
	data := `{"Id": "D", "LifeCycle": {"Stage": "Prospect"}, "OpportunityTeam": [
		{"Email": "a@acme.example"}, {"Email": "b@acme.example", "BusinessTitle": "OpportunityOwner"}, {"Email": "a@acme.example", "BusinessTitle": "PartnerAccountManager"}],
		"Customer": {"Contacts": [{"Email": "C@c.example", "FirstName": "Cy"}, {"Email": "c@c.example", "FirstName": "Di"}]}}`
	got := first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), []byte(data))
	reps := got.Deal.Team.Reps
	if len(reps) != 2 || !reps[0].Lead || reps[1].Lead || len(got.assumed) != 1 {
		t.Errorf("%+v, %v", reps, got.assumed)
	}
	if p := got.Deal.People; len(p) != 3 || p[0].Name != "Cy" || !p[1].Lead || p[2].Lead {
		t.Errorf("%+v", p)
	}
	if !strings.Contains(says(got.lost), "Customer.Contacts[1].Email: Di has the address of Cy") {
		t.Errorf("the second contact is gone: %v", got.lost)
	}
}

// Of two who are called lead rep the first is one, and a mail domain has no case.
func TestLeadsAndDomains(t *testing.T) {
	data := `[{"Id": "D", "LifeCycle": {"Stage": "Prospect"}, "OpportunityTeam": [
		{"Email": "a@acme.example", "BusinessTitle": "PartnerAccountManager"}, {"Email": "b@acme.example", "BusinessTitle": "PartnerAccountManager"}]}]`
	got := first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), []byte(data))
	if reps := got.Deal.Team.Reps; got.err != nil || len(reps) != 2 || !reps[0].Lead || reps[1].Lead {
		t.Errorf("%v: %+v", got.err, reps)
	}
	data = strings.Replace(string(at(t, "microsoft", "New/Pending")), "{", `{"team": [{"email": "Noor@Microsoft.COM"}, {"email": "x@elsewhere.example"}], `, 1)
	got = first(t, "microsoft", sampleTerms(t, systemNamed(t, "microsoft")), []byte(data))
	if reps := got.Deal.Team.Reps; got.err != nil || len(reps) != 1 || reps[0].Party != model.VendorOrg("microsoft") || !strings.Contains(says(got.unmapped), "team[1].email: whose company is not said") {
		t.Errorf("%v: %+v, %v", got.err, reps, got.unmapped)
	}
}
