package escalation

import (
	"cmp"
	"errors"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// maxTerm bounds the count of a term, as value.Calendar bounds business days.
const maxTerm = 10_000

// Term is 1 to 10,000 hours, days of 24 hours or business days. Hours and days are elapsed time; n business days
// end at 24:00 of the n-th business day after the start. The zero value is refused. Values are comparable with ==.
type Term struct {
	n    int
	unit unit
}

type unit uint8

const (
	hours unit = 1 + iota
	days
	businessDays
)

var unitNames = [...]string{"", "hour", "day", "business day"}

// Hours returns a term of n elapsed hours. A policy with one out of range is refused (esc.term.range).
func Hours(n int) Term { return Term{n, hours} }

// Days returns a term of n times 24 elapsed hours, with the bounds of [Hours].
func Days(n int) Term { return Term{n, days} }

// BusinessDays returns a term of n business days, with the bounds of [Hours].
func BusinessDays(n int) Term { return Term{n, businessDays} }

// ParseTerm reads a term as [Term.String] writes it: "24 hours", "1 business day", "14 days". Errors: esc.term.format,
// also for "1 hours"; esc.term.range.
func ParseTerm(s string) (Term, error) {
	count, name, _ := strings.Cut(s, " ")
	for u := hours; u <= businessDays; u++ {
		n, err := strconv.ParseUint(count, 10, 31)
		if errors.Is(err, strconv.ErrSyntax) || name != unitNames[u] && name != unitNames[u]+"s" {
			continue
		}
		term := Term{int(n), u}
		if err != nil || term.check() != nil {
			return Term{}, termRange(value.Quote(s))
		}
		if term.String() == s { // neither "1 hours" nor "02 hours"
			return term, nil
		}
	}
	return Term{}, value.NewError("esc.term.format", value.Quote(s),
		`is no term; write it like "24 hours", "14 days" or "1 business day"`)
}

func termRange(got string) *value.Error {
	return value.NewError("esc.term.range", got,
		"is out of range; a term is 1 to "+strconv.Itoa(maxTerm)+" hours, days or business days")
}

// String returns the term as people say it, like "1 business day"; "" for the zero value.
func (t Term) String() string {
	if t.unit == 0 {
		return ""
	}
	text := strconv.Itoa(t.n) + " " + unitNames[t.unit]
	if t.n != 1 {
		text += "s"
	}
	return text
}

// AppendText appends what [Term.String] returns; the error is always nil.
func (t Term) AppendText(b []byte) ([]byte, error) { return append(b, t.String()...), nil }

// UnmarshalText reads a term as [ParseTerm] does; with an error t is unchanged.
func (t *Term) UnmarshalText(text []byte) error { return enum.Read(t, text, ParseTerm) }

func (t Term) check() error {
	if t.n < 1 || t.n > maxTerm {
		return termRange(cmp.Or(t.String(), "nothing"))
	}
	return nil
}

// clock computes the ends of terms in a zone and by a calendar.
type clock struct{ value.Workplace }

// end returns the instant at which t ends. That instant itself is too late.
func (c clock) end(t Term, start time.Time) (time.Time, error) { return c.multiple(t, start, 1) }

// multiple returns the end of k terms in a row, counted from start, so that repeated terms do not drift.
func (c clock) multiple(t Term, start time.Time, k int) (time.Time, error) {
	switch t.unit {
	case hours:
		return start.Add(time.Duration(k*t.n) * time.Hour), nil
	case days:
		return start.Add(time.Duration(k*t.n) * 24 * time.Hour), nil
	default:
		return c.Deadline(start, k*t.n)
	}
}

// lastEnd returns the last end of the repeated term up to at, or start; it counts 10,000 units at most.
func (c clock) lastEnd(t Term, start, at time.Time) (time.Time, error) {
	least := time.Duration(t.n) * time.Hour
	if t.unit != hours {
		least *= 24
	}
	most := int(at.Sub(start)/least) + 2 // where clocks change or skip a day, days are shorter
	k := sort.Search(min(most, maxTerm/t.n), func(i int) bool {
		end, err := c.multiple(t, start, i+1)
		return err != nil || end.After(at)
	})
	if k == 0 {
		return start, nil
	}
	return c.multiple(t, start, k)
}
