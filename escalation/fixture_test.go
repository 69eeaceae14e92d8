package escalation_test

import (
	"errors"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	acme = model.PartnerOrg("acme")
	us   = model.VendorOrg("us")
	ana  = model.Person{Name: "ana", Party: acme}
	bo   = model.Person{Name: "bo", Party: us}

	levels = [...]escalation.Level{escalation.RepLevel, escalation.ManagerLevel, escalation.ExecutiveLevel,
		escalation.DealDeskLegalLevel}
	sides = [...]model.Side{model.Partner, model.Vendor}
)

// instant is a moment of November or December 2026, by the day of November; the
// 23rd is a Monday.
func instant(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }

func date(s string) value.Date { return value.MustDate(s) }

// deal has all that a case needs, and no facts that show a blocker.
func deal() escalation.Facts {
	return escalation.Facts{ID: "D-17", Size: model.Standard, PartnerLead: "ana", VendorLead: "bo"}
}

func compile(t rapid.TB, p escalation.Policy, r escalation.Roster) *escalation.Rules {
	t.Helper()
	routes, err := escalation.Compile(p, r)
	if err != nil {
		t.Fatal(err)
	}
	return routes
}

func defaultRoutes(t rapid.TB) *escalation.Rules {
	t.Helper()
	return compile(t, escalation.DefaultPolicy(), exampleRoster())
}

// messages are the lines of an error; nil for none.
func messages(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}

func wantError(t rapid.TB, err error, want ...string) {
	t.Helper()
	if got := messages(err); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// checkCoded fails on an error that is not ours, or that has no code of its own.
func checkCoded(t rapid.TB, err error) {
	t.Helper()
	var list value.Errors
	switch e := err.(type) {
	case *value.Error:
		list = value.Errors{e}
	case value.Errors:
		list = e
	default:
		t.Fatalf("%T: %v", err, err)
	}
	for _, e := range list {
		if e.Code == "" || e.Code == value.Unexpected || e.Got == "" || e.Problem == "" || len(e.Error()) > 2000 {
			t.Errorf("%q is no good error: %v", e.Code, e)
		}
	}
}

func wantCode(t rapid.TB, err error, code value.Code) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("got %v, want %s", err, code)
	}
}

// anyRoster draws a roster in which absences and stand-ins are frequent, so that
// some have holes and chains and circles of stand-ins occur.
func anyRoster() *rapid.Generator[escalation.Roster] {
	return rapid.Custom(func(t *rapid.T) escalation.Roster {
		var r escalation.Roster
		names := map[model.Side][]string{}
		for _, party := range [...]model.Party{acme, us} {
			for i := range rapid.IntRange(2, 4).Draw(t, "people") {
				name := party.Org + string(rune('a'+i))
				names[party.Side] = append(names[party.Side], name)
				all := []escalation.Function{escalation.Rep, escalation.Manager, escalation.Executive,
					escalation.DealDesk, escalation.Legal}
				functions := rapid.Permutation(all).Draw(t, "functions")[:rapid.IntRange(0, 5).Draw(t, "how many")]
				if i == 0 {
					functions = all[rapid.IntRange(0, 1).Draw(t, "no rep"):]
				}
				r.People = append(r.People, escalation.Member{Name: name, Party: party, Functions: functions})
			}
		}
		for _, m := range r.People {
			from := 1
			for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "absences") {
				from += rapid.IntRange(0, 5).Draw(t, "here")
				until := from + rapid.IntRange(0, 5).Draw(t, "away")
				standIn := rapid.SampledFrom(names[m.Party.Side]).Draw(t, "stand-in")
				if standIn == m.Name { // nobody
					standIn = ""
				}
				r.Absences = append(r.Absences,
					escalation.Absence{Name: m.Name, From: november(from), Until: november(until), StandIn: standIn})
				from = until + 1
			}
		}
		r.Absences = rapid.Permutation(r.Absences).Draw(t, "order")
		return r
	})
}

func november(day int) value.Date {
	d, err := date("2026-11-01").AddDays(day - 1)
	if err != nil {
		panic(err)
	}
	return d
}
