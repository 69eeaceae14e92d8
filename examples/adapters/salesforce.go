package main

import (
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
)

// The fields are those of the Opportunity object of Salesforce, as a query gives them:
//
//	SELECT FIELDS(STANDARD), Account.Name, Owner.Email,
//	  (SELECT Id, Subject, StartDateTime, EndDateTime, Owner.Email, Who.Email FROM Events)
//	FROM Opportunity

// salesforceTypes are the standard values of Type.
var salesforceTypes = []meaning[model.YesNo]{
	{"New Customer", model.No}, {"Existing Customer - Upgrade", model.Yes},
	{"Existing Customer - Replacement", model.Yes}, {"Existing Customer - Downgrade", model.Yes},
}

// salesforceLeads is the one standard value of LeadSource that names a partner. The
// other ones are ways of advertising.
var salesforceLeads = []meaning[model.Source]{{"Partner Referral", model.FromPartner}}

var salesforce = source{
	title:  "Salesforce, opportunity",
	from:   "Salesforce",
	stages: mapping.Salesforce,
	list:   "records",
	needs:  []string{"StageName"},
	rows: []row{
		{of: []string{"Id"}, to: "deal.id", read: toID},
		{at: "Account", of: []string{"Name"}, to: "deal.account", read: toAccount},
		{of: []string{"PartnerAccountId"}, to: "deal.partner", says: "the vendor's id of the partner; without it that of the host", read: toPartner},
		{of: []string{"Amount", "CurrencyIsoCode"}, to: "deal.amount", says: "without a currency that of the organisation", read: toAmount},
		{of: []string{"CreatedDate"}, to: "deal.opening.day", read: toCreated},
		{of: []string{"StageName"}, to: "deal.opening.stage", says: "by the mapping salesforce", read: toStage},
		{of: []string{"LastStageChangeDate"}, to: "deal.opening.at", read: toSince},
		{of: []string{"LastModifiedDate"}, to: "deal.opening.at", says: "without LastStageChangeDate: the stage stands since then at the latest", read: toChanged},
		choice("", "LeadSource", "deal.signals.source", salesforceLeads, toLeadSource),
		choice("", "Type", "deal.signals", salesforceTypes, toRelationship),
		{at: "Owner", of: []string{"Email"}, to: "deal.team", says: "the lead rep of the company whose CRM it is", read: repOf(0, true)},
		{at: "Events.records[]", of: []string{"Id", "StartDateTime", "EndDateTime", "Subject", "Owner.Email", "Who.Email"}, to: "record.activities", says: "a meeting",
			loses: "who else was invited: other records have them", read: toMeeting},
		{of: []string{"IsDeleted"}, says: "a deleted opportunity is refused", to: "nothing", read: refuseDeleted},

		left("", "attributes", asReach),
		left("", "Name", asTitle),
		left("", "Account.attributes Owner.attributes Events.totalSize Events.done", asReach),
		left("Events.records[]", "attributes Owner.attributes Who.attributes", asReach),
		left("Owner", "Name", asAddress),
		left("", "AccountId OwnerId", "is an id; the query also asks for the record"),
		left("", "Amount", asNumber),
		left("", "CloseDate", "is a hope, and of a won deal the day; the playbook has its own dates"),
		left("", "IsClosed IsWon Probability ForecastCategory ForecastCategoryName ExpectedRevenue", "follows from the stage"),
		left("", "LeadSource", "is a way of advertising; it says nothing of who brought the deal"),
		left("", "Type", "is none of the standard values"),
		left("", "NextStep Description", asUndated),
		left("", "LastStageChangeDate LastModifiedDate SystemModstamp LastActivityDate", asChanged),
	},
}

// toPartner takes the partner from a vendor's record.
func toPartner(d *draft, f []*node) {
	if d.side() == model.Vendor {
		d.Deal.Partner = d.id(f[0])
	}
}

// toLeadSource takes a referral of the other company: in a vendor's CRM its partner is
// who refers; in a partner's own nobody knows which partner that is.
func toLeadSource(d *draft, s model.Source) {
	if d.side() == model.Partner {
		d.lose("LeadSource", "which partner referred the deal")
		return
	}
	d.Deal.Signals.Source = s
}

// toMeeting takes an entry of the calendar: the host and whom it was with.
func toMeeting(d *draft, f []*node) {
	if f[0] == nil || f[1] == nil {
		return // the query did not ask for both
	}
	a := comms.Activity{ID: d.id(f[0]), Kind: comms.Meeting, At: d.instant(f[1]), End: d.instant(f[2]), Subject: d.text(f[3]), Side: d.side()}
	if a.ID == "" || a.At.IsZero() {
		return // one was refused
	}
	a.From = d.address(f[4])
	if with := d.address(f[5]); with != "" {
		a.To = []string{with}
		d.know(comms.Correspondent{Prospect: true, Addresses: []string{with}})
	}
	d.Record.Activities = append(d.Record.Activities, a)
}
