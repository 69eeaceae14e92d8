package deal

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const (
	maxDealBytes    = 8 << 20
	maxParticipants = 20

	participantCode value.Code = "party.participant"
)

// Codes of a deal and a record that are malformed.
const (
	FactTwice value.Code = "fact.twice" // refuses a fact whose id another fact of its kind has
)

// Participant is a further partner of a deal; see [model.Participant].
type Participant = model.Participant

// Deal holds the facts of a deal as a whole, as they are known now. ID, Partner, Vendor and Opening.Day are
// needed, see [Deal.Check]. Slices and maps stay the caller's. Findings name a fact by its JSON member, such as
// deal.amount.
type Deal struct {
	ID      string `json:"id" wire:"needed,1..256,code=deal.id"` // 1 to 256 bytes
	Account string `json:"account,omitzero"`                     // the company that buys; may be empty
	// the organisation of the partner that leads from the opening on; 1 to 256 bytes
	Partner string `json:"partner" wire:"needed,1..256,code=deal.id"`
	Vendor  string `json:"vendor" wire:"needed,1..256,code=deal.id"` // the vendor's organisation; 1 to 256 bytes
	// what the partner does beside leading, one of the book's functions of 1 to 64 bytes; empty: none (party.function)
	PartnerFunction model.Function `json:"partner_function,omitzero" wire:"..64"`
	Participants    []Participant  `json:"participants,omitzero" wire:"..20"` // further partners; nil: none

	Amount       value.Money `json:"amount,omitzero"`        // the customer's price; zero: unknown
	AmountAt     time.Time   `json:"amount_at,omitzero"`     // since when it is this much; zero: the opening
	PartnerQuota value.Money `json:"partner_quota,omitzero"` // that of the partners, who share it; zero: Amount
	VendorQuota  value.Money `json:"vendor_quota,omitzero"`  // the vendor's quota value; zero: Amount
	// from the amount's currency to that of the policy's bounds; needed where they differ
	Exchange value.ExchangeRate `json:"exchange,omitzero"`

	// how the deal entered; a zero Size is that of the moves before AmountAt, else that of Amount
	Opening stage.Opening `json:"opening" wire:"needed"`
	// the day on which the reps expect to close, a forecast, not before Opening.Day; zero: not known (stage.commit)
	Committed value.Date    `json:"committed_close,omitzero"`
	Signals   model.Signals `json:"signals,omitzero"` // facts that speak for and against engagement models
	Team      model.Team    `json:"team,omitzero"`    // the sellers of both sides
	Payees    []comp.Payee  `json:"payees,omitzero"`  // the reps to be credited; nil: nobody yet
	// how the partner that leads and the participants share the credit of their side; nil: nothing is agreed
	PartnerShares []comp.PartnerShare `json:"partner_shares,omitzero" wire:"..21"`

	// the people of the deal by mail address, the prospect included; nil: activities cannot be judged
	People []comms.Correspondent `json:"people,omitzero" wire:"..10000"`
	Zone   string                `json:"zone,omitzero"` // IANA name of the account's time zone; empty: the book's
	// the instant at which both sides agreed the key messages in the shared deal plan; zero: not yet
	Agreed time.Time          `json:"agreed,omitzero"`
	Scope  registration.Scope `json:"scope,omitzero"` // the products and regions of the deal; empty: all
	// ids of all claims that register it, renewals too; nil: facts of the record may register it
	Registrations []string `json:"registrations,omitzero"`

	PartnerExecutive string `json:"partner_executive,omitzero"` // for a large deal; empty: nobody yet
	VendorExecutive  string `json:"vendor_executive,omitzero"`  // for a large deal; empty: nobody yet
	// the instant at which the second of the two was named; needed where both are
	ExecutivesAt time.Time `json:"executives_at,omitzero"`
}

