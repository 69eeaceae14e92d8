package escalation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func dueText(list []escalation.Due) string {
	var text strings.Builder
	for _, d := range list {
		text.WriteString(fmt.Sprintf("%s %s %s at %s; ", d.At.Format("02 15:04"), d.Kind, d.Act, d.Level))
	}
	return text.String()
}

func TestNextSaysWhatIsDueAtOneInstant(t *testing.T) {
	routes := defaultRoutes(t)
	d := facts(func(d *escalation.Deal) { d.Unanswered = instant(20, 9) })
	d.ActiveSince = instant(20, 9)
	cases := []escalation.Case{
		raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9)),
		raise(t, escalation.Case{}, escalation.InternalCoordination, instant(23, 9)),
		raise(t, escalation.Case{}, escalation.ContractIssue, instant(23, 10)),
	}
	for _, c := range []struct {
		asOf time.Time
		want string
	}{
		{instant(22, 9), "30 09:00 prospect_dark opened at manager; "}, // nothing is raised yet
		{instant(23, 9), "24 09:00 scheduling acknowledged at rep; "},
		{instant(24, 9), "25 00:00 internal_coordination acknowledged at manager; "},
		{instant(25, 0), "26 00:00 contract_issue acknowledged at deal_desk_legal; 26 00:00 scheduling escalated at manager; "},
		{instant(26, 0), "28 00:00 scheduling acknowledged at manager; "},
		{instant(28, 0), "30 09:00 prospect_dark opened at manager; "},
		{instant(30, 9), "01 00:00 contract_issue reminded at deal_desk_legal; 01 00:00 internal_coordination escalated at executive; "},
		{instant(40, 0), "12 00:00 scheduling reminded at executive; "},
	} {
		got, err := routes.Next(d, cases, c.asOf)
		if err != nil || dueText(got) != c.want {
			t.Errorf("esc.timeout as of %v: got %q, %v, want %q", c.asOf, dueText(got), err, c.want)
		}
	}
	if got, err := routes.Next(deal(), nil, instant(23, 9)); err != nil || got != nil {
		t.Errorf("a deal without facts and cases: %v, %v", got, err)
	}
	_, err := routes.Next(escalation.Deal{}, cases[:1], time.Time{})
	wantCode(t, err, escalation.DealID)
	wantCode(t, err, escalation.Instant)
	checkCoded(t, err)
}

func TestNextSaysWhy(t *testing.T) {
	routes := defaultRoutes(t)
	c := raise(t, escalation.Case{}, escalation.ProspectDark, instant(23, 9))
	acknowledged, err := routes.Acknowledge(c, deal(), escalation.Event{By: bo, At: instant(23, 10)})
	if err != nil {
		t.Fatal(err)
	}
	contract := raise(t, escalation.Case{}, escalation.ContractIssue, instant(23, 9))
	for _, row := range []struct {
		c    escalation.Case
		asOf time.Time
		code value.Code
		want string
	}{
		{c, instant(23, 10), escalation.RespondRule, "prospect_dark is to be acknowledged at level manager"},
		{acknowledged, instant(23, 10), escalation.TimeoutRule, "prospect_dark moves up to level executive unless it is resolved"},
		{contract, instant(26, 10), escalation.TimeoutRule, "the people of level deal_desk_legal are notified of contract_issue again unless it is resolved"},
	} {
		got, err := routes.Next(deal(), []escalation.Case{row.c}, row.asOf)
		if err != nil || len(got) != 1 || got[0].Reason.Code() != row.code || got[0].Reason.String() != row.want {
			t.Errorf("%s: %v, %v", row.code, got, err)
		}
	}
}

// snapshot is everything that a host would act on at an instant.
func snapshot(t *rapid.T, routes *escalation.Routes, d escalation.Deal, cases []escalation.Case, asOf time.Time) string {
	var text strings.Builder
	for _, c := range cases {
		s, err := routes.Standing(c, d, asOf)
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(fmt.Sprintln(c.Kind(), s.Opened, s.Route.Level, s.Entered, s.Notified, s.Late, s.Resolved))
	}
	found, err := routes.Detect(d, cases, asOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		text.WriteString(fmt.Sprintln(b.Kind, b.Raised))
	}
	return text.String()
}

