package rendercheck

import (
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// stated are the properties of an event, and the parameters of its dates.
type stated struct{ UID, Stamp, Start, End, Summary, Description, Transparent string }

// events returns the events of a calendar as the library reads them. It refuses what
// RFC 5545 forbids and the library lets pass.
func events(t rapid.TB, text string) []stated {
	t.Helper()
	calendar, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for line := range strings.SplitAfterSeq(text, "\n") {
		if line != "" && (!strings.HasSuffix(line, "\r\n") || len(line) > 77) {
			t.Fatalf("a line of %d octets: %q", len(line), line)
		}
	}
	var list []stated
	for _, component := range calendar.Components {
		event, ok := component.(*ics.VEvent)
		if !ok || len(event.Components) > 0 {
			t.Fatalf("a component that is no event: %+v", component)
		}
		found := map[string]string{}
		for _, p := range event.Properties {
			name := p.IANAToken
			if _, twice := found[name]; twice {
				t.Fatalf("%s stands twice in\n%s", name, text)
			}
			found[name] = p.Value
			if (name == "DTSTART" || name == "DTEND") && !slices.Equal(p.ICalParameters["VALUE"], []string{"DATE"}) {
				t.Fatalf("%s is no day: %+v", name, p)
			}
		}
		e := stated{
			found["UID"], found["DTSTAMP"], found["DTSTART"], found["DTEND"],
			found["SUMMARY"], found["DESCRIPTION"], found["TRANSP"],
		}
		if len(found) != 7 && (len(found) != 6 || e.End != "") {
			t.Fatalf("properties %v", found)
		}
		list = append(list, e)
	}
	return list
}

func compact(day string) string { return strings.ReplaceAll(day, "-", "") }

// people returns the people who do a task, in words.
func people(i stage.Item) string {
	owner := map[stage.Owner]string{stage.ByPartner: "partner", stage.ByVendor: "vendor", stage.Jointly: "both together", stage.ByEach: "each side"}[i.Task.Owner]
	switch {
	case i.PartnerRep != "" && i.VendorRep != "":
		return owner + ": " + escape.Line(i.PartnerRep+" and "+i.VendorRep)
	case i.PartnerRep+i.VendorRep != "":
		return owner + ": " + escape.Line(i.PartnerRep+i.VendorRep)
	default:
		return owner
	}
}

// An open task of a deal with a due day is an all-day event whose end is the day after,
// stamped with the instant of the question.
func TestCalendarHasTheEventsOfTheSchedule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		asOf := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "as of"), 0).In(time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*3600))
		var deals []assess.View
		var want []stated
		for range rapid.IntRange(1, 3).Draw(t, "deals") {
			v := assess.View{Deal: anyText().Draw(t, "deal"), Account: anyText().Draw(t, "account"), Schedule: anySchedule(t)}
			deals = append(deals, v)
			for _, i := range asked(v.Schedule) {
				if i.State != stage.Open {
					continue
				}
				summary := i.Task.Says
				if v.Account != "" {
					summary = v.Account + ": " + summary
				}
				want = append(want, stated{
					Stamp: asOf.UTC().Format("20060102T150405Z"), Start: compact(i.Start.String()), End: compact(following(t, i)),
					Summary: escape.Line(summary), Description: people(i), Transparent: "TRANSPARENT",
				})
			}
		}
		got := events(t, render.ICalendar(asOf, deals...))
		for i := range got {
			got[i].UID = ""
		}
		if !slices.Equal(got, want) {
			t.Fatalf("read are\n%+v\nwant\n%+v", got, want)
		}
	})
}

// A later file of a deal replaces the events of that deal, and no event of another deal or task,
// however similar their names are.
func TestCalendarUIDNamesDealAndTask(t *testing.T) {
	day := value.MustDate("2026-11-02")
	uid := func(t rapid.TB, deal, task, says string, asOf time.Time) string {
		item := stage.Item{Task: stage.Task{ID: stage.TaskID(task), Says: says}, State: stage.Open, Start: day, Due: day}
		return events(t, render.ICalendar(asOf, assess.View{Deal: deal, Schedule: stage.Schedule{Items: []stage.Item{item}}}))[0].UID
	}
	known := map[string]string{}
	names := []string{"", "a", "b", "a.b", "b.a", ".", "%2E", "a b", "a\u00a0b", "\n", `\n`, `\\n`, "\r\n", "a,b", "a\\,b", "a@coselling", "A"}
	for _, deal := range names {
		for _, task := range names {
			id := uid(t, deal, task, "x", time.Unix(0, 0))
			if other := known[id]; other != "" {
				t.Errorf("%q is the UID of task %q of deal %q and of %s", id, task, deal, other)
			}
			known[id] = "task " + value.Quote(task) + " of deal " + value.Quote(deal)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		deal, task := anyText().Draw(t, "deal"), anyText().Draw(t, "task")
		one := uid(t, deal, task, "x", time.Unix(0, 0))
		if two := uid(t, deal, task, anyText().Draw(t, "says"), time.Unix(1e9, 0)); one != two {
			t.Fatalf("%q becomes %q", one, two)
		}
	})
}

// No day follows the last one: by RFC 5545 an event without an end takes one day.
func TestCalendarEndsWithTheLastDay(t *testing.T) {
	last := value.MustDate("9999-12-31")
	item := stage.Item{Task: stage.Task{ID: "t", Owner: stage.ByVendor, Says: "x"}, State: stage.Open, Start: last, Due: last}
	got := events(t, render.ICalendar(time.Unix(0, 0), assess.View{Deal: "D", Schedule: stage.Schedule{Items: []stage.Item{item}}}))
	if len(got) != 1 || got[0].Start != "99991231" || got[0].End != "" {
		t.Errorf("%+v", got)
	}
}
