package world

import (
	"math/big"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/value"
)

// addsUp checks the sums of a deal over all statements: each payee has the exact commission on what was received,
// rounded once (comp.cumulative, comp.conserve), and the credit of the value that is left (comp.clawback).
func (w *world) addsUp(booking *comp.Booking, moves []comp.Movement, all []comp.Statement, policy comp.Policy) {
	whole := booking.Value.Minor()
	atOnce := whole
	if booking.Deferred {
		atOnce = 0
	}
	received, left, ok := pay.Money(whole, atOnce, booking.Closed, moves)
	if !ok {
		w.wrong("comp.cumulative: the movements of %s do not add up", booking.ID)
		return
	}
	var first comp.Statement
	paid, quota, influenced := map[int]int64{}, map[int]int64{}, map[int]int64{}
	for _, s := range all {
		if s.Booking != booking.ID && s.Of != booking.ID {
			continue
		}
		if s.Booking == booking.ID {
			first = s
		}
		for i, l := range s.Lines {
			paid[i] += l.Commission.Minor()
			quota[i] += l.QuotaCredit.Minor()
			influenced[i] += l.Influenced.Minor()
		}
	}
	for i, l := range first.Lines {
		w.Rules["comp "+string(l.Rule())]++
		rate := pay.Fraction(l.Rate)
		if l.Credited == comp.AsInfluencer && !policy.Origination.InfluencedPaysCommission {
			rate = new(big.Rat)
		}
		exact := pay.Product(pay.Whole(l.Base.Minor()), pay.Fraction(l.Percent), pay.Fraction(l.Share),
			rate)
		want := pay.Rounded(pay.Product(exact, big.NewRat(received, whole)), policy.Rounding).Int64()
		if paid[i] != want {
			w.wrong("comp.cumulative: %s of %s has %d, want %d on %d of %d", l.Payee, booking.ID, paid[i], want,
				received, whole)
		}
		for _, c := range [][2]int64{{quota[i], l.QuotaCredit.Minor()}, {influenced[i], l.Influenced.Minor()}} {
			gone := pay.Product(pay.Whole(c[1]), big.NewRat(whole-left, whole))
			if want := c[1] - pay.Rounded(gone, policy.Rounding).Int64(); c[0] != want {
				w.wrong("comp.clawback: %s of %s has credit %d, want %d of %d", l.Payee, booking.ID, c[0], want, c[1])
			}
		}
	}
}

// policyOn reads off a list of versions which policy is in force on a day; the first one before all of them.
func policyOn(versions []timeline.Version, day value.Date) comp.Policy {
	policy := versions[0].Policy
	for _, v := range versions {
		if !v.From.After(day) {
			policy = v.Policy
		}
	}
	return policy
}
