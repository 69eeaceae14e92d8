package stage_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// people are ana of acme, which leads at the opening, bo of the vendor, and two participants of whom cy joins on 12 November.
var people = map[string]model.Person{
	"acme": ana, "us": bo,
	"integra": {Name: "ida", Party: model.PartnerOrg("integra")},
	"resell":  {Name: "rob", Party: model.PartnerOrg("resell")},
}

var joins = value.MustDate("2026-11-12")

// several opens a partner-led deal of these companies.
func several(t rapid.TB) *deal {
	t.Helper()
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	d := &deal{tb: t, rules: rules}
	d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard, Partners: &model.Partners{
		Functions: model.DefaultFunctions(), All: []model.Participant{{Party: ana.Party},
			{Party: people["integra"].Party, Function: model.Integration}, {Party: people["resell"].Party, Function: model.Resale, From: joins}}}})
	return d
}

// lead returns the event by which a company asks that another one leads.
func lead(by, to string, at time.Time, consents ...string) stage.Event {
	e := stage.Event{Verb: stage.VerbSetLead, Lead: people[to].Party, Move: stage.Move{By: people[by], At: at, Reason: "acme is silent"}}
	for _, c := range consents {
		e.Consents = append(e.Consents, model.Consent{By: people[c], At: at})
	}
	return e
}

func answer(verb stage.Verb, by string, asked, at time.Time) stage.Event {
	return stage.Event{Verb: verb, Of: stage.VerbSetLead, Asked: asked, Move: stage.Move{By: people[by], At: at, Reason: "no answer"}}
}

// leads returns the company that leads, by what took effect.
func leads(p stage.Progress) string {
	org := "acme"
	for _, e := range p.Effects() {
		if e.Verb == stage.VerbSetLead {
			org = e.Lead.Org
		}
	}
	return org
}

func TestALeadIsRefusedByName(t *testing.T) {
	d := several(t)
	early, late := d.now, joins.Start(nil)
	for name, c := range map[string]struct {
		e    stage.Event
		want string
	}{
		"nobody":            {stage.Event{Verb: stage.VerbSetLead, Move: lead("us", "acme", early).Move}, `lead: nothing is none of the partners of the deal; name one of its participants`},
		"the vendor":        {lead("us", "us", early), `lead: "us" is none of the partners of the deal; name one of its participants`},
		"who leads already": {lead("us", "acme", early), `lead: "acme" leads already; exactly one partner leads`},
		"a consent of who has none to give": {lead("us", "integra", early, "acme", "resell"),
			`consents[1].by: partner resell has no consent to give`},
		"a consent of who has none to give, to an advance": {stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: stage.Discovery, By: ana, At: early,
			Consents: []model.Consent{{By: people["integra"], At: early}}}}, `consents[0].by: partner integra has no consent to give`},
		"an override of who has none to give": {stage.Event{Verb: stage.VerbRecord, Move: stage.Move{By: bo, At: early,
			Overrides: []stage.Override{{Gate: stage.GateTasks, By: people["integra"], At: early, Reason: "r"}}}},
			`overrides[0].by: partner integra takes part and does not lead; managers of the vendor and of "acme" override`},
		"a stranger": {stage.Event{Verb: stage.VerbRecord, Move: stage.Move{By: model.Person{Name: "cy", Party: model.PartnerOrg("globex")}, At: early}},
			`by.party.org: "globex" is none of the partners of the deal; name it among the participants`},
	} {
		_, err := d.rules.Apply(d.p, c.e)
		if err == nil || err.Error() != c.want {
			t.Errorf("party.lead %s: %v\nwant %s", name, err, c.want)
		}
	}
	decision, err := d.rules.Apply(d.p, lead("us", "resell", late.Add(-1), "acme", "resell"))
	if err != nil || len(decision.Shut) != 1 || decision.Shut[0].Missing.String() != "resell does not take part on 2026-11-11, and cannot lead" {
		t.Errorf("party.lead, who has not joined yet: %v, %v", decision.Shut, err)
	}
	d.must(d.rules.Apply(d.p, lead("us", "integra", late, "acme", "integra")))
	_, err = d.rules.Apply(d.p, lead("us", "resell", late, "integra", "resell"))
	if want := `lead: "resell" is a second lead at that instant, beside "integra"; exactly one partner leads`; !errors.Is(err, value.Code("party.lead")) || err.Error() != want {
		t.Errorf("two leads: %v", err)
	}
}

