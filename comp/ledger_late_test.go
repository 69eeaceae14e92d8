package comp_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// comp.conserve, comp.clawback: whatever was late, and however often a quarter was closed, each payee has in the end what
// one call by date pays, and nothing but floors once every deal is reversed in full.
func TestLateOrNotEveryPayeeGetsTheSame(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		plan := compile(t, policy)
		bookings, _ := anyYear(t, policy, 6)
		back := map[string][]comp.Movement{}
		var backs []comp.Movement
		undone := rapid.Bool().Draw(t, "some are undone")
		for i := range bookings {
			b := &bookings[i]
			b.Deferred = false
			if undone && rapid.Bool().Draw(t, "undone") {
				m := comp.Movement{ID: "U" + b.ID, Of: b.ID, Kind: comp.Reversed}
				m.On, _ = b.Closed.AddDays(rapid.SampledFrom([]int{0, 3, 50, 120}).Draw(t, "after"))
				m.Amount, _ = value.NewMoney(rapid.Int64Range(1, b.Value.Minor()).Draw(t, "of it"), b.Value.Currency())
				back[b.ID], backs = []comp.Movement{m}, append(backs, m)
			}
		}
		whole, parts := plan.Ledger(), plan.Ledger()
		if err := whole.Add(bookings, backs); err != nil {
			t.Fatal(err)
		}
		end := value.MustDate("2027-06-30")
		if err := whole.Close(end); err != nil {
			t.Fatal(err)
		}
		rest, stands := rapid.Permutation(bookings).Draw(t, "arrival"), map[comp.LineID]bool{}
		for _, text := range []string{"2025-12-31", "2026-02-28", "2026-06-30", "2027-06-30"} {
			n, day := rapid.IntRange(0, len(rest)).Draw(t, "arrived"), value.MustDate(text)
			if day == end {
				n = len(rest)
			}
			var moves []comp.Movement
			for _, b := range rest[:n] {
				moves = append(moves, back[b.ID]...)
			}
			if err := parts.Add(rest[:n], moves); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
			closeAll(t, parts, day, stands)
		}
		end = value.MustDate("2027-12-31")
		closeAll(t, whole, end, map[comp.LineID]bool{})
		closeAll(t, parts, end, stands)
		for _, s := range statementsOf(parts) {
			for _, line := range s.Lines {
				seen[line.Credited.String()]++
			}
		}
		// Whatever came late, each period has the same sums by date: one more late deal is priced alike.
		for i, day := range []string{"2026-01-20", "2026-02-10", "2026-04-15"} {
			more := anyDealOf(t, policy, fmt.Sprint("Z", i), value.MustDate(day))
			var priced []string
			for _, l := range []*comp.Ledger{whole, parts} {
				if err := l.Add([]comp.Booking{more}, nil); err != nil {
					t.Fatal(err)
				}
				for _, s := range statementsOf(l) {
					if s.Booking == more.ID {
						priced = append(priced, marshalled(t, s))
					}
				}
			}
			if priced[0] != priced[1] {
				t.Fatalf("%s\nwhere some were late\n%s", priced[0], priced[1])
			}
		}
		if undone {
			return // a deal that is undone takes back what stands of it
		}
		one, two := paidBy(whole), paidBy(parts)
		for rep, paid := range one {
			if paid != two[rep] {
				t.Fatalf("%s gets %d, and %d where some were late\n%s\n%s", rep, paid, two[rep], texts(whole), texts(parts))
			}
		}
		for i := range 3 {
			bookings = append(bookings, comp.Booking{ID: fmt.Sprint("Z", i)})
		}
		for _, b := range bookings {
			backs = append(backs, comp.Movement{ID: "R" + b.ID, Of: b.ID, Kind: comp.Reversed, On: value.MustDate("2028-01-01")})
		}
		if err := parts.Add(nil, backs); err != nil {
			t.Fatal(err)
		}
		for rep, paid := range paidBy(parts) {
			if paid != 0 && !floorsPaid(parts) {
				t.Fatalf("%s keeps %d\n%s", rep, paid, texts(parts))
			}
		}
	}, "difference", "floor", "true_up")
}

// closeAll closes the periods up to a day, with all lines that do not stand yet.
func closeAll(t rapid.TB, l *comp.Ledger, day value.Date, stands map[comp.LineID]bool) {
	var lines []comp.ClosedLine
	for _, s := range statementsOf(l) {
		for _, line := range s.ClosedLines() {
			if !stands[line.LineID] && !s.Date.After(day) {
				lines = append(lines, line)
				stands[line.LineID] = true
			}
		}
	}
	if err := l.Close(day, lines...); err != nil {
		t.Fatal(err)
	}
}

// paidBy returns the commission of each payee in minor units.
func paidBy(l *comp.Ledger) map[string]int64 {
	sums := map[string]int64{}
	for _, s := range statementsOf(l) {
		for _, line := range s.Lines {
			sums[line.Payee] += line.Commission.Minor()
		}
	}
	return sums
}

// floorsPaid reports whether a closing paid a floor, which no reversal of a deal takes back.
func floorsPaid(l *comp.Ledger) bool {
	return slices.ContainsFunc(statementsOf(l), func(s comp.Statement) bool { return !s.Period.IsZero() })
}
