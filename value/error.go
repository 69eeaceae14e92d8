package value

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxQuoted bounds how much of a refused input an error repeats, in bytes.
const maxQuoted = 64

// Error is one refused input: the rule that refused it, the place, what was given and what is allowed. It is
// the only error type of this module; a list of them is [Errors]. The zero value is not a meaningful error.
//
// errors.Is(err, code) reports whether an error, or one of a list, has a code;
// errors.AsType[*value.Error](err) returns the first one.
type Error struct {
	Code    Code   // the permanent code of the kind of bad input
	Path    string // the place: names joined with dots, like "payees[1].rate"; empty for a bare value
	Got     string // the input, cut to a readable length; "nothing" where it is missing
	Problem string // the problem and what is allowed, as the end of a sentence that begins with Got
}

// NewError returns an error without a path; [Below] adds the path later.
func NewError(code Code, got, want string) *Error {
	return &Error{Code: code, Got: got, Problem: want}
}

// Error returns the path and the sentence, for example
// "role_based.contributions.technical_validation: 130% is above 100%".
func (e *Error) Error() string {
	if e.Path == "" {
		return e.Got + " " + e.Problem
	}
	return e.Path + ": " + e.Got + " " + e.Problem
}

// Is reports whether target is the code of e.
func (e *Error) Is(target error) bool {
	code, ok := target.(Code)
	return ok && code == e.Code
}

// Errors is a list of refused inputs, in the order in which they were found. A nil or empty
// list has no problems; return a list by [Errors.Err].
type Errors []*Error

// Error returns one line for each error.
func (l Errors) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the errors to errors.Is and errors.As; the caller must not change the slice.
func (l Errors) Unwrap() []error {
	list := make([]error, len(l))
	for i, e := range l {
		list[i] = e
	}
	return list
}

// Err returns nil for an empty list and the list otherwise.
func (l Errors) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Add appends err, with path in front of the path of each of its errors. An error that is neither an [*Error]
// nor [Errors] is kept as its text with the code [Unexpected]. A nil err adds nothing.
func (l *Errors) Add(path string, err error) {
	switch e := err.(type) {
	case nil:
	case *Error:
		*l = append(*l, e.below(path))
	case Errors:
		for _, one := range e {
			*l = append(*l, one.below(path))
		}
	default:
		*l = append(*l, &Error{Code: Unexpected, Path: path, Got: Quote(err.Error()), Problem: "was not expected here"})
	}
}

// Refuse appends the error of [NewError] with a path.
func (l *Errors) Refuse(path string, code Code, got, want string) {
	*l = append(*l, &Error{Code: code, Path: path, Got: got, Problem: want})
}

// Below returns a copy of err with path in front of the path of each of its errors. It returns
// nil for nil and for an empty list.
func Below(path string, err error) error {
	switch e := err.(type) {
	case nil:
		return nil
	case *Error:
		return e.below(path)
	default:
		var list Errors
		list.Add(path, err)
		return list.Err()
	}
}

func (e *Error) below(path string) *Error {
	c := *e
	c.Path = JoinPath(path, e.Path)
	return &c
}

// JoinPath joins two paths: with a dot, or with nothing where child is an index
// such as "[1]" or one of the two is empty.
func JoinPath(parent, child string) string {
	if parent == "" || child == "" || child[0] == '[' {
		return parent + child
	}
	return parent + "." + child
}

// Quote returns s as an error shows it: in quotes, with control and invisible characters
// escaped, cut after 64 bytes; "nothing" for the empty string.
func Quote(s string) string {
	if s == "" {
		return "nothing"
	}
	if len(s) <= maxQuoted {
		return strconv.Quote(s)
	}
	cut := maxQuoted
	for cut > maxQuoted-utf8.UTFMax && !utf8.RuneStart(s[cut]) {
		cut-- // not inside a character
	}
	return strconv.Quote(s[:cut]) + "…"
}

// Known returns an error with code, which refuses got and lists the known names; an empty
// got is reported as nothing given.
func Known(code Code, got string, known []string) *Error {
	if got == "" {
		return NewError(code, "nothing", "is given; allowed are "+strings.Join(known, ", "))
	}
	return NewError(code, Quote(got), "is not known; allowed are "+strings.Join(known, ", "))
}

// must returns v, and panics on an error.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// read parses text into a value, which it leaves alone on an error.
func read[T any](into *T, text []byte, parse func(string) (T, error)) error {
	v, err := parse(string(text))
	if err == nil {
		*into = v
	}
	return err
}

// Index returns the path of the i-th element of a list: "payees[1]".
func Index(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