// stage.consent: where one of three has vanished, managers of both others consent in its place, after the term and not before.
func TestNobodyWhoVanishedKeepsTheLead(t *testing.T) {
	d := several(t)
	asked := d.now
	d.must(d.rules.Apply(d.p, lead("us", "integra", asked)))
	waits := d.rules.Awaiting(d.p, asked)
	if len(waits) != 1 || !slices.Equal(waits[0].From, []model.Side{model.Partner}) || !slices.Equal(waits[0].Further, []model.Party{people["integra"].Party}) {
		t.Fatalf("%+v", waits)
	}
	d.must(d.rules.Apply(d.p, answer(stage.VerbConsent, "integra", asked, d.now)))
	due := time.Date(2026, time.November, 10, 0, 0, 0, 0, time.UTC)
	if _, err := d.rules.Apply(d.p, answer(stage.VerbConsent, "us", asked, due.Add(-1))); !errors.Is(err, stage.StageConsent) {
		t.Errorf("before the term: %v", err)
	}
	d.must(d.rules.Apply(d.p, answer(stage.VerbConsent, "us", asked, due)))
	if w := d.rules.Awaiting(d.p, due); leads(d.p) != "acme" || len(w) != 1 || !slices.Equal(w[0].Instead, []model.Party{people["integra"].Party}) || w[0].Due != due {
		t.Errorf("stage.consent: one of two is enough: %s leads, %+v", leads(d.p), w)
	}
	d.must(d.rules.Apply(d.p, answer(stage.VerbConsent, "integra", asked, due)))
	if leads(d.p) != "integra" || len(d.rules.Awaiting(d.p, due)) != 0 {
		t.Errorf("party.lead: %s leads", leads(d.p))
	}
}

// What the partner that led asked for, and that waits for consents, is void once it leads no more.
func TestWhoLedAsksForNothingMore(t *testing.T) {
	d := several(t)
	d.must(d.rules.Apply(d.p, stage.Event{Verb: stage.VerbSetModel, Engagement: model.TrueCoSell, Move: stage.Move{By: ana, At: d.now, Reason: "both"}}))
	d.must(d.rules.Apply(d.p, lead("us", "integra", d.now, "acme", "integra")))
	if w := d.rules.Awaiting(d.p, d.now); len(w) != 0 {
		t.Errorf("party.lead: %+v", w)
	}
}

// leadGame plays changes of lead through the package and a naive model.
type leadGame struct {
	*deal
	lead  string
	since time.Time
	wait  *leadWait
	did   map[stage.TaskID]string
}

// leadWait is a change of lead that waits, with who has consented, and whose managers did in place of others.
type leadWait struct {
	to            string
	at            time.Time
	have, instead map[string]bool
}

func (g *leadGame) needed(to string) []string { return []string{g.lead, "us", to} }

// settle makes the change take effect once all have consented, or those who have also in place of the others.
func (g *leadGame) settle(at time.Time) {
	all, instead := true, len(g.wait.instead) > 0
	for _, org := range g.needed(g.wait.to) {
		all = all && g.wait.have[org]
		instead = instead && (!g.wait.have[org] || g.wait.instead[org])
	}
	if all || instead {
		g.lead, g.since, g.wait = g.wait.to, at, nil
	}
}

func (g *leadGame) ask(t *rapid.T) {
	orgs := slices.Sorted(maps.Keys(people))
	by, to := rapid.SampledFrom(orgs).Draw(t, "by"), rapid.SampledFrom(orgs).Draw(t, "to")
	e := lead(by, to, g.now)
	have := map[string]bool{by: true}
	for _, org := range g.needed(to) {
		if to != "us" && rapid.Bool().Draw(t, "consents") {
			e.Consents = append(e.Consents, model.Consent{By: people[org], At: g.now})
			have[org] = true
		}
	}
	decision, err := g.rules.Apply(g.p, e)
	day, _ := value.DateOf(g.now, nil)
	switch {
	case to == "us" || to == g.lead || g.now.Equal(g.since):
		if !errors.Is(err, value.Code("party.lead")) {
			t.Fatalf("party.lead: %s asks for %s, %s leads: %v", by, to, g.lead, err)
		}
		return
	case err != nil:
		t.Fatal(err)
	case !slices.Contains(g.needed(to), by):
		if len(decision.Shut) == 0 || decision.Shut[0].Code != stage.StageAuthority {
			t.Fatalf("stage.authority: %s asks for %s: %v", by, to, decision.Shut)
		}
		return
	case to == "resell" && day.Before(joins):
		if len(decision.Shut) != 1 || decision.Shut[0].Code != "party.lead" {
			t.Fatalf("party.lead before it joins: %v", decision.Shut)
		}
		return
	case len(decision.Shut) > 0:
		t.Fatal(decision.Shut)
	}
	g.p, g.wait = decision.Progress, &leadWait{to, g.now, have, map[string]bool{}}
	g.settle(g.now)
	if waits := len(decision.Pending)+len(decision.Further) > 0; waits != (g.wait != nil) {
		t.Fatalf("waits %v, want %v", waits, g.wait)
	}
}

func (g *leadGame) answer(t *rapid.T, verb stage.Verb) {
	by := rapid.SampledFrom(slices.Sorted(maps.Keys(people))).Draw(t, "by")
	asked := g.now
	if g.wait != nil {
		asked = g.wait.at
	}
	decision, err := g.rules.Apply(g.p, answer(verb, by, asked, g.now))
	due, _ := value.Workplace{}.End(asked, value.BusinessDays(5))
	w := g.wait
	needed := w != nil && slices.Contains(g.needed(w.to), by)
	switch {
	case needed && !w.have[by] && verb == stage.VerbRefuse:
		g.wait = nil
	case needed && !w.have[by]:
		w.have[by] = true
		g.settle(g.now)
	case needed && verb == stage.VerbConsent && !g.now.Before(due) && !w.instead[by] && len(w.have) == len(g.needed(w.to))-1:
		w.instead[by] = true
		g.settle(g.now)
	default:
		if !errors.Is(err, stage.StageConsent) {
			t.Fatalf("stage.consent: %s by %s: %v", verb, by, err)
		}
		return
	}
	if err != nil || len(decision.Shut) > 0 {
		t.Fatalf("stage.consent: %s by %s: %v %v", verb, by, err, decision.Shut)
	}
	g.p = decision.Progress
}

