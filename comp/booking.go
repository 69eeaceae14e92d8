package comp

import (
	"slices"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Role is a payee's part in the sale, which role-based credit asks for. The zero
// value is unset: the other models do not need it.
type Role uint8

// The roles.
const (
	Primary    Role = 1 + iota // sells for the side that owns the relationship
	Supporting                 // helps; credited by contribution
)

var roleNames = enum.Of[Role]("comp.role.unknown", "primary", "supporting")

// ParseRole reads primary or supporting; anything else is a comp.role.unknown error.
func ParseRole(s string) (Role, error) { return roleNames.Parse(s) }

// String returns the role's name, or "" where it is unset.
func (r Role) String() string { return roleNames.Name(r) }

// MarshalText returns the name; empty text for the zero value.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a name as [ParseRole] does.
func (r *Role) UnmarshalText(text []byte) error { return roleNames.Read(r, text) }

// Booking holds the facts of a deal that decide who is paid. A plan checks them when it
// prices the booking. Statements keep none of its slices.
type Booking struct {
	ID    string      `json:"id" wire:"needed"` // 1 to 256 bytes
	Value value.Money `json:"value,omitzero"`   // the customer's price; positive
	// the partner's quota value, in the currency of Value; zero stands for Value
	PartnerQuota value.Money `json:"partner_quota,omitzero"`
	// the vendor's quota value, in the currency of Value; zero stands for Value
	VendorQuota value.Money `json:"vendor_quota,omitzero"`
	// the day it was won; zero for an open deal, whose figures are all projected
	Closed value.Date   `json:"closed,omitzero"`
	Source model.Source `json:"source,omitzero"` // the side that brought the deal; zero: unknown
	// the holder of the active registration, who outranks Source
	Registrant model.Registrant `json:"registrant,omitzero"`
	Payees     []Payee          `json:"payees,omitzero"` // 1 to 1,000
}

// Payee is a rep who is credited for a deal. The reps of a group share one credit. A
// group is the primary reps of a side, or the reps of a side who support with the same
// contribution; under the split and the origination model it is all reps of a side.
type Payee struct {
	// the id, one for a person in everything that a run or a file holds; 1 to 256 bytes
	Rep   string      `json:"rep" wire:"needed"`
	Party model.Party `json:"party,omitzero"` // the company of the rep; its Org has 1 to 256 bytes
	Role  Role        `json:"role,omitzero"`  // needed under role-based credit
	// of a supporting rep; needed under role-based credit
	Contribution Contribution `json:"contribution,omitzero"`
	// further contributions, at most 100; the highest percentage counts, never the sum
	AlsoContributed []Contribution `json:"also_contributed,omitzero"`
	// flat commission on the rep's credit, 0 % to 100 %; zero pays nothing; zero beside a Table
	Rate value.Percent `json:"rate,omitzero"`
	// the rate table of the policy that replaces Rate; empty: Rate counts
	Table TableID `json:"table,omitzero"`
	// part of the credit of the group; zero is unstated, for the only rep of a group
	Share value.Percent `json:"share,omitzero"`
}

// Origin returns the source of the deal and the holder of its registration.
func (b Booking) Origin() model.Origin {
	return model.Origin{Source: b.Source, Registrant: b.Registrant}
}

// WithRoles returns the booking with each unset role derived from the primary side (see
// [Policy.PrimarySide]): payees of that side are primary, payees of the other side are supporting. Stated
// roles stay. b is not changed, and the result shares no slice with it.
func (b Booking) WithRoles(primary model.Side) Booking {
	b = b.clone()
	for i := range b.Payees {
		p := &b.Payees[i]
		switch {
		case p.Role != 0:
		case p.Party.Side == primary:
			p.Role = Primary
		default:
			p.Role = Supporting
		}
	}
	return b
}

// clone returns the booking with slices of its own.
func (b Booking) clone() Booking {
	b.Payees = slices.Clone(b.Payees)
	for i := range b.Payees {
		b.Payees[i].AlsoContributed = slices.Clone(b.Payees[i].AlsoContributed)
	}
	return b
}
