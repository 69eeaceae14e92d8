package main

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
)

// The fields are those of the Referral resource of the Partner Center REST API.

// msOrganization is the id of Microsoft, where other organisations have ids of their own.
const msOrganization = "msft"

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
		{of: []string{"inviteContext.invitedBy.organizationId", "organizationId"}, to: "deal.signals.source",
			says: "msft: vendor; the owner of the referral: partner; another partner is a participant", read: toInviter},
		{at: "consent", of: []string{"consentToShareReferralWithMicrosoftSellers"}, to: "deal.signals.both_engaged", says: "false: no", read: toShared},
		{at: "customerProfile.team[]", of: []string{"email", "firstName", "lastName"}, to: "deal.people", says: "somebody of the prospect", read: prospect},
		{at: "team[]", of: []string{"email"}, to: "deal.team", says: "a rep of the company whose mail domain it is", read: repByDomain},
		{at: "details.requirements.products[]", of: []string{"id"}, to: "deal.scope.products", read: toProduct},
		report("inviteContext.invitedBy", "organizationName", "invited by"),

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
		left("consent", "consentToShareReferralWithMicrosoftSellers", "lets Microsoft's sellers see it; that does not say that they sell"),
		left("inviteContext.invitedBy", "organizationId", "is the id of a partner, and the referral does not say whose it is"),
		left("consent", "", "is whether the customer may be called; nothing here calls"),
		left("", "name", asTitle),
	},
}

// toInviter takes who invited the owner of the referral: Microsoft, the owner itself, or another partner.
func toInviter(d *draft, f []*node) {
	if f[0] == nil {
		return
	}
	inviter := d.id(f[0])
	if inviter == msOrganization {
		d.Deal.Signals.Source = model.FromVendor
		return
	}
	switch owner := d.id(f[1]); owner {
	case "", msOrganization:
		for _, n := range f {
			if n != nil {
				n.read = false // without a partner who owns it the inviter says nothing
			}
		}
	case inviter:
		d.Deal.Signals.Source = model.FromPartner
	default:
		d.participant(f[0], model.Participant{Party: model.PartnerOrg(inviter), Function: model.Referral})
		d.assume("deal.participants", "nobody says what "+inviter+" does beside the invitation; its function is referral")
	}
}

// toShared takes that Microsoft's sellers may not see the referral: then they do not sell.
func toShared(d *draft, f []*node) {
	if f[0] != nil && f[0].kind == 'f' {
		f[0].read = true
		d.Deal.Signals.BothEngaged = model.No
	}
}
