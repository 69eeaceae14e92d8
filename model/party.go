package model

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Side is one of the two companies of a deal. Two partners are two parties. The zero value is unset and invalid.
type Side uint8

// The two sides.
const (
	Partner Side = 1 + iota
	Vendor
)

var sideNames = enum.Of[Side]("side.unknown", "partner", "vendor")

// ParseSide reads partner or vendor. Anything else is a side.unknown error.
func ParseSide(s string) (Side, error) { return sideNames.Parse(s) }

// String returns partner or vendor; "" for any other number.
func (s Side) String() string { return sideNames.Name(s) }

// MarshalText returns what [Side.String] returns; the error is always nil.
func (s Side) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name as [ParseSide] does; with an error s is unchanged.
func (s *Side) UnmarshalText(text []byte) error { return sideNames.Read(s, text) }

// IsValid reports whether s is partner or vendor.
func (s Side) IsValid() bool { return s == Partner || s == Vendor }

// Other returns the opposite side, and 0 for anything but partner and vendor.
func (s Side) Other() Side {
	if !s.IsValid() {
		return 0
	}
	return Partner + Vendor - s
}

// Party is one organisation on one side of a deal. A deal has one vendor and one partner that leads, and may have
// further partners ([Participant]). Parties are comparable with ==, the organisation bytewise. The zero value is no
// party.
type Party struct {
	Side Side   `json:"side" wire:"needed"`
	Org  string `json:"org" wire:"needed"` // the organisation's id in the host's system
}

// PartnerOrg returns the partner with the given id.
func PartnerOrg(org string) Party { return Party{Partner, org} }

// VendorOrg returns the vendor with the given id.
func VendorOrg(org string) Party { return Party{Vendor, org} }

// IsZero reports whether p is the zero value.
func (p Party) IsZero() bool { return p == Party{} }

// Check returns nil for a party with a side and an organisation, else one error: side.unknown at side, or
// [PartyOrg] at org.
func (p Party) Check() error {
	if !p.Side.IsValid() {
		return value.Below("side", sideNames.Check(p.Side))
	}
	if p.Org == "" {
		return value.Below("org",
			value.NewError(PartyOrg, "an empty org", "names no organisation of the "+p.Side.String()))
	}
	return nil
}

// Compare orders parties by side, the zero party before partners and these before vendors, then by organisation,
// bytewise: −1, 0 or +1.
func (p Party) Compare(other Party) int {
	return cmp.Or(cmp.Compare(p.Side, other.Side), cmp.Compare(p.Org, other.Org))
}

// String returns the side and the organisation, such as "partner acme"; "" for the zero value.
func (p Party) String() string {
	if p.Org == "" {
		return p.Side.String()
	}
	return p.Side.String() + " " + p.Org
}

// OnlyFor returns the audience of exactly these parties, for an operand of a reason; without parties, of nobody.
func OnlyFor(parties ...Party) value.Audience {
	readers := make([]string, len(parties))
	for i, p := range parties {
		readers[i] = p.String()
	}
	return value.NewAudience(readers...)
}

// View returns the reason without the operands for other parties. Operands without an audience are for everyone.
func (p Party) View(r value.Reason) value.Reason { return r.For(p.String()) }

// Parties holds the organisations met so far on the sides of one deal. The zero value holds none, and nil neither holds
// nor remembers any.
type Parties struct {
	orgs     [Vendor + 1]string
	Partners *Partners // all partners of a deal with participants, which are met always; nil: there is one
}

// Has reports whether p has a side and an organisation and was met before.
func (m *Parties) Has(p Party) bool {
	return m != nil && p.Side.IsValid() && p.Org != "" && (m.orgs[p.Side] == p.Org || m.partners(p))
}

func (m *Parties) partners(p Party) bool {
	return m.Partners != nil &&
		slices.ContainsFunc(m.Partners.All, func(q Participant) bool { return q.Party == p })
}

// Meet remembers the organisation of a side. A second one on that side is a [TwoOrgs] error at org and changes
// nothing. A party that [Party.Check] refuses is ignored.
func (m *Parties) Meet(p Party) error {
	if m == nil || !p.Side.IsValid() || p.Org == "" || m.partners(p) {
		return nil
	}
	if p.Side == Partner && m.Partners != nil && len(m.Partners.All) > 0 {
		return value.Below("org", value.NewError(TwoOrgs, value.Quote(p.Org),
			"is none of the partners of the deal; name it among the participants"))
	}
	first := &m.orgs[p.Side]
	if *first == "" {
		*first = p.Org
	}
	if *first != p.Org {
		return value.Below("org", value.NewError(TwoOrgs, value.Quote(p.Org),
			"is a second "+p.Side.String()+" beside "+value.Quote(*first)+"; a deal has one"))
	}
	return nil
}
