package main

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
)

// The fields are those of the data types of the AWS Partner Central API, as the package
// @aws-sdk/client-partnercentral-selling 3.1124.0 of 2026-09-02 has them: GetOpportunity, and what CreateOpportunity and
// UpdateOpportunity are given. What AWS says of its own side, such as who brought the deal, is the answer of
// GetAwsOpportunitySummary: put it under AwsOpportunitySummary. The AwsSubmission that opened an engagement goes there
// too, under its name; and, where further partners take part, under EngagementInvitations the invitations that you sent,
// each as GetEngagementInvitation gives it, and under EngagementMembers the list of ListEngagementMembers.

// awsOrigins are the values of Origin.
var awsOrigins = []meaning[model.Source]{{"Partner Referral", model.FromPartner}, {"AWS Referral", model.FromVendor}}

// awsTypes are the values of OpportunityType. They speak of the customer and the
// partner's solution: a renewal and an expansion need a customer who has it.
var awsTypes = []meaning[model.YesNo]{{"Net New Business", model.No}, {"Flat Renewal", model.Yes}, {"Expansion", model.Yes}}

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
		{at: "Project.ExpectedCustomerSpend[]", of: []string{"Amount", "CurrencyCode", "TargetCompany"}, to: "deal.amount",
			says: "without SoftwareRevenue the entry of Self, the partner's value of the whole contract", read: toContractValue},
		{of: []string{"CreatedDate"}, to: "deal.opening.day", read: toCreated},
		{at: "LifeCycle", of: []string{"Stage"}, to: "deal.opening.stage", says: "by the mapping aws_partner_central", read: toStage},
		{of: []string{"LastModifiedDate"}, to: "deal.opening.at", says: "the stage stands since then at the latest", read: toChanged},
		{at: "LifeCycle", of: []string{"ClosedLostReason"}, to: "record.events", says: "the reason of the loss", read: toWhyLost},
		{at: "LifeCycle.NextStepsHistory[]", of: []string{"Time", "Value"}, to: "record.activities", says: "a note of the partner", read: toNote},
		choice("", "Origin", "deal.signals.source", awsOrigins, toSource),
		choice("AwsOpportunitySummary", "Origin", "deal.signals.source", awsOrigins, toSource),
		choice("", "OpportunityType", "deal.signals.partner_relationship", awsTypes, toRelationship),
		{of: []string{"AwsOpportunitySummary.CosellMotion", "AwsOpportunitySummary.InvolvementType", "AwsSubmission.InvolvementType"},
			to: "deal.signals.both_engaged", says: "the first that says it; AWS Field-engaged: yes; Partner-led, For Visibility Only: no", read: toEngaged},
		{at: "Customer.Contacts[]", of: []string{"Email", "FirstName", "LastName"}, to: "deal.people", says: "somebody of the prospect", read: prospect},
		{at: "OpportunityTeam[]", of: []string{"Email", "BusinessTitle"}, to: "deal.team", says: "a rep of the partner; PartnerAccountManager leads", read: repTitled(model.Partner, "PartnerAccountManager")},
		{at: "RelatedEntityIdentifiers.AwsProducts[]", of: []string{""}, to: "deal.scope.products", read: toProduct},
		{at: "AwsOpportunitySummary.OpportunityTeam[]", of: []string{"Email", "BusinessTitle"}, to: "deal.team",
			says: "AWSSalesRep leads for the vendor, AWSAccountOwner is a rep", read: toAwsMember},

		{at: "EngagementInvitations[]", of: []string{"Status", "Receiver.Account.AwsAccountId", "Payload.OpportunityInvitation.ReceiverResponsibilities", "InvitationDate"},
			to: "deal.participants", says: "a partner who accepted, by its AWS account, since the day of the invitation; its function follows from the first responsibility", read: toInvited},

		{at: "AwsOpportunitySummary.LifeCycle", of: []string{"Stage"}, to: "reported",
			says: "where AWS stands; the deal stands where the partner does", read: toAwsStage},
		{at: "LifeCycle", of: []string{"ReviewStatus"}, to: "reported", says: "what may be written now", read: toReview},
		report("OpportunityTeam[]", "BusinessTitle Email", "title"),
		report("AwsOpportunitySummary.OpportunityTeam[]", "BusinessTitle Email", "title"),
		report("Customer.Contacts[]", "BusinessTitle Email", "title"),
		report("AwsOpportunitySummary", "InvolvementTypeChangeReason", "why AWS changed its involvement"),
		report("AwsOpportunitySummary", "Visibility", "who at AWS sees it"),
		report("AwsSubmission", "Visibility", "who at AWS is to see it"),
		report("AwsOpportunitySummary.LifeCycle", "ClosedLostReason", "why AWS closed it as lost"),
		report("Project.ExpectedContractDuration", "Value Term", "expected duration of the contract"),
		report("Project", "RelatedOpportunityIdentifier", "parent opportunity"),
		{at: "AwsOpportunitySummary", of: []string{"RelatedOpportunityId"}, to: "reported", says: "another opportunity than this one is refused", read: toRelated},
		report("EngagementMembers[]", "AccountId CompanyName", "member of the engagement"),
		report("EngagementInvitations[]", "SenderCompanyName", "invited by"),
		report("RelatedEntityIdentifiers.Solutions[]", "", "solution of the partner"),
		report("RelatedEntityIdentifiers.AwsMarketplaceOffers[]", "", "marketplace offer"),
		report("RelatedEntityIdentifiers.AwsMarketplaceOfferSets[]", "", "marketplace offer set"),
		report("RelatedEntityIdentifiers.AwsMarketplaceSolutions[]", "", "marketplace solution"),
		report("RelatedEntityIdentifiers.AwsMarketplaceProducts[]", "", "marketplace product"),

		left("", "Catalog ClientToken Arn", asReach),
		left("OpportunityTeam[]", "FirstName LastName Phone", asAddress),
		left("Customer.Contacts[]", "FirstName LastName Phone", asAddress),
		left("AwsOpportunitySummary.OpportunityTeam[]", "FirstName LastName", asAddress),
		left("EngagementMembers[]", "WebsiteUrl", asCompany),
		left("EngagementInvitations[]", "", "is of the invitation, not of the deal"),
		left("AwsOpportunitySummary", "Insights", "is advice of AWS to its partner"),
		left("AwsOpportunitySummary.LifeCycle", "TargetCloseDate", asHope),
		left("AwsOpportunitySummary.LifeCycle", "NextSteps NextStepsHistory", "is of the log of AWS, not of the partner's"),
		left("AwsOpportunitySummary", "Customer Project RelatedEntityIds SoftwareRevenue", "is said by the partner's opportunity"),
		left("AwsOpportunitySummary", "Catalog", asReach),
		left("Project", "Title", asTitle),
		left("Project", "CustomerBusinessProblem CustomerUseCase SalesActivities AdditionalComments", asUndated),
		left("Marketing", "", "is how the customer was reached, not who brought the deal"),
		left("", "Identifier PartnerOpportunityIdentifier", "a deal has one id"),
		left("Customer.Account", "WebsiteUrl Duns AwsAccountId Address", asCompany),
		left("Project.ExpectedCustomerSpend[]", "", "is the monthly income of AWS, or the price said twice"),
		left("SoftwareRevenue.Value", "Amount", asNumber),
		left("SoftwareRevenue", "DeliveryModel EffectiveDate ExpirationDate", "is of the contract; a deal has only its price"),
		left("", "LastModifiedDate", asChanged),
		left("LifeCycle", "ClosedLostReason", asOpen),
		left("LifeCycle", "TargetCloseDate", asHope),
		left("LifeCycle", "ReviewComments ReviewStatusReason", "is why it was sent back; that registers no account"),
		left("LifeCycle", "NextSteps", "is not dated; LifeCycle.NextStepsHistory is"),
		left("PrimaryNeedsFromAws[]", "", "is which help is wanted; that AWS helps does not say who sells"),
	},
}

// toContractValue takes the partner's own entry of the expected spend where no software revenue gives the price.
func toContractValue(d *draft, f []*node) {
	if f[0] == nil || f[2] == nil || !sameWord(f[2].text, "Self") || !d.Deal.Amount.IsZero() {
		return
	}
	f[2].read = true
	toAmount(d, f)
}
