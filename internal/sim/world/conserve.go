package world

import (
	"math/big"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/value"
)

// addsUp checks the sums of a deal over all statements: each payee has the exact commission on what was received,
// rounded once (comp.cumulative, comp.conserve), and the credit of the value that is left (comp.clawback).
func (b *books) addsUp(booking *comp.Booking, all []comp.Statement) {
	whole := booking.Value.Minor()
	atOnce := whole
	if booking.Deferred {
		atOnce = 0
	}
	moves := slices.DeleteFunc(slices.Clone(b.moves), func(m comp.Movement) bool { return m.Of != booking.ID })
	received, left, ok := pay.Money(whole, atOnce, booking.Closed, moves)
	if !ok {
		b.wrong("comp.cumulative: the movements of %s do not add up", booking.ID)
		return
	}
	var first comp.Statement
	paid, credited := map[int]int64{}, map[int]int64{}
	for _, s := range all {
		if s.Booking != booking.ID && s.Of != booking.ID {
			continue
		}
		if s.Booking == booking.ID {
			first = s
		}
		for i, l := range s.Lines {
			paid[i] += l.Commission.Minor()
			credited[i] += l.QuotaCredit.Minor() + l.Influenced.Minor()
		}
	}
	rounding := b.rounding(booking.Closed)
	for i, l := range first.Lines {
		b.Report.Rules["comp "+string(l.Rule())]++
		exact := pay.Product(pay.Whole(l.Base.Minor()), pay.Fraction(l.Percent), pay.Fraction(l.Share),
			pay.Fraction(l.Rate))
		want := pay.Rounded(pay.Product(exact, big.NewRat(received, whole)), rounding).Int64()
		if paid[i] != want {
			b.wrong("comp.cumulative: %s of %s has %d, want %d on %d of %d", l.Payee, booking.ID, paid[i], want,
				received, whole)
		}
		credit := l.QuotaCredit.Minor() + l.Influenced.Minor()
		gone := pay.Rounded(pay.Product(pay.Whole(credit), big.NewRat(whole-left, whole)), rounding).Int64()
		if credited[i] != credit-gone {
			b.wrong("comp.clawback: %s of %s has credit %d, want %d of %d", l.Payee, booking.ID, credited[i],
				credit-gone, credit)
		}
	}
}

// rounding is the mode of the policy of a day.
func (b *books) rounding(day value.Date) value.Rounding {
	mode := value.HalfEven
	for _, v := range b.laws.history.Versions() {
		if !v.From.After(day) {
			mode = v.Policy.Rounding
		}
	}
	return mode
}
