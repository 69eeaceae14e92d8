// Package casetest plays a case of the default policy beside one that is lived through hour by hour.
package casetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// naiveEvent is an act of a person, or the naming of both executives.
type naiveEvent struct {
	act string
	at  time.Time
}

// naiveCase is a case lived through hour by hour.
type naiveCase struct {
	level                                   int
	opened, entered, acknowledged, resolved time.Time
	history                                 []string
	holds                                   []value.Pause
}

// BusinessDays is the midnight after the n-th Monday to Friday after start's day, of those that do not end on
// hold; a start on hold is the end of the hold.
func BusinessDays(start time.Time, n int, holds ...value.Pause) time.Time {
	for onHold(start, holds) {
		start = start.Add(time.Hour)
	}
	day := time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, time.UTC)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday &&
			!onHold(day.Add(23*time.Hour+59*time.Minute), holds) {
			n--
		}
	}
	return day.AddDate(0, 0, 1)
}

// naiveHours is when so many hours have passed that are not on hold.
func naiveHours(start time.Time, n int, holds []value.Pause) time.Time {
	for at := start; ; at = at.Add(time.Hour) {
		if n == 0 {
			return at
		}
		if !onHold(at, holds) {
			n--
		}
	}
}

func onHold(at time.Time, holds []value.Pause) bool {
	return slices.ContainsFunc(holds, func(h value.Pause) bool {
		return !at.Before(h.From) && (h.Until.IsZero() || at.Before(h.Until))
	})
}

// held reports whether a hold began before an instant and has not ended: what is due when a hold begins still happens.
func held(at time.Time, holds []value.Pause) bool {
	return slices.ContainsFunc(holds, func(h value.Pause) bool {
		return h.From.Before(at) && onHold(at,
			[]value.Pause{h})
	})
}

// sizeAt returns the size of the playbook at an instant.
func (l *lived) sizeAt(at time.Time) model.PlaybookSize {
	size := l.deal.Size
	for _, resized := range l.deal.Resized {
		if !at.Before(resized) {
			size = model.Standard + model.Simplified - size
		}
	}
	return size
}

// naiveLife lives a case of the default policy until asOf: each hour first what
// time does, then what somebody does. Events stand at full hours, in order.
func naiveLife(l *lived, asOf time.Time) naiveCase {
	level, events, holds := l.level, l.events, l.holds(asOf)
	c := naiveCase{holds: holds}
	enter := func(now time.Time, level int, act string) {
		c.level, c.entered, c.acknowledged, c.resolved = level, now, time.Time{}, time.Time{}
		c.history = append(c.history, fmt.Sprint(now.Format(time.RFC3339), " ", act, " ", level))
	}
	note := func(now time.Time, act string) {
		c.history = append(c.history, fmt.Sprint(now.Format(time.RFC3339), " ", act, " ", c.level))
	}
	for now := events[0].at; !now.After(asOf); now = now.Add(time.Hour) {
		size := l.sizeAt(now)
		open := !c.opened.IsZero() && c.resolved.IsZero()
		if open && c.level == 1 && now.Equal(BusinessDays(c.entered, 2, holds...)) {
			enter(now, 2, "escalated")
		} else if open && c.level == 2 && size == model.Standard && !held(now, l.deal.Holds) &&
			!now.Before(BusinessDays(c.entered, 5, holds...)) {
			enter(now, 3, "escalated")
		}
		for _, e := range events {
			if !e.at.Equal(now) {
				continue
			}
			open := !c.opened.IsZero() && c.resolved.IsZero()
			switch {
			case e.act == "raise" && c.opened.IsZero():
				c.opened = now
				enter(now, level, "opened")
			case e.act == "raise" && open:
				note(now, "raised_again")
			case e.act == "raise":
				c.opened = now
				enter(now, c.level, "reopened")
			case e.act == "acknowledge" && open:
				note(now, "acknowledged")
				if c.acknowledged.IsZero() {
					c.acknowledged = now
				}
			case e.act == "resolve" && open, e.act == "name" && open:
				note(now, "resolved")
				c.resolved = now
			}
		}
	}
	return c
}

