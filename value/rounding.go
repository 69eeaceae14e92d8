package value

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/exact"
)

// Rounding is a way in which an exact amount becomes whole minor units. The zero value is unset and refused. −x
// rounds to the negative of the rounded x, so that a reversal takes back what was given (comp.conserve).
type Rounding uint8

// The rounding modes.
const (
	HalfEven         = Rounding(exact.HalfEven)         // a half goes to the even neighbour; the default policy has it
	HalfAwayFromZero = Rounding(exact.HalfAwayFromZero) // a half goes away from zero
	TowardZero       = Rounding(exact.TowardZero)       // fractions are cut off
)

func roundings() []string { return []string{"", "half_even", "half_away_from_zero", "toward_zero"} }

// Check returns nil for one of the modes, and a rounding.unknown error otherwise.
func (r Rounding) Check() error {
	switch {
	case r == 0:
		return Known(roundingUnknown, "", roundings()[1:])
	case r > TowardZero:
		return Known(roundingUnknown, "number "+strconv.Itoa(int(r)), roundings()[1:])
	default:
		return nil
	}
}

// String returns the mode's name; "" for any other number.
func (r Rounding) String() string {
	if r > TowardZero {
		return ""
	}
	return roundings()[r]
}

// MarshalText returns what [Rounding.String] returns; the error is always nil.
func (r Rounding) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads half_even, half_away_from_zero or toward_zero; others are a rounding.unknown error.
func (r *Rounding) UnmarshalText(text []byte) error {
	i := slices.Index(roundings(), string(text))
	if i <= 0 {
		return Known(roundingUnknown, string(text), roundings()[1:])
	}
	return store(r, Rounding(i), nil)
}
