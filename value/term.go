package value

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"
)

// maxTerm bounds the count of a term, as the calendar bounds business days.
const maxTerm = 10_000

// Term is 1 to 10,000 minutes, hours, days of 24 hours, business hours or business days. Minutes, hours and days are
// elapsed time; business hours are elapsed working hours of a [Calendar]; n business days end at 24:00 of the n-th
// business day after the start. [Workplace.End] finds the end. The zero value
// is refused. Values are comparable with ==.
type Term struct {
	n    int
	unit termUnit
}

type termUnit uint8

const (
	inMinutes termUnit = 1 + iota
	inHours
	inDays
	inBusinessHours
	inBusinessDays
)

// termUnits holds the names of the units, and the length of those that are elapsed time.
var termUnits = [...]struct {
	name   string
	length time.Duration
}{
	inMinutes: {"minute", time.Minute}, inHours: {"hour", time.Hour}, inDays: {"day", 24 * time.Hour},
	inBusinessHours: {"business hour", 0}, inBusinessDays: {"business day", 0},
}

// Minutes returns a term of n elapsed minutes. A policy with one out of range is refused (term.range).
func Minutes(n int) Term { return Term{n, inMinutes} }

// Hours returns a term of n elapsed hours, with the bounds of [Minutes].
func Hours(n int) Term { return Term{n, inHours} }

// Days returns a term of n times 24 elapsed hours, with the bounds of [Minutes].
func Days(n int) Term { return Term{n, inDays} }

// BusinessHours returns a term of n working hours, with the bounds of [Minutes].
func BusinessHours(n int) Term { return Term{n, inBusinessHours} }

// BusinessDays returns a term of n business days, with the bounds of [Minutes].
func BusinessDays(n int) Term { return Term{n, inBusinessDays} }

// ParseTerm reads a term as [Term.String] writes it: "30 minutes", "8 business hours", "1 business day", "14 days".
// Errors: term.format, also for "1 hours"; term.range.
func ParseTerm(s string) (Term, error) {
	count, name, _ := strings.Cut(s, " ")
	for u := inMinutes; u <= inBusinessDays; u++ {
		n, err := strconv.ParseUint(count, 10, 31)
		if errors.Is(err, strconv.ErrSyntax) || name != termUnits[u].name && name != termUnits[u].name+"s" {
			continue
		}
		term := Term{int(n), u}
		if err != nil || term.Check() != nil {
			return Term{}, termRange(Quote(s))
		}
		if term.String() == s { // neither "1 hours" nor "02 hours"
			return term, nil
		}
	}
	return Term{}, NewError("term.format", Quote(s),
		`is no term; write it like "24 hours", "14 days" or "1 business day"`)
}

func termRange(got string) *Error {
	return NewError("term.range", got,
		"is out of range; a term has a count of 1 to "+strconv.Itoa(maxTerm))
}

// String returns the term as people say it, like "1 business day"; "" for the zero value.
func (t Term) String() string {
	if t.unit == 0 {
		return ""
	}
	text := strconv.Itoa(t.n) + " " + termUnits[t.unit].name
	if t.n != 1 {
		text += "s"
	}
	return text
}

// AppendText appends what [Term.String] returns; the error is always nil.
func (t Term) AppendText(b []byte) ([]byte, error) { return append(b, t.String()...), nil }

// UnmarshalText reads a term as [ParseTerm] does; with an error t is unchanged.
func (t *Term) UnmarshalText(text []byte) error {
	return read(t, text, ParseTerm)
}

// Check refuses the zero value and a count that is out of range (term.range).
func (t Term) Check() error {
	if t.unit == 0 || t.n < 1 || t.n > maxTerm {
		return termRange(cmp.Or(t.String(), "nothing"))
	}
	return nil
}

// Times returns a term k times as long, which may be out of range. Terms that repeat are counted from one start,
// because business days that are counted from the end of the last ones drift.
func (t Term) Times(k int) Term { return Term{t.n * k, t.unit} }
