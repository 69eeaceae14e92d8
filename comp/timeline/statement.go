package timeline

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Statement is a statement and what it was made under, so that a correction shows
// in every result that it touches.
type Statement struct {
	comp.Statement
	Under InForce
}

// Statement prices a booking under the version for its dates, b.Closed and
// registered; a zero registered is not known, and needed only where it decides.
// Errors: those of [History.For] and of [comp.Plan.Statement].
func (h History) Statement(b comp.Booking, registered value.Date) (Statement, error) {
	under, err := h.For(Deal{Closed: b.Closed, Registered: registered})
	if err != nil {
		return Statement{}, err
	}
	s, err := under.Plan.Statement(b)
	if err != nil {
		return Statement{}, err
	}
	return Statement{Statement: s, Under: under}, nil
}

// Reverse is [comp.Statement.Reverse]; the reversal stands under what the deal was
// priced under, whatever is in force on its day (comp.clawback).
func (s Statement) Reverse(id string, on value.Date) (Statement, error) {
	reversal, err := s.Statement.Reverse(id, on)
	if err != nil {
		return Statement{}, err
	}
	return Statement{Statement: reversal, Under: s.Under}, nil
}