func (c naiveCase) respondBy() time.Time {
	switch c.level {
	case 1:
		return naiveHours(c.entered, 24, c.holds)
	case 2:
		return BusinessDays(c.entered, 1, c.holds...)
	default:
		return BusinessDays(c.entered, 2, c.holds...)
	}
}

// lived is a case under test beside the events that made it.
type lived struct {
	routes *escalation.Rules
	deal   escalation.Facts
	kind   escalation.BlockerKind
	level  int
	now    time.Time
	c      escalation.Case
	events []naiveEvent
}

func (l *lived) naive(asOf time.Time) naiveCase {
	return naiveLife(l, asOf)
}

// holds are those known at an instant; one under way ends now.
func (l *lived) holds(asOf time.Time) []value.Pause {
	var known []value.Pause
	for _, h := range l.deal.Holds {
		if h.From.Before(asOf) {
			if h.Until.IsZero() || h.Until.After(asOf) {
				h.Until = asOf
			}
			known = append(known, h)
		}
	}
	return known
}

func (l *lived) raise(t *rapid.T) {
	blocker := escalation.Blocker{Deal: l.deal, Kind: l.kind, Raised: l.now, By: ana}
	c, err := l.routes.Raise(l.c, blocker)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.events) > 0 {
		old := l.naive(l.now)
		if !old.resolved.IsZero() && !l.now.Before(naiveHours(old.resolved, 14*24, l.holds(l.now))) {
			l.events = nil // a new case
		}
	}
	l.events = append(l.events, naiveEvent{"raise", l.now})
	l.c = c
}

// event records an acknowledgement or a resolution, which only an open case accepts.
func (l *lived) event(t *rapid.T, act string,
	do func(escalation.Case, escalation.Facts, escalation.Event) (escalation.Case, error)) {
	if l.c.IsZero() {
		_, err := do(l.c, l.deal, escalation.Event{By: bo, At: l.now})
		if err == nil {
			t.Fatal("a case that nobody opened takes an event")
		}
		return
	}
	c, err := do(l.c, l.deal, escalation.Event{By: bo, At: l.now})
	if before := l.naive(l.now); !before.resolved.IsZero() {
		wantCode(t, err, escalation.CaseClosed)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	l.events = append(l.events, naiveEvent{act, l.now})
	l.c = c
}

func (l *lived) compare(t *rapid.T, asOf time.Time) {
	got, err := l.routes.State(l.c, l.deal, asOf)
	if err != nil {
		t.Fatal(err)
	}
	want := l.naive(asOf)
	var steps []string
	for _, s := range got.Steps {
		steps = append(steps, fmt.Sprint(s.At.Format(time.RFC3339), " ", s.Act, " ", int(s.Level)))
	}
	if g, w := strings.Join(steps, "\n"), strings.Join(want.history, "\n"); g != w {
		t.Fatalf("esc.timeout: as of %v the history is\n%s\nwant\n%s", asOf, g, w)
	}
	if got.Opened != want.opened || got.Entered != want.entered || got.Acknowledged != want.acknowledged ||
		got.Resolved != want.resolved {
		t.Fatalf("as of %v\ngot  %+v\nwant %+v", asOf, got, want)
	}
	if open := !want.opened.IsZero() && want.resolved.IsZero(); got.IsOpen() != open || open &&
		int(got.Route.Level) != want.level || open && got.Route.RespondBy != want.respondBy() {
		t.Fatalf("esc.respond: as of %v\ngot  %+v\nwant %+v", asOf, got, want)
	}
	if want.opened.IsZero() {
		return
	}
	answered := want.acknowledged
	if answered.IsZero() {
		answered = want.resolved
	}
	late := answered.IsZero() && !asOf.Before(want.respondBy()) || !answered.IsZero() &&
		!answered.Before(want.respondBy())
	if late == got.Late.IsZero() {
		t.Fatalf("esc.respond: as of %v late is %v, want %v", asOf, got.Late, late)
	}
}

var (
	ana = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo  = model.Person{Name: "bo", Party: model.VendorOrg("us")}
)

func wantCode(t *rapid.T, err error, code value.Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Fatalf("%v, want %s", err, code)
	}
}

