package value

import (
	"slices"

	"github.com/coselling/coselling/internal/exact"
)

// Rounding says how an exact amount becomes whole minor units. The zero value is
// unset and refused wherever a rounding is needed. Every mode mirrors: a reversal
// rounds to exactly the negated amount (SPEC 5.2).
type Rounding uint8

// The rounding modes.
const (
	HalfEven         = Rounding(exact.HalfEven)         // half goes to the even neighbour; the default policy's
	HalfAwayFromZero = Rounding(exact.HalfAwayFromZero) // half goes away from zero
	TowardZero       = Rounding(exact.TowardZero)       // fractions are cut
)

func roundings() []string { return []string{"", "half_even", "half_away_from_zero", "toward_zero"} }

// ParseRounding reads half_even, half_away_from_zero or toward_zero; anything
// else is a [RoundingUnknown] error.
func ParseRounding(s string) (Rounding, error) {
	i := slices.Index(roundings(), s)
	if i <= 0 {
		return 0, Known(RoundingUnknown, s, roundings()[1:])
	}
	return Rounding(i), nil
}

// IsValid reports whether r is one of the modes.
func (r Rounding) IsValid() bool { return r >= HalfEven && r <= TowardZero }

// Check returns nil for one of the modes, and a [RoundingUnknown] error otherwise.
func (r Rounding) Check() error {
	if r.IsValid() {
		return nil
	}
	got := ""
	if r != 0 {
		got = "number " + itoa(int(r))
	}
	return Known(RoundingUnknown, got, roundings()[1:])
}

// String returns the mode's name, or "" where it is unset.
func (r Rounding) String() string {
	if !r.IsValid() {
		return ""
	}
	return roundings()[r]
}

// MarshalText returns the mode's name, and nothing for the zero value.
func (r Rounding) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a name as [ParseRounding] does.
func (r *Rounding) UnmarshalText(text []byte) error { return read(r, text, ParseRounding) }
