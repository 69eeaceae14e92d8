package escalation_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// naiveCalled returns the person called instead of name on a day, by reading the whole roster
// each time; "" for nobody.
func naiveCalled(r escalation.Roster, name string, day value.Date) string {
	asked := map[string]bool{}
	for !asked[name] {
		asked[name] = true
		away := false
		for _, a := range r.Absences {
			if a.Name == name && !day.Before(a.From) && !day.After(a.Until) {
				away, name = true, a.StandIn
				break
			}
		}
		if !away || name == "" {
			return name
		}
	}
	return ""
}

// naivePeople returns the people on duty for a function of a side on a day, then the
// stand-ins, like "acmea" and "acmeb for acmea".
func naivePeople(r escalation.Roster, side model.Side, f escalation.Function, day value.Date) []string {
	var have, standIn, seen []string
	for pass := range 2 {
		for _, m := range r.People {
			if m.Party.Side != side || !slices.Contains(m.Functions, f) {
				continue
			}
			called := naiveCalled(r, m.Name, day)
			switch {
			case called == "" || slices.Contains(seen, called):
			case called == m.Name && pass == 0:
				have, seen = append(have, called), append(seen, called)
			case called != m.Name && pass == 1:
				standIn, seen = append(standIn, called+" for "+m.Name), append(seen, called)
			}
		}
	}
	return append(have, standIn...)
}

var naiveFunctions = map[escalation.Level][]escalation.Function{
	escalation.ManagerLevel:       {escalation.Manager},
	escalation.ExecutiveLevel:     {escalation.Executive},
	escalation.DealDeskLegalLevel: {escalation.DealDesk, escalation.Legal},
}

// naiveHole reports whether some function, or some rep, is without anybody on some
// day; no absence of anyRoster reaches beyond day 40.
func naiveHole(r escalation.Roster) bool {
	for n := range 41 {
		day := november(n)
		for _, side := range sides {
			for _, f := range [...]escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk,
				escalation.Legal} {
				if len(naivePeople(r, side, f, day)) == 0 {
					return true
				}
			}
		}
		for _, m := range r.People {
			if slices.Contains(m.Functions, escalation.Rep) && naiveCalled(r, m.Name, day) == "" {
				return true
			}
		}
	}
	return false
}

// repOf returns a lead rep of a side for a roster: one that it lists, or a stranger.
func repOf(r escalation.Roster, side model.Side) string {
	for _, m := range r.People {
		if m.Party.Side == side && slices.Contains(m.Functions, escalation.Rep) {
			return m.Name
		}
	}
	return "stranger of the " + side.String()
}

