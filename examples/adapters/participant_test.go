package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func invitation(status, account, responsibilities, date string) string {
	return fmt.Sprintf(`{"Status": %q, "Receiver": {"Account": {"AwsAccountId": %q}}, "Payload": {"OpportunityInvitation": {"ReceiverResponsibilities": [%s]}}, "InvitationDate": %s}`, status, account, responsibilities, date)
}

// party.function: a partner who accepted an invitation takes part, in the function of its first known responsibility.
func TestInvitedPartnersTakePart(t *testing.T) {
	for _, row := range []struct {
		invitations string
		want        []model.Participant
		says        string
	}{
		{invitation("ACCEPTED", "1", `"Reseller"`, "null"), []model.Participant{{Party: model.PartnerOrg("1"), Function: model.Resale}}, "whether 1 is in front of the prospect; it is not"},
		{invitation("Accepted", "1", `"services partner"`, `"2026-10-02T23:30:00Z"`), []model.Participant{{Party: model.PartnerOrg("1"), Function: model.Integration, From: value.MustDate("2026-10-02")}}, "it is the day of its invitation, 2026-10-02"},
		{invitation("ACCEPTED", "1", `"Poet", "Facilitator", "Distributor"`, "null"), []model.Participant{{Party: model.PartnerOrg("1"), Function: model.Referral}}, "ReceiverResponsibilities[2]: Distributor: a participant has one function"},
		{invitation("ACCEPTED", "1", `"Training Partner"`, "null"), []model.Participant{{Party: model.PartnerOrg("1"), Function: "training"}}, ""},
		{invitation("ACCEPTED", "1", `"Reseller"`, "null") + "," + invitation("ACCEPTED", "1", `"Facilitator"`, "null"), []model.Participant{{Party: model.PartnerOrg("1"), Function: model.Resale}}, "1 stands twice"},
		{invitation("ACCEPTED", "acme", `"Reseller"`, "null"), nil, "acme leads the deal"},
		{invitation("ACCEPTED", "1", `"Poet"`, "null"), nil, "1 takes part as Poet, which is no function"},
		{invitation("ACCEPTED", "1", ``, "null"), nil, "1 takes part as nothing"},
		{invitation("PENDING", "1", `"Reseller", "Facilitator"`, "null"), nil, "1 is invited as Reseller and Facilitator, and the invitation is PENDING"},
		{`{"Status": "ACCEPTED"}`, nil, ""},
	} {
		got := awsDeal(t, `, "EngagementInvitations": [`+row.invitations+`]`)
		if got.err != nil || fmt.Sprint(got.Deal.Participants) != fmt.Sprint(row.want) || !strings.Contains(says(got.assumed)+says(got.lost)+says(got.reported), row.says) {
			t.Errorf("%s: %v, %+v\n%s%s%s", row.invitations, got.err, got.Deal.Participants, says(got.assumed), says(got.lost), says(got.reported))
		}
		if got.err == nil {
			assessed(t, got)
		}
	}
	var many []string
	for i := range 30 {
		many = append(many, invitation("ACCEPTED", fmt.Sprint(i), `"Reseller"`, "null"))
	}
	got := awsDeal(t, `, "EngagementInvitations": [`+strings.Join(many, ",")+`]`)
	if assessed(t, got); len(got.Deal.Participants) != maxParticipants || !strings.Contains(says(got.lost), "29 is one more than the 20 participants") {
		t.Errorf("%d, %s", len(got.Deal.Participants), says(got.lost))
	}
}

// party.sourced: who invited says where a referral is from: Microsoft, the owner of the referral, or another partner,
// which takes part.
func TestWhoInvited(t *testing.T) {
	for _, row := range []struct {
		inviter, owner string
		source         model.Source
		participants   int
		unread         int
	}{
		{"msft", "p1", model.FromVendor, 0, 1},
		{"p1", "p1", model.FromPartner, 0, 0},
		{"p2", "p1", 0, 1, 0},
		{"p2", "", 0, 0, 1},
		{"p2", "msft", 0, 0, 2},
		{"", "p1", 0, 0, 1},
	} {
		data := strings.Replace(string(at(t, "microsoft", "New/Pending")), `{"organizationId": "msft"}`, fmt.Sprintf(`{"organizationId": %q}`, row.inviter), 1)
		data = strings.Replace(data, "{", fmt.Sprintf(`{"organizationId": %q, `, row.owner), 1)
		got := first(t, "microsoft", sampleTerms(t, systemNamed(t, "microsoft")), []byte(data))
		if got.err != nil || got.Deal.Signals.Source != row.source || len(got.Deal.Participants) != row.participants || strings.Count(says(got.unmapped), "rganizationId") != row.unread {
			t.Errorf("%+v: %v, %s, %v, %v", row, got.err, got.Deal.Signals.Source, got.Deal.Participants, got.unmapped)
		}
		if row.participants > 0 && got.Deal.Participants[0] != (model.Participant{Party: model.PartnerOrg("p2"), Function: model.Referral}) {
			t.Errorf("%+v", got.Deal.Participants)
		}
	}
}

// model.both_engaged: a referral that Microsoft's sellers may not see has not both teams; one that they may see says nothing.
func TestSellersWhoMayNotSee(t *testing.T) {
	for consent, want := range map[string]model.YesNo{"false": model.No, "true": 0, "null": 0, `"false"`: 0} {
		data := edited(t, "sample/microsoft.json", `"consentToShareReferralWithMicrosoftSellers": true`, `"consentToShareReferralWithMicrosoftSellers": `+consent)
		got := first(t, "microsoft", sampleTerms(t, systemNamed(t, "microsoft")), data)
		if got.err != nil || got.Deal.Signals.BothEngaged != want || strings.Contains(says(got.unmapped), "MicrosoftSellers") != (consent != "null" && want == 0) {
			t.Errorf("%s: %v, %s", consent, got.err, got.Deal.Signals.BothEngaged)
		}
	}
}
