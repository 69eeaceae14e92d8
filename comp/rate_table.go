package comp

import (
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// TableID names a rate table of the policy, in the form of a [Contribution]. The zero value names none.
type TableID string

// Measure is the quantity that chooses the tier of a table. The zero value is unset and refused.
type Measure uint8

// The measures.
const (
	Attainment   Measure = 1 + iota // quota credit of the period ÷ the rep's quota of the period
	PeriodAmount                    // quota credit of the period
	DealAmount                      // credit of the line
)

var measureNames = enum.Of[Measure]("comp.measure.unknown", "attainment", "period_amount", "deal_amount")

// String returns the measure's name, or "" for the zero value and unknown numbers.
func (m Measure) String() string { return measureNames.Name(m) }

// MarshalText returns what String returns.
func (m Measure) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads attainment, period_amount or deal_amount; anything else is a
// comp.measure.unknown error.
func (m *Measure) UnmarshalText(text []byte) error { return measureNames.Read(m, text) }

// Method is the way in which a table prices a credit beyond one tier. The zero value is refused.
type Method uint8

// The methods.
const (
	Marginal    Method = 1 + iota // the credit is cut at the exact bounds of the tiers
	Retroactive                   // the reached tier prices the line, and by a true-up the period's earlier deals
)

var methodNames = enum.Of[Method]("comp.method.unknown", "marginal", "retroactive")

// String returns the method's name, or "" for the zero value and unknown numbers.
func (m Method) String() string { return methodNames.Name(m) }

// MarshalText returns what String returns.
func (m Method) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads marginal or retroactive; anything else is a comp.method.unknown error.
func (m *Method) UnmarshalText(text []byte) error { return methodNames.Read(m, text) }

// RateTable is a commission rate by tiers. A zero floor or cap is none; a cap below its floor wins.
type RateTable struct {
	Measure     Measure
	Method      Method
	Currency    value.Currency // of all amounts in the table; zero in a table without amounts
	Tiers       []Tier         // 1 to 100, from zero upward, without gap or overlap
	DealFloor   value.Money    // the least that a deal's line pays
	DealCap     value.Money    // the most that a deal's line pays; a true-up is not part of it
	PeriodFloor value.Money    // the least that the table pays in a period; closing the period pays the rest
	PeriodCap   value.Money    // the most that the table pays in a period, true-ups included
}

// Tier is one half-open rate of a table: From belongs to it, To to the next. The lowest prices credit below zero.
type Tier struct {
	From Bound         // the To of the tier before; zero for the first one
	To   Bound         // zero for the last tier, which has no end
	Rate value.Percent // 0 % to 100 %
}

// Bound is a lower or upper bound of a tier: an attainment, up to 10,000 %, where the table measures attainment,
// else an amount. As an upper bound the zero value means that the tier has no end.
type Bound struct {
	Attainment value.Percent
	Amount     value.Money
}

func (b Bound) isZero() bool { return b.Attainment.Millionths() == 0 && b.Amount.Minor() == 0 }

// String returns the bound like "120%" or "50000.00 USD".
func (b Bound) String() string {
	if b.Amount.IsZero() {
		return percent(b.Attainment.Millionths()).String()
	}
	return b.Amount.String()
}

// number returns the bound in millionths of a percent or in minor units.
func (b Bound) number(m Measure) int64 {
	if m == Attainment {
		return b.Attainment.Millionths()
	}
	return b.Amount.Minor()
}

// history reports whether the table needs the earlier deals of the period.
func (t RateTable) history() bool {
	return t.Measure != DealAmount || !t.PeriodFloor.IsZero() || !t.PeriodCap.IsZero()
}