// Parse reads the JSON form of a deal, at most 8 MiB, strictly. id, partner, vendor and opening are needed. It
// reports a hundred problems at once and counts the others (json.more), with paths such as deal.partner; of text
// that is not JSON only the first. Errors: those of [Deal.Check], json.missing, json.unknown (a wrongly cased
// member too), json.repeated, json.type, json.syntax, json.size.
func Parse(data []byte) (Deal, error) {
	var d Deal
	err := d.UnmarshalJSON(data)
	return d, value.Below("deal", err)
}

// UnmarshalJSON is [Parse] for a deal inside another document. The paths of its errors begin inside the deal, and after
// an error d is as it was.
func (d *Deal) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDealBytes, d, Deal.rules)
}

// MarshalJSON returns the canonical form, without empty members. [Parse] returns an equal deal where [Deal.Check]
// finds no problem and no needed member is empty.
func (d Deal) MarshalJSON() ([]byte, error) { return wire.Marshal(&d) }

// Check returns up to a hundred problems that make a deal malformed: no id, partner, vendor or opening day
// (deal.id, deal.day); a committed close before the opening day (deal.committed_close); a participant that is no
// partner, leads or stands twice (party.participant), and one whose first day is after its last (party.days); an
// instant outside the years 1 to 9000 (fact.instant); text that is not UTF-8 or above 4,096 bytes (fact.text); a number
// that no closed enumeration has (its code); more than 10,000 people, 20 participants or 1,000 elements of any other
// list (fact.excess). Paths begin inside the deal: opening.day. The Missing of a view lists facts that are missing or
// contradict each other.
func (d Deal) Check() error { return wire.CheckAll(&d, Deal.rules) }

// rules refuses a close that is expected before the deal opened, and participants that contradict the deal.
func (d Deal) rules() error {
	var problems value.Errors
	if !d.Committed.IsZero() && !d.Opening.Day.IsZero() && d.Committed.Before(d.Opening.Day) {
		problems.Refuse("committed_close", "deal.committed_close", d.Committed.String(),
			"is before the opening day, "+d.Opening.Day.String()+"; give that day or a later one")
	}
	for i := range min(len(d.Participants), maxParticipants) {
		if err := d.checkParticipant(i); err != nil { // the path is not made for nothing
			problems.Add(value.Index("participants", i), err)
		}
	}
	for i := range min(len(d.PartnerShares), maxParticipants+1) {
		if p := d.PartnerShares[i].Party; p.Org != "" && p != model.PartnerOrg(d.Partner) && !d.hasParticipant(p) {
			problems.Refuse(value.Index("partner_shares", i)+".party", participantCode, value.Quote(p.String()),
				"is none of the partners of the deal; name it among the participants")
		}
	}
	return problems.Err()
}

func (d Deal) hasParticipant(p model.Party) bool {
	return slices.ContainsFunc(d.Participants, func(q Participant) bool { return q.Party == p })
}

func (d Deal) checkParticipant(i int) error {
	var problems value.Errors
	p := &d.Participants[i]
	says := ""
	switch {
	case p.Party.Org == "": // refused below
	case p.Party == model.VendorOrg(d.Vendor):
		says = "is the vendor of the deal; a participant is a further partner"
	case p.Party.Side == model.Vendor:
		says = "is a second vendor; a participant is a further partner"
	case p.Party.Org == d.Partner:
		says = "leads from the opening on; a participant is a further partner"
	case slices.ContainsFunc(d.Participants[:i], func(q Participant) bool { return q.Party == p.Party }):
		says = "stands twice among the participants; name it once"
	}
	if says != "" {
		problems.Refuse("party", participantCode, value.Quote(p.Party.Org), says)
	}
	if p.Party.Side <= model.Vendor { // any other is refused by its form
		problems.Add("party", p.Party.Check())
	}
	if !p.Until.IsZero() && p.Until.Before(p.From) {
		problems.Refuse("until", "party.days", p.Until.String(), "is before the first day of "+
			value.Quote(p.Party.Org)+", "+p.From.String()+"; give that day or a later one")
	}
	return problems.Err()
}
