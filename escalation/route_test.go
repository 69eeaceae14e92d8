package escalation_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/value"
)

// The levels, the people and the terms of all kinds, written from the text of the rules.
func TestEveryKindHasItsLevelAndTerm(t *testing.T) {
	routes := defaultRoutes(t)
	monday := instant(23, 9)
	rows := []struct {
		kind      escalation.BlockerKind
		level     escalation.Level
		rule      value.Code
		respondBy time.Time
		people    string
	}{
		{"scheduling", 1, "esc.rep", instant(24, 9), "ana/rep bo/rep"},
		{"technical_question", 1, "esc.rep", instant(24, 9), "ana/rep bo/rep"},
		{"standard_objection", 1, "esc.rep", instant(24, 9), "ana/rep bo/rep"},
		{"deal_stalled", 2, "esc.manager", instant(25, 0), "mia/manager noor/manager"},
		{"prospect_dark", 2, "esc.manager", instant(25, 0), "mia/manager noor/manager"},
		{"side_silent", 2, "esc.manager", instant(25, 0), "mia/manager noor/manager"},
		{"internal_coordination", 2, "esc.manager", instant(25, 0), "mia/manager noor/manager"},
		{"large_deal", 3, "esc.executive", instant(26, 0), "eli/executive fay/executive"},
		{"executive_request", 3, "esc.executive", instant(26, 0), "eli/executive fay/executive"},
		{"strategic_opportunity", 3, "esc.executive", instant(26, 0), "eli/executive fay/executive"},
		{"pricing_negotiation", 4, "esc.deal_desk_legal", instant(26, 0),
			"eli/deal_desk eli/legal fay/deal_desk fay/legal"},
		{"non_standard_terms", 4, "esc.deal_desk_legal", instant(26, 0),
			"eli/deal_desk eli/legal fay/deal_desk fay/legal"},
		{"contract_issue", 4, "esc.deal_desk_legal", instant(26, 0), "eli/deal_desk eli/legal fay/deal_desk fay/legal"},
	}
	if n := len(escalation.DefaultPolicy().Kinds); n != len(rows) {
		t.Errorf("esc.total: the default policy routes %d kinds, the table has %d", n, len(rows))
	}
	for _, row := range rows {
		route, err := routes.Route(escalation.Blocker{Deal: deal(), Kind: row.kind, Raised: monday}, monday)
		if err != nil || route.Level != row.level || route.Reason.Code() != row.rule ||
			route.RespondBy != row.respondBy {
			t.Errorf("esc.total: %s: %+v, %v", row.kind, route, err)
		}
		var people []string
		for _, c := range route.People() {
			people = append(people, c.Person.Name+"/"+c.Function.String())
		}
		if got := strings.Join(people, " "); got != row.people {
			t.Errorf("esc.total: %s calls %s, want %s", row.kind, got, row.people)
		}
	}
}

func TestRouteAllocatesNothing(t *testing.T) {
	routes := defaultRoutes(t).In(value.Workplace{Zone: time.FixedZone("", 3600)})
	at := instant(23, 9)
	for kind := range escalation.DefaultPolicy().Kinds {
		blocker := escalation.Blocker{Deal: deal(), Kind: kind, Raised: at}
		if n := testing.AllocsPerRun(100, func() {
			if _, err := routes.Route(blocker, at); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("esc.total: routing %s allocates %v times", kind, n)
		}
	}
}

func TestRouteReportsAllProblemsAtOnce(t *testing.T) {
	routes := compileWithRep(t)
	at := instant(23, 9)
	for _, c := range []struct {
		name string
		b    escalation.Blocker
		at   time.Time
		want []string
	}{
		{"nothing", escalation.Blocker{}, time.Time{}, []string{
			"kind: nothing is no blocker kind; write lower-case letters, digits and underscores, a letter first, at most 64 bytes",
			"at: nothing says when", "raised: nothing says when"}},
		{"unknown kind", escalation.Blocker{Kind: "budget_cut", Raised: at}, at, []string{
			`kind: "budget_cut" is no kind that the policy routes; add it to kinds, with its level`}},
		{"raised later", escalation.Blocker{Kind: escalation.ProspectDark, Raised: at.Add(1)}, at, []string{
			"raised: 2026-11-23T09:00:00.000000001Z is after the instant of the question, 2026-11-23T09:00:00Z"}},
		{"before the calendar", escalation.Blocker{Kind: escalation.ProspectDark,
			Raised: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)}, at, []string{
			"raised: the year -1 is outside 1 to 9000"}},
		{"behind the calendar", escalation.Blocker{Kind: escalation.ProspectDark, Raised: at},
			time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC), []string{
				"at: the year 10000 is outside 1 to 9000"}},
		{"no lead reps", escalation.Blocker{Kind: escalation.Scheduling, Raised: at}, at, []string{
			"deal.partner_lead: nothing is no name of a person; level 1 needs the lead rep of the partner",
			"deal.vendor_lead: nothing is no name of a person; level 1 needs the lead rep of the vendor"}},
		{"one person on both sides", escalation.Blocker{Kind: escalation.Scheduling, Raised: at,
			Deal: escalation.Facts{PartnerLead: "zoe", VendorLead: "zoe"}}, at, []string{
			`deal.vendor_lead: "zoe" stands on both sides; a person belongs to one company`}},
		{"a rep of the other side", escalation.Blocker{Kind: escalation.Scheduling, Raised: at,
			Deal: escalation.Facts{PartnerLead: "zoe", VendorLead: "ana"}}, at, []string{
			`deal.vendor_lead: "ana" is on the roster, but not as a rep of the vendor`}},
		{"a manager", escalation.Blocker{Kind: escalation.Scheduling, Raised: at,
			Deal: escalation.Facts{PartnerLead: "mia", VendorLead: "bo"}}, at, []string{
			`deal.partner_lead: "mia" is on the roster, but not as a rep of the partner`}},
	} {
		t.Run("esc.total "+c.name, func(t *testing.T) {
			route, err := routes.Route(c.b, c.at)
			wantError(t, err, c.want...)
			checkCoded(t, err)
			if route.Level != 0 || route.People() != nil {
				t.Errorf("beside an error stands %+v", route)
			}
		})
	}
}

