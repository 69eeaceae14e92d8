package timeline

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// A history has a century of quarters, at most, and as many corrections.
const (
	most   = 400
	atMost = "400"
)

// Version is one state of the compensation policy and the days on which it is in
// force: from From until the day before the next version begins, both included.
// The zero value is refused.
type Version struct {
	// unique among versions and corrections; 1 to 256 bytes of UTF-8
	ID string `json:"id" wire:"needed,1..256,code=history.id"`
	// the first day; after the first version that of a fiscal quarter
	From value.Date `json:"from" wire:"needed,set,code=history.date"`
	// the last day, that of a fiscal quarter; zero: as long as no other version begins
	To     value.Date  `json:"to,omitzero" wire:"filled"`
	Policy comp.Policy `json:"policy" wire:"needed"` // complete
}

func (v Version) clone() Version {
	v.Policy = cloned(v.Policy)
	return v
}

// cloned returns a policy that shares nothing with p.
func cloned(p comp.Policy) comp.Policy { return p.Under(p.Model) }

// checkFields returns what is wrong with the version alone, its place among others and
// the rules of its policy aside.
func (v Version) checkFields() error {
	var problems value.Errors
	problems.Add("", wire.Check(&v))
	if !v.To.IsZero() && v.To.Before(v.From) {
		problems.Refuse("to", Overlap, v.To.String(), "is before the version begins, "+v.From.String())
	}
	return problems.Err()
}
