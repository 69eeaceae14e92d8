package comp

import (
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

const (
	yearMonths    = 12
	quarterMonths = 3
	allMonths     = 10_000 * yearMonths
)

var monthNames = enum.Of[time.Month]("comp.fiscal_year.start", "january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december")

// FiscalYear holds the month on whose first day fiscal years begin. The zero value is unset and refused; the
// calendar year is FiscalYear{time.January}. FiscalYear is comparable with ==.
type FiscalYear struct {
	Start time.Month
}

// String returns the lower-case name of the month in which the year begins; "" where f is unset or out of range.
func (f FiscalYear) String() string { return monthNames.Name(f.Start) }

// AppendText appends what [FiscalYear.String] returns.
func (f FiscalYear) AppendText(b []byte) ([]byte, error) { return append(b, f.String()...), nil }

// MarshalText returns what [FiscalYear.String] returns.
func (f FiscalYear) MarshalText() ([]byte, error) { return f.AppendText(nil) }

// UnmarshalText reads what [FiscalYear.String] returns, such as "february"; else a comp.fiscal_year.start error.
func (f *FiscalYear) UnmarshalText(text []byte) error {
	return enum.Read(f, text, func(s string) (FiscalYear, error) {
		start, err := monthNames.Parse(s)
		return FiscalYear{start}, err
	})
}

// Check returns nil where f begins in a month, and a comp.fiscal_year.start error otherwise.
func (f FiscalYear) Check() error { return monthNames.Check(f.Start) }

// Quarter returns the fiscal quarter that holds d; the zero quarter where f or d is unset or f is out of range.
func (f FiscalYear) Quarter(d value.Date) Quarter { return f.span(d, quarterMonths) }

// span returns the part of the fiscal year, of so many months, that holds d.
func (f FiscalYear) span(d value.Date, months int) Quarter {
	if f.Check() != nil || d.IsZero() {
		return Quarter{}
	}
	year, month, _ := d.YMD()
	into := (int(month) - int(f.Start) + yearMonths) % months
	return spanFrom(year*yearMonths+int(month)-1-into, months)
}

// Quarter holds the days of a fiscal quarter; see [FiscalYear.Quarter]. The zero value is no quarter. Quarters are
// comparable with ==. The ends of the calendar, 0001-01-01 and 9999-12-31, may cut one.
type Quarter struct {
	first, last value.Date
}

// spanFrom returns the days of so many months from a month counted from the year 0, within the calendar.
func spanFrom(month, months int) Quarter {
	first, err := firstDay(month)
	if err != nil {
		first = value.MustDate("0001-01-01")
	}
	next, err := firstDay(month + months)
	if err != nil {
		return Quarter{first, value.MustDate("9999-12-31")}
	}
	last, _ := next.AddDays(-1)
	return Quarter{first, last}
}

func firstDay(month int) (value.Date, error) {
	return value.NewDate(month/yearMonths, time.Month(month%yearMonths+1), 1)
}

// First returns the first day; the zero date for no quarter.
func (q Quarter) First() value.Date { return q.first }

// Last returns the last day; the zero date for no quarter.
func (q Quarter) Last() value.Date { return q.last }

// Next returns the quarter after q; no quarter at the end of the calendar, and where q is no quarter.
func (q Quarter) Next() Quarter {
	next, err := q.last.AddDays(1)
	if err != nil {
		return Quarter{}
	}
	year, month, _ := next.YMD()
	return spanFrom(year*yearMonths+int(month)-1, quarterMonths)
}

// IsZero reports whether q is no quarter.
func (q Quarter) IsZero() bool { return q == Quarter{} }

// String returns both days, like "2026-11-01 to 2027-01-31"; "" for no quarter.
func (q Quarter) String() string {
	if q.IsZero() {
		return ""
	}
	return q.first.String() + " to " + q.last.String()
}
