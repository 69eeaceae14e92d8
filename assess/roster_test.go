package assess_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

// rosterOf is the roster of another partner with us.
func rosterOf(partner string) escalation.Roster {
	r := roster()
	for i := range r.People {
		if m := &r.People[i]; m.Party.Side == model.Partner {
			m.Party, m.Name = model.PartnerOrg(partner), strings.Replace(m.Name, "acme", partner, 1)
		}
	}
	return r
}

func blocked() (deal.Deal, deal.Record) {
	d, r := small()
	r.Blockers = []deal.Blocker{
		{ID: "B-2", Kind: escalation.ContractIssue, Raised: november(6, 9), By: model.Person{Name: "ana", Party: acme},
			Note: "clause 7"},
		{ID: "B-1", Kind: escalation.ContractIssue, Raised: november(5, 9), By: model.Person{Name: "bo", Party: us}},
		{ID: "B-3", Kind: escalation.Scheduling, Raised: november(5, 9), By: model.Person{Name: "bo", Party: us},
			Resolved: escalation.Event{By: model.Person{Name: "bo", Party: us}, At: november(6, 9)}},
		{ID: "B-4", Kind: escalation.Scheduling, Raised: november(9, 9), By: model.Person{Name: "bo", Party: us}},
	}
	return d, r
}

// esc.roster: a vendor has a roster for each of its partners; nobody of another
// partnership is called, or named.
func TestEachPartnershipHasItsRoster(t *testing.T) {
	host := func(rosters ...escalation.Roster) assess.Host {
		return assess.Host{Rosters: rosters, Registrable: domains.Registrable}
	}
	d, r := blocked()
	for name, c := range map[string]struct {
		host assess.Host
		want []string // of the partner, who is called
	}{
		"its own":            {host(roster()), []string{"acme desk"}},
		"its own and others": {host(rosterOf("bolt"), roster(), rosterOf("cone")), []string{"acme desk"}},
		"another's":          {host(rosterOf("bolt")), nil},
		"none":               {host(), nil},
	} {
		e, err := assess.Compile(ourBook(), c.host)
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.Assess(d, r, november(8, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := a.For(acme)
		var called []string
		for _, b := range v.Blockers {
			for _, m := range b.State.Route.People() {
				if m.Person.Party == acme {
					called = append(called, m.Person.Name)
				}
			}
		}
		missing := hasMissing(&v, assess.SectionEscalation, "host.rosters", assess.RosterMissing)
		if !slices.Equal(slices.Compact(called), c.want) || missing != (c.want == nil) ||
			strings.Contains(written(v), "bolt") {
			t.Errorf("esc.roster, %s: %v are called; missing %v", name, called, missing)
		}
	}
}

// Without a roster a blocker that was raised is still shown.
func TestBlockersWithoutARoster(t *testing.T) {
	e, err := assess.Compile(ourBook(), assess.Host{Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	d, r := blocked()
	a, err := e.Assess(d, r, november(8, 9))
	if err != nil {
		t.Fatal(err)
	}
	v := a.For(us)
	if len(v.Blockers) != 1 || v.Blockers[0].Kind != escalation.ContractIssue ||
		!slices.Equal(v.Blockers[0].Blockers, []string{"B-1", "B-2"}) ||
		!v.Blockers[0].State.Opened.Equal(november(5, 9)) || !v.Blockers[0].State.IsOpen() {
		t.Errorf("%+v", v.Blockers)
	}
	i := slices.IndexFunc(v.Next, func(a assess.Action) bool { return a.Urgency == assess.OpenCase })
	if i < 0 || v.Next[i].Text() !=
		"name the people to call: contract issue, open since 5 November, and no roster lists them" ||
		v.Next[i].Code != escalation.RosterRule || !v.Next[i].At.Equal(time.Time{}) {
		t.Errorf("%+v", v.Next)
	}
}

// A kind from a record without a roster is checked by nobody, so the sentence quotes it.
func TestAHostileKindIsQuoted(t *testing.T) {
	e, err := assess.Compile(ourBook(), assess.Host{})
	if err != nil {
		t.Fatal(err)
	}
	d, r := small()
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: "\x1b[31mred\n", Raised: november(5, 9), By: ana}}
	a, err := e.Assess(d, r, november(8, 9))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(a.Everything().Next, func(a assess.Action) bool { return a.Code == escalation.RosterRule })
	if i < 0 {
		t.Fatal("no action for the blocker")
	}
	if text := a.Everything().Next[i].Text(); strings.ContainsAny(text, "\x1b\n") {
		t.Errorf("%q", text)
	}
}

// The problems of a roster stand below the host, each once.
func TestProblemsOfRostersAreReported(t *testing.T) {
	hole := rosterOf("bolt")
	hole.People = hole.People[1:]
	_, err := assess.Compile(ourBook(), assess.Host{Rosters: []escalation.Roster{roster(), hole, roster(), {}}})
	for _, want := range []string{"host.rosters[1].partner.manager: ",
		`host.rosters[2]: "acme" has a roster with "us" already; give one for each partnership`,
		"host.rosters[3].vendor.legal: "} {
		if err == nil || strings.Count(err.Error(), want) == 0 {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if !errors.Is(err, value.Code("roster.twice")) || strings.Contains(err.Error(), "escalation.") {
		t.Error(err)
	}
}

// esc.respond: business days are those of the book's zone.
func TestResponsesAreDueInTheBooksZone(t *testing.T) {
	d, r := blocked()
	a, err := inTokyo(t).Assess(d, r, november(6, 10))
	if err != nil {
		t.Fatal(err)
	}
	v := a.Everything()
	if len(v.Blockers) != 2 || !v.Blockers[0].State.Route.RespondBy.Equal(november(9, 15)) { // Monday, 24:00 in Tokyo
		t.Errorf("%+v", v.Blockers)
	}
}

// The roles follow from the matrix and the team of the deal.
func TestRolesAreThoseOfTheMatrix(t *testing.T) {
	d, r := small()
	v := everything(t, d, r, november(8, 9))
	want, err := model.Assign(model.PartnerLed, d.Team,
		model.Origin{Source: model.FromVendor, Registrant: model.ByPartner})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, v.Roles, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Errorf("the roles differ (-want +got):\n%s", diff)
	}
}
