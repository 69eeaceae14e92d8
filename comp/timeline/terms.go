package timeline

import (
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Basis is the date of a deal that decides which version applies to it. The zero value is unset and refused.
type Basis uint8

// The dates of a deal.
const (
	ByClosing      Basis = 1 + iota // the day on which it was won
	ByRegistration                  // the day on which it was registered
)

var basisNames = enum.Of[Basis]("history.basis.unknown", "closing", "registration")

// String returns the name, or "" where it is unset.
func (b Basis) String() string { return basisNames.Name(b) }

// MarshalText returns the name; empty text for the zero value.
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
