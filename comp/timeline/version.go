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

// Version is a compensation policy and the days on which it is in force: from From to the
// day before the next version begins, both included. The zero value is refused.
type Version struct {
	// unique among versions and corrections; 1 to 256 bytes of UTF-8
	ID string `json:"id" wire:"needed,1..256,code=history.id"`
	// the first day; of a version after the first the first day of a fiscal quarter
	From value.Date `json:"from" wire:"needed,set,code=history.date"`
	// the last day, which ends a fiscal quarter; zero: until the next version begins
	To     value.Date  `json:"to,omitzero" wire:"filled"`
	Policy comp.Policy `json:"policy" wire:"needed"` // complete
}

// version is a version with its plan. The plan is nil until the policy is checked.
type version struct {
	Version
	plan *comp.Plan
}

// clone returns a copy that shares nothing with v.
func (v Version) clone() Version {
	v.Policy = cloned(v.Policy)
	return v
}

// cloned returns a copy of p that shares nothing with it.
func cloned(p comp.Policy) comp.Policy { return p.Under(p.Model) }

// checkFields returns the problems of the version's fields, without those of its policy.
func (v Version) checkFields() error {
	var problems value.Errors
	problems.Add("", wire.Check(&v))
	if !v.To.IsZero() && v.To.Before(v.From) {
		problems.Refuse("to", overlap, v.To.String(), "is before the version begins, "+v.From.String())
	}
	return problems.Err()
}
