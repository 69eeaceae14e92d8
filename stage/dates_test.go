package stage_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // zones by name, wherever the tests run

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func (d *deal) schedule(asOf time.Time) stage.Schedule {
	d.tb.Helper()
	schedule, err := d.rules.Schedule(d.p, stage.Query{AsOf: asOf})
	if err != nil {
		d.tb.Fatal(err)
	}
	return schedule
}

func dates(windows []stage.Window) []string {
	var list []string
	for _, w := range windows {
		list = append(list, w.First.String()+" "+w.Last.String())
	}
	return list
}

// stage.windows: the default playbooks dated, over the end of a year and a leap day.
func TestWindowsFollowTheDaysOfThePlaybook(t *testing.T) {
	for _, c := range []struct {
		day  string
		size model.PlaybookSize
	}{
		{"2026-11-02", model.Standard},
		{"2028-02-10", model.Simplified},
	} {
		d := &deal{tb: t, rules: defaultRules(t)}
		d.open(stage.Opening{Day: value.MustDate(c.day), Engagement: model.VendorLed, Size: c.size})
		want := daysOf(d.playbook(), value.MustDate(c.day))
		if got := dates(d.schedule(d.now).Windows); !slices.Equal(got, want) {
			t.Errorf("stage.windows %v: %q, want %q", c.size, got, want)
		}
	}
}

// stage.overdue and stage.slipping: days are dates in the zone of the workplace. The due
// day ends at midnight there, whatever daylight saving does.
func TestDueDaysEndAtMidnight(t *testing.T) {
	for _, c := range []struct{ zone, day string }{
		{"UTC", "2026-11-02"},
		{"America/New_York", "2026-10-27"},    // clocks go back on day 6
		{"America/New_York", "2027-03-10"},    // clocks go forward on day 5
		{"Europe/Lisbon", "2026-12-28"},       // over the year's end
		{"Asia/Kolkata", "2028-02-24"},        // over a leap day
		{"Australia/Lord_Howe", "2026-09-30"}, // half an hour
		{"Pacific/Apia", "2011-12-26"},        // the 30th never was
		{"America/Sao_Paulo", "2018-11-01"},   // midnight never was
	} {
		loc := zone(t, c.zone)
		rules := defaultRules(t).In(value.Workplace{Zone: loc})
		p, err := rules.Open(stage.Opening{Day: value.MustDate(c.day), Engagement: model.PartnerLed, Size: model.Standard})
		if err != nil {
			t.Fatal(err)
		}
		year, month, day := value.MustDate(c.day).YMD()
		end := time.Date(year, month, day+7, 0, 0, 0, 0, loc)
		for asOf, want := range map[time.Time]bool{end.Add(-1): false, end: true} {
			schedule, err := rules.Schedule(p, stage.Query{AsOf: asOf})
			if err != nil {
				t.Fatal(err)
			}
			overdue := schedule.Items[0].Overdue
			slipping := slices.ContainsFunc(schedule.Findings, func(r value.Reason) bool { return r.Code() == stage.StageSlipping })
			if overdue != want || slipping != want {
				t.Errorf("stage.overdue, stage.slipping in %s at %v: %v %v, want %v", c.zone, asOf, overdue, slipping, want)
			}
		}
	}
}

// The days of a hold are added to every end of a window that had not passed; on hold
// nothing becomes overdue or slipping. The time between lost and reopened counts as a
// hold, with a hold before the loss.
func TestAHoldMovesTheWindowsThatHadNotPassed(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	d.now = time.Date(2026, time.November, 10, 12, 0, 0, 0, time.UTC) // the first window has passed, the second not
	d.must(d.rules.Hold(d.p, d.move()))
	later := time.Date(2027, time.June, 1, 12, 0, 0, 0, time.UTC)
	for _, f := range d.schedule(later).Findings {
		due, _ := f.Operands()[1].Value().(value.Date)
		if f.Code() == stage.StageOverdue && due.After(value.MustDate("2026-11-08")) {
			t.Errorf("on hold something became overdue: %v", f)
		}
	}
	d.now = time.Date(2026, time.November, 20, 1, 0, 0, 0, time.UTC)
	resumed := *d
	resumed.must(d.rules.Resume(d.p, d.move()))
	longer := d.playbook()
	for i := range longer.Steps[1:] {
		longer.Steps[i+1].Last += 10
	}
	for i := range longer.Steps[2:] {
		longer.Steps[i+2].First += 10
	}
	want := daysOf(longer, value.MustDate("2026-11-02"))
	if got := dates(resumed.schedule(resumed.now).Windows); !slices.Equal(got, want) {
		t.Errorf("after a hold of ten days: %q, want %q", got, want)
	}
	if got := dates(d.schedule(d.now).Windows); !slices.Equal(got, want) {
		t.Errorf("while the hold lasts: %q, want %q", got, want)
	}
	d.now = time.Date(2026, time.November, 15, 1, 0, 0, 0, time.UTC)
	d.must(d.rules.Lose(d.p, d.move()))
	d.now = time.Date(2026, time.November, 20, 23, 0, 0, 0, time.UTC)
	d.must(d.verb(stage.VerbReopen))
	if got := dates(d.schedule(d.now).Windows); !slices.Equal(got, want) {
		t.Errorf("lost on hold and reopened: %q, want %q", got, want)
	}
}

