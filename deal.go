package coselling

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
// Partner, Vendor and Opening.Day are needed, see [Deal.Check]; what else lacks is told
// by [View.Missing], part by part. Slices and maps stay the caller's. A fact of a deal
// has the name of its member in the JSON form, such as deal.amount or deal.opening.
type Deal struct {
	ID      string // 1 to 256 bytes
	Account string // the company being sold to, for people to read; may be empty
	Partner string // the partner's organisation, as claims and reps name it; 1 to 256 bytes
	Vendor  string // the vendor's organisation; 1 to 256 bytes

	Amount       value.Money        // the customer's price; zero: unknown
	AmountAt     time.Time          // since when it is this much; zero: since the opening
	PartnerQuota value.Money        // the partner's quota value; zero: Amount
	VendorQuota  value.Money        // the vendor's quota value; zero: Amount
	Exchange     value.ExchangeRate // from the amount's currency to that of the policy's bounds; needed where they differ

	Opening stage.Opening // how it entered; a zero Size is that of Amount
	Signals model.Signals // what speaks for an engagement model
	Team    model.Team    // who sells, for both sides
	Payees  []comp.Payee  // who is to be credited; nil: nobody yet

	People        []comms.Person     // who is who by mail address, the prospect included; nil: activities cannot be judged
	Zone          string             // IANA name of the account's time zone; empty: the book's
	Agreed        time.Time          // when both sides agreed the key messages in the shared deal plan; zero: not yet
	Scope         registration.Scope // the products and regions that it is about; empty: everything
	Registrations []string           // ids of the claims that alone register it, renewals included; nil: facts of the record may

	PartnerExecutive string    // who is named on a large deal; empty: nobody yet
	VendorExecutive  string    // the same
	ExecutivesAt     time.Time // when the second of the two was named; needed where both are
}
