package model

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

const (
	maxMatrixBytes = 1 << 20
	maxMatrixDepth = 4
)

// rowWire is the JSON form of [Row]. Pointers tell a missing member from an empty one.
type rowWire struct {
	Responsibility *string   `json:"responsibility" schema:"1..1024"` // the id, which tasks name
	Says           *string   `json:"says" schema:"0..1024"`
	PartnerLed     *cellWire `json:"partner_led"`  // who does it where the partner owns the sale
	VendorLed      *cellWire `json:"vendor_led"`   // who does it where the vendor owns the sale
	TrueCoSell     *cellWire `json:"true_co_sell"` // who does it where both own the sale
}

// cellWire is the JSON form of [Cell].
type cellWire struct {
	Mode    *string `json:"mode" schema:"names=modeNames"` // how the two sides share it
	Leader  *string `json:"leader,omitempty" schema:"names=sideNames"`
	Support *string `json:"support,omitempty" schema:"0..1024"`
	How     *string `json:"how,omitempty" schema:"0..1024"`
	Derived *bool   `json:"derived,omitempty"`
}

// ParseMatrix reads the JSON form of a matrix: a list of rows, at most 1 MiB. Every
// member is needed but leader, support, how and derived of a cell; a repeated, unknown
// or wrongly cased one and trailing data are refused, the first with its path. Problems
// of values are returned all at once, so that what ParseMatrix returns has none for
// [Matrix.Check].
func ParseMatrix(data []byte) (Matrix, error) {
	m, err := parseMatrix(data)
	return m, value.In("roles", err)
}

func parseMatrix(data []byte) (Matrix, error) {
	var wire []*rowWire
	if err := strictjson.Decode(data, &wire, strictjson.Limits{Bytes: maxMatrixBytes, Depth: maxMatrixDepth}); err != nil {
		return nil, err
	}
	m, problems := make(Matrix, len(wire)), value.Errors{}
	for i, w := range wire {
		row := &m[i]
		row.Responsibility, row.Says = Responsibility(*w.Responsibility), *w.Says
		for j, cell := range [...]*cellWire{w.PartnerLed, w.VendorLed, w.TrueCoSell} {
			e := PartnerLed + Engagement(j)
			read, wrong := cell.cell()
			problems.Add(value.JoinPath(value.Index("", i), e.String()), wrong.Err())
			*row.under(e) = read
		}
	}
	problems.Add("", m.Check())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

func (r *Row) under(e Engagement) *Cell {
	return [...]*Cell{&r.PartnerLed, &r.VendorLed, &r.TrueCoSell}[e-PartnerLed]
}

// cell converts the wire form. One that could not be read is joint, which causes no
// further problem.
func (w cellWire) cell() (Cell, value.Errors) {
	var problems value.Errors
	c := Cell{Support: or(w.Support), How: or(w.How), Derived: or(w.Derived)}
	var err error
	c.Mode, err = enum.Parse[Mode](ModeUnknown, *w.Mode, modeNames[:])
	problems.Add("mode", err)
	if w.Leader != nil {
		c.Leader, err = ParseSide(*w.Leader)
		problems.Add("leader", err)
	}
	if len(problems) > 0 {
		c.Mode, c.Leader = Joint, 0
	}
	return c, problems
}

func or[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// MarshalJSON returns the canonical form: the rows as they stand, every member in a
// fixed order, those that say nothing left out. [ParseMatrix] gives an equal matrix
// back. A matrix that [Matrix.Check] refuses is written as it stands; only text that is
// not UTF-8 cannot be.
func (m Matrix) MarshalJSON() ([]byte, error) {
	wire := make([]*rowWire, len(m))
	for i, row := range m {
		wire[i] = &rowWire{
			Responsibility: new(string(row.Responsibility)), Says: new(row.Says),
			PartnerLed: row.PartnerLed.wire(), VendorLed: row.VendorLed.wire(), TrueCoSell: row.TrueCoSell.wire(),
		}
	}
	return json.Marshal(wire)
}

func (c Cell) wire() *cellWire {
	return &cellWire{
		Mode: new(c.Mode.String()), Leader: some(c.Leader.String()),
		Support: some(c.Support), How: some(c.How), Derived: some(c.Derived),
	}
}

// some returns nil for the zero value, which is not written.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// UnmarshalJSON is [ParseMatrix] for a matrix inside another document. The paths of its
// errors begin inside the matrix; the document knows where that stands.
func (m *Matrix) UnmarshalJSON(data []byte) error {
	parsed, err := parseMatrix(data)
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}
