package model

import (
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Responsibility is one kind of work in a deal, an open identifier: a [Matrix] may have other rows.
type Responsibility string

// The responsibilities of the default matrix.
const (
	Relationship          Responsibility = "role.relationship"
	DiscoveryWork         Responsibility = "role.discovery"
	Meetings              Responsibility = "role.meetings"
	BusinessCase          Responsibility = "role.business_case"
	Demo                  Responsibility = "role.demo"
	Proposal              Responsibility = "role.proposal"
	Negotiation           Responsibility = "role.negotiation"
	Contract              Responsibility = "role.contract"
	ProductExpertise      Responsibility = "role.product_expertise"
	TechnicalRequirements Responsibility = "role.technical_requirements"
	Competitive           Responsibility = "role.competitive"
	ServicesObjections    Responsibility = "role.services_objections"
	DealDesk              Responsibility = "role.deal_desk"
	SubjectExpert         Responsibility = "role.subject_expert"
	Implementation        Responsibility = "role.implementation"
	IntegrationWork       Responsibility = "role.integration"
	Deployment            Responsibility = "role.deployment"
)

// Mode is the way in which the two sides share a responsibility. The zero value is unset and invalid.
type Mode uint8

// The modes.
const (
	Leads      Mode = 1 + iota // one side leads
	Joint                      // both do it together
	Alternates                 // the side of the meeting's topic leads
)

var modeNames = enum.Of[Mode]("role.mode.unknown", "leads", "joint", "alternates")

// String returns leads, joint or alternates; "" for any other number.
func (m Mode) String() string { return modeNames.Name(m) }

// MarshalText returns what [Mode.String] returns; the error is always nil.
func (m Mode) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads leads, joint or alternates. Anything else is a role.mode.unknown error.
func (m *Mode) UnmarshalText(text []byte) error { return modeNames.Read(m, text) }

// Cell assigns one responsibility under one engagement model. The zero value is refused by [Matrix.Check].
type Cell struct {
	Mode    Mode   `json:"mode" wire:"needed"`
	Leader  Side   `json:"leader,omitzero" wire:"filled"`  // the side that leads; 0 for joint and alternating work
	Support string `json:"support,omitzero" wire:"..1024"` // the other side's part; empty: only informed
	How     string `json:"how,omitzero" wire:"..1024"`     // how the work is shared, where that needs words
	Derived bool   `json:"derived,omitzero"`               // a default of the library where practice leaves it open
}

// Row is one responsibility under the three engagement models. All three cells are needed.
type Row struct {
	Responsibility Responsibility `json:"responsibility" wire:"needed,1..1024"`
	Says           string         `json:"says" wire:"needed,..1024"` // the responsibility in words
	PartnerLed     Cell           `json:"partner_led" wire:"needed"`
	VendorLed      Cell           `json:"vendor_led" wire:"needed"`
	TrueCoSell     Cell           `json:"true_co_sell" wire:"needed"`
}

// Under returns the row's cell for a model, and the zero cell for any other number.
func (r Row) Under(e Engagement) Cell {
	switch e {
	case PartnerLed:
		return r.PartnerLed
	case VendorLed:
		return r.VendorLed
	case TrueCoSell:
		return r.TrueCoSell
	default:
		return Cell{}
	}
}

// Matrix assigns every responsibility under each engagement model, in the order in which the rows are shown. A
// host changes the rows of [DefaultMatrix] or appends others. Nil and empty are refused.
type Matrix []Row

// Check returns every problem at once, with paths that begin inside the matrix, such as [3].true_co_sell.
// matrix.incomplete: no rows, a repeated id, a cell without a mode, a missing or needless leader. fact.id and
// fact.text: an empty id, and texts above 1,024 bytes. fact.excess: more than 1,000 rows. role.mode.unknown and
// side.unknown: other numbers.
func (m Matrix) Check() error { return wire.CheckAll(&m, Matrix.rules) }

// rules returns every problem that the form of the rows does not show.
func (m Matrix) rules() error {
	if len(m) == 0 {
		return value.NewError(matrixIncomplete, "an empty matrix", "says nothing about who does what")
	}
	var problems value.Errors
	seen := map[Responsibility]bool{}
	for i := range m {
		row := &m[i]
		if seen[row.Responsibility] {
			problems.Refuse(value.Index("", i)+".responsibility", matrixIncomplete,
				value.Quote(string(row.Responsibility)), "stands there twice")
		}
		seen[row.Responsibility] = true
		for e := PartnerLed; e <= TrueCoSell; e++ {
			if err := row.Under(e).check(); err != nil { // the path is not made for nothing
				problems.Add(value.Index("", i)+"."+e.String(), err)
			}
		}
	}
	return problems.Err()
}

func (c Cell) check() error {
	if c.Mode == Leads && c.Leader.IsValid() || (c.Mode == Joint || c.Mode == Alternates) && c.Leader == 0 {
		return nil
	}
	got := "mode " + value.Quote(c.Mode.String()) + " with leader " + value.Quote(c.Leader.String())
	return value.NewError(matrixIncomplete, got,
		"does not say who is accountable; one side leads, or the work is joint or alternates and has no leader")
}

// Topic is the subject of a meeting, which decides who leads alternating work. The zero value is [UnknownTopic].
type Topic uint8

// The topics.
const (
	UnknownTopic        Topic = iota // the side that registered the deal leads
	BusinessProcess                  // the partner leads
	Services                         // the partner leads
	ImplementationTopic              // the partner leads
	Product                          // the vendor leads
	Technical                        // the vendor leads
	Security                         // the vendor leads
	Commercial                       // the side that registered the deal leads
)

var topicNames = enum.Of[Topic](
	"topic.unknown", "business_process", "services", "implementation", "product", "technical", "security", "commercial",
)

// topicSides holds the side that leads each topic; 0: the side that registered the deal.
var topicSides = [Commercial + 1]Side{
	BusinessProcess:     Partner,
	Services:            Partner,
	ImplementationTopic: Partner,
	Product:             Vendor,
	Technical:           Vendor,
	Security:            Vendor,
}

// ParseTopic reads a topic's name, such as business_process. Anything else is a topic.unknown error.
func ParseTopic(s string) (Topic, error) { return topicNames.Parse(s) }

// String returns the topic's name; "" for [UnknownTopic] and any other number.
func (t Topic) String() string { return topicNames.Name(t) }

// check refuses a number that is no topic.
func (t Topic) check() error {
	if t == UnknownTopic {
		return nil
	}
	return topicNames.Check(t)
}
