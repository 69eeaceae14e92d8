package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
)

// awsDeal imports the smallest opportunity with further members.
func awsDeal(t *testing.T, members string) imported {
	t.Helper()
	data := `{"Id": "D", "CreatedDate": "2026-09-01T00:00:00Z", "LifeCycle": {"Stage": "Prospect"}` + members + `}`
	return first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), []byte(data))
}

// model.both_engaged: the motion says it before the involvement, and that before the one that was asked for. What
// says nothing, is not known or contradicts is reported, and none of them sets a model.
func TestWhoIsEngaged(t *testing.T) {
	for _, row := range []struct {
		motion, involvement, asked string
		want                       model.YesNo
		reported                   string
	}{
		{},
		{"AWS Field-engaged", "", "", model.Yes, ""},
		{"aws field engaged", "", "", model.Yes, ""},
		{"Partner-led", "", "", model.No, ""},
		{"", "For Visibility Only", "", model.No, ""},
		{"", "For visibility only", "", model.No, ""},
		{"", "", "For Visibility Only", model.No, ""},
		{"", "Co-Sell", "", 0, "AwsOpportunitySummary.InvolvementType: Co-Sell, which does not say"},
		{"Agent-engaged", "", "For Visibility Only", model.No, "AwsOpportunitySummary.CosellMotion: Agent-engaged, which does not say"},
		{"Self-service", "", "", 0, "AwsOpportunitySummary.CosellMotion: Self-service is not known"},
		{"AWS Field-engaged", "For Visibility Only", "", model.Yes, "InvolvementType: For Visibility Only contradicts what counts: both teams are engaged: yes"},
		{"Partner-led", "Co-Sell", "", model.No, "Co-Sell, which"},
	} {
		got := awsDeal(t, fmt.Sprintf(`, "AwsOpportunitySummary": {"CosellMotion": %q, "InvolvementType": %q}, "AwsSubmission": {"InvolvementType": %q}`, row.motion, row.involvement, row.asked))
		if got.err != nil || got.Deal.Signals != (model.Signals{BothEngaged: row.want}) || got.Deal.Opening.Engagement != 0 || len(got.unmapped) != 0 {
			t.Errorf("%+v: %v, %+v, %v", row, got.err, got.Deal.Signals, got.unmapped)
		}
		if reported := says(got.reported); !strings.Contains(reported, row.reported) || (reported == "") != (row.reported == "") {
			t.Errorf("%+v: reported %q", row, reported)
		}
	}
	// The need that older files had says nothing: the API does not have it.
	got := awsDeal(t, `, "PrimaryNeedsFromAws": ["Do Not Need Support from AWS Sales Rep"]`)
	if got.Deal.Signals.BothEngaged != 0 || len(got.unmapped) != 1 {
		t.Errorf("%+v, %v", got.Deal.Signals, got.unmapped)
	}
}

// stage.map: the stage of AWS's own side is reported, and no fact of the deal or the record depends on it.
func TestStagesOfAwsAreOnlyReported(t *testing.T) {
	if len(awsStages) != 24 {
		t.Errorf("%d stages", len(awsStages))
	}
	without := facts(t, awsDeal(t, ""))
	for _, name := range append(slices.Clone(awsStages), "Somewhere") {
		got := awsDeal(t, fmt.Sprintf(`, "AwsOpportunitySummary": {"LifeCycle": {"Stage": %q}}`, name))
		if facts(t, got) != without || !strings.HasPrefix(says(got.reported), "AwsOpportunitySummary.LifeCycle.Stage: AWS stands at "+name) {
			t.Errorf("%s: %s", name, says(got.reported))
		}
		if listed := !strings.Contains(says(got.reported), "does not list"); listed == (name == "Somewhere") {
			t.Errorf("%s: %s", name, says(got.reported))
		}
	}
}