// work ticks a task by somebody, which no change of lead takes away.
func (g *leadGame) work(t *rapid.T) {
	by := people[rapid.SampledFrom(slices.Sorted(maps.Keys(people))).Draw(t, "by")]
	task := rapid.SampledFrom([]stage.TaskID{stage.QualifyInterest, stage.ScheduleKickoff, stage.DiscoveryCall, stage.ServicesObjections, stage.UpdateCRM}).Draw(t, "task")
	decision, err := g.rules.Done(g.p, task, stage.Move{By: by, At: g.now})
	if err != nil {
		t.Fatal(err)
	}
	further := by.Party.Side == model.Partner && by.Party.Org != g.lead
	if task == stage.UpdateCRM {
		if further != (len(decision.Shut) > 0) && further {
			t.Fatalf("a participant has no part of %s: %v", task, decision.Shut)
		}
		return
	}
	if refused := len(decision.Shut) > 0; refused != (g.did[task] != "") {
		t.Fatalf("%s by %s: %v", task, by.Name, decision.Shut)
	}
	if g.p = decision.Progress; g.did[task] == "" {
		g.did[task] = by.Name
	}
}

func (g *leadGame) check(t *rapid.T) {
	if got := leads(g.p); got != g.lead {
		t.Fatalf("party.lead: %s leads, want %s", got, g.lead)
	}
	waits := g.rules.Awaiting(g.p, g.now)
	if (len(waits) > 0) != (g.wait != nil) {
		t.Fatalf("waits %+v, want %+v", waits, g.wait)
	}
	if g.wait != nil {
		var missing, want []string
		for _, side := range waits[0].From {
			missing = append(missing, map[model.Side]string{model.Partner: g.lead, model.Vendor: "us"}[side])
		}
		for _, p := range waits[0].Further {
			missing = append(missing, p.Org)
		}
		for _, org := range g.needed(g.wait.to) {
			if !g.wait.have[org] {
				want = append(want, org)
			}
		}
		if !slices.Equal(missing, want) {
			t.Fatalf("waits for %v, want %v", missing, want)
		}
	}
	moves := 0
	for org, person := range people { // of all companies one may move the deal
		decision, err := g.rules.Hold(g.p, stage.Move{By: person, At: g.now})
		if err != nil {
			t.Fatal(err)
		}
		if len(decision.Shut) == 0 {
			moves++
			if org != g.lead {
				t.Fatalf("stage.authority: %s moves the deal, %s leads", org, g.lead)
			}
		}
	}
	if moves != 1 {
		t.Fatalf("stage.authority: %d companies move the deal", moves)
	}
	schedule, err := g.rules.Schedule(g.p, stage.Query{AsOf: g.now})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range schedule.Items {
		if by := g.did[item.Task.ID]; by != "" && item.By != by {
			t.Fatalf("party.lead: %s was done by %s, and is %s's now", item.Task.ID, by, item.By)
		}
	}
	again, err := g.rules.Replay(g.p.Opening(), g.p.History())
	if err != nil || fmt.Sprint(again.Effects()) != fmt.Sprint(g.p.Effects()) {
		t.Fatalf("replay differs: %v", err)
	}
}

// Whatever companies ask, answer and refuse, exactly one partner leads, and what was done stays with who did it
// (party.lead, stage.consent).
func TestExactlyOnePartnerLeads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := &leadGame{deal: several(t), lead: "acme", did: map[stage.TaskID]string{}}
		t.Repeat(map[string]func(*rapid.T){
			"": g.check, "ask": g.ask, "ask again": g.ask, "work": g.work,
			"consent":       func(t *rapid.T) { g.answer(t, stage.VerbConsent) },
			"consent again": func(t *rapid.T) { g.answer(t, stage.VerbConsent) },
			"refuse":        func(t *rapid.T) { g.answer(t, stage.VerbRefuse) },
			"wait": func(t *rapid.T) {
				g.now = g.now.Add(rapid.SampledFrom([]time.Duration{time.Hour, 3 * 24 * time.Hour, 9 * 24 * time.Hour}).Draw(t, "for"))
			},
		})
	})
}

func TestALeadOfTwoCompaniesIsRefused(t *testing.T) {
	d := &deal{tb: t, rules: several(t).rules}
	d.open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	_, err := d.rules.Apply(d.p, lead("us", "integra", d.now))
	if err == nil || !strings.Contains(err.Error(), "integra") || !errors.Is(err, value.Code("party.lead")) {
		t.Errorf("party.lead: %v", err)
	}
}
