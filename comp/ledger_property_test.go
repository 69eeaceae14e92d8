package comp_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// anyYear draws won deals over some quarters, and movements that add up by days.
func anyYear(t *rapid.T, p comp.Policy, most int) (bookings []comp.Booking, moves []comp.Movement) {
	first := value.MustDate("2025-12-20")
	for i := range rapid.IntRange(1, most).Draw(t, "deals") {
		day, _ := first.AddDays(rapid.SampledFrom([]int{0, 5, 15, 40, 41, 100, 110}).Draw(t, "won"))
		b := anyDealOf(t, p, fmt.Sprintf("D%02d", i), day)
		b.Deferred = rapid.Bool().Draw(t, "deferred")
		atOnce := b.Value.Minor()
		if b.Deferred {
			atOnce = 0
		}
		bookings = append(bookings, b)
		if rapid.IntRange(0, 2).Draw(t, "moves") == 0 {
			continue
		}
		some := anyMovements(t, comp.Statement{Booking: b.ID, Value: b.Value, Date: day})
		for i := range some {
			some[i].ID = b.ID + some[i].ID
			if i%2 == 1 && !some[i].On.Before(day) {
				some[i].On, _ = some[i].On.AddDays(60)
			}
		}
		for len(some) > 0 {
			if _, _, ok := pay.Money(b.Value.Minor(), atOnce, day, some); ok {
				break
			}
			some = some[:len(some)-1]
		}
		moves = append(moves, some...)
	}
	return bookings, moves
}

// byRun prices by a run and payouts, by date.
func byRun(t *rapid.T, plan *comp.Plan, bookings []comp.Booking, moves []comp.Movement) (all []comp.Statement) {
	type step struct {
		day     value.Date
		booking *comp.Booking
		move    comp.Movement
	}
	var steps []step
	closed, payouts, moved := map[string]value.Date{}, map[string]comp.Payout{}, map[string]comp.Statement{}
	for i := range bookings {
		closed[bookings[i].ID] = bookings[i].Closed
		steps = append(steps, step{day: bookings[i].Closed, booking: &bookings[i]})
	}
	for _, m := range moves {
		steps = append(steps, step{day: m.On, move: m})
		if won := closed[m.Of]; m.On.Before(won) {
			steps[len(steps)-1].day = won
		}
	}
	slices.SortFunc(steps, func(a, b step) int {
		if order := a.day.Compare(b.day); order != 0 {
			return order
		}
		if a.booking != nil && b.booking != nil {
			return strings.Compare(a.booking.ID, b.booking.ID)
		}
		if a.booking != nil || b.booking != nil {
			return map[bool]int{true: -1, false: 1}[a.booking != nil]
		}
		return cmp.Or(a.move.On.Compare(b.move.On), cmp.Compare(a.move.Kind, b.move.Kind), cmp.Compare(a.move.ID, b.move.ID))
	})
	run := plan.Run()
	for _, s := range steps {
		if first, last := run.Period(); plan.NeedsClosing() && !last.IsZero() && s.day.After(last) {
			closing, err := run.Close("floors of USD from "+first.String(), last)
			if err != nil {
				t.Fatal(err)
			}
			if len(closing.Lines) > 0 {
				all = append(all, closing)
			}
		}
		if s.booking == nil {
			if s.move.Kind == comp.Reversed {
				if err := run.Reverse(payouts[s.move.Of], s.move.ID); err != nil {
					t.Fatal(err)
				}
			}
			all = append(all, moved[s.move.ID])
			continue
		}
		priced, err := run.Statement(*s.booking)
		if err != nil {
			t.Fatal(err)
		}
		d, err := plan.Payout(priced)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d.Statements...)
		of := slices.DeleteFunc(slices.Clone(moves), func(m comp.Movement) bool { return m.Of != s.booking.ID })
		after, err := d.Payout.Move(of...)
		if err != nil {
			t.Fatal(err)
		}
		payouts[s.booking.ID] = after.Payout
		for _, one := range after.Statements {
			moved[one.Booking] = one
		}
	}
	return all
}

// What a ledger makes of deals and movements in any order is what a run and payouts make of them by date.
func TestALedgerIsARunByDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		plan := compile(t, policy)
		bookings, moves := anyYear(t, policy, 8)
		l := plan.Ledger()
		if err := l.Add(rapid.Permutation(bookings).Draw(t, "bookings"), rapid.Permutation(moves).Draw(t, "moves")); err != nil {
			t.Fatal(err)
		}
		if got, want := marshalled(t, statementsOf(l)), marshalled(t, byRun(t, plan, bookings, moves)); got != want {
			t.Fatalf("%s\nby a run\n%s", strings.ReplaceAll(got, `{"booking"`, "\n{"), strings.ReplaceAll(want, `{"booking"`, "\n{"))
		}
	})
}

