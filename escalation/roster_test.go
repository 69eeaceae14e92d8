package escalation_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func sameRoster(a, b escalation.Roster) bool {
	return slices.EqualFunc(a.People, b.People, func(m, n escalation.Member) bool {
		return m.Name == n.Name && m.Party == n.Party && slices.Equal(m.Functions, n.Functions)
	}) && slices.Equal(a.Absences, b.Absences)
}

func TestRosterJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRoster().Draw(t, "roster")
		text, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := escalation.ParseRoster(text)
		if err != nil || !sameRoster(back, r) {
			t.Fatalf("%s\nread as %+v, %v", text, back, err)
		}
		again, err := back.MarshalJSON()
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%s\nwritten again as %s, %v", text, again, err)
		}
	})
}

func TestRosterJSONIsCanonical(t *testing.T) {
	r := exampleRoster()
	r.People = r.People[:1]
	r.Absences = []escalation.Absence{{Name: "mia", From: date("2026-12-24"), Until: date("2026-12-26"),
		StandIn: "eli"}, {Name: "mia", From: date("2027-12-24"), Until: date("2027-12-26")}}
	text, err := r.MarshalJSON()
	want := `{"people":[{"name":"mia","party":{"side":"partner","org":"acme"},"functions":["manager"]}],` +
		`"absences":[{"name":"mia","from":"2026-12-24","until":"2026-12-26","stand_in":"eli"},{"name":"mia","from":"2027-12-24","until":"2027-12-26"}]}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	if _, err := escalation.ParseRoster([]byte(strings.Replace(want, `,"org":"acme"`, "", 1))); err == nil {
		t.Error("esc.roster: a person without org is read")
	} else {
		wantError(t, err, "roster.people[0].party.org: nothing stands here; the member is needed")
		wantCode(t, err, wire.Missing)
	}
	_, err = escalation.ParseRoster([]byte(strings.Replace(want, `"stand_in"`, `"standIn"`, 1)))
	wantCode(t, err, wire.Unknown)
	_, err = escalation.ParseRoster([]byte(`{"people":[{"name":"","party":{"side":"both","org":""},"functions":["boss","manager"]}],"absences":[{"name":"x","from":"2026-13-01","until":"tomorrow"}]}`))
	wantError(t, err,
		"roster.people[0].name: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed",
		`roster.people[0].party.side: "both" is not known; allowed are partner, vendor`,
		`roster.people[0].functions[0]: "boss" is not known; allowed are rep, manager, executive, deal_desk, legal`,
		`roster.absences[0].from: "2026-13-01" is not a day of the calendar from 0001-01-01 to 9999-12-31`,
		`roster.absences[0].until: "tomorrow" is not a date; write year, month and day like 2026-11-22`)
}

func TestMeaninglessRostersAreRefused(t *testing.T) {
	member := func(name string, party model.Party, functions ...escalation.Function) escalation.Member {
		return escalation.Member{Name: name, Party: party, Functions: functions}
	}
	absent := func(name, from, until, standIn string) escalation.Absence {
		return escalation.Absence{Name: name, From: date(from), Until: date(until), StandIn: standIn}
	}
	for _, c := range []struct {
		name  string
		code  value.Code
		spoil func(*escalation.Roster)
		want  []string
	}{
		{"a person on both sides", value.Code("esc.roster.two_sides"),
			func(r *escalation.Roster) { r.People = append(r.People, member("mia", us)) },
			[]string{`roster.people[4].name: "mia" stands on both sides; a person belongs to one company`}},
		{"a person twice", value.Code("esc.roster.person"),
			func(r *escalation.Roster) { r.People = append(r.People, member("mia", acme)) },
			[]string{`roster.people[4].name: "mia" stands on the roster twice; give all functions at once`}},
		{"no name, no party", value.Code("esc.roster.person"),
			func(r *escalation.Roster) { r.People = append(r.People, member("", model.Party{})) },
			[]string{"roster.people[4].name: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed",
				"roster.people[4].party.side: nothing is given; allowed are partner, vendor"}},
		{"a long name", value.Code("esc.roster.person"),
			func(r *escalation.Roster) { r.People = append(r.People, member(strings.Repeat("x", 257), acme)) },
			[]string{`roster.people[4].name: "` + strings.Repeat("x", 64) +
				`"… is not a text of 1 to 256 bytes of UTF-8`}},
		{"not UTF-8", value.Code("esc.roster.person"),
			func(r *escalation.Roster) { r.People = append(r.People, member("\xff", acme)) }, nil},
		{"blank", value.Code("esc.roster.person"),
			func(r *escalation.Roster) { r.People = append(r.People, member(" \t", acme)) },
			[]string{`roster.people[4].name: " \t" is blank, and names nobody`}},
		{"a second partner", model.TwoOrgs,
			func(r *escalation.Roster) { r.People = append(r.People, member("zoe", model.PartnerOrg("beta"))) },
			[]string{`roster.people[4].party.org: "beta" is a second partner beside "acme"; a roster is for one partnership`}},
		{"an org that is not UTF-8", model.PartyOrg,
			func(r *escalation.Roster) { r.People = append(r.People, member("zoe", model.VendorOrg("\xff"))) },
			[]string{`roster.people[4].party.org: "\xff" is no text of at most 4096 bytes of UTF-8`,
				`roster.people[4].party.org: "\xff" is no id of an organisation; an id has 1 to 256 bytes of UTF-8 and is not blank`}},
		{"a function twice", wire.Twice, func(r *escalation.Roster) {
			r.People = append(r.People, member("zoe", us, escalation.Legal, escalation.Legal))
		}, []string{`roster.people[4].functions[1]: "legal" stands twice`}},
		{"no function of ours", value.Code("esc.function.unknown"),
			func(r *escalation.Roster) { r.People = append(r.People, member("zoe", us, 0, 9)) }, nil},
		{"absence of a stranger", value.Code("esc.roster.absence"), func(r *escalation.Roster) {
			r.Absences = append(r.Absences, absent("zoe", "2026-12-01", "2026-12-02", "eli"))
		},
			[]string{`roster.absences[0].name: "zoe" is nobody on the roster; write the name of one of its people`}},
		{"absence without days", value.Code("esc.roster.absence"), func(r *escalation.Roster) {
			r.Absences = append(r.Absences, escalation.Absence{Name: "mia", StandIn: "eli"})
		},
			[]string{"roster.absences[0].from: nothing stands here; the value is needed",
				"roster.absences[0].until: nothing stands here; the value is needed"}},
		{"absence that ends before it starts", value.Code("esc.roster.absence"), func(r *escalation.Roster) {
			r.Absences = append(r.Absences, absent("mia", "2026-12-02", "2026-12-01", "eli"))
		},
			[]string{"roster.absences[0].until: 2026-12-01 is before the first day, 2026-12-02"}},
		{"stand-in unknown", value.Code("esc.roster.stand_in"), func(r *escalation.Roster) {
			r.Absences = append(r.Absences, absent("mia", "2026-12-01", "2026-12-02", "zoe"))
		},
			[]string{`roster.absences[0].stand_in: "zoe" is nobody on the roster; write the name of one of its people`}},
		{"stand-in for oneself", value.Code("esc.roster.stand_in"), func(r *escalation.Roster) {
			r.Absences = append(r.Absences, absent("mia", "2026-12-01", "2026-12-02", "mia"))
		},
			[]string{`roster.absences[0].stand_in: "mia" cannot stand in for themselves`}},
		{"stand-in of the other side", value.Code("esc.roster.stand_in"), func(r *escalation.Roster) {
			r.Absences = append(r.Absences, absent("mia", "2026-12-01", "2026-12-02", "noor"))
		},
			[]string{`roster.absences[0].stand_in: "noor" belongs to the other side`}},
		{"one day in two absences", value.Code("esc.roster.overlap"), func(r *escalation.Roster) {
			r.Absences = append(r.Absences, absent("mia", "2026-12-02", "2026-12-04", "eli"),
				absent("mia", "2026-12-01", "2026-12-02", "eli"))
		}, []string{`roster.absences[0]: 2026-12-02 is in another absence of "mia", until 2026-12-02`}},
	} {
		t.Run("esc.roster "+c.name, func(t *testing.T) {
			r := exampleRoster()
			c.spoil(&r)
			_, err := escalation.Compile(escalation.DefaultPolicy(), r)
			wantCode(t, err, c.code)
			checkCoded(t, err)
			if c.want != nil {
				wantError(t, err, c.want...)
			}
		})
	}
}

