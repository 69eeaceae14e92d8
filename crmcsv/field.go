package crmcsv

import "github.com/coselling/coselling/model"

// Fields of a deal.
const (
	fieldID           = "id"            // the deal's id
	fieldValue        = "value"         // the customer's price
	fieldCurrency     = "currency"      // ISO 4217
	fieldStage        = "stage"         // open, won or lost
	fieldClosed       = "closed"        // the closing day; needed of a won deal, ignored for an open one
	fieldAccount      = "account"       // the company being sold to
	fieldPartnerQuota = "partner_quota" // the partner's quota value, where it differs
	fieldVendorQuota  = "vendor_quota"  // the vendor's quota value, where it differs
	fieldEngagement   = "engagement"    // partner_led, vendor_led or true_co_sell, where the CRM has it
	fieldSource       = "source"        // partner, vendor or joint
	fieldRegistrant   = "registrant"    // partner, vendor, joint_by_partner or joint_by_vendor
	fieldReverses     = "reverses"      // the id of the deal that this row takes back
)

// needed is how many of dealFields every mapping has.
const needed = 4

var dealFields = [...]string{
	fieldID, fieldValue, fieldCurrency, fieldStage, fieldClosed, fieldAccount, fieldPartnerQuota, fieldVendorQuota,
	fieldEngagement, fieldSource, fieldRegistrant, fieldReverses,
}

// signalFields are yes, no or unknown; a blank cell is unknown.
var signalFields = [...]struct {
	name string
	of   func(*model.Signals) *model.Answer
}{
	{"partner_relationship", func(s *model.Signals) *model.Answer { return &s.PartnerRelationship }},
	{"partner_trusted", func(s *model.Signals) *model.Answer { return &s.PartnerTrusted }},
	{"product_addon", func(s *model.Signals) *model.Answer { return &s.ProductAddon }},
	{"vendor_customer", func(s *model.Signals) *model.Answer { return &s.VendorCustomer }},
	{"product_primary", func(s *model.Signals) *model.Answer { return &s.ProductPrimary }},
	{"equal_products", func(s *model.Signals) *model.Answer { return &s.EqualProducts }},
	{"no_relationship", func(s *model.Signals) *model.Answer { return &s.NoRelationship }},
	{"both_engaged", func(s *model.Signals) *model.Answer { return &s.BothEngaged }},
}

// Fields of a payee. A blank rep is no payee; side, org, rate and table may come from
// the roster.
const (
	payeeRep          = "rep"
	payeeSide         = "side" // partner or vendor
	payeeOrg          = "org"
	payeeRole         = "role"         // primary or supporting
	payeeContribution = "contribution" // an id of the policy
	payeeRate         = "rate"         // flat
	payeeTable        = "table"        // the id of a rate table of the policy, in place of a flat rate
	payeeShare        = "share"
)

var payeeFields = [...]string{payeeRep, payeeSide, payeeOrg, payeeRole, payeeContribution, payeeRate, payeeTable, payeeShare}

// fieldNames returns the names of all fields of a deal.
func fieldNames() []string {
	names := append([]string(nil), dealFields[:]...)
	for _, s := range signalFields {
		names = append(names, s.name)
	}
	return names
}

func isSignal(field string) bool {
	for _, s := range signalFields {
		if s.name == field {
			return true
		}
	}
	return false
}
