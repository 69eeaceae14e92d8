package model

import "github.com/coselling/coselling/value"

// Codes of the rules that this package decides.
const (
	// partnerSourced: the partner brought the opportunity.
	partnerSourced value.Code = "model.partner_sourced"
	// partnerRelationship: the partner already has a relationship with the prospect.
	partnerRelationship value.Code = "model.partner_relationship"
	// partnerTrusted: the prospect trusts the partner.
	partnerTrusted value.Code = "model.partner_trusted"
	// productAddon: the vendor's product adds to the partner's broader solution.
	productAddon value.Code = "model.product_addon"
	// vendorSourced: the vendor found the opportunity.
	vendorSourced value.Code = "model.vendor_sourced"
	// vendorCustomer: the prospect is the vendor's customer or in its account base.
	vendorCustomer value.Code = "model.vendor_customer"
	// productPrimary: the vendor's product is the primary purchase decision.
	productPrimary value.Code = "model.product_primary"
	// jointSourced: both sides found the opportunity together.
	jointSourced value.Code = "model.joint_sourced"
	// equalProducts: a strategic partnership in which both products matter equally.
	equalProducts value.Code = "model.equal_products"
	// noRelationship: neither side has a prior relationship.
	noRelationship value.Code = "model.no_relationship"
	// bothEngaged: the deal needs both teams fully engaged.
	bothEngaged value.Code = "model.both_engaged"
	// Contradiction: two signals that cannot both be true.
	Contradiction value.Code = "model.contradiction"

	// RegistrationDecides: an active registration outranks the signals.
	RegistrationDecides value.Code = "model.registration_decides"
	// RegistrationMismatch: the model that was set is not the one that the registration decides.
	RegistrationMismatch value.Code = "model.registration_mismatch"
	// BeforeInteraction: the model is set at the first prospect interaction or before it.
	BeforeInteraction value.Code = "model.before_interaction"
	// ConsentMissing: the consent of a side is missing for an act that needs both sides.
	ConsentMissing value.Code = "model.consent_missing"

	// SingleOwner: every responsibility has exactly one accountable side; as a finding: nothing decides which one.
	SingleOwner value.Code = "role.single_owner"
	// NoOrphan: a side has no rep, so the responsibilities that it leads have no owner.
	NoOrphan value.Code = "role.no_orphan"
)

// Codes of bad input that this package refuses.
const (
	// sideUnknown refuses anything but partner and vendor.
	sideUnknown value.Code = "side.unknown"
	// engagementUnknown refuses a name that is no engagement model.
	engagementUnknown value.Code = "engagement.unknown"
	// sourceUnknown refuses a name that is no source of a deal.
	sourceUnknown value.Code = "source.unknown"
	// registrantUnknown refuses a name that is no registrant.
	registrantUnknown value.Code = "registrant.unknown"
	// answerUnknown refuses anything but yes, no and unknown.
	answerUnknown value.Code = "answer.unknown"
	// topicUnknown refuses a name that is no meeting topic.
	topicUnknown value.Code = "topic.unknown"
	// sizeUnknown refuses a name that is no size of a playbook.
	sizeUnknown value.Code = "playbook.size.unknown"
	// PartyOrg refuses a party without an organisation.
	PartyOrg value.Code = "party.org"

	// AmbiguousModel refuses to decide between several eligible engagement models.
	AmbiguousModel value.Code = "model.ambiguous"
	// UndeterminedModel refuses to decide where no engagement model is eligible.
	UndeterminedModel value.Code = "model.undetermined"

	// matrixIncomplete refuses a matrix without rows, with a row that has no id or the id of another, or with a
	// cell that names no accountable side.
	matrixIncomplete value.Code = "matrix.incomplete"
	// modeUnknown refuses a name that is no way of sharing a responsibility.
	modeUnknown value.Code = "role.mode.unknown"
	// repID refuses a rep or a consulted person without an id, and an id or a side that stands twice where one is
	// allowed.
	repID value.Code = "team.rep_id"
	// repUnknown refuses an assignment to somebody who is not on the team.
	repUnknown value.Code = "team.rep_unknown"
	// leadRep refuses a side of several reps without exactly one lead rep.
	leadRep value.Code = "team.lead_rep"
	// TwoOrgs refuses two organisations on one side of a deal.
	TwoOrgs value.Code = "team.two_orgs"
	// responsibilityUnknown refuses a responsibility that is not in the matrix.
	responsibilityUnknown value.Code = "role.unknown"

	// agreementBy refuses an event or a consent without the name of a person.
	agreementBy value.Code = "agreement.by"
	// AgreementAt refuses an event or a consent without its instant, and a consent after the event.
	AgreementAt value.Code = "agreement.at"
	// ChoiceReason refuses a change of model without a reason.
	ChoiceReason value.Code = "choice.reason"
	// ChoiceSame refuses a change to the model that is already set.
	ChoiceSame value.Code = "choice.same"
)
