// Package enum reads and names the closed enumerations of the module: small
// numbers whose zero is unset and whose names stand in one table.
package enum

import (
	"strconv"

	"github.com/coselling/coselling/value"
)

// Parse returns the position of s in names; position 0 belongs to the unset
// value and has no name. Anything else is an error with code that lists the names.
func Parse[T ~uint8](code value.Code, s string, names []string) (T, error) {
	for i := 1; i < len(names); i++ {
		if names[i] == s {
			return T(i), nil
		}
	}
	return 0, value.Known(code, s, names[1:])
}

// Name returns the name of v, or "" where v is unset or out of range.
func Name[T ~uint8](v T, names []string) string {
	if int(v) >= len(names) {
		return ""
	}
	return names[v]
}

// Check returns nil where v is one of the named values, and otherwise an error
// with code that lists the names.
func Check[T ~uint8](code value.Code, v T, names []string) error {
	if v == 0 {
		return value.Known(code, "", names[1:])
	}
	if int(v) >= len(names) {
		return value.Known(code, "number "+strconv.Itoa(int(v)), names[1:])
	}
	return nil
}

// Read reads the name of a value into it, by the function that parses names; where it
// refuses the name, the value stays as it is.
func Read[T any](into *T, text []byte, parse func(string) (T, error)) error {
	v, err := parse(string(text))
	if err == nil {
		*into = v
	}
	return err
}
