package deal

import (
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Deal is what holds for a deal as a whole, as it is known now: plain facts. ID,
// Partner, Vendor and Opening.Day are needed, see [Deal.Check]; the Missing of a view
// reports what else a part needs. Slices and maps stay the caller's. A fact of a deal
// has the name of its member in the JSON form, such as deal.amount or deal.opening.
type Deal struct {
	ID      string `json:"id" wire:"needed,1..256,code=deal.id"` // 1 to 256 bytes
	Account string `json:"account,omitzero"`                     // the company being sold to, for people to read; may be empty
	// the partner's organisation, as claims and reps name it; 1 to 256 bytes
	Partner string `json:"partner" wire:"needed,1..256,code=deal.id"`
	// the vendor's organisation; 1 to 256 bytes
	Vendor string `json:"vendor" wire:"needed,1..256,code=deal.id"`

	Amount       value.Money `json:"amount,omitzero"`        // the customer's price; zero: unknown
	AmountAt     time.Time   `json:"amount_at,omitzero"`     // since when it is this much; zero: since the opening
	PartnerQuota value.Money `json:"partner_quota,omitzero"` // the partner's quota value; zero: Amount
	VendorQuota  value.Money `json:"vendor_quota,omitzero"`  // the vendor's quota value; zero: Amount
	// from the amount's currency to that of the policy's bounds; needed where they differ
	Exchange value.ExchangeRate `json:"exchange,omitzero"`

	Opening stage.Opening `json:"opening" wire:"needed"` // how it entered; a zero Size is that of Amount
	Signals model.Signals `json:"signals,omitzero"`      // what speaks for an engagement model
	Team    model.Team    `json:"team,omitzero"`         // who sells, for both sides
	Payees  []comp.Payee  `json:"payees,omitzero"`       // who is to be credited; nil: nobody yet

	// the people of the deal by mail address, the prospect included; nil: activities cannot be judged
	People []comms.Person `json:"people,omitzero" wire:"..10000"`
	Zone   string         `json:"zone,omitzero"` // IANA name of the account's time zone; empty: the book's
	// when both sides agreed the key messages in the shared deal plan; zero: not yet
	Agreed time.Time `json:"agreed,omitzero"`
	// the products and regions that it is about; empty: everything
	Scope registration.Scope `json:"scope,omitzero"`
	// ids of the claims that alone register it, renewals included; nil: facts of the record may
	Registrations []string `json:"registrations,omitzero"`

	// who is named on a large deal; empty: nobody yet
	PartnerExecutive string `json:"partner_executive,omitzero"`
	VendorExecutive  string `json:"vendor_executive,omitzero"` // the same
	// when the second of the two was named; needed where both are
	ExecutivesAt time.Time `json:"executives_at,omitzero"`
}