func TestEveryKindRoutesToOneLevelWithPeopleOnBothSides(t *testing.T) {
	seen := reachtest.Seen{}
	kinds := escalation.DefaultPolicy().Kinds
	reachtest.Check(t, seen, func(t *rapid.T) {
		r := anyRoster().Draw(t, "roster")
		routes, err := escalation.Compile(escalation.DefaultPolicy(), r)
		if hole := naiveHole(r); hole != (err != nil) {
			t.Fatalf("esc.roster: %+v\nrefused with %v, a hole: %v", r, err, hole)
		}
		if err != nil {
			seen["refused"]++
			for _, e := range err.(value.Errors) {
				if e.Code != escalation.RosterRule {
					t.Fatalf("esc.roster: %v", e)
				}
			}
			return
		}
		seen["compiled"]++
		at := instant(rapid.IntRange(0, 41).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"))
		d := escalation.Facts{PartnerLead: repOf(r, model.Partner), VendorLead: repOf(r, model.Vendor)}
		for kind, level := range kinds {
			route, err := routes.Route(escalation.Blocker{Deal: d, Kind: kind, Raised: at}, at)
			if err != nil || route.Level != level || !route.RespondBy.After(at) || route.Reason.IsZero() {
				t.Fatalf("esc.total: %s goes to %+v, %v", kind, route, err)
			}
			seen["stood in"] += comparePeople(t, r, d, route, at)
		}
	}, "compiled", "refused", "stood in")
}

// comparePeople compares the people, and returns the number of stand-ins.
func comparePeople(t *rapid.T, r escalation.Roster, d escalation.Facts, route escalation.Route, at time.Time) int {
	day, err := value.DateOf(at, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, side := range sides {
		if route.Level == escalation.RepLevel {
			lead := map[model.Side]string{model.Partner: d.PartnerLead, model.Vendor: d.VendorLead}[side]
			text := naiveCalled(r, lead, day)
			if text != lead {
				text += " for " + lead
			}
			want = append(want, fmt.Sprint(side, " rep ", text))
		}
		for _, f := range naiveFunctions[route.Level] {
			for _, text := range naivePeople(r, side, f, day) {
				want = append(want, fmt.Sprint(side, " ", f, " ", text))
			}
		}
	}
	var got []string
	named := map[model.Side]bool{}
	standIns := 0
	for _, c := range route.People() {
		text := fmt.Sprint(c.Person.Party.Side, " ", c.Function, " ", c.Person.Name)
		if c.For != "" {
			text += " for " + c.For
			standIns++
		}
		got = append(got, text)
		named[c.Person.Party.Side] = c.Person.Name != ""
	}
	if !slices.Equal(got, want) || !named[model.Partner] || !named[model.Vendor] {
		t.Fatalf("esc.total: on %v level %v calls %q, want %q\n%+v", day, route.Level, got, want, r)
	}
	return standIns
}

func TestAnAbsenceIsAGapOnlyWhereNobodyIsLeft(t *testing.T) {
	away := func(name, from, until, standIn string) escalation.Absence {
		return escalation.Absence{Name: name, From: date(from), Until: date(until), StandIn: standIn}
	}
	const name = "; name a stand-in for somebody who is away"
	second := escalation.Member{Name: "max", Party: acme, Functions: []escalation.Function{escalation.Manager}}
	rep := escalation.Member{Name: "ana", Party: acme, Functions: []escalation.Function{escalation.Rep}}
	for _, c := range []struct {
		name     string
		more     []escalation.Member
		absences []escalation.Absence
		want     []string
	}{
		{"alone", nil, []escalation.Absence{away("mia", "2026-12-01", "2026-12-02", "")},
			[]string{"roster.partner.manager: nobody is on duty from 2026-12-01 to 2026-12-02" + name}},
		{"a colleague stays", []escalation.Member{second},
			[]escalation.Absence{away("mia", "2026-12-01", "2026-12-02", "")}, nil},
		{"both away, one day together", []escalation.Member{second},
			[]escalation.Absence{away("mia", "2026-12-01", "2026-12-03", ""),
				away("max", "2026-12-03", "2026-12-09", "")},
			[]string{"roster.partner.manager: nobody is on duty from 2026-12-03 to 2026-12-03" + name}},
		{"they wait for one another", []escalation.Member{second},
			[]escalation.Absence{away("mia", "2026-12-01", "2026-12-03", "max"),
				away("max", "2026-12-03", "2026-12-09", "mia")},
			[]string{"roster.partner.manager: nobody is on duty from 2026-12-03 to 2026-12-03" + name}},
		{"the stand-in's stand-in", []escalation.Member{second},
			[]escalation.Absence{away("mia", "2026-12-01", "2026-12-03", "max"),
				away("max", "2026-12-03", "2026-12-09", "eli")}, nil},
		{"three times, one after another", nil, []escalation.Absence{away("noor", "2026-12-01", "2026-12-01", ""),
			away("noor", "2026-12-02", "2026-12-04", ""), away("noor", "2026-12-07", "2026-12-07", "")},
			[]string{"roster.vendor.manager: nobody is on duty from 2026-12-01 to 2026-12-04 and again later, 2 times in all" + name}},
		{"to the end of the calendar", nil, []escalation.Absence{away("noor", "2026-12-01", "9999-12-31", "")},
			[]string{"roster.vendor.manager: nobody is on duty from 2026-12-01" + name}},
		{"since the beginning of the calendar", nil, []escalation.Absence{away("noor", "0001-01-01", "2026-12-31", "")},
			[]string{"roster.vendor.manager: nobody is on duty from 0001-01-01 to 2026-12-31" + name}},
		{"a rep answers alone for a deal", []escalation.Member{rep},
			[]escalation.Absence{away("ana", "2026-12-01", "2026-12-02", "")},
			[]string{`roster.people[4]: "ana" is away from 2026-12-01 to 2026-12-02 and nobody on duty stands in; name a stand-in`}},
		{"a manager stands in for the rep", []escalation.Member{rep},
			[]escalation.Absence{away("ana", "2026-12-01", "2026-12-02", "mia")}, nil},
		{"who only stands in may be away", []escalation.Member{{Name: "sam", Party: acme}},
			[]escalation.Absence{away("sam", "2026-12-01", "2026-12-02", "")}, nil},
	} {
		t.Run("esc.roster "+c.name, func(t *testing.T) {
			r := exampleRoster()
			r.People = append(r.People, c.more...)
			r.Absences = c.absences
			_, err := escalation.Compile(escalation.DefaultPolicy(), r)
			wantError(t, err, c.want...)
		})
	}
}

func TestStandInsFollowOneAnother(t *testing.T) {
	r := exampleRoster()
	manager := []escalation.Function{escalation.Manager}
	for _, name := range []string{"max", "mo", "meg"} {
		r.People = append(r.People, escalation.Member{Name: name, Party: acme, Functions: manager})
	}
	away := func(name, standIn string) {
		r.Absences = append(r.Absences, escalation.Absence{Name: name, From: november(23), Until: november(23),
			StandIn: standIn})
	}
	away("mia", "max") // is called for whoever stands in for max
	away("max", "eli")
	away("mo", "meg") // wait for one another
	away("meg", "mo")
	route, err := compile(t, escalation.DefaultPolicy(),
		r).Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: instant(23, 9)}, instant(23, 9))
	if err != nil {
		t.Fatal(err)
	}
	people := route.People()
	if len(people) != 2 || people[0].Person.Name != "eli" || people[0].For != "mia" || people[1].Person.Name != "noor" {
		t.Errorf("esc.roster: %+v are called", people)
	}
}
