// Package enum reads and names closed enumerations: small numbers whose zero is unset.
package enum

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

type number interface{ ~uint8 | ~int }

// Names holds the names of the values of T from 1 on, and the code that refuses others. It is immutable.
type Names[T number] struct {
	code  value.Code
	names []string // of the unset value ""
}

// Of returns the names of the values from 1 on, with the code that refuses others.
func Of[T number](code value.Code, names ...string) Names[T] {
	return Names[T]{code, append([]string{""}, names...)}
}

// Parse returns the value of a name; any other text, also "", is an error that lists the names.
func (n Names[T]) Parse(s string) (T, error) {
	if i := slices.Index(n.names, s); i > 0 {
		return T(i), nil
	}
	return 0, value.Known(n.code, s, n.names[1:])
}

// Name returns the name of v, or "" where v is unset or out of range.
func (n Names[T]) Name(v T) string { return Name(v, n.names) }

// Check returns nil where v is one of the named values, and otherwise an error that lists the names.
func (n Names[T]) Check(v T) error {
	if v == 0 {
		return value.Known(n.code, "", n.names[1:])
	}
	if n.Name(v) == "" {
		return value.Known(n.code, "number "+strconv.Itoa(int(v)), n.names[1:])
	}
	return nil
}

// Read reads the name of a value into it, as Parse does.
func (n Names[T]) Read(into *T, text []byte) error { return Read(into, text, n.Parse) }

// Read parses text into a value, and leaves the value alone on an error.
func Read[T any](into *T, text []byte, parse func(string) (T, error)) error {
	v, err := parse(string(text))
	switch {
	case err != nil:
		return err
	case into == nil:
		return value.NewError(value.Unexpected, "a nil pointer", "has no room for what was read")
	}
	*into = v
	return nil
}

// Name returns the name of v, or "" where it has none. It is for enumerations that are only written.
func Name[T number](v T, names []string) string {
	if uint(v) >= uint(len(names)) {
		return ""
	}
	return names[v]
}