func TestRouteAtTheEdgesOfTheCalendar(t *testing.T) {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(9000, 12, 31, 23, 59, 59, 0, time.UTC)
	routes := defaultRoutes(t).In(value.Workplace{Zone: time.FixedZone("", 5*3600)})
	route, err := routes.Route(escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: first}, last)
	if err != nil || route.RespondBy != first.Add(24*time.Hour) || len(route.People()) != 2 {
		t.Errorf("esc.total: %+v, %v", route, err)
	}
	// The calendar goes on behind the last instant, so that every term has an end.
	route, err = routes.Route(escalation.Blocker{Kind: escalation.ProspectDark, Raised: last.Add(-9 * time.Hour)}, last)
	if err != nil || !route.RespondBy.After(last) {
		t.Errorf("esc.respond: %+v, %v", route, err)
	}
}

func TestAKindIsWrittenLikeAnIdentifier(t *testing.T) {
	for kind, good := range map[escalation.BlockerKind]bool{
		"a": true, "z9_a": true, escalation.BlockerKind(strings.Repeat("x", 64)): true,
		"": false, "9": false, "_a": false, "A": false, "aB": false, "a-b": false, "a b": false, "a{": false,
		"{": false, "`": false, "a`": false, "a/": false, "a:": false, "é": false,
		escalation.BlockerKind(strings.Repeat("x", 65)): false,
	} {
		p := escalation.DefaultPolicy()
		p.Kinds[kind] = escalation.RepLevel
		_, err := escalation.Compile(p, exampleRoster())
		if (err == nil) != good {
			t.Errorf("esc.total: kind %q: %v", kind, err)
		}
		if !good {
			wantCode(t, err, "esc.kind.id")
		}
	}
}

// compileWithRep has ana on the roster, away on the 24th, when al stands in.
func compileWithRep(t rapid.TB) *escalation.Rules {
	r := exampleRoster()
	r.People = append(r.People,
		escalation.Member{Name: "ana", Party: acme, Functions: []escalation.Function{escalation.Rep}},
		escalation.Member{Name: "al", Party: acme})
	r.Absences = []escalation.Absence{{Name: "ana", From: date("2026-11-24"), Until: date("2026-11-24"), StandIn: "al"}}
	return compile(t, escalation.DefaultPolicy(), r)
}

func TestAStandInIsCalledForAnAbsentLeadRep(t *testing.T) {
	routes := compileWithRep(t)
	for day, want := range map[int]string{23: "ana", 24: "al", 25: "ana"} {
		route, err := routes.Route(escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling,
			Raised: instant(23, 9)}, instant(day, 9))
		if err != nil {
			t.Fatal(err)
		}
		c := route.People()[0]
		if c.Person.Name != want || c.Person.Party != acme || c.Function != escalation.Rep ||
			(c.For == "ana") != (want == "al") {
			t.Errorf("esc.roster: on day %d %+v is called", day, c)
		}
	}
}

// A caller that changes its arguments or results does not change the routes.
func TestRoutesShareNothingWithTheCaller(t *testing.T) {
	p, r := escalation.DefaultPolicy(), exampleRoster()
	r.Absences = []escalation.Absence{{Name: "mia", From: date("2026-12-01"), Until: date("2026-12-02"),
		StandIn: "eli"}}
	routes := compile(t, p, r)
	blocker := escalation.Blocker{Kind: escalation.ProspectDark, Raised: instant(23, 9)}
	route, err := routes.Route(blocker, instant(23, 9))
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.People {
		clear(r.People[i].Functions)
	}
	clear(r.People)
	clear(r.Absences)
	clear(p.Kinds)
	clear(route.People())
	if again, err := routes.Route(blocker, instant(23, 9)); err != nil || again.Level != escalation.ManagerLevel ||
		again.People()[0].Person.Name != "mia" || route.People()[1].Person.Name != "noor" {
		t.Errorf("%+v, %v", again, err)
	}
}
