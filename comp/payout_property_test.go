package comp_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// moneyOracle adds up the movements of each day, in cents, and says whether they add up.
func moneyOracle(value, atOnce int64, won value.Date, moves []comp.Movement) (received, left int64, ok bool) {
	days := map[string]map[comp.MovementKind]int64{won.String(): {comp.Received: atOnce}}
	for _, m := range moves {
		if days[m.On.String()] == nil {
			days[m.On.String()] = map[comp.MovementKind]int64{}
		}
		days[m.On.String()][m.Kind] += m.Amount.Minor()
	}
	left = value
	var pool, written int64
	for _, day := range slices.Sorted(maps.Keys(days)) {
		received += days[day][comp.Received]
		if left -= days[day][comp.Reversed]; left < 0 {
			return 0, 0, false
		}
		if received > left && days[day][comp.Reversed] > 0 {
			pool, received = pool+received-left, left
		}
		refunded := days[day][comp.Refunded]
		used := min(pool, refunded)
		pool, received = pool-used, received-(refunded-used)
		if received < 0 || received > left {
			return 0, 0, false
		}
		written = min(written, left-received)
		if written += days[day][comp.WrittenOff]; written > left-received {
			return 0, 0, false
		}
	}
	return received, left, true
}

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
			_, _, ok := moneyOracle(s.Value.Minor(), atOnce, s.Date, slices.Concat(taken, rest[:n]))
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
		received, left, _ := moneyOracle(s.Value.Minor(), atOnce, s.Date, taken)
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
		if value != left || credited != o.left(big.NewInt(credit(l)), big.NewRat(deal-left, deal)).Int64() ||
			base != o.left(big.NewInt(l.Base.Minor()), big.NewRat(deal-left, deal)).Int64() {
			t.Fatalf("%+v has credit %d of base %d in a deal of %d, which has %d left", l, credited, base, value, left)
		}
		due := dueAtOnce(t, p.plan, l)
		if due == nil {
			due = whole(l.Commission.Minor())
			if received != 0 && received != deal {
				continue // the exact average of several tiers is checked by its total
			}
		}
		if want := o.signedRound(product(due, big.NewRat(received, deal))); commission != want.Int64() {
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
		return whole(l.Commission.Minor())
	case len(tiers) > 1:
		return nil
	}
	return product(whole(l.Base.Minor()), fractionOf(l.Percent), fractionOf(l.Share), fractionOf(l.Rate))
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
