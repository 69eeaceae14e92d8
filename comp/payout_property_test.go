package comp_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

func anyMovements(t *rapid.T, s comp.Statement) []comp.Movement {
	var moves []comp.Movement
	for i := range rapid.IntRange(1, 7).Draw(t, "movements") {
		m := comp.Movement{ID: fmt.Sprint("M", i), Of: s.Booking}
		m.Kind = rapid.SampledFrom([]comp.MovementKind{comp.Received, comp.Received, comp.Reversed, comp.Refunded, comp.WrittenOff}).Draw(t, "kind")
		first := 0
		if m.Kind == comp.Received || m.Kind == comp.Refunded {
			first = -2
		}
		m.On, _ = s.Date.AddDays(rapid.IntRange(first, 6).Draw(t, "day"))
		whole := s.Value.Minor()
		part := rapid.OneOf(rapid.Just(whole), rapid.Just(max(1, whole/2)), rapid.Int64Range(1, whole)).Draw(t, "part")
		m.Amount, _ = value.NewMoney(part, s.Value.Currency())
		moves = append(moves, m)
	}
	return moves
}

// comp.cumulative, comp.clawback, comp.conserve: movements are taken exactly where they add up by days. Whatever their
// order and their calls, each payee has the commission on what was received, rounded once, the credit of the value
// left, and after a reversal in full nothing.
func TestPayeesHaveTheCommissionOnWhatWasReceived(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		p := newPlayer(t, policy)
		for i := range rapid.IntRange(1, 3).Draw(t, "deals") {
			p.play(t, historyStep{booking: anyDealOf(t, policy, fmt.Sprint("D", i), value.MustDate("2026-01-05"))})
		}
		s := p.all[len(p.all)-1]
		s.Deferred = rapid.Bool().Draw(t, "deferred")
		atOnce := s.Value.Minor()
		if s.Deferred {
			atOnce = 0
		}
		moves := anyMovements(t, s)
		opened, err := p.plan.Payout(s)
		if err != nil {
			t.Fatal(err)
		}
		all, rest := opened.Statements, moves
		payout := opened.Payout
		var taken []comp.Movement
		for len(rest) > 0 { // in calls of any length
			n := rapid.IntRange(1, len(rest)).Draw(t, "call")
			_, _, ok := pay.Money(s.Value.Minor(), atOnce, s.Date, slices.Concat(taken, rest[:n]))
			d, err := payout.Move(rest[:n]...)
			if (err == nil) != ok {
				t.Fatalf("the movements add up: %t, but %v", ok, err)
			}
			if ok {
				payout, all, taken = d.Payout, append(all, d.Statements...), append(taken, rest[:n]...)
				seen[fmt.Sprint("taken at once: ", n > 1)]++
			} else {
				seen["refused"]++
			}
			rest = rest[n:]
		}
		received, left, _ := pay.Money(s.Value.Minor(), atOnce, s.Date, taken)
		checkNets(t, p, s, all, received, left)
		again, err := opened.Payout.Move(rapid.Permutation(taken).Draw(t, "order")...)
		if err != nil {
			t.Fatal(err)
		}
		checkNets(t, p, s, append(slices.Clone(opened.Statements), again.Statements...), received, left)
		if left == 0 {
			return
		}
		end, _ := s.Date.AddDays(9)
		gone := moved(t, payout, comp.Movement{ID: "end", Of: s.Booking, Kind: comp.Reversed, On: end})
		checkNets(t, p, s, append(all, gone.Statements...), 0, 0)
	}, "refused", "taken at once: true", "taken at once: false")
}

// checkNets compares the sums of each line over the statements of a deal with the oracle.
func checkNets(t *rapid.T, p *player, s comp.Statement, all []comp.Statement, received, left int64) {
	t.Helper()
	deal := s.Value.Minor()
	o := p.oracle
	for i, l := range s.Lines {
		var commission, credited, base, value int64
		for _, one := range all {
			commission += one.Lines[i].Commission.Minor()
			credited += credit(one.Lines[i])
			if one.Kind == 0 || one.Kind == comp.Reversed {
				base += one.Lines[i].Base.Minor()
			}
			value += one.Value.Minor()
		}
		if value != left || credited != o.Left(big.NewInt(credit(l)), big.NewRat(deal-left, deal)).Int64() ||
			base != o.Left(big.NewInt(l.Base.Minor()), big.NewRat(deal-left, deal)).Int64() {
			t.Fatalf("%+v has credit %d of base %d in a deal of %d, which has %d left", l, credited, base, value, left)
		}
		due := dueAtOnce(t, p.plan, l)
		if due == nil {
			due = pay.Whole(l.Commission.Minor())
			if received != 0 && received != deal {
				continue // the exact average of several tiers is checked by its total
			}
		}
		if want := o.Round(pay.Product(due, big.NewRat(received, deal))); commission != want.Int64() {
			t.Fatalf("%+v has %d, want %s", l, commission, want)
		}
	}
}

// dueAtOnce is the exact commission of a line at a flat rate, in one tier, or held; nil for other lines.
func dueAtOnce(t *rapid.T, plan *comp.Plan, l comp.Line) *big.Rat {
	tiers, err := plan.TierParts(l)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case l.Held != 0 || l.Credited == comp.AsTrueUp || l.Commission.Sign() == 0 && l.Credited == comp.AsInfluencer:
		return pay.Whole(l.Commission.Minor())
	case len(tiers) > 1:
		return nil
	}
	return pay.Product(pay.Whole(l.Base.Minor()), pay.Fraction(l.Percent), pay.Fraction(l.Share), pay.Fraction(l.Rate))
}

// A booking that was paid at once and is reversed in full gives the statement of Statement.Reverse.
func TestPayoutReversedInFullIsTheReversalOfTheStatement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		b := anyBooking(policy).Draw(t, "booking")
		b.Closed = won
		s, err := compile(t, policy).Statement(b)
		if err != nil {
			return
		}
		want, err := s.Reverse("R", won)
		if err != nil {
			t.Fatal(err)
		}
		got := moved(t, payoutOf(t, compile(t, policy), s), reversing(s, "R", won.String(), ""))
		if fmt.Sprint(got.Statements) != fmt.Sprint([]comp.Statement{want}) {
			t.Fatalf("%v\nwant\n%v", got.Statements, want)
		}
	})
}
