package comp

import (
	"math/big"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Statement holds what every payee gets for one booking, or what a reversal takes back. Its lines are sorted, the
// originating side first, of several partners the lower organisation, then by the rep's id: the order of the payees
// does not matter.
type Statement struct {
	Booking   string       `json:"booking"`            // the id of the booking or movement
	Of        string       `json:"of,omitzero"`        // of a movement: the id of the booking
	Kind      MovementKind `json:"kind,omitzero"`      // of a movement: what it does
	Period    value.Date   `json:"period,omitzero"`    // of a closing: the first day of the period whose floor it pays
	Model     Model        `json:"model,omitzero"`     // the model in force
	Value     value.Money  `json:"value,omitzero"`     // the deal's value; negated in a reversal, zero as money moves
	Quota     value.Money  `json:"quota,omitzero"`     // the larger of the two quota values; like Value in a movement
	Date      value.Date   `json:"date,omitzero"`      // of the closing or movement; zero where projected
	Projected bool         `json:"projected,omitzero"` // the deal is open: nothing is earned yet (comp.closed_only)
	Deferred  bool         `json:"deferred,omitzero"`  // commission falls due as money is received; see [Plan.Payout]
	Lines     []Line       `json:"lines,omitzero"`     // a line for each payee, and more for true-ups
}

// Inflation returns all quota credit over the deal's larger quota value; [Totals.Side] has that of one side. It is
// undefined for the zero statement, and where a statement made by hand gives more credit than 64 bits hold.
func (s Statement) Inflation() value.Ratio { return s.inflation(0) }

// inflation returns the inflation of one side; of both where side is unset.
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

// Reverse returns the statement, with another id than the booking's, that takes s back on a day: exactly the
// negated amounts, so that every payee nets to zero (comp.clawback). The caller must not reverse it twice. For a
// part of a deal, and where money moves, see [Payout]. Errors: [BookingID]; [ReversalOf] for an open deal, a movement,
// a deferred booking or a reused id; reversal.date for a day before the closing.
func (s Statement) Reverse(id string, on value.Date) (Statement, error) {
	var problems value.Errors
	problems.Add("id", checkID(BookingID, id))
	switch {
	case id == s.Booking:
		const want = "is the id of the booking to be reversed; give the reversal another id"
		problems.Refuse("id", ReversalOf, value.Quote(id), want)
	case s.Kind == Reversed:
		problems.Refuse("", ReversalOf, value.Quote(s.Booking), "is a reversal itself")
	case !s.isBooking():
		const want = "is no booking; moved money is taken back with its deal, and a floor is not taken back"
		problems.Refuse("", ReversalOf, value.Quote(s.Booking), want)
	case s.Deferred:
		const want = "is paid as the customer pays; what is taken back depends on what was received"
		problems.Refuse("", ReversalOf, value.Quote(s.Booking), want)
	case s.Projected || s.Date.IsZero():
		problems.Refuse("", ReversalOf, value.Quote(s.Booking), "is not won; only a won deal can be reversed")
	}
	if on.Compare(s.Date) < 0 {
		want := "is no day on or after the closing, " + s.Date.String()
		problems.Refuse("on", "reversal.date", value.Quote(on.String()), want)
	}
	if len(problems) > 0 {
		return Statement{}, value.Below("reversal", problems)
	}
	whole := Payout{origin: s}
	for i := range s.Lines {
		whole.due = append(whole.due, new(big.Rat).SetInt64(s.Lines[i].Commission.Minor()))
	}
	reversal := Movement{ID: id, Kind: Reversed, On: on}
	minor := s.Value.Minor()
	return whole.statement(&reversal, balance{left: minor, received: minor}, balance{}), nil
}

// isBooking reports whether s prices a booking: it is no reversal, instalment or closing.
func (s *Statement) isBooking() bool { return s.kind() == ofBooking }