// The problems of policy and roster are reported together.
func TestCompileReportsPolicyAndRoster(t *testing.T) {
	p := escalation.DefaultPolicy()
	p.DarkAfter = value.Term{}
	_, err := escalation.Compile(p, escalation.Roster{})
	got := messages(err)
	if len(got) != 9 || got[0] != "escalation.dark_after: nothing is out of range; a term has a count of 1 to 10000" ||
		got[8] != "roster.vendor.legal: the vendor side has nobody with this function; name at least one" {
		t.Errorf("esc.roster: %q", got)
	}
}

func TestARosterHasLimits(t *testing.T) {
	var r escalation.Roster
	for i := range 1000 {
		r.People = append(r.People, escalation.Member{Name: fmt.Sprint("p", i), Party: [...]model.Party{acme, us}[i%2],
			Functions: []escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk,
				escalation.Legal}})
	}
	for i := range 5000 { // a hostile one: everybody waits for the next one, five times
		standIn := fmt.Sprint("p", (i+2)%1000)
		r.Absences = append(r.Absences, escalation.Absence{Name: fmt.Sprint("p", i%1000),
			From: november(1 + 10*(i/1000)), Until: november(5 + 10*(i/1000)), StandIn: standIn})
	}
	_, err := escalation.Compile(escalation.DefaultPolicy(), r)
	if got := messages(err); len(got) != 8 ||
		got[0] != "roster.partner.manager: nobody is on duty from 2026-11-01 to 2026-11-05 and again later, 5 times in all; name a stand-in for somebody who is away" {
		t.Errorf("esc.roster: %q", got)
	}
	r.Absences = r.Absences[:4000]
	r.Absences[0].StandIn = "p999" // of the other side
	more := r
	more.People = append(slices.Clone(r.People), escalation.Member{Name: "one more", Party: us})
	more.Absences = make([]escalation.Absence, 5001)
	_, err = escalation.Compile(escalation.DefaultPolicy(), more)
	if got := messages(err); len(got) != 101 ||
		got[0] != "roster.people: 1001 are more than the limit, which is 1000" ||
		got[1] != "roster.absences: 5001 are more than the limit, which is 5000" {
		t.Errorf("%d problems: %.200q", len(got), got)
	}
}