// One timer is enough: until the next due instant nothing changes, and at it
// something does. All facts and events stand before it.
func TestNothingChangesBeforeWhatIsDue(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		p := anyPolicy().Draw(t, "policy")
		p.LargeFrom = value.MustMoney("250000.00 USD")
		p.Kinds[escalation.ContractIssue] = escalation.DealDeskLegalLevel
		routes := compile(t, p, exampleRoster())
		hour := func(name string) time.Time { return instant(1, rapid.IntRange(0, 24*20).Draw(t, name)) }
		d := deal()
		d.Size = rapid.SampledFrom([]model.PlaybookSize{model.Standard, model.Simplified}).Draw(t, "size")
		d.ActiveSince, d.Progress, d.Unanswered = hour("active"), hour("progress"), hour("unanswered")
		var cases []escalation.Case
		for _, kind := range []escalation.Kind{escalation.Scheduling, escalation.DealStalled, escalation.ContractIssue} {
			at := hour("raised")
			c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: d, Kind: kind, Raised: at})
			if err != nil {
				t.Fatal(err)
			}
			e := escalation.Event{By: bo, At: at.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "later")) * time.Hour)}
			switch rapid.IntRange(0, 2).Draw(t, "then") {
			case 1:
				c, err = routes.Acknowledge(c, d, e)
			case 2:
				c, err = routes.Resolve(c, d, e)
			}
			if err != nil {
				t.Fatal(err)
			}
			cases = append(cases, c)
		}
		asOf := instant(1, 24*20+100)
		for range 8 {
			due, err := routes.Next(d, cases, asOf)
			if err != nil {
				t.Fatal(err)
			}
			if len(due) == 0 {
				if now, later := snapshot(t, routes, d, cases, asOf), snapshot(t, routes, d, cases, asOf.AddDate(3, 0, 0)); now != later {
					t.Fatalf("nothing is due, and\n%sbecomes\n%s", now, later)
				}
				return
			}
			at := due[0].At
			before, then := snapshot(t, routes, d, cases, asOf), snapshot(t, routes, d, cases, at)
			if last := snapshot(t, routes, d, cases, at.Add(-1)); !at.After(asOf) || last != before || then == before {
				t.Fatalf("due is %s\nas of %v\n%sjust before\n%sthen\n%s", dueText(due), asOf, before, last, then)
			}
			seen["rung"]++
			asOf = at
		}
	}, "rung")
}

// A reminder does not drift, and ends after 10,000 units of its term.
func TestRemindersAreCountedFromTheEntry(t *testing.T) {
	for _, term := range []escalation.Term{escalation.Hours(7), escalation.Days(3), escalation.BusinessDays(1), escalation.BusinessDays(3), escalation.BusinessDays(10_000)} {
		p := escalation.DefaultPolicy()
		p.Timeout.DealDeskLegal = term
		routes := compile(t, p, exampleRoster())
		c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: deal(), Kind: escalation.ContractIssue, Raised: instant(23, 9)})
		if err != nil {
			t.Fatal(err)
		}
		c, err = routes.Acknowledge(c, deal(), escalation.Event{By: bo, At: instant(23, 9)})
		if err != nil {
			t.Fatal(err)
		}
		asOf, last, count := instant(23, 9), instant(23, 9), 0
		for ; count < 50; count++ {
			due, err := routes.Next(deal(), []escalation.Case{c}, asOf)
			if err != nil {
				t.Fatal(err)
			}
			if len(due) == 0 {
				break
			}
			asOf = due[0].At
			s, err := routes.Standing(c, deal(), asOf.Add(-1))
			if err != nil || s.Notified != last || due[0].Act != escalation.Reminded {
				t.Fatalf("%v: notified %v, want %v, %v", term, s.Notified, last, err)
			}
			last = asOf
		}
		wantLast := map[escalation.Term]time.Time{
			escalation.Hours(7): instant(23, 9+350), escalation.Days(3): instant(23+150, 9),
			escalation.BusinessDays(1): instant(23+70+1, 0), escalation.BusinessDays(3): instant(23+210+1, 0),
			escalation.BusinessDays(10_000): instant(23+14_000+1, 0),
		}[term]
		if last != wantLast {
			t.Errorf("esc.timeout %v: reminder %d at %v, want %v", term, count, last, wantLast)
		}
		end := time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)
		due, err := routes.Next(deal(), []escalation.Case{c}, end)
		if err != nil || due != nil {
			t.Errorf("%v: in the year 9000 %v is due, %v", term, due, err)
		}
	}
}
