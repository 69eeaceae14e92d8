package comms_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/naive/commstest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A question is answered within 24 elapsed hours (comm.response) whatever the
// clocks of any zone do in between, and so with every other elapsed time.
func TestDaylightSavingMovesNoElapsedTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := commstest.ZoneOf(rapid.SampledFrom(commstest.Zones).Draw(t, "zone"))
		asked := time.Date(2026, 1, 1, 0, 0, 0, 0,
			time.UTC).Add(time.Duration(rapid.IntRange(0, 2*365*24*60).Draw(t, "minute")) * time.Minute).In(zone)
		after := 24*time.Hour + time.Duration(rapid.IntRange(-2, 2).Draw(t, "off by"))*30*time.Minute
		rules, err := comms.Compile(comms.DefaultPolicy())
		if err != nil {
			t.Fatal(err)
		}
		deal := comms.Facts{Opened: asked, Size: model.Standard, Zone: zone}
		r, err := rules.In(value.Workplace{Zone: zone}).Judge(deal, []comms.Activity{
			{ID: "q", Kind: comms.Question, At: asked, Side: model.Partner},
			{ID: "n", Kind: comms.Note, At: asked, Side: model.Partner, Shared: true},
			{ID: "a", Kind: comms.Answer, At: asked.Add(after), Side: model.Vendor, About: []string{"q"}},
			{ID: "c", Kind: comms.Note, At: asked.Add(after), Side: model.Vendor, About: []string{"n"}},
		}, asked.Add(72*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if late := after > 24*time.Hour; late && len(r.Findings) != 2 || !late && len(r.Findings) != 0 {
			t.Errorf("after %s: %v", after, r.Findings)
		}
		for _, f := range r.Findings {
			if !f.Since.Equal(asked.Add(24*time.Hour)) || f.Since.Location() != time.UTC {
				t.Errorf("since %s", f.Since)
			}
		}
	})
}

// comm.no_duplicate_outreach counts days in the account's zone, which goes before
// the policy's; a business day (comm.debrief) ends in the policy's, holidays left out.
func TestDaysAreThoseOfTheAccountAndBusinessDaysThoseOfTheWorkplace(t *testing.T) {
	deal := plainDeal()
	log := []comms.Activity{mail("m1", "Mon 23:30", ana, dana), mail("m2", "Tue 00:30", bo, dana)}
	for _, c := range []struct {
		policy, account *time.Location
		days            bool
	}{
		{nil, nil, true},
		{commstest.ZoneOf("Europe/Berlin"), nil, false},
		{commstest.ZoneOf("Europe/Berlin"), time.UTC, true},
		{nil, commstest.ZoneOf("America/New_York"), false},
	} {
		rules, err := comms.Compile(comms.DefaultPolicy())
		if err != nil {
			t.Fatal(err)
		}
		deal.Zone = c.account
		r, err := rules.In(value.Workplace{Zone: c.policy}).Judge(deal, log, at("Fri 00:00"))
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(r, comms.DuplicateOutreach); (len(got) == 0) != c.days {
			t.Errorf("policy %v, account %v: %q", c.policy, c.account, got)
		}
	}
	calendar, err := value.NewCalendar([]time.Weekday{time.Monday, time.Friday},
		[]value.Date{value.MustDate("2026-11-06")})
	if err != nil {
		t.Fatal(err)
	}
	rules, err := comms.Compile(comms.DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	rules = rules.In(value.Workplace{Zone: commstest.ZoneOf("America/New_York"), Calendar: &calendar})
	calendar = value.Calendar{} // the rules keep their own
	r, err := rules.Judge(plainDeal(), []comms.Activity{meeting("e", "Wed 10:00", "Wed 11:00", 0)}, at("Wed 12:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, due := range r.Due {
		if want := at("Tue+7 05:00"); due.Reason.Code() == comms.Debrief && !due.At.Equal(want) {
			t.Errorf("the debrief is due at %s, want %s", due.At, want)
		}
	}
	if len(r.Due) == 0 {
		t.Error("nothing is due")
	}
}

// comm.weekly_sync: case M12. Syncs at nine each Monday of the account are a week apart when the clock changes, and
// the next one is in time until the Monday ends there.
func TestAChangeOfTheClockMovesNoSync(t *testing.T) {
	berlin := commstest.ZoneOf("Europe/Berlin")
	monday := func(week int) time.Time { return time.Date(2026, time.October, 12+7*week, 9, 0, 0, 0, berlin) }
	deal := plainDeal()
	deal.Opened, deal.ModelSet, deal.Zone = monday(0), monday(0), berlin
	var log []comms.Activity
	for week := range 5 {
		s := meeting("s"+string(rune('0'+week)), "Mon 09:00", "Mon 09:15", comms.Sync)
		s.At, s.End = monday(week), monday(week).Add(15*time.Minute)
		log = append(log, s)
	}
	end := time.Date(2026, time.November, 17, 0, 0, 0, 0, berlin)
	wantLines(t, lines(report(t, deal, end.Add(-1), log...), comms.WeeklySync))
	wantLines(t, lines(report(t, deal, end, log...), comms.WeeklySync),
		"the reps had no sync since 2026-11-09T08:00:00Z; one was due by 2026-11-16T23:00:00Z")
}

// A term may be stated in business hours; who owes an answer alone owns its term, a debrief is of both.
func TestTheDebtorOwnsTheTerm(t *testing.T) {
	policy := comms.DefaultPolicy()
	policy.AnswerWithin = value.BusinessHours(8)
	rules, err := comms.Compile(policy)
	if err != nil {
		t.Fatal(err)
	}
	weekdays := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	vendors, err := value.NewCalendar(weekdays, []value.Date{value.MustDate("2026-11-03")})
	if err != nil {
		t.Fatal(err)
	}
	rules = rules.In(value.Workplace{Calendar: &vendors, Own: [3]*value.Calendar{model.Vendor: &vendors, model.Partner: {}}})
	question := func(side model.Side) comms.Activity {
		return comms.Activity{ID: "q", Kind: comms.Question, At: at("Mon 12:00"), Side: side, Subject: "SSO?"}
	}
	for _, c := range []struct {
		a    comms.Activity
		code value.Code
		due  string
	}{
		{question(model.Vendor), comms.Response, "Tue 12:00"}, {question(model.Partner), comms.Response, "Wed 12:00"},
		{meeting("m", "Mon 10:00", "Mon 11:00", 0), comms.Debrief, "Thu 00:00"},
	} {
		r, err := rules.Judge(plainDeal(), []comms.Activity{c.a}, at("Mon 13:00"))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(r.Due, func(d comms.Due) bool { return d.Reason.Code() == c.code })
		if i < 0 || !r.Due[i].At.Equal(at(c.due)) {
			t.Errorf("%s of the %s: %v", c.code, c.a.Side, r.Due)
		}
	}
}
