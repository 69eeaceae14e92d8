package enum_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

const colourUnknown value.Code = "colour.unknown"

type colour uint8

var colours = enum.Of[colour](colourUnknown, "red", "green", "blue")

func TestNamesAreReadBack(t *testing.T) {
	for i := range 256 {
		v := colour(i)
		name, err := colours.Name(v), colours.Check(v)
		if i == 0 || i > 3 {
			want := "nothing is given; allowed are red, green, blue"
			if i > 0 {
				want = fmt.Sprintf("%q is not known; allowed are red, green, blue", fmt.Sprintf("number %d", i))
			}
			if name != "" || !errors.Is(err, colourUnknown) || err.Error() != want {
				t.Errorf("%d: %q, %v", i, name, err)
			}
			continue
		}
		if name != [...]string{"", "red", "green", "blue"}[i] || err != nil {
			t.Errorf("%d: %q, %v", i, name, err)
		}
		if back, err := colours.Parse(name); back != v || err != nil {
			t.Errorf("%q is read as %d, %v", name, back, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const allowed = "; allowed are red, green, blue"
	for s, want := range map[string]string{
		"":                       "nothing is given" + allowed,
		"Red":                    `"Red" is not known` + allowed,
		"red ":                   `"red " is not known` + allowed,
		"1":                      `"1" is not known` + allowed,
		"r\u202eed":              `"r\u202eed" is not known` + allowed,
		strings.Repeat("x", 100): `"` + strings.Repeat("x", 64) + `"… is not known` + allowed,
	} {
		v, err := colours.Parse(s)
		if v != 0 || !errors.Is(err, colourUnknown) || err.Error() != want {
			t.Errorf("%q: %d, %v", s, v, err)
		}
	}
}

// A nil *value.Error must not become an error.
func TestCheckOfAKnownValueIsNil(t *testing.T) {
	if err := colours.Check(1); err != nil {
		t.Errorf("%#v", err)
	}
}
