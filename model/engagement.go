package model

import (
	"cmp"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Engagement is an engagement model: it decides which side owns the sale. Zero: no model is set.
type Engagement uint8

// The engagement models, in the order in which candidates are named.
const (
	PartnerLed Engagement = 1 + iota
	VendorLed
	TrueCoSell
)

var engagementNames = enum.Of[Engagement]("engagement.unknown", "partner_led", "vendor_led", "true_co_sell")

// ParseEngagement reads partner_led, vendor_led or true_co_sell. Anything else is an engagement.unknown error.
func ParseEngagement(s string) (Engagement, error) { return engagementNames.Parse(s) }

// Check returns nil for one of the three models, else an engagement.unknown error.
func (e Engagement) Check() error { return engagementNames.Check(e) }

// String returns the model's name; "" for any other number.
func (e Engagement) String() string { return engagementNames.Name(e) }

// MarshalText returns what [Engagement.String] returns; the error is always nil.
func (e Engagement) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads a name as [ParseEngagement] does.
func (e *Engagement) UnmarshalText(text []byte) error { return engagementNames.Read(e, text) }

// Leader returns the side that owns the relationship with the prospect; 0 for true co-sell and any other number.
func (e Engagement) Leader() Side {
	switch e {
	case PartnerLed:
		return Partner
	case VendorLed:
		return Vendor
	default:
		return 0
	}
}

// Source is the side that a deal came from. The zero value is [UnknownSource].
type Source uint8

// The sources of a deal.
const (
	UnknownSource Source = iota
	FromPartner          // the partner brought it
	FromVendor           // the vendor found it
	FromBoth             // both found it together
)

var sourceNames = enum.Of[Source]("source.unknown", "partner", "vendor", "joint")

// ParseSource reads partner, vendor or joint. Anything else, the empty text included, is a source.unknown error.
func ParseSource(s string) (Source, error) { return sourceNames.Parse(s) }

// String returns the source's name; "" for [UnknownSource] and any other number.
func (s Source) String() string { return sourceNames.Name(s) }

// MarshalText returns what [Source.String] returns; the error is always nil.
func (s Source) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name as [ParseSource] does.
func (s *Source) UnmarshalText(text []byte) error { return sourceNames.Read(s, text) }

// Side returns the side that brought the deal; 0 for [FromBoth], [UnknownSource] and any other number.
func (s Source) Side() Side {
	switch s {
	case FromPartner:
		return Partner
	case FromVendor:
		return Vendor
	default:
		return 0
	}
}

// Registrant is the side that holds a deal's active registration, for itself or for both. Zero is [NoRegistrant].
type Registrant uint8

// The registrants.
const (
	NoRegistrant   Registrant = iota // there is no active registration
	ByPartner                        // the partner, for its own side
	ByVendor                         // the vendor, for its own side
	ByPartnerJoint                   // filed by the partner for both sides
	ByVendorJoint                    // filed by the vendor for both sides
)

var registrantNames = enum.Of[Registrant](
	"registrant.unknown", "partner", "vendor", "joint_by_partner", "joint_by_vendor",
)

// ParseRegistrant reads partner, vendor, joint_by_partner or joint_by_vendor; else a registrant.unknown error.
func ParseRegistrant(s string) (Registrant, error) { return registrantNames.Parse(s) }

// String returns the registrant's name; "" for [NoRegistrant] and any other number.
func (r Registrant) String() string { return registrantNames.Name(r) }

// MarshalText returns what [Registrant.String] returns; the error is always nil.
func (r Registrant) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a name as [ParseRegistrant] does.
func (r *Registrant) UnmarshalText(text []byte) error { return registrantNames.Read(r, text) }

// Claimant returns the side that filed the claim; 0 for [NoRegistrant] and any other number.
func (r Registrant) Claimant() Side {
	switch r {
	case ByPartner, ByPartnerJoint:
		return Partner
	case ByVendor, ByVendorJoint:
		return Vendor
	default:
		return 0
	}
}

// Engagement returns the model that the registration decides (model.registration_decides); 0 for [NoRegistrant] and
// any other number.
func (r Registrant) Engagement() Engagement {
	switch r {
	case ByPartner:
		return PartnerLed
	case ByVendor:
		return VendorLed
	case ByPartnerJoint, ByVendorJoint:
		return TrueCoSell
	default:
		return 0
	}
}

// Origin holds the two facts that decide which side a deal came from. In the zero value both are unknown.
type Origin struct {
	Source     Source
	Registrant Registrant
}

// Originator returns the side that gets credit for originating the deal: that of the active registration
// ([FromBoth] for both sides), else the source, which may be unknown.
func (o Origin) Originator() Source {
	switch o.Registrant {
	case ByPartner:
		return FromPartner
	case ByVendor:
		return FromVendor
	case ByPartnerJoint, ByVendorJoint:
		return FromBoth
	default:
		return o.Source
	}
}

// Lead returns the side that answers for what both sides share (role.single_owner): the one that filed the active
// registration, else the one that brought the deal, else the partner; known is false where nothing is known of either.
func (o Origin) Lead() (side Side, known bool) {
	side = cmp.Or(o.Registrant.Claimant(), o.Source.Side(), Partner)
	return side, o != Origin{}
}

// Check returns source.unknown at source and registrant.unknown at registrant, both at once, for numbers that are
// none of the constants.
func (o Origin) Check() error {
	var problems value.Errors
	if o.Source != UnknownSource {
		problems.Add("source", sourceNames.Check(o.Source))
	}
	if o.Registrant != NoRegistrant {
		problems.Add("registrant", registrantNames.Check(o.Registrant))
	}
	return problems.Err()
}

// PlaybookSize is the size of the playbook that a deal runs on (stage.simplified). Zero is unset and refused.
type PlaybookSize uint8

// The sizes.
const (
	Standard   PlaybookSize = 1 + iota // the whole playbook
	Simplified                         // the short playbook, for a deal below the policy's threshold
)

var sizeNames = enum.Of[PlaybookSize]("playbook.size.unknown", "standard", "simplified")

// ParsePlaybookSize reads standard or simplified. Anything else is a playbook.size.unknown error.
func ParsePlaybookSize(s string) (PlaybookSize, error) { return sizeNames.Parse(s) }

// Check returns nil for one of the two sizes, else a playbook.size.unknown error.
func (s PlaybookSize) Check() error { return sizeNames.Check(s) }

// String returns the size's name; "" for any other number.
func (s PlaybookSize) String() string { return sizeNames.Name(s) }

// MarshalText returns what [PlaybookSize.String] returns; the error is always nil.
func (s PlaybookSize) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name as [ParsePlaybookSize] does.
func (s *PlaybookSize) UnmarshalText(text []byte) error { return sizeNames.Read(s, text) }
