package model

import "github.com/coselling/coselling/value"

// Codes of the rules that this package decides.
const (
	// partnerRelationship: the partner already has a relationship with the prospect.
	partnerRelationship value.Code = "model.partner_relationship"
	// productAddon: the vendor's product adds to the partner's broader solution.
	productAddon value.Code = "model.product_addon"
	// vendorCustomer: the prospect is the vendor's customer or in its account base.
	vendorCustomer value.Code = "model.vendor_customer"
	productPrimary value.Code = "model.product_primary" // the vendor's product is the primary purchase decision
	jointSourced   value.Code = "model.joint_sourced"   // both sides found the opportunity together
	noRelationship value.Code = "model.no_relationship" // neither side has a prior relationship
	Contradiction  value.Code = "model.contradiction"   // two signals that cannot both be true

	RegistrationDecides value.Code = "model.registration_decides" // an active registration outranks the signals
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
	answerUnknown value.Code = "answer.unknown" // refuses anything but yes, no and unknown
	PartyOrg      value.Code = "party.org"      // refuses a party without an organisation

	AmbiguousModel value.Code = "model.ambiguous" // refuses to decide between several eligible engagement models
	// UndeterminedModel refuses to decide where no engagement model is eligible.
	UndeterminedModel value.Code = "model.undetermined"

	// matrixIncomplete refuses missing rows, a missing or repeated id, and a cell without an accountable side.
	matrixIncomplete value.Code = "matrix.incomplete"
	// repID refuses a person without an id, and an id or a side that stands twice where one is allowed.
	repID   value.Code = "team.rep_id"
	TwoOrgs value.Code = "team.two_orgs" // refuses two organisations on one side of a deal

	// AgreementAt refuses an event or a consent without its instant, and a consent after the event.
	AgreementAt  value.Code = "agreement.at"
	ChoiceReason value.Code = "choice.reason" // refuses a change of model without a reason
	ChoiceSame   value.Code = "choice.same"   // refuses a change to the model that is already set
)
