package world

import (
	"math/big"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// addsUp checks the sums of a deal over all statements: each payee has the exact commission on what was received,
// rounded once (comp.cumulative, comp.conserve), and the credit of the value that is left (comp.clawback).
func (b *books) addsUp(booking *comp.Booking, all []comp.Statement) {
	whole := booking.Value.Minor()
	left, received := whole, whole
	if booking.Deferred {
		received = 0
	}
	for _, m := range b.moves {
		switch n := m.Amount.Minor(); {
		case m.Of != booking.ID:
		case m.Kind == comp.Received:
			received += n
		case m.Kind == comp.Refunded:
			received -= n
		case m.Kind == comp.Reversed:
			left -= n
			received = min(received, left)
		}
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
		exact := product(big.NewRat(l.Base.Minor(), 1), fraction(l.Percent), fraction(l.Share), fraction(l.Rate))
		want := round(product(exact, big.NewRat(received, whole)), rounding)
		if paid[i] != want {
			b.wrong("comp.cumulative: %s of %s has %d, want %d on %d of %d", l.Payee, booking.ID, paid[i], want, received,
				whole)
		}
		credit := l.QuotaCredit.Minor() + l.Influenced.Minor()
		gone := round(product(big.NewRat(credit, 1), big.NewRat(whole-left, whole)), rounding)
		if credited[i] != credit-gone {
			b.wrong("comp.clawback: %s of %s has credit %d, want %d of %d", l.Payee, booking.ID, credited[i], credit-gone,
				credit)
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

func fraction(p value.Percent) *big.Rat { return big.NewRat(p.Millionths(), 100_000_000) }

func product(terms ...*big.Rat) *big.Rat {
	x := big.NewRat(1, 1)
	for _, term := range terms {
		x.Mul(x, term)
	}
	return x
}

// round rounds a fraction that is not negative.
func round(x *big.Rat, mode value.Rounding) int64 {
	n, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	half := new(big.Int).Lsh(rest, 1).Cmp(x.Denom())
	if mode != value.TowardZero && (half > 0 || half == 0 && (mode == value.HalfAwayFromZero || n.Bit(0) == 1)) {
		n.Add(n, big.NewInt(1))
	}
	return n.Int64()
}
