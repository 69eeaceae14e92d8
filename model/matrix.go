package model

import (
	"strconv"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Responsibility is one thing that someone must do in a deal. It is an open
// identifier: an importer's own [Matrix] may have rows of its own.
type Responsibility string

// The responsibilities of the default matrix (SPEC 2.1).
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
	Integration           Responsibility = "role.integration"
	Deployment            Responsibility = "role.deployment"
)

// Mode is how the two sides share a responsibility. The zero value is unset and
// invalid.
type Mode uint8

// The modes.
const (
	Leads      Mode = 1 + iota // one side leads
	Joint                      // both do it together
	Alternates                 // the side of the meeting's topic leads
)

var modeNames = [...]string{"", "leads", "joint", "alternates"}

// String returns leads, joint, alternates, or "" where the mode is unset.
func (m Mode) String() string { return enum.Name(m, modeNames[:]) }

// Cell says who does a responsibility under one engagement model. The zero value is
// refused by [Matrix.Check].
type Cell struct {
	Mode    Mode
	Leader  Side   // who leads; unset for joint and alternating work
	Support string // the other side's named part; where empty it is informed only
	How     string // how the work is shared, where that needs words
	Derived bool   // a default of this library, which the practice leaves open
}

// Row is one responsibility under the three engagement models. All three cells are
// needed.
type Row struct {
	Responsibility                    Responsibility
	Says                              string // the responsibility in words
	PartnerLed, VendorLed, TrueCoSell Cell
}

// Under returns the row's cell for a model; the zero cell where e is none.
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

// Matrix is a responsibility matrix: who does what under which engagement model, in
// the order in which it is shown. An importer changes the rows of [DefaultMatrix] or
// appends its own. Nil and empty have no responsibilities and are refused.
type Matrix []Row

const (
	maxRows    = 1000
	maxRowText = 1024 // bytes, of an id too
)

// Check returns every problem of a matrix: no row, a row without an id or twice,
// a cell without a mode, a leading side missing or too much. These are
// [MatrixIncomplete] errors with their path, such as "[3].true_co_sell". More than
// 1,000 rows and texts above 1,024 bytes are [MatrixExcess] errors.
func (m Matrix) Check() error {
	var problems value.Errors
	if len(m) == 0 {
		problems.Add("", value.NewError(MatrixIncomplete, "an empty matrix", "says nothing about who does what"))
	}
	if len(m) > maxRows {
		return value.NewError(MatrixExcess, strconv.Itoa(len(m))+" rows", "are above the limit of "+strconv.Itoa(maxRows))
	}
	seen := map[Responsibility]bool{}
	for i := range m {
		if err := m[i].check(seen); err != nil { // the path is not made for nothing
			problems.Add(value.Index("", i), err)
		}
	}
	return problems.Err()
}

// check returns every problem of a row that comes after those seen.
func (r Row) check(seen map[Responsibility]bool) error {
	var problems value.Errors
	if r.Responsibility == "" || seen[r.Responsibility] {
		problems.Add("responsibility", value.NewError(MatrixIncomplete, value.Quote(string(r.Responsibility)), "is no id or stands there twice"))
	}
	seen[r.Responsibility] = true
	problems.Add("responsibility", checkRowText(string(r.Responsibility)))
	problems.Add("says", checkRowText(r.Says))
	for e := PartnerLed; e <= TrueCoSell; e++ {
		problems.Add(e.String(), r.Under(e).check())
	}
	return problems.Err()
}

func checkRowText(s string) error {
	if len(s) > maxRowText {
		return value.NewError(MatrixExcess, value.Quote(s), "is longer than "+strconv.Itoa(maxRowText)+" bytes")
	}
	return nil
}

func (c Cell) check() error {
	var problems value.Errors
	problems.Add("", c.checkMode())
	problems.Add("support", checkRowText(c.Support))
	problems.Add("how", checkRowText(c.How))
	return problems.Err()
}

func (c Cell) checkMode() error {
	if c.Mode == Leads && c.Leader.IsValid() || (c.Mode == Joint || c.Mode == Alternates) && c.Leader == 0 {
		return nil
	}
	return value.NewError(MatrixIncomplete, "mode "+value.Quote(c.Mode.String())+" with leader "+value.Quote(c.Leader.String()),
		"does not say who is accountable; one side leads, or the work is joint or alternates and has no leader")
}
