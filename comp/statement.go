package comp

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Statement is who gets what for one booking, or what a reversal takes back. Its
// lines are ordered by a stable key, the originating side first and then the rep's
// id, so that the order of payees in the booking does not matter.
type Statement struct {
	Booking string `json:"booking"` // the id of the booking or reversal
	// the id of the booking that this takes back, in full or in part; else empty
	Reverses string `json:"reverses,omitzero"`
	Pays     string `json:"pays,omitzero"` // the id of the booking of which this pays an instalment; else empty
	// the first day of the period whose floors this pays; else unset
	Period value.Date  `json:"period,omitzero"`
	Model  Model       `json:"model,omitzero"` // the model in force
	Value  value.Money `json:"value,omitzero"` // the deal's value; negated in a reversal
	Quota  value.Money `json:"quota,omitzero"` // the larger of the two quota values; negated in a reversal
	// the day it counts: of closing or of the reversal; zero where projected
	Date      value.Date `json:"date,omitzero"`
	Projected bool       `json:"projected,omitzero"` // the deal is open: nothing is earned yet (comp.closed_only)
	// who gets what; in the order of the payees
	Lines []Line `json:"lines,omitzero"`
}

// Inflation returns all quota credit given over the deal's larger quota value. It
// is undefined for the zero statement, and where a statement made by hand gives
// more credit than 64 bits hold.
//
// [Totals.Side] has that of one side.
func (s Statement) Inflation() value.Ratio { return s.inflation(0) }

// inflation counts the quota credit of one side; of both where it is unset.
func (s *Statement) inflation(side model.Side) value.Ratio {
	var credit int64
	for i := range s.Lines {
		if side != 0 && s.Lines[i].Party.Side != side {
			continue
		}
		minor := s.Lines[i].QuotaCredit.Minor()
		if sum := credit + minor; (sum > credit) != (minor > 0) {
			return value.Ratio{}
		}
		credit += minor
	}
	ratio, _ := value.NewRatio(credit, s.Quota.Minor())
	return ratio
}

// Reverse returns the statement that takes s back on a day: exactly the negated
// amounts, so that each payee nets to zero (comp.clawback). The reversal has an id
// of its own. Only a won booking can be reversed, as a whole; keeping it from
// being reversed twice is the caller's. For a part of it, and for a deal paid in
// instalments, see [Payout]; where rates have a history, [Run.Reverse]. Errors: [BookingID], [ReversalOf] for an
// open deal, a reversal or a reused id, [ReversalDate] for a day before the closing.
func (s Statement) Reverse(id string, on value.Date) (Statement, error) {
	var problems value.Errors
	problems.Add("id", checkID(BookingID, id))
	switch {
	case id == s.Booking:
		problems.Refuse("id", ReversalOf, value.Quote(id), "is the id of the booking to be reversed; give the reversal its own")
	case s.Reverses != "":
		problems.Refuse("", ReversalOf, value.Quote(s.Booking), "is a reversal itself")
	case !s.isBooking():
		problems.Refuse("", ReversalOf, value.Quote(s.Booking), "is no booking; an instalment is taken back with its deal, and what a floor paid stands")
	case s.Projected || s.Date.IsZero():
		problems.Refuse("", ReversalOf, value.Quote(s.Booking), "is not won; only a won deal can be reversed")
	}
	if on.Compare(s.Date) < 0 {
		problems.Refuse("on", ReversalDate, value.Quote(on.String()), "is no day on or after the closing, "+s.Date.String())
	}
	if len(problems) > 0 {
		return Statement{}, value.In("reversal", problems)
	}
	whole := Payout{origin: s, received: s.Value.Minor(), last: s.Date}
	reversal, err := whole.Reverse(Movement{ID: id, On: on})
	return reversal.Statement, err
}

// isBooking reports whether s prices a booking, rather than what follows one.
func (s *Statement) isBooking() bool { return s.kind() == ofBooking }
