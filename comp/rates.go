package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// RateTerms are the rate tables and quotas of a policy and the periods that both count over. The zero value has
// none: payees have flat rates. Where there is a table or a quota, Year and Period are needed.
type RateTerms struct {
	Year   FiscalYear                            // the year whose quarters and years are counted over
	Period Period                                // the span that attainment and period amounts are counted over
	Quotas map[string]map[value.Date]value.Money // by the rep's id and the first day of the period; positive
	Tables map[TableID]RateTable                 // at most 1,000
}

// Period is the span over which attainment, period amounts, floors and caps count; needed where there are tables.
type Period uint8

// The periods.
const (
	Monthly   Period = 1 + iota // calendar months
	Quarterly                   // fiscal quarters
	Yearly                      // fiscal years
)

var (
	periodNames  = enum.Of[Period]("comp.period.unknown", "month", "quarter", "year")
	periodMonths = [...]int{Monthly: 1, Quarterly: quarterMonths, Yearly: yearMonths}
)

// String returns the period's name, or "" for the zero value and unknown numbers.
func (p Period) String() string { return periodNames.Name(p) }

// MarshalText returns what String returns.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads month, quarter or year; anything else is a comp.period.unknown error.
func (p *Period) UnmarshalText(text []byte) error { return periodNames.Read(p, text) }

// Bounds returns the first and the last day of the period that holds a day; zero if day, period or year is unset.
func (r RateTerms) Bounds(day value.Date) (first, last value.Date) {
	if r.Period.String() == "" {
		return value.Date{}, value.Date{}
	}
	span := r.Year.span(day, periodMonths[r.Period])
	return span.first, span.last
}

// IsZero reports whether nothing is set: no year, no period, no quota and no table.
func (r RateTerms) IsZero() bool {
	return r.Year == FiscalYear{} && r.Period == 0 && len(r.Quotas) == 0 && len(r.Tables) == 0
}

func (r RateTerms) clone() RateTerms {
	r.Quotas, r.Tables = maps.Clone(r.Quotas), maps.Clone(r.Tables)
	for rep, quotas := range r.Quotas {
		r.Quotas[rep] = maps.Clone(quotas)
	}
	for id, table := range r.Tables {
		table.Tiers = slices.Clone(table.Tiers)
		r.Tables[id] = table
	}
	return r
}
