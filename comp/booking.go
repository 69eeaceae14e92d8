package comp

import (
	"slices"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Role is a payee's part in the sale; only role-based credit needs it. The zero value is unset.
type Role uint8

// The roles.
const (
	Primary    Role = 1 + iota // sells for the side that owns the relationship
	Supporting                 // helps; credited by contribution
)

var roleNames = enum.Of[Role]("comp.role.unknown", "primary", "supporting")

// ParseRole reads primary or supporting; anything else is a comp.role.unknown error.
func ParseRole(s string) (Role, error) { return roleNames.Parse(s) }

// String returns the role's name, or "" for the zero value and unknown numbers.
func (r Role) String() string { return roleNames.Name(r) }

// MarshalText returns what String returns.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a name as [ParseRole] does.
func (r *Role) UnmarshalText(text []byte) error { return roleNames.Read(r, text) }

// Booking holds the facts of a deal that decide who is paid. Statements keep none of its slices.
type Booking struct {
	ID           string           `json:"id" wire:"needed"`       // 1 to 256 bytes
	Value        value.Money      `json:"value,omitzero"`         // the customer's price; positive
	PartnerQuota value.Money      `json:"partner_quota,omitzero"` // partners' quota value, same currency; zero: Value
	VendorQuota  value.Money      `json:"vendor_quota,omitzero"`  // vendor's quota value, same currency; zero: Value
	Closed       value.Date       `json:"closed,omitzero"`        // the day it was won; zero: open, all is projected
	Source       model.Source     `json:"source,omitzero"`        // the side that brought the deal; zero: unknown
	Registrant   model.Registrant `json:"registrant,omitzero"`    // holder of the active registration; outranks Source
	Deferred     bool             `json:"deferred,omitzero"`      // once won, pays as money is received; see [Payout]
	// of a deal with several partners: the organisation of the one that leads; empty: there is one partner
	LeadPartner string `json:"lead_partner,omitzero"`
	// of several partners: the organisation of the one that brought the deal, where a partner did; empty: LeadPartner
	BroughtBy string `json:"brought_by,omitzero"`
	// how several partners share the credit of their side, see [PartnerShare]; nil: nothing is agreed
	PartnerShares []PartnerShare `json:"partner_shares,omitzero"`
	Payees        []Payee        `json:"payees,omitzero"` // 1 to 1,000
}

// Payee is a rep who is credited for a deal, or a company that is paid for it (comp.company). The reps of a group share
// one credit: the primary reps of a party, or its supporters with the same contribution; under split and origination
// all reps of a party. A rep has a Rate, a Table, or is CreditOnly; a company has a Rate or a Fixed sum.
type Payee struct {
	Rep             string         `json:"rep" wire:"needed"`         // 1 to 256 bytes; one id for a payee everywhere
	Party           model.Party    `json:"party,omitzero"`            // the payee's company; its Org has 1 to 256 bytes
	Role            Role           `json:"role,omitzero"`             // needed under role-based credit
	Contribution    Contribution   `json:"contribution,omitzero"`     // of a supporter; needed under role-based credit
	AlsoContributed []Contribution `json:"also_contributed,omitzero"` // at most 100; the highest counts, never the sum
	// flat commission on the rep's credit, for a company on the deal's value: 0 % to 100 %; 0 % is stated
	Rate  value.Percent `json:"rate,omitzero"`
	Table TableID       `json:"table,omitzero"` // rate table of the policy
	// at most 10 tables whose results are added to that of Table, each in a line of its own without credit
	AddedTables []TableID `json:"added_tables,omitzero" wire:"..10"`
	// the rep's rate is not ours to know: the line has credit and no commission, which is not zero
	CreditOnly bool `json:"credit_only,omitzero"`
	// a company is paid in place of a rep: it has no role, no share and no credit
	Company bool        `json:"company,omitzero"`
	Fixed   value.Money `json:"fixed,omitzero"` // of a company: the sum a deal, not below zero, in the deal's currency
	// who pays; zero: the payee's own company, for a company the vendor
	Payer model.Party   `json:"payer,omitzero"`
	Share value.Percent `json:"share,omitzero"` // of the group's credit; the zero value: its only rep
	// the role was derived from engagement and origin, see [Booking.DeriveRoles]
	Derived bool `json:"derived,omitzero"`
}

// Origin returns the source of the deal and the holder of its registration.
func (b Booking) Origin() model.Origin {
	return model.Origin{Source: b.Source, Registrant: b.Registrant}
}

// WithRoles returns a copy of the booking, which shares no slice with b, with the roles of [Booking.DeriveRoles].
func (b Booking) WithRoles(primary model.Side) Booking {
	b = b.clone()
	b.DeriveRoles(primary)
	return b
}

// DeriveRoles makes the payees of b without a role primary on the primary side (see [Policy.PrimarySide]; 0: on both)
// and supporting on the other, and marks them as derived. Of several partners only the reps of the one that leads are
// primary. It changes the slice of b's payees; nil has none.
func (b *Booking) DeriveRoles(primary model.Side) {
	if b == nil {
		return
	}
	for i := range b.Payees {
		p := &b.Payees[i]
		if p.Role != 0 || p.Company {
			continue
		}
		p.Role, p.Derived = Supporting, true
		if (primary == 0 || p.Party.Side == primary) && b.mayLead(p.Party) {
			p.Role = Primary
		}
	}
}

func (b Booking) clone() Booking {
	b.Payees, b.PartnerShares = slices.Clone(b.Payees), slices.Clone(b.PartnerShares)
	for i := range b.Payees {
		p := &b.Payees[i]
		p.AlsoContributed, p.AddedTables = slices.Clone(p.AlsoContributed), slices.Clone(p.AddedTables)
	}
	return b
}
