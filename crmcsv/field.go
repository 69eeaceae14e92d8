package crmcsv

import "slices"

// field is a field of a deal or of a payee.
type field uint8

// The fields of a deal, its signals, and the fields of a payee; side, org, rate and table may come from the
// roster.
const (
	fieldID                   field = iota // the deal's id
	fieldValue                             // the customer's price
	fieldCurrency                          // ISO 4217
	fieldStage                             // open, won or lost
	fieldClosed                            // the closing day; needed of a won deal, ignored for an open one
	fieldAccount                           // the company that buys
	fieldPartnerQuota                      // the partner's quota value, where it differs
	fieldVendorQuota                       // the vendor's quota value, where it differs
	fieldEngagement                        // partner_led, vendor_led or true_co_sell
	fieldSource                            // partner, vendor or joint
	fieldRegistrant                        // partner, vendor, joint_by_partner or joint_by_vendor
	fieldReverses                          // the id of the deal that this row takes back
	fieldLeadPartner                       // of several partners: the organisation of the one that leads
	fieldBroughtBy                         // of several partners: the organisation of the one that brought the deal
	signalPartnerRelationship              // yes, no or unknown, as the other signals; a blank cell is unknown
	signalPartnerTrusted
	signalProductAddon
	signalVendorCustomer
	signalProductPrimary
	signalEqualProducts
	signalNoRelationship
	signalBothEngaged
	payeeRep
	payeeSide         // partner or vendor
	payeeOrg          //
	payeeRole         // primary or supporting
	payeeContribution // an id of the policy
	payeeRate         //
	payeeTable        // a rate table of the policy, in place of a rate
	payeeShare        //
	payeeAddedTables  // rate tables of the policy beside the first, with commas between them
	payeeCreditOnly   // yes, no or unknown: the rate is not ours to know
	payeeCompany      // yes, no or unknown: a company is paid
	payeeFixed        // of a company: a sum for each deal
	payeePartyShare   // of several partners: the payee's company's share of their credit
	fieldCount
)

var fieldNames = [fieldCount]string{
	"id", "value", "currency", "stage", "closed", "account", "partner_quota", "vendor_quota", "engagement",
	"source", "registrant", "reverses", "lead_partner", "brought_by",
	"partner_relationship", "partner_trusted", "product_addon",
	"vendor_customer", "product_primary", "equal_products", "no_relationship", "both_engaged",
	"rep", "side", "org", "role", "contribution", "rate", "table", "share",
	"added_tables", "credit_only", "company", "fixed", "party_share",
}

func (f field) String() string { return fieldNames[f] }

// answers reports whether a field says yes, no or unknown.
func (f field) answers() bool { return f.isSignal() || f == payeeCreditOnly || f == payeeCompany }

func (f field) isSignal() bool { return f >= signalPartnerRelationship && f <= signalBothEngaged }

// kind is the range of fields that one object of a mapping may have. It needs the first ones.
type kind struct {
	first, last field
	needed      int
}

func dealFields() kind  { return kind{fieldID, signalBothEngaged, 4} }
func payeeFields() kind { return kind{payeeRep, payeePartyShare, 1} }

func (k kind) names() []string { return fieldNames[k.first : k.last+1] }

// fieldOf returns the field with a name, and false where there is none.
func (k kind) fieldOf(name string) (field, bool) {
	at := slices.Index(k.names(), name)
	return k.first + field(max(at, 0)), at >= 0
}
