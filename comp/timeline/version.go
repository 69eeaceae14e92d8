package timeline

import (
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/enum"
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

func (v Version) clone() Version {
	v.Policy = cloned(v.Policy)
	return v
}

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

// Basis is the date of a deal that decides which version applies to it. The zero value is unset and refused.
type Basis uint8

// The dates of a deal.
const (
	ByClosing      Basis = 1 + iota // the day on which it was won
	ByRegistration                  // the day on which it was registered
)

var basisNames = enum.Of[Basis]("history.basis.unknown", "closing", "registration")

// String returns the name; "" for any other number.
func (b Basis) String() string { return basisNames.Name(b) }

// MarshalText returns what [Basis.String] returns; the error is always nil.
func (b Basis) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads closing or registration; anything else is a history.basis.unknown error.
func (b *Basis) UnmarshalText(text []byte) error { return basisNames.Read(b, text) }

// Terms hold for all versions of a history. They are no part of a version, because the version of a deal
// depends on them. The zero value is refused; start from [DefaultTerms]. Terms are comparable with ==.
type Terms struct {
	FiscalYear comp.FiscalYear `json:"fiscal_year" wire:"needed"` // versions begin with its quarters
	// the date of a deal that decides its version
	DatedBy Basis `json:"dated_by" wire:"needed,set,code=history.basis.unknown"`
}

// DefaultTerms returns complete terms: the fiscal year is the calendar year, and the closing date decides.
func DefaultTerms() Terms {
	return Terms{FiscalYear: comp.FiscalYear{Start: time.January}, DatedBy: ByClosing}
}

func (t Terms) check() error {
	var problems value.Errors
	problems.Add("fiscal_year", t.FiscalYear.Check())
	problems.Add("", wire.Check(&t))
	return problems.Err()
}