func FuzzParseRoster(f *testing.F) {
	text, err := exampleRoster().MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{string(text), "", "{}",
		`{"people":[],"absences":[{"name":"a","from":"","until":"","stand_in":null}]}`,
		`{"people":[{"name":"a","party":{"side":"vendor","org":"us"},"functions":["rep"]}],"absences":[{"name":"a","from":"0001-01-01","until":"9999-12-31","stand_in":"a"}]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := escalation.ParseRoster(data)
		if err != nil {
			checkCoded(t, err)
			if !reflect.ValueOf(r).IsZero() {
				t.Errorf("beside %v stands %+v", err, r)
			}
			return
		}
		if _, err := escalation.Compile(escalation.DefaultPolicy(), r); err != nil {
			checkCoded(t, err)
		}
		text, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := escalation.ParseRoster(text); err != nil || !sameRoster(back, r) {
			t.Errorf("%s\nread as %+v, %v", text, back, err)
		}
	})
}

// Inside another document the path of a problem names the document once, and a refused part
// leaves the old value unchanged.
func TestErrorsInsideAnotherDocumentHaveItsPath(t *testing.T) {
	type parts struct {
		Policy *escalation.Policy `json:"policy"`
		Roster *escalation.Roster `json:"roster"`
		Case   *escalation.Case   `json:"case"`
	}
	var d parts
	whole := func(from, to string) []byte {
		text, err := exampleRoster().MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		return []byte(strings.Replace(`{"policy":`+policyText(t, `"USD"`,
			`"USD"`)+`,"roster":`+string(text)+`,"case":`+storedCase+`}`, from, to, 1))
	}
	if err := wire.Unmarshal(whole("", ""), 1<<20, &d); err != nil || !sameRoster(*d.Roster, exampleRoster()) ||
		!samePolicy(*d.Policy, escalation.DefaultPolicy()) || d.Case.IsZero() {
		t.Fatalf("%+v, %v", d, err)
	}
	for _, c := range [][3]string{
		{`"24 hours"`, `"24h"`, `policy.respond.rep: "24h" is no term; write it like "24 hours", "14 days" or "1 business day"`},
		{`"functions":["manager"]`, `"functions":["boss"]`,
			`roster.people[0].functions[0]: "boss" is not known; allowed are rep, manager, executive, deal_desk, legal`},
		{`"opened"`, `"open"`, `case.steps[0].act: "open" is not known; allowed are opened, acknowledged, raised_again, escalated, reminded, resolved, reopened`},
	} {
		wantError(t, wire.Unmarshal(whole(c[0], c[1]), 1<<20, &d), c[2])
	}
	if !sameRoster(*d.Roster, exampleRoster()) || !samePolicy(*d.Policy, escalation.DefaultPolicy()) ||
		d.Case.IsZero() {
		t.Errorf("refused documents left %+v", d)
	}
}
