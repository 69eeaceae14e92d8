package compgen

import (
	"strconv"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxReps = 8

// Limits bounds what is drawn. Every field counts; start from [DefaultLimits]. A test that
// draws from a scope without possible values, such as the zero value, fails.
type Limits struct {
	From, To value.Date // the days on which deals close, both included, up to the year 9000
	// the largest amount of a deal, in the currency of all; Most × Deals should be within the bounds of money
	Most     value.Money
	Partners int  // the number of partner organisations, 1 to 1,000
	Reps     int  // the largest number of reps of an organisation, 1 to 8
	Deals    int  // the largest number of bookings of a ledger, 0 to 100,000
	Open     bool // a booking of AnyBooking may be open; those of a ledger are won
}

// DefaultLimits returns a scope of the year 2026: won deals of up to ten million dollars, two
// partners, up to three reps of an organisation, and ledgers of up to 20 deals.
func DefaultLimits() Limits {
	return Limits{
		From: value.MustDate("2026-01-01"), To: value.MustDate("2026-12-31"),
		Most: value.MustMoney("10000000 USD"), Partners: 2, Reps: 3, Deals: 20,
	}
}

// check fails the test if the scope allows nothing.
func (s Limits) check(t *rapid.T) {
	t.Helper()
	for _, c := range []struct {
		ok   bool
		says string
	}{
		{!s.From.IsZero() && !s.To.Before(s.From), "To is before From, or one of them is unset"},
		{s.To.Year() <= wire.LastYear, "To is after the year " + strconv.Itoa(wire.LastYear)},
		{s.Most.Sign() > 0, "Most is not positive"},
		{s.Partners >= 1 && s.Partners <= 1000, "Partners is " + strconv.Itoa(s.Partners) + ", not 1 to 1000"},
		{s.Reps >= 1 && s.Reps <= maxReps, "Reps is " + strconv.Itoa(s.Reps) + ", not 1 to " + strconv.Itoa(maxReps)},
		{s.Deals >= 0 && s.Deals <= 100_000, "Deals is " + strconv.Itoa(s.Deals) + ", not 0 to 100000"},
	} {
		if !c.ok {
			t.Fatalf("compgen: scope: %s", c.says)
		}
	}
}