// inCalls adds bookings and movements in calls of any content, each movement no earlier than its booking. Between two
// calls the ledger may be written and read. What a call refuses comes again with the next.
func inCalls(t *rapid.T, l *comp.Ledger, plans func(value.Date) (*comp.Plan, error), bookings []comp.Booking, moves []comp.Movement) *comp.Ledger {
	bookings, moves = rapid.Permutation(bookings).Draw(t, "bookings"), rapid.Permutation(moves).Draw(t, "moves")
	if rapid.Bool().Draw(t, "by date") {
		slices.SortFunc(bookings, func(a, b comp.Booking) int { return cmp.Or(a.Closed.Compare(b.Closed), cmp.Compare(a.ID, b.ID)) })
	}
	known := map[string]bool{}
	for range 4 {
		n, k := rapid.IntRange(0, len(bookings)).Draw(t, "taken"), rapid.IntRange(0, len(moves)).Draw(t, "moved")
		for _, b := range bookings[:n] {
			known[b.ID] = true
		}
		var ready, rest []comp.Movement
		for i, m := range moves {
			if i < k && known[m.Of] {
				ready = append(ready, m)
			} else {
				rest = append(rest, m)
			}
		}
		before := marshalled(t, l)
		if err := l.Add(bookings[:n], ready); err != nil {
			if after := marshalled(t, l); after != before {
				t.Fatalf("a refused call changes the ledger: %v\n%s\nwas\n%s", err, after, before)
			}
			for _, b := range bookings[:n] {
				delete(known, b.ID)
			}
			continue
		}
		bookings, moves = bookings[n:], rest
		if rapid.Bool().Draw(t, "cut") {
			read, err := comp.ReadLedger(plans, strings.NewReader(marshalled(t, l)))
			if err != nil {
				t.Fatal(err)
			}
			l = read
		}
	}
	if err := l.Add(bookings, moves); err != nil {
		t.Fatal(err)
	}
	return l
}

// Any order and any calls, with the ledger written and read between two of them, give the same bytes; lines of a closed
// period stand, and who was late does not depend on who came first.
func TestOrderAndCallsAndCutsGiveTheSameBytes(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		plan := compile(t, policy)
		plans := func(value.Date) (*comp.Plan, error) { return plan, nil }
		bookings, moves := anyYear(t, policy, 6)
		for i := range bookings {
			if rapid.IntRange(0, 3).Draw(t, "euros") == 0 {
				b := &bookings[i]
				for j := range b.Payees {
					b.Payees[j].Table, b.Payees[j].Rate = "", value.MustPercent("7%")
				}
				euros, _ := value.NewMoney(b.Value.Minor(), value.MustCurrency("EUR"))
				for j := range moves {
					if moves[j].Of == b.ID {
						moves[j].Amount, _ = value.NewMoney(moves[j].Amount.Minor(), euros.Currency())
					}
				}
				b.Value = euros
			}
		}
		all := inCalls(t, plan.Ledger(), plans, bookings, moves)
		whole := plan.Ledger()
		if err := whole.Add(bookings, moves); err != nil {
			t.Fatal(err)
		}
		checkRuns(t, whole, bookings)
		if marshalled(t, all) != marshalled(t, whole) || marshalled(t, statementsOf(all)) != marshalled(t, statementsOf(whole)) {
			t.Fatalf("%s\nat once\n%s", marshalled(t, all), marshalled(t, whole))
		}
		// A part of the deals is known when the first quarter is closed.
		early := bookings[:rapid.IntRange(0, len(bookings)).Draw(t, "early")]
		known := func(m comp.Movement) bool {
			return slices.ContainsFunc(early, func(b comp.Booking) bool { return b.ID == m.Of })
		}
		first, rest := []comp.Movement{}, []comp.Movement{}
		for _, m := range moves {
			if known(m) {
				first = append(first, m)
			} else {
				rest = append(rest, m)
			}
		}
		through := value.MustDate("2026-01-31")
		closed := plan.Ledger()
		if err := closed.Add(early, first); err != nil {
			t.Fatal(err)
		}
		var standing []comp.Statement
		var lines []comp.ClosedLine
		for _, s := range statementsOf(closed) {
			if !s.Date.After(through) {
				standing, lines = append(standing, s), append(lines, s.ClosedLines()...)
			}
		}
		if err := closed.Close(through, rapid.Permutation(lines).Draw(t, "lines")...); err != nil {
			t.Fatal(err)
		}
		closed = inCalls(t, closed, plans, bookings[len(early):], rest)
		for _, s := range statementsOf(closed) {
			if !s.Date.After(through) != slices.ContainsFunc(standing, func(one comp.Statement) bool { return one.Booking == s.Booking }) &&
				s.Period.IsZero() {
				t.Fatalf("%s of %s", s.Booking, s.Date)
			}
		}
		if got := marshalled(t, statementsOf(closed)[:len(standing)]); got != marshalled(t, standing) && len(standing) > 0 {
			t.Fatalf("%s\ndo not stand as\n%s", got, marshalled(t, standing))
		}
		if err := whole.Close(through, lines...); err != nil {
			t.Fatal(err)
		}
		if marshalled(t, closed) != marshalled(t, whole) || marshalled(t, statementsOf(closed)) != marshalled(t, statementsOf(whole)) {
			t.Fatalf("%s\nclosed at the end\n%s", marshalled(t, statementsOf(closed)), marshalled(t, statementsOf(whole)))
		}
		more, err := comp.ReadLedger(plans, strings.NewReader(marshalled(t, closed)))
		if err != nil {
			t.Fatal(err)
		}
		checkProjections(t, closed, more, bookings[0])
		seen[fmt.Sprint("late: ", marshalled(t, statementsOf(whole)) != marshalled(t, statementsOf(all)))]++
	}, "late: true", "late: false")
}
