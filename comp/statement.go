package comp

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Statement is who gets what for one booking, or what a reversal takes back. Its
// lines are ordered by a stable key, the originating side first and then the rep's
// id, so that the order of payees in the booking does not matter.
type Statement struct {
	Booking   string      // the id of the booking or reversal
	Reverses  string      // the id of the reversed booking; empty for a booking
	Model     Model       // the model in force
	Value     value.Money // the deal's value; negated in a reversal
	Quota     value.Money // the larger of the two quota values; negated in a reversal
	Date      value.Date  // the day it counts: of closing or of the reversal; zero where projected
	Projected bool        // the deal is open: nothing is earned yet (comp.closed_only)
	Lines     []Line
}

// Inflation returns all quota credit given over the deal's larger quota value.
// The zero statement has an undefined one.
func (s Statement) Inflation() value.Ratio { return s.inflation(0) }

// SideInflation returns the quota credit given to one side over the deal's larger
// quota value; the two sides add up to [Statement.Inflation].
func (s Statement) SideInflation(side model.Side) value.Ratio { return s.inflation(side) }

func (s Statement) inflation(side model.Side) value.Ratio {
	var credit int64
	for i := range s.Lines {
		if side == 0 || s.Lines[i].Party.Side == side {
			credit += s.Lines[i].QuotaCredit.Minor()
		}
	}
	ratio, _ := value.NewRatio(credit, s.Quota.Minor())
	return ratio
}

// Reverse returns the statement that takes s back: exactly the negated amounts, so
// that each payee nets to zero (comp.clawback). Only a closed booking can be
// reversed, once, as a whole. Errors: [BookingID], [ReversalOf], [ReversalDate].
func (s Statement) Reverse(r Reversal) (Statement, error) {
	var problems value.Errors
	problems.Add("id", checkID(r.ID))
	switch {
	case r.Of != s.Booking || r.ID == s.Booking:
		problems.Add("of", value.NewError(ReversalOf, value.Quote(r.Of), "is not the booking to be reversed, "+value.Quote(s.Booking)))
	case s.Projected:
		problems.Add("of", value.NewError(ReversalOf, value.Quote(r.Of), "is open; only a won deal can be reversed"))
	case s.Reverses != "":
		problems.Add("of", value.NewError(ReversalOf, value.Quote(r.Of), "is a reversal itself"))
	}
	if r.On.IsZero() || r.On.Compare(s.Date) < 0 {
		problems.Add("on", value.NewError(ReversalDate, value.Quote(r.On.String()), "is no day on or after the closing, "+s.Date.String()))
	}
	if len(problems) > 0 {
		return Statement{}, value.In("reversal", problems)
	}
	reversed := s
	reversed.Booking, reversed.Reverses, reversed.Date = r.ID, s.Booking, r.On
	reversed.Value, reversed.Quota = s.Value.Neg(), s.Quota.Neg()
	reversed.Lines = make([]Line, len(s.Lines))
	for i, line := range s.Lines {
		reversed.Lines[i] = line.negated()
	}
	return reversed, nil
}
