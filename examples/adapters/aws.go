package main

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
)

// The fields are those of the data types of the AWS Partner Central API: GetOpportunity,
// and what CreateOpportunity and UpdateOpportunity are given. Who brought the deal,
// GetOpportunity does not say: add Origin of GetAwsOpportunitySummary to its answer.

// awsOrigins are the values of Origin.
var awsOrigins = []meaning[model.Source]{{"Partner Referral", model.FromPartner}, {"AWS Referral", model.FromVendor}}

// awsTypes are the values of OpportunityType. They speak of the customer and the
// partner's solution: a renewal and an expansion need a customer who has it.
var awsTypes = []meaning[model.YesNo]{{"Net New Business", model.No}, {"Flat Renewal", model.Yes}, {"Expansion", model.Yes}}

// awsNeeds is the one value of PrimaryNeedsFromAws that says that AWS does not sell.
var awsNeeds = []meaning[model.YesNo]{{"Do Not Need Support from AWS Sales Rep", model.No}}

var aws = source{
	title:  "AWS Partner Central, GetOpportunity",
	from:   "AWS Partner Central",
	stages: mapping.AWSPartnerCentral,
	list:   "OpportunitySummaries",
	side:   model.Partner,
	needs:  []string{"LifeCycle", "Customer"},
	rows: []row{
		{of: []string{"Id", "Identifier", "PartnerOpportunityIdentifier"}, to: "deal.id", says: "the first that is there", read: toID},
		{at: "Customer.Account", of: []string{"CompanyName"}, to: "deal.account", read: toAccount},
		{at: "SoftwareRevenue.Value", of: []string{"Amount", "CurrencyCode"}, to: "deal.amount", says: "the value of the whole contract", read: toAmount},
		{of: []string{"CreatedDate"}, to: "deal.opening.day", read: toCreated},
		{at: "LifeCycle", of: []string{"Stage"}, to: "deal.opening.stage", says: "by the mapping aws_partner_central", read: toStage},
		{of: []string{"LastModifiedDate"}, to: "deal.opening.at", says: "the stage stands since then at the latest", read: toChanged},
		{at: "LifeCycle", of: []string{"ClosedLostReason"}, to: "record.events", says: "the reason of the loss", read: toWhyLost},
		{at: "LifeCycle.NextStepsHistory[]", of: []string{"Time", "Value"}, to: "record.activities", says: "a note of the partner", read: toNote},
		choice("", "Origin", "deal.signals.source", awsOrigins, toSource),
		choice("", "OpportunityType", "deal.signals.partner_relationship", awsTypes, toRelationship),
		choice("PrimaryNeedsFromAws[]", "", "deal.signals.both_engaged", awsNeeds, toBothEngaged),
		{at: "Customer.Contacts[]", of: []string{"Email", "FirstName", "LastName"}, to: "deal.people", says: "somebody of the prospect", read: prospect},
		{at: "OpportunityTeam[]", of: []string{"Email", "BusinessTitle"}, to: "deal.team", says: "a rep of the partner; PartnerAccountManager leads", read: repTitled(model.Partner, "PartnerAccountManager")},
		{at: "RelatedEntityIdentifiers.AwsProducts[]", of: []string{""}, to: "deal.scope.products", read: toProduct},

		left("", "Catalog ClientToken Arn", asReach),
		left("OpportunityTeam[]", "FirstName LastName Phone BusinessTitle", asAddress),
		left("Customer.Contacts[]", "FirstName LastName Phone BusinessTitle", asAddress),
		left("Project", "Title", asTitle),
		left("Project", "CustomerBusinessProblem CustomerUseCase SalesActivities AdditionalComments", asUndated),
		left("Marketing", "", "is how the customer was reached, not who brought the deal"),
		left("", "Identifier PartnerOpportunityIdentifier", "a deal has one id"),
		left("Customer.Account", "WebsiteUrl Duns AwsAccountId Address", asCompany),
		left("Project.ExpectedCustomerSpend[]", "", "is the monthly income of AWS; an amount is the price of the deal"),
		left("SoftwareRevenue.Value", "Amount", asNumber),
		left("SoftwareRevenue", "DeliveryModel EffectiveDate ExpirationDate", "is of the contract; a deal has only its price"),
		left("", "LastModifiedDate", asChanged),
		left("LifeCycle", "ClosedLostReason", asOpen),
		left("LifeCycle", "TargetCloseDate", asHope),
		left("LifeCycle", "ReviewStatus ReviewComments ReviewStatusReason", "is whether AWS takes the opportunity up; that registers no account"),
		left("LifeCycle", "NextSteps", "is not dated; LifeCycle.NextStepsHistory is"),
		left("PrimaryNeedsFromAws[]", "", "is which help is wanted; that AWS helps does not say who sells"),
		left("RelatedEntityIdentifiers", "Solutions AwsMarketplaceOffers", "are the partner's; a scope names products of the vendor"),
	},
}

func toBothEngaged(d *draft, a model.YesNo) { d.Deal.Signals.BothEngaged = a }
