package compgen

import (
	"fmt"
	"strconv"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
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

// Rep is a rep of a team.
type Rep struct {
	ID    string // unique in its team
	Party model.Party
	Rate  value.Percent // flat commission rate
}

// Team holds the reps of a vendor and its partners, by organisation, those of the vendor first.
type Team []Rep

// AnyTeam draws a team with 1 to s.Reps reps of the vendor, and of each of s.Partners partners.
func AnyTeam(s Limits) *rapid.Generator[Team] {
	return rapid.Custom(func(t *rapid.T) Team {
		s.check(t)
		var team Team
		hire := func(party model.Party, prefix string) {
			for i := range between(t, "reps of "+party.Org, 1, s.Reps) {
				id := fmt.Sprintf("%s%d", prefix, i+1)
				team = append(team, Rep{ID: id, Party: party, Rate: anyPart().Draw(t, "rate of "+id)})
			}
		}
		hire(model.VendorOrg("vendor"), "v-")
		for i := range s.Partners {
			hire(model.PartnerOrg(fmt.Sprintf("partner-%d", i+1)), fmt.Sprintf("p%d-", i+1))
		}
		return team
	})
}

func (team Team) of(p model.Party) Team {
	var reps Team
	for _, r := range team {
		if r.Party == p {
			reps = append(reps, r)
		}
	}
	return reps
}

// parties returns the organisations of a side in the order of the team.
func (team Team) parties(side model.Side) []model.Party {
	var list []model.Party
	for i, r := range team {
		if r.Party.Side == side && (i == 0 || team[i-1].Party != r.Party) {
			list = append(list, r.Party)
		}
	}
	return list
}
