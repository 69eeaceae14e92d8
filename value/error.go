package value

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxQuoted bounds how much of a refused input an error repeats, in bytes.
const maxQuoted = 64

// Code is the permanent identifier of a rule, a reason or a kind of bad input, such as "money.scale.excess": it
// may be retired and never gets another meaning. Codes are compared bytewise; the zero value is no code. A code is
// an error, so that errors.Is(err, value.MoneyScaleExcess) works; no function returns a bare one.
type Code string

// Error returns the code itself.
func (c Code) Error() string { return string(c) }

// Codes of bad input that this package refuses, each with the input that it refuses.
const (
	Unexpected Code = "error.unexpected" // an error that has no code of its own
	DateFormat Code = "date.format"      // a date that is not written YYYY-MM-DD
	DateRange  Code = "date.range"       // a day that does not exist, and one outside the years 1 to 9999
	// CalendarRange refuses a count of days other than 1 to 10,000, more holidays, and a day outside the years 1
	// to 9999.
	CalendarRange       Code = "calendar.range"
	CurrencyUnknown     Code = "currency.unknown"       // a text that is not the code of a currency that is known here
	CurrencyNoMinorUnit Code = "currency.no_minor_unit" // a code of list one that has no minor unit, such as XAU
	CurrencyEnded       Code = "currency.ended"         // an amount of a day after the last one of its currency
	DecimalFormat       Code = "decimal.format"         // a number that is not digits with at most one point
	MoneyFormat         Code = "money.format"           // text or JSON that is not an amount and a currency
	MoneyScaleExcess    Code = "money.scale.excess"     // an amount finer than its currency's minor unit
	MoneyRange          Code = "money.range"            // an amount of 10¹⁴ major units or more
	MoneyCurrency       Code = "money.currency"         // amounts of two currencies, and an amount without one
	PercentFormat       Code = "percent.format"         // a percentage that is not written like 30% or 12.5%
	PercentRange        Code = "percent.range"          // a percentage beyond ±10,000 %
	PercentAbove        Code = "percent.above"          // a part of a whole above 100 %
	PercentBelow        Code = "percent.below"          // a part of a whole below 0 %
	ratioUndefined      Code = "ratio.undefined"        // a quotient by zero
	RateFormat          Code = "rate.format"            // text that is not an exchange rate with its day
	roundingUnknown     Code = "rounding.unknown"       // a text or number that is not a rounding mode
)

// Class is the kind of an error, by which a host chooses the status of its answer. It is an error, so that
// errors.Is(err, value.Forbidden) works; no function returns a bare one.
type Class uint8

// The classes.
const (
	BadInput  Class = iota // the input is malformed
	Forbidden              // the person or the party must not do this
	Conflict               // it contradicts what is stored
	NotFound               // it does not exist, or the party may not see it
)

// Error returns the name of the class, such as not found; "" for an unknown number.
func (c Class) Error() string {
	if c > NotFound {
		return ""
	}
	return [...]string{"bad input", "forbidden", "conflict", "not found"}[c]
}

// Error is one refused input; it and its list, [Errors], are the only error types of this module. A single problem
// may come as either. The zero value has no meaning. errors.Is(err, code) reports whether an error, or one of a
// list, has a code, and errors.Is(err, class) a class; errors.AsType[*value.Error](err) returns the error, and of a
// list the first.
type Error struct {
	Code    Code   // the permanent code of the kind of bad input
	Path    string // the place: names joined with dots, like "payees[1].rate"; empty for a bare value
	Got     string // the input, cut to a readable length; "nothing" where it is missing
	Problem string // the problem and what is allowed, as the end of a sentence that begins with Got
	Class   Class  // each code has one
}

// NewError returns an error of the class [BadInput] without a path; [Below] adds the path later. got begins the
// sentence and problem ends
// it, both as they are; write nothing for a missing input, and [Quote] a text.
func NewError(code Code, got, problem string) *Error {
	return &Error{Code: code, Got: got, Problem: problem}
}

// Error returns the path and the sentence, like "payees[1].rate: 130% is above 100%"; "" for a nil e.
func (e *Error) Error() string {
	switch {
	case e == nil:
		return ""
	case e.Path == "":
		return e.Got + " " + e.Problem
	default:
		return e.Path + ": " + e.Got + " " + e.Problem
	}
}

// Is reports whether target is the code or the class of e.
func (e *Error) Is(target error) bool {
	if class, ok := target.(Class); ok && e != nil {
		return class == e.Class
	}
	code, ok := target.(Code)
	return ok && e != nil && code == e.Code
}

// Errors is a list of refused inputs in the order found; empty means no problem. Return it by [Errors.Err].
type Errors []*Error

// Error returns one line for each error, joined by line breaks; "" for an empty list.
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

// Err returns nil for an empty list and the list itself otherwise; a list of one stays a list.
func (l Errors) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Add appends err, with path in front of the path of each of its errors. An error that is neither an [*Error]
// nor [Errors] is kept as its text with the code [Unexpected]. A nil err adds nothing, nor does a nil *[Error].
func (l *Errors) Add(path string, err error) {
	switch e := err.(type) {
	case nil:
	case *Error:
		if e != nil {
			*l = append(*l, e.below(path))
		}
	case Errors:
		for _, one := range e {
			if one != nil {
				*l = append(*l, one.below(path))
			}
		}
	default:
		*l = append(*l, &Error{Code: Unexpected, Path: path, Got: Quote(err.Error()), Problem: "was not expected here"})
	}
}

// Refuse appends the error of [NewError] with a path.
func (l *Errors) Refuse(path string, code Code, got, problem string) {
	if l == nil {
		return
	}
	*l = append(*l, &Error{Code: code, Path: path, Got: got, Problem: problem})
}

// Below returns a copy of err with path in front of each path in it; nil for nil, a nil *[Error] and an empty list.
// Any other error becomes a list of one [Error] with the code [Unexpected].
func Below(path string, err error) error {
	switch e := err.(type) {
	case nil:
		return nil
	case *Error:
		if e == nil {
			return nil
		}
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

// JoinPath joins two paths with a dot, or without one where child begins with an index, such as [1].rate; of an
// empty path the other is returned.
func JoinPath(parent, child string) string {
	if parent == "" || child == "" || child[0] == '[' {
		return parent + child
	}
	return parent + "." + child
}

// Quote returns s as an error shows it: in quotes, escaped as in Go; nothing, without quotes, for the empty string.
// A text above 64 bytes is cut, not inside a character, and … follows the quotes.
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

// Known returns an error that refuses got, in quotes, and lists the known names in their order. An empty got
// reads "nothing", and an empty list "allowed are none".
func Known(code Code, got string, known []string) *Error {
	allowed := cmp.Or(strings.Join(known, ", "), "none")
	if got == "" {
		return NewError(code, "nothing", "is given; allowed are "+allowed)
	}
	return NewError(code, Quote(got), "is not known; allowed are "+allowed)
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
	return store(into, v, err)
}

// store puts a value where it belongs, unless it could not be read.
func store[T any](into *T, v T, err error) error {
	switch {
	case err != nil:
		return err
	case into == nil:
		return NewError(Unexpected, "a nil pointer", "has no room for what was read")
	}
	*into = v
	return nil
}

// Index returns the path of the i-th element of a list: "payees[1]".
func Index(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
