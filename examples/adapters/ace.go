package main

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
)

// The fields are those of the files that the CRM integration of AWS Partner Central
// exchanges, version 2: flat, with "opportunities" around them. They have
// the content of the API's fields under other names.

// aceNeeds is the one value of partnerPrimaryNeedFromAws that says that AWS does not sell. The API does not have it.
var aceNeeds = []meaning[model.YesNo]{{"Do Not Need Support from AWS Sales Rep", model.No}}

func toBothEngaged(d *draft, a model.YesNo) { d.Deal.Signals.BothEngaged = a }

var ace = source{
	title:  "AWS Partner Central, files of the CRM integration",
	from:   "AWS Partner Central",
	stages: mapping.AWSPartnerCentral,
	list:   "opportunities",
	side:   model.Partner,
	needs:  []string{"stage", "customerCompanyName"},
	rows: []row{
		{of: []string{"apnCrmUniqueIdentifier", "partnerCrmUniqueIdentifier"}, to: "deal.id", says: "the first that is there", read: toID},
		{of: []string{"customerCompanyName"}, to: "deal.account", read: toAccount},
		{of: []string{"customerSoftwareValue", "customerSoftwareValueCurrency"}, to: "deal.amount", says: "the value of the whole contract", read: toAmount},
		{of: []string{"createdDate"}, to: "deal.opening.day", read: toCreated},
		{of: []string{"stage"}, to: "deal.opening.stage", says: "by the mapping aws_partner_central", read: toStage},
		{of: []string{"lastModifiedDate"}, to: "deal.opening.at", says: "the stage stands since then at the latest", read: toChanged},
		{of: []string{"closedLostReason"}, to: "record.events", says: "the reason of the loss", read: toWhyLost},
		choice("", "opportunityOwnership", "deal.signals.source", awsOrigins, toSource),
		choice("", "opportunityType", "deal.signals.partner_relationship", awsTypes, toRelationship),
		choice("", "partnerPrimaryNeedFromAws", "deal.signals.both_engaged", aceNeeds, toBothEngaged),
		{of: []string{"customerEmail", "customerFirstName", "customerLastName"}, to: "deal.people", says: "somebody of the prospect", read: prospect},
		{of: []string{"primaryContactEmail"}, to: "deal.team", says: "the partner's lead rep", read: repOf(model.Partner, true)},
		{of: []string{"opportunityOwnerEmail"}, to: "deal.team", says: "a rep of the partner", read: repOf(model.Partner, false)},
		{of: []string{"aWSSalesRepEmail"}, to: "deal.team", says: "the vendor's lead rep", read: repOf(model.Vendor, true)},
		{of: []string{"aWSAccountOwnerEmail"}, to: "deal.team", says: "a rep of the vendor", read: repOf(model.Vendor, false)},
		{at: "awsProducts[]", of: []string{""}, to: "deal.scope.products", read: toProduct},
		{of: []string{"aWSStage"}, to: "reported", says: "where AWS stands; the deal stands where the partner does", read: toAwsStage},
		report("", "aWSClosedLostReason", "why AWS closed it as lost"),
		report("", "parentOppId", "parent opportunity"),

		left("", "customerPhone customerTitle customerFirstName customerLastName primaryContactFirstName primaryContactLastName primaryContactPhone opportunityOwnerName aWSSalesRepName aWSAccountOwnerName", asAddress),
		left("", "partnerProjectTitle", asTitle),
		left("", "projectDescription useCase salesActivities additionalComments", asUndated),
		left("", "IsOppFromMarketingActivity marketingActivityChannel marketingActivityUsecase isMarketingDevelopmentFunded awsSFCampaignName campaignName", "is how the customer was reached, not who brought the deal"),
		left("", "createdBy lastModifiedBy", "is a name; a person of a deal is known by mail address"),
		left("", "partnerCrmUniqueIdentifier", "a deal has one id"),
		left("", "customerWebsite customerDuns awsAccountId streetAddress city postalCode state country", asCompany),
		left("", "expectedMonthlyAwsRevenue", "is the monthly income of AWS; an amount is the price of the deal"),
		left("", "customerSoftwareValue", asNumber),
		left("", "procurementType contractStartDate contractEndDate", "is of the contract; a deal has only its price"),
		left("", "lastModifiedDate", asChanged),
		left("", "closedLostReason", asOpen),
		left("", "targetCloseDate aWSCloseDate acceptBy", asHope),
		left("", "status partnerAcceptanceStatus apnReviewerComments", "is whether the opportunity is taken up; that registers no account"),
		left("", "nextStep nextStepHistory", "is not dated line by line"),
		left("", "partnerPrimaryNeedFromAws", "is which help is wanted; that AWS helps does not say who sells"),
		left("", "solutionOffered otherSolutionOffered offers", "are the partner's; a scope names products of the vendor"),
		left("", "partnerDeveloperManager partnerDeveloperManagerEmail wWPSPDM wWPSPDMEmail aWSPartnerSuccessManagerName aWSPartnerSuccessManagerEmail aWSISVSuccessManagerName aWSISVSuccessManagerEmail", "looks after the partner, and does not sell this deal"),
	},
}