// A business calendar moves a due date to the last working day on or before it; where its
// window has none, to the first one after it.
func TestCalendarMovesDueDays(t *testing.T) {
	holidays := []value.Date{}
	for day := 2; day <= 9; day++ {
		d, err := value.NewDate(2026, time.November, day)
		if err != nil {
			t.Fatal(err)
		}
		holidays = append(holidays, d)
	}
	for name, c := range map[string]struct {
		holidays []value.Date
		due      []string // of the first task of identification and of discovery
	}{
		"weekends":              {nil, []string{"2026-11-06", "2026-11-20"}},
		"nobody works at first": {holidays, []string{"2026-11-10", "2026-11-20"}},
	} {
		calendar, err := value.NewCalendar([]time.Weekday{1, 2, 3, 4, 5}, c.holidays)
		if err != nil {
			t.Fatal(err)
		}
		d := &deal{tb: t, rules: defaultRules(t).In(value.Workplace{Calendar: &calendar})}
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
		got := []string{d.item(stage.RegisterDeal).Due.String(), d.item(stage.DiscoveryCall).Due.String()}
		if !slices.Equal(got, c.due) {
			t.Errorf("%s: due on %q, want %q", name, got, c.due)
		}
	}
}

// Recurring tasks have no due date; tasks after close start the day after won and are due
// 14 days later.
func TestDatesOfRecurringTasksAndOfTasksAfterClose(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	if item := d.item(stage.LeadHandoff); item.State != stage.Pending || !item.Due.IsZero() || !item.Start.IsZero() {
		t.Errorf("before won: %+v", item)
	}
	d.walkTo("")
	if item := d.item(stage.WeeklySync); !item.Due.IsZero() || item.Overdue {
		t.Errorf("a recurring task: %+v", item)
	}
	if item := d.item(stage.LeadHandoff); item.State != stage.Open || item.Start.String() != "2026-11-03" || item.Due.String() != "2026-11-17" {
		t.Errorf("after won: %v %v %v", item.State, item.Start, item.Due)
	}
	for day, want := range map[int]bool{17: false, 18: true} {
		d.now = time.Date(2026, time.November, day, 0, 0, 0, 0, time.UTC)
		if got := slices.Contains(d.findings(), "stage.overdue"); got != want {
			t.Errorf("stage.overdue on the %dth: %v", day, got)
		}
	}
}

// The answer as of an instant is the answer of a history that ends there.
func TestEventsAfterTheInstantOfTheQuestionAreIgnored(t *testing.T) {
	d := newDeal(t, model.VendorLed, model.Standard)
	d.walkTo(stage.Presentation)
	history := d.p.History()
	for i := range history {
		at := history[i].At
		want, err := d.rules.Replay(d.p.Opening(), slices.DeleteFunc(d.p.History(), func(e stage.Event) bool { return e.At.After(at) }))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := scheduled(t, d.rules, d.p, at), scheduled(t, d.rules, want, at); got != want {
			t.Errorf("the schedule as of %v is\n%s\nwant\n%s", at, got, want)
		}
		if got, want := offered(d.rules, d.p, at), offered(d.rules, want, at); !slices.Equal(got, want) {
			t.Errorf("the options as of %v are %q, want %q", at, got, want)
		}
	}
	if options := d.rules.Options(d.p, time.Time{}); options[0].To != d.playbook().Steps[1].Stage {
		t.Errorf("before the opening the deal goes to %v", options[0].To)
	}
}

func scheduled(t *testing.T, rules *stage.Rules, p stage.Progress, asOf time.Time) string {
	t.Helper()
	schedule, err := rules.Schedule(p, stage.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	text, err := schedule.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func offered(rules *stage.Rules, p stage.Progress, at time.Time) (lines []string) {
	for _, o := range rules.Options(p, at) {
		lines = append(lines, fmt.Sprintf("%v %v %v %v", o.Verb, o.To, o.Owner, o.Shut))
	}
	return lines
}

// The rules of a workplace keep a copy of its calendar; later changes of the caller's
// calendar do not reach it. Without a calendar, due dates may fall on a weekend again.
func TestRulesOfAWorkplaceKeepTheirCalendar(t *testing.T) {
	calendar, err := value.NewCalendar([]time.Weekday{1, 2, 3, 4, 5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rules := defaultRules(t)
	there := rules.In(value.Workplace{Calendar: &calendar})
	if calendar, err = value.NewCalendar([]time.Weekday{time.Wednesday}, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		rules *stage.Rules
		due   string
	}{{"the rules", rules, "2026-11-08"}, {"there", there, "2026-11-06"}, {"back", there.In(value.Workplace{}), "2026-11-08"}} {
		d := &deal{tb: t, rules: c.rules}
		d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
		if got := d.item(stage.RegisterDeal).Due.String(); got != c.due {
			t.Errorf("%s: due on %s, want %s", c.name, got, c.due)
		}
	}
}

// An import before the beginning of its opening day in the zone is refused.
func TestTheOpeningDayBeginsInTheZoneOfTheWorkplace(t *testing.T) {
	rules := defaultRules(t).In(value.Workplace{Zone: time.FixedZone("EST", -5*60*60)})
	begin := time.Date(2026, time.November, 2, 5, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]bool{begin.Add(-1): false, begin: true} {
		_, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard,
			Stage: stage.Discovery, At: at, From: "crm"})
		if (err == nil) != want || err != nil && !errors.Is(err, value.Code("opening.import")) {
			t.Errorf("imported at %v: %v", at, err)
		}
	}
	d := &deal{tb: t, rules: rules}
	d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	d.now = begin.Add(-1)
	if _, err := rules.Hold(d.p, d.move()); !errors.Is(err, value.Code("event.time")) {
		t.Errorf("held before the opening day: %v", err)
	}
}
