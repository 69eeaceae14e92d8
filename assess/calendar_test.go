package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

// without returns a calendar without some days.
func without(t *testing.T, days ...string) *value.Calendar {
	t.Helper()
	var holidays []value.Date
	for _, d := range days {
		holidays = append(holidays, value.MustDate(d))
	}
	c, err := value.NewCalendar(weekdays, holidays)
	if err != nil {
		t.Fatal(err)
	}
	return &c
}

func withCalendars(t *testing.T, all *value.Calendar, own map[model.Party]*value.Calendar) (*assess.Rules, error) {
	t.Helper()
	return assess.Compile(ourBook(), assess.Host{Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable,
		Calendar: all, Calendars: own})
}

// esc.detect, esc.respond, reg.life, stage.windows: who owes an answer alone owns its term; all other terms are of both
// and count the days on which both work.
func TestEachCompanyHasItsCalendar(t *testing.T) {
	fourth, tenth, eighth := without(t, "2026-11-04"), without(t, "2026-11-10"), without(t, "2026-11-06")
	for _, c := range []struct {
		name                       string
		all                        *value.Calendar
		own                        map[model.Party]*value.Calendar
		silent, respond, due, task string
	}{
		{"none", nil, nil, "2026-11-10", "2026-11-11", "2026-11-05", "2026-11-08"},
		{"the partner's", nil, map[model.Party]*value.Calendar{acme: fourth}, "2026-11-11", "2026-11-12", "2026-11-05",
			"2026-11-06"},
		{"the vendor's", nil, map[model.Party]*value.Calendar{us: fourth}, "2026-11-10", "2026-11-11", "2026-11-06",
			"2026-11-06"},
		{"the vendor's, after the case began", nil, map[model.Party]*value.Calendar{us: tenth}, "2026-11-10", "2026-11-12",
			"2026-11-05", "2026-11-06"},
		{"one for all", fourth, nil, "2026-11-11", "2026-11-12", "2026-11-06", "2026-11-06"},
		{"one for all but the partner", fourth, map[model.Party]*value.Calendar{acme: eighth}, "2026-11-11", "2026-11-12",
			"2026-11-06", "2026-11-05"},
		{"another partner's", nil, map[model.Party]*value.Calendar{other: fourth}, "2026-11-10", "2026-11-11", "2026-11-05",
			"2026-11-08"},
	} {
		e, err := withCalendars(t, c.all, c.own)
		if err != nil {
			t.Fatal(err)
		}
		d, r := unconfirmed()
		r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.InternalCoordination, By: ana,
			Raised: value.MustDate(c.silent).Start(time.UTC).Add(-24 * time.Hour)}}
		a, err := e.Assess(d, r, november(13, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := a.Everything()
		day := func(at time.Time) string { return at.Format(time.DateOnly) }
		i := slices.IndexFunc(v.Schedule.Items, func(i stage.Item) bool { return i.Task.ID == stage.ScheduleKickoff })
		b := silentCase(&v)
		if got := day(b.State.Opened); got != c.silent {
			t.Errorf("esc.detect: %s: silent from %s, want %s", c.name, got, c.silent)
		}
		if got := day(v.Registration.Claim.Due); got != c.due {
			t.Errorf("reg.life: %s: the decision is due on %s, want %s", c.name, got, c.due)
		}
		if got := v.Schedule.Items[i].Due.String(); got != c.task {
			t.Errorf("stage.windows: %s: the task is due on %s, want %s", c.name, got, c.task)
		}
		for _, b := range v.Blockers {
			if b.Kind == escalation.InternalCoordination && day(b.State.Route.RespondBy) != c.respond {
				t.Errorf("esc.respond: %s: respond by %v, want %s", c.name, b.State.Route.RespondBy, c.respond)
			}
		}
	}
}

func TestCalendarsWithoutACommonDayAreRefused(t *testing.T) {
	sundays, err := value.NewCalendar([]time.Weekday{time.Sunday}, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = withCalendars(t, nil, map[model.Party]*value.Calendar{acme: &sundays, model.PartnerOrg("b"): &sundays, {}: nil})
	const want = "have no business days; terms of both would never end"
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], `host.calendars.nothing.side: `) ||
		lines[1] != `host.calendars."partner acme": two calendars without a common working day `+want ||
		!strings.HasPrefix(lines[2], `host.calendars."partner b": `) {
		t.Errorf("%v", err)
	}
	if _, err = withCalendars(t, &sundays, map[model.Party]*value.Calendar{us: without(t)}); err == nil ||
		!strings.HasPrefix(err.Error(), `host.calendars."vendor us": `) {
		t.Errorf("%v", err)
	}
}
