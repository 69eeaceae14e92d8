package value_test

import (
	"testing"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

func TestRoundingNames(t *testing.T) {
	names := map[value.Rounding]string{value.HalfEven: "half_even", value.HalfAwayFromZero: "half_away_from_zero", value.TowardZero: "toward_zero"}
	for i := range 256 {
		r := value.Rounding(i)
		name, known := names[r]
		if err := r.Check(); r.String() != name || (err == nil) != known {
			t.Errorf("%d: %q, %v", i, r, err)
		}
		if !known {
			continue
		}
		var back value.Rounding
		if err := back.UnmarshalText([]byte(name)); err != nil || back != r {
			t.Errorf("%s is read as %s, %v", name, back, err)
		}
	}
}

func TestRoundingRefusesUnknownNames(t *testing.T) {
	const allowed = "; allowed are half_even, half_away_from_zero, toward_zero"
	for s, text := range map[string]string{
		"":               "nothing is given" + allowed,
		"up":             `"up" is not known` + allowed,
		"Half_Even":      `"Half_Even" is not known` + allowed,
		"half_even ":     `"half_even " is not known` + allowed,
		"half\u202eeven": `"half\u202eeven" is not known` + allowed,
	} {
		r := value.Rounding(0)
		says(t, s, r.UnmarshalText([]byte(s)), "rounding.unknown", text)
		if r != 0 {
			t.Errorf("%q: refused, yet %s", s, r)
		}
	}
}

// Packages convert between the two by a plain conversion.
func TestRoundingIsTheModeOfThePrimitives(t *testing.T) {
	if exact.Mode(value.HalfEven) != exact.HalfEven || exact.Mode(value.HalfAwayFromZero) != exact.HalfAwayFromZero || exact.Mode(value.TowardZero) != exact.TowardZero {
		t.Error("the numbers differ")
	}
}
