package compgen

import (
	"cmp"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
)

// Ledger holds the deals that a team won in the days of a scope, and the reversals of some.
type Ledger struct {
	Team     Team
	Bookings []comp.Booking // by closing day, then id; ids are in the same order
	// Reversals each take back another whole booking, on its closing day or later, sorted by day, then id.
	Reversals []comp.Movement
}

// AnyLedger draws a team and its won deals, at most s.Deals, that all policies can price; see [AnyBooking].
func AnyLedger(s Limits, policies ...comp.Policy) *rapid.Generator[Ledger] {
	return rapid.Custom(func(t *rapid.T) Ledger {
		return AnyLedgerOf(s, AnyTeam(s).Draw(t, "team"), policies...).Draw(t, "ledger")
	})
}

// AnyLedgerOf draws a ledger of a given team, which is one of [AnyTeam]; [AnyRates] needs the team too.
func AnyLedgerOf(s Limits, team Team, policies ...comp.Policy) *rapid.Generator[Ledger] {
	s.Open = false
	return rapid.Custom(func(t *rapid.T) Ledger {
		s.check(t)
		ledger := Ledger{Team: team}
		ledger.Bookings = rapid.SliceOfN(AnyBooking(s, ledger.Team, policies...), 0, s.Deals).Draw(t, "bookings")
		for i := range ledger.Bookings[min(1, len(ledger.Bookings)):] {
			if between(t, "same day", 0, 3) == 0 {
				ledger.Bookings[i+1].Closed = ledger.Bookings[i].Closed
			}
		}
		slices.SortStableFunc(ledger.Bookings, func(a, b comp.Booking) int { return a.Closed.Compare(b.Closed) })
		for i := range ledger.Bookings {
			b := &ledger.Bookings[i]
			b.ID = fmt.Sprintf("D-%06d", i+1)
			if between(t, "taken back", 0, 3) == 0 {
				ledger.Reversals = append(ledger.Reversals, comp.Movement{
					ID: fmt.Sprintf("R-%06d", i+1), Of: b.ID, Kind: comp.Reversed,
					On: anyDay(b.Closed, s.To).Draw(t, "on"),
				})
			}
		}
		slices.SortFunc(ledger.Reversals, func(a, b comp.Movement) int {
			return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID))
		})
		return ledger
	})
}