// Play plays one case in the rules of the default policy and by hours, and counts in seen what happened. The deal is
// one
// of the parties of the roster.
func Play(t *rapid.T, seen reachtest.Seen, routes *escalation.Rules, deal escalation.Facts) {
	l := lived{routes: routes, deal: deal, now: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)}
	l.now = l.now.AddDate(0, 0, rapid.IntRange(0, 6).Draw(t, "day"))
	l.deal.Size = rapid.SampledFrom([]model.PlaybookSize{model.Standard, model.Simplified}).Draw(t, "size")
	l.level = rapid.IntRange(1, 4).Draw(t, "level")
	l.kind = [...]escalation.BlockerKind{"", escalation.Scheduling, escalation.ProspectDark, escalation.LargeDeal,
		escalation.ContractIssue}[l.level]
	t.Repeat(l.actions(seen))
}

// actions returns the acts of people on a case, and what time does.
func (l *lived) actions(seen reachtest.Seen) map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"wait": func(t *rapid.T) {
			l.now = l.now.Add(time.Duration(rapid.OneOf(rapid.IntRange(1, 30), rapid.IntRange(1, 400)).Draw(t,
				"hours")) * time.Hour)
		},
		"resize": func(*rapid.T) {
			l.now = l.now.Add(time.Hour) // what else happens at this instant has no order
			l.deal.Resized = append(l.deal.Resized, l.now)
			l.now = l.now.Add(time.Hour)
			seen["resized"]++
		},
		"wait for midnight": func(*rapid.T) { l.now = l.now.Truncate(24 * time.Hour).Add(24 * time.Hour) },
		"raise":             l.raise,
		"acknowledge":       func(t *rapid.T) { l.event(t, "acknowledge", l.routes.Acknowledge) },
		"resolve":           func(t *rapid.T) { l.event(t, "resolve", l.routes.Resolve) },
		"name executives": func(t *rapid.T) {
			if l.kind != escalation.LargeDeal || l.c.IsZero() || !l.deal.ExecutivesAt.IsZero() {
				t.Skip("for a large deal, once")
			}
			l.deal.PartnerExecutive, l.deal.VendorExecutive, l.deal.ExecutivesAt = "eli", "fay", l.now
			l.events = append(l.events, naiveEvent{"name", l.now})
			l.now = l.now.Add(time.Hour) // what else happens at this instant has no order
		},
		"hold": func(t *rapid.T) {
			if n := len(l.deal.Holds); n > 0 && l.deal.Holds[n-1].Until.IsZero() {
				l.now = l.now.Add(time.Hour) // what else happens when a hold ends has no order
				l.deal.Holds[n-1].Until = l.now
				seen["resumed"]++
				return
			}
			if n := len(l.deal.Holds); n > 0 && l.deal.Holds[n-1].Until.Equal(l.now) {
				l.now = l.now.Add(time.Hour) // two holds that touch are one, which the model does not know
			}
			l.deal.Holds = append(l.deal.Holds, value.Pause{From: l.now})
		},
		"store": func(t *rapid.T) {
			text, err := l.c.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			if err := l.c.UnmarshalJSON(text); err != nil {
				t.Fatal(err)
			}
		},
		"": func(t *rapid.T) {
			if l.c.IsZero() {
				return
			}
			l.compare(t, l.now)
			l.compare(t, l.now.Add(-time.Duration(rapid.IntRange(0, 300).Draw(t, "hours ago"))*time.Hour))
			l.compare(t, l.now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "hours ahead"))*time.Hour))
			for _, step := range l.c.History() {
				seen[step.Act.String()]++
			}
		},
	}
}
