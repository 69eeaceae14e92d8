package model

import "github.com/coselling/coselling/value"

// Codes of the rules that this package decides.
const (
	// PartnerSourced: the partner brought the opportunity.
	PartnerSourced value.Code = "model.partner_sourced"
	// PartnerRelationship: the partner already has a relationship with the prospect.
	PartnerRelationship value.Code = "model.partner_relationship"
	// PartnerTrusted: the prospect trusts the partner.
	PartnerTrusted value.Code = "model.partner_trusted"
	// ProductAddon: the vendor's product adds to the partner's broader solution.
	ProductAddon value.Code = "model.product_addon"
	// VendorSourced: the vendor found the opportunity.
	VendorSourced value.Code = "model.vendor_sourced"
	// VendorCustomer: the prospect is the vendor's customer or in its account base.
	VendorCustomer value.Code = "model.vendor_customer"
	// ProductPrimary: the vendor's product is the primary purchase decision.
	ProductPrimary value.Code = "model.product_primary"
	// JointSourced: both sides found the opportunity together.
	JointSourced value.Code = "model.joint_sourced"
	// EqualProducts: a strategic partnership in which both products matter equally.
	EqualProducts value.Code = "model.equal_products"
	// NoRelationship: neither side has a prior relationship.
	NoRelationship value.Code = "model.no_relationship"
	// BothEngaged: the deal needs both teams fully engaged.
	BothEngaged value.Code = "model.both_engaged"
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
	// SideUnknown refuses anything but partner and vendor.
	SideUnknown value.Code = "side.unknown"
	// EngagementUnknown refuses a name that is no engagement model.
	EngagementUnknown value.Code = "engagement.unknown"
	// SourceUnknown refuses a name that is no source of a deal.
	SourceUnknown value.Code = "source.unknown"
	// RegistrantUnknown refuses a name that is no registrant.
	RegistrantUnknown value.Code = "registrant.unknown"
	// AnswerUnknown refuses anything but yes, no and unknown.
	AnswerUnknown value.Code = "answer.unknown"
	// TopicUnknown refuses a name that is no meeting topic.
	TopicUnknown value.Code = "topic.unknown"
	// SizeUnknown refuses a name that is no size of a playbook.
	SizeUnknown value.Code = "playbook.size.unknown"
	// PartyOrg refuses a party without an organisation.
	PartyOrg value.Code = "party.org"

	// AmbiguousModel refuses to decide between several eligible engagement models.
	AmbiguousModel value.Code = "model.ambiguous"
	// UndeterminedModel refuses to decide where no engagement model is eligible.
	UndeterminedModel value.Code = "model.undetermined"

	// MatrixIncomplete refuses a matrix without rows, with a row that has no id or the id of another, or with a
	// cell that names no accountable side.
	MatrixIncomplete value.Code = "matrix.incomplete"
	// ModeUnknown refuses a name that is no way of sharing a responsibility.
	ModeUnknown value.Code = "role.mode.unknown"
	// RepID refuses a rep or a consulted person without an id, and an id or a side that stands twice where one is
	// allowed.
	RepID value.Code = "team.rep_id"
	// RepUnknown refuses an assignment to somebody who is not on the team.
	RepUnknown value.Code = "team.rep_unknown"
	// LeadRep refuses a side of several reps without exactly one lead rep.
	LeadRep value.Code = "team.lead_rep"
	// TwoOrgs refuses two organisations on one side of a deal.
	TwoOrgs value.Code = "team.two_orgs"
	// ResponsibilityUnknown refuses a responsibility that is not in the matrix.
	ResponsibilityUnknown value.Code = "role.unknown"

	// AgreementBy refuses an event or a consent without the name of a person.
	AgreementBy value.Code = "agreement.by"
	// AgreementAt refuses an event or a consent without its instant, and a consent after the event.
	AgreementAt value.Code = "agreement.at"
	// ChoiceReason refuses a change of model without a reason.
	ChoiceReason value.Code = "choice.reason"
	// ChoiceSame refuses a change to the model that is already set.
	ChoiceSame value.Code = "choice.same"
)