// A review says what may be written, in whatever spelling its status has.
func TestReviewSaysWhatMayBeWritten(t *testing.T) {
	const title, web, city, stage = "Project.Title", "Customer.Account.WebsiteUrl", "Customer.Account.Address.City", "LifeCycle.Stage"
	for _, row := range []struct{ status, may, says string }{
		{"Pending Submission", title + " " + web + " " + city + " " + stage, "all may be written ("},
		{"Submitted", "", "until the review has ended"},
		{"In review", "", "until the review has ended"},
		{"In-Review", "", "until the review has ended"},
		{"in review", "", "until the review has ended"},
		{"Action Required", web + " " + city, "only these may be written: Customer.Account.Address,"},
		{"APPROVED", city + " " + stage, "all may be written but "},
		{"Rejected", "", "nothing may be written any more"},
		{"Archived", "", "not known"},
		{"", title + " " + web + " " + city + " " + stage, ""},
	} {
		r, _ := reviewOf(row.status)
		var may []string
		for _, path := range []string{title, web, city, stage} {
			if r.may(path) {
				may = append(may, path)
			}
		}
		if got := strings.Join(may, " "); got != row.may {
			t.Errorf("%q: %s may be written, want %s", row.status, got, row.may)
		}
		data := edited(t, "sample/aws.json", `"ReviewStatus": "Approved"`, fmt.Sprintf(`"ReviewStatus": %q`, row.status))
		reported := says(first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), data).reported)
		if !strings.Contains(reported, row.says) || strings.Contains(reported, "ReviewStatus") != (row.status != "") || row.status != "" && !strings.Contains(reported, "2026-11-30") {
			t.Errorf("%q: %s", row.status, reported)
		}
	}
	if r, _ := reviewOf("Approved"); r.may("Project.TitleOfBook") != true {
		t.Error("a field is taken for one whose name begins its own")
	}
}

// The summary of another opportunity is refused.
func TestSummaryOfAnother(t *testing.T) {
	if got := awsDeal(t, `, "AwsOpportunitySummary": {"RelatedOpportunityId": "E"}`); !errors.Is(got.err, payloadOther) {
		t.Error(got.err)
	}
	if got := awsDeal(t, `, "AwsOpportunitySummary": {"RelatedOpportunityId": "D"}`); got.err != nil {
		t.Error(got.err)
	}
}

// deal.amount: the partner's entry of the expected spend is the price where no software revenue gives one.
func TestContractValue(t *testing.T) {
	const spend = `, "Project": {"ExpectedCustomerSpend": [{"Amount": "70.00", "CurrencyCode": "USD", "TargetCompany": "AWS", "Frequency": "Monthly"}, {"Amount": "2500.00", "CurrencyCode": "USD", "TargetCompany": "Self", "Frequency": "None"}]}`
	if got := awsDeal(t, spend); got.Deal.Amount.String() != "2500.00 USD" || len(got.unmapped) != 5 {
		t.Errorf("%s, %v", got.Deal.Amount, got.unmapped)
	}
	got := awsDeal(t, spend+`, "SoftwareRevenue": {"Value": {"Amount": "2400.00", "CurrencyCode": "USD"}}`)
	if got.Deal.Amount.String() != "2400.00 USD" || !strings.Contains(says(got.unmapped), "Project.ExpectedCustomerSpend[1].Amount: is the monthly income of AWS, or the price said twice") {
		t.Errorf("%s, %v", got.Deal.Amount, got.unmapped)
	}
}

// What another program reads has the notes that people read, and the sum of the document.
func TestDocumentsHaveTheirNotes(t *testing.T) {
	var lines []written
	for line := range strings.Lines(output(t, "-json", "-from", "aws", "testdata/ace.json")) {
		var w written
		if err := json.Unmarshal([]byte(line), &w); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, w)
	}
	if len(lines) != 3 || len(lines[0].Assumed) != 1 || len(lines[0].Lost) != 1 || len(lines[0].Unread) == 0 || lines[0].Unread[0].Text == "" ||
		strings.HasPrefix(lines[0].Unread[0].Path, "opportunities") || lines[1].Refused == "" || *lines[2].Refusals != 1 || len(lines[2].Around) != 2 {
		t.Errorf("%+v", lines)
	}
}
