package escalation_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/naive/casetest"
	"github.com/coselling/coselling/value"
)

// The level-1 term is 24 elapsed hours, whatever the clocks do.
func TestClockChangesNeverMoveA24HourAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
			"Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo"}).Draw(t, "zone")
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Skip("this host knows no time zones")
		}
		raised := time.Unix(rapid.Int64Range(1_200_000_000, 1_900_000_000).Draw(t, "raised"), 0)
		routes := defaultRoutes(t).In(value.Workplace{Zone: zone})
		route, err := routes.Route(escalation.Blocker{Deal: deal(), Kind: escalation.TechnicalQuestion,
			Raised: raised.In(zone)}, raised)
		if err != nil || route.RespondBy != raised.UTC().Add(24*time.Hour) {
			t.Fatalf("esc.respond: raised %v, answer by %v, %v", raised, route.RespondBy, err)
		}
	})
}

func TestBusinessDaysEndAtMidnightOfTheZoneAndCalendar(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this host knows no time zones")
	}
	holiday, err := value.NewCalendar([]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday,
		time.Friday}, []value.Date{date("2026-03-30")})
	if err != nil {
		t.Fatal(err)
	}
	friday := time.Date(2026, 3, 27, 22, 30, 0, 0, time.UTC) // 23:30 in Berlin, whose clocks change on the 29th
	for _, c := range []struct {
		name  string
		place value.Workplace
		want  time.Time
	}{
		{"UTC", value.Workplace{}, time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)},
		{"Berlin in summer", value.Workplace{Zone: berlin}, time.Date(2026, 3, 30, 22, 0, 0, 0, time.UTC)},
		{"a holiday", value.Workplace{Zone: berlin, Calendar: &holiday}, time.Date(2026, 3, 31, 22, 0, 0, 0, time.UTC)},
	} {
		routes := defaultRoutes(t)
		there := routes.In(c.place)
		if c.place.Calendar != nil {
			*c.place.Calendar = value.Calendar{} // the routes keep their own
		}
		route, err := there.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: friday}, friday)
		if err != nil || route.RespondBy != c.want {
			t.Errorf("esc.respond %s: %v, %v, want %v", c.name, route.RespondBy, err, c.want)
		}
		if route, err = routes.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: friday},
			friday); err != nil || route.RespondBy.Day() != 31 || route.RespondBy.Hour() != 0 {
			t.Errorf("esc.respond %s: the routes themselves changed: %v, %v", c.name, route.RespondBy, err)
		}
	}
}

// Days of absence are those of the zone.
func TestAbsenceIsInTheZone(t *testing.T) {
	tokyo := time.FixedZone("Tokyo", 9*60*60)
	r := exampleRoster()
	r.Absences = []escalation.Absence{{Name: "mia", From: date("2026-11-24"), Until: date("2026-11-24"),
		StandIn: "eli"}}
	routes := compile(t, escalation.DefaultPolicy(), r).In(value.Workplace{Zone: tokyo})
	for hour, want := range map[int]string{14: "mia", 15: "eli", 38: "eli", 39: "mia"} {
		at := instant(23, hour)
		route, err := routes.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: at}, at)
		if err != nil || route.People()[0].Person.Name != want {
			t.Errorf("esc.roster: at %v %v is called, %v, want %s", at, route.People(), err, want)
		}
	}
}

// A repeated term is counted from the entry, so it does not drift, and ends after 10,000
// units.
func TestPeopleAreNotifiedAgainAfterEachTerm(t *testing.T) {
	start, end := instant(23, 9), time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		term  value.Term
		after func(units int) time.Time
		units int
	}{
		{value.Hours(7), func(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }, 7},
		{value.Days(3), func(n int) time.Time { return start.AddDate(0, 0, n) }, 3},
		{value.BusinessDays(1), func(n int) time.Time { return casetest.BusinessDays(start, n) }, 1},
		{value.BusinessDays(3), func(n int) time.Time { return casetest.BusinessDays(start, n) }, 3},
		{value.BusinessDays(10_000), func(n int) time.Time { return casetest.BusinessDays(start, n) }, 10_000},
	} {
		p := escalation.DefaultPolicy()
		p.Timeout.DealDeskLegal = c.term
		routes := compile(t, p, exampleRoster())
		raised := raise(t, escalation.Case{}, escalation.ContractIssue, start)
		notified := func(asOf, want time.Time) {
			t.Helper()
			if s, err := routes.State(raised, deal(), asOf); err != nil || s.Notified != want {
				t.Errorf("esc.timeout %v: as of %v notified at %v, %v, want %v", c.term, asOf, s.Notified, err, want)
			}
		}
		most, last := 10_000/c.units, start
		for k := 1; k <= min(most, 50); k++ {
			at := c.after(k * c.units)
			notified(at.Add(-1), last)
			notified(at, at)
			last = at
		}
		notified(end, c.after(most*c.units))
	}
}
