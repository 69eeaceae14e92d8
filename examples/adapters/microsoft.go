package main

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
)

// The fields are those of the Referral resource of the Partner Center REST API.

// msInviters are the organisations that invite. Another one is a partner's id, which
// nobody can tell from that of the deal's partner: it says nothing.
var msInviters = []meaning[model.Source]{{"msft", model.FromVendor}}

var microsoft = source{
	title:  "Microsoft Partner Center, referral",
	from:   "Microsoft Partner Center",
	stages: mapping.MicrosoftPartnerCenter,
	list:   "value",
	side:   model.Partner,
	needs:  []string{"status", "customerProfile"},
	rows: []row{
		{of: []string{"id"}, to: "deal.id", read: toID},
		{at: "customerProfile", of: []string{"name"}, to: "deal.account", read: toAccount},
		{at: "details", of: []string{"dealValue", "currency"}, to: "deal.amount", read: toAmount},
		{of: []string{"createdDateTime"}, to: "deal.opening.day", read: toCreated},
		{of: []string{"status", "substatus"}, to: "deal.opening.stage", says: "by the mapping microsoft_partner_center", read: toStage},
		{of: []string{"updatedDateTime"}, to: "deal.opening.at", says: "the status stands since then at the latest", read: toChanged},
		{of: []string{"statusReason"}, to: "record.events", says: "the reason of the loss", read: toWhyLost},
		choice("inviteContext.invitedBy", "organizationId", "deal.signals.source", msInviters, toSource),
		{at: "customerProfile.team[]", of: []string{"email", "firstName", "lastName"}, to: "deal.people", says: "somebody of the prospect", read: prospect},
		{at: "team[]", of: []string{"email"}, to: "deal.team", says: "a rep of the company whose mail domain it is", read: repByDomain},
		{at: "details.requirements.products[]", of: []string{"id"}, to: "deal.scope.products", read: toProduct},

		left("", "eTag links engagementId externalReferenceId", asReach),
		left("", "organizationId organizationName target", "names the owner of this copy of the referral; the host knows its own name"),
		left("customerProfile", "address ids size", asCompany),
		left("details", "dealValue", asNumber),
		left("details", "closingDateTime", asHope),
		left("", "acceptedDateTime", "is when the referral was taken up; that confirms no capacity, fit or timing"),
		left("", "expirationDateTime", "is the end of the invitation, not of a registration"),
		left("", "qualification type", "is how the lead was made and who may see it; neither says who sells"),
		left("", "statusReason", "is why it stands so; only a loss has a reason in a record"),
		left("", "updatedDateTime", asChanged),
		left("details", "notes", asUndated),
		left("inviteContext", "notes", asUndated),
		left("details.requirements", "industries services solutions", "describes the wish of the customer; a scope names products of the vendor"),
		left("team[]", "email", "whose company is not said; name the mail domain with -vendor-domain or -partner-domain"),
		left("team[]", "firstName lastName phoneNumber contactPreference", asAddress),
		left("customerProfile.team[]", "firstName lastName phoneNumber contactPreference", asAddress),
		left("consent", "", "is whether the customer may be called; nothing here calls"),
		left("", "name", asTitle),
	},
}
