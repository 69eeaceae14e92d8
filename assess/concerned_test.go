package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

// withFour is a deal of a vendor, the partner that leads, an integrator with a roster and a reseller without one.
func withFour(t *testing.T) (*assess.Rules, deal.Deal, deal.Record) {
	t.Helper()
	e, err := assess.Compile(ourBook(), assess.Host{Rosters: []escalation.Roster{roster(), rosterOf("integra")},
		Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	d, r := evaluated()
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration},
		{Party: resell, Function: model.Resale}}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra}, model.Rep{ID: "rob", Party: resell})
	return e, d, r
}

// called returns the open cases of a view with the companies that they concern and the people to call.
func called(v *assess.View) (list []string) {
	for _, b := range v.Blockers {
		var orgs, people []string
		for _, p := range b.Concerns {
			orgs = append(orgs, p.Org)
		}
		for _, c := range b.State.Route.People() {
			people = append(people, c.Person.Name)
		}
		list = append(list, string(b.Kind)+" ("+strings.Join(orgs, " ")+"): "+
			strings.Join(slices.Compact(people), ", "))
	}
	return list
}

// section 7, view.side: a blocker concerns the vendor and the partner that leads unless it names others. People of each
// company concerned are called, each from its own roster; a participant sees the blockers that name it, and no others.
func TestABlockerCallsTheCompaniesItConcerns(t *testing.T) {
	e, d, r := withFour(t)
	for i, concerns := range [][]model.Party{nil, {us, acme}, {us, integra}, {resell, integra}, {acme}} {
		for _, kind := range []escalation.BlockerKind{escalation.ContractIssue, escalation.Scheduling} {
			r.Blockers = append(r.Blockers, deal.Blocker{ID: string(kind) + string(rune('0'+i)), Kind: kind,
				Raised: november(9, 9+i), By: idaActs, Concerns: concerns})
		}
	}
	a, err := e.Assess(d, r, november(9, 20))
	if err != nil {
		t.Fatal(err)
	}
	ofAll := []string{"contract_issue (): acme desk, us desk", "contract_issue (acme): acme desk",
		"contract_issue (integra resell): integra desk, rob", "contract_issue (integra us): integra desk, us desk",
		"scheduling (): ana, bo", "scheduling (acme): ana", "scheduling (integra resell): ida, rob",
		"scheduling (integra us): ida, bo"}
	only := func(orgs ...string) (list []string) {
		for _, one := range ofAll {
			if slices.ContainsFunc(orgs, func(org string) bool { return strings.Contains(one, org) }) {
				list = append(list, one)
			}
		}
		return list
	}
	for party, want := range map[model.Party][]string{{}: ofAll, us: ofAll, acme: ofAll,
		integra: only("(integra"), resell: only(" resell)"), other: nil} {
		v := view(a, party)
		if got := called(&v); !slices.Equal(got, want) {
			t.Errorf("section 7: %q reads\n%s\nwant\n%s", party, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if hasPart(&v, assess.SectionEscalation) {
			t.Errorf("section 7: %q: %v", party, v.Missing)
		}
	}
	if got := a.Everything().Blockers[0].Blockers; !slices.Equal(got, []string{"contract_issue0", "contract_issue1"}) {
		t.Errorf("section 7: who is named although concerned anyway has a case of its own: %q", got)
	}
}

// party.roster: a participant concerned without a roster is a finding with a remedy while the case is open, which the
// other participants do not read; it ends with the roster.
func TestAParticipantWithoutARosterIsFound(t *testing.T) {
	e, d, r := withFour(t)
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.ContractIssue, Raised: november(9, 9), By: boActs,
		Concerns: []model.Party{us, resell}}}
	const asks = "rob: name the people of resell to call, which no roster lists; until then rob is called, by 2026-11-10"
	told := func(e *assess.Rules, party model.Party) (string, []string) {
		a, err := e.Assess(d, r, november(10, 9))
		if err != nil {
			t.Fatal(err)
		}
		v := view(a, party)
		for _, f := range v.Findings {
			if f.Reason.Code() == "party.roster" {
				return f.Reason.String() + " " + strings.Join(f.Facts, ""), actionsOf(v, "party.roster")
			}
		}
		return "", actionsOf(v, "party.roster")
	}
	const found = `a blocker concerns resell, and no roster lists its people; its rep rob is called record.blockers["B-1"]`
	for party, want := range map[model.Party]string{{}: found, us: found, acme: found, resell: found, integra: ""} {
		got, actions := told(e, party)
		if got != want || want != "" && !slices.Equal(actions, []string{asks}) || want == "" && actions != nil {
			t.Errorf("party.roster: %q reads %q, does %q", party, got, actions)
		}
	}
	listed, err := assess.Compile(ourBook(), assess.Host{Registrable: domains.Registrable,
		Rosters: []escalation.Roster{roster(), rosterOf("resell")}})
	if err != nil {
		t.Fatal(err)
	}
	if got, actions := told(listed, us); got != "" || actions != nil {
		t.Errorf("party.roster: with a roster %q, %q", got, actions)
	}
	r.Blockers[0].Resolved = escalation.Event{By: boActs, At: november(9, 12)}
	if got, _ := told(e, us); got != "" {
		t.Errorf("party.roster: of a case that is over %q", got)
	}
	r.Blockers[0].Resolved, d.Team.Reps = escalation.Event{}, d.Team.Reps[:len(d.Team.Reps)-1]
	if got, _ := told(e, us); !strings.Contains(got, "which has no rep") {
		t.Errorf("party.roster: without a rep %q", got)
	}
}

// next.remedy: who is concerned takes on the case and ends it from its own view; who is not reads at most that others
// do.
func TestWhoIsConcernedActsOnTheCase(t *testing.T) {
	e, d, r := withFour(t)
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.ContractIssue, Raised: november(9, 9), By: idaActs,
		Concerns: []model.Party{us, integra}}, {ID: "B-2", Kind: escalation.ContractIssue, Raised: november(9, 9), By: boActs}}
	find := func(at time.Time, party model.Party) (found []assess.Action) {
		a, err := e.Assess(d, r, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range view(a, party).Next {
			if action.Urgency == assess.OpenCase && strings.Contains(action.Text(), "integra desk") {
				found = append(found, action)
			}
		}
		return found
	}
	for i, want := range []string{"call integra desk and us desk: contract issue, open since 9 November",
		"go on with integra desk and us desk: contract issue, open since 9 November"} {
		at := november(9, 12+i)
		for party, acts := range map[model.Party]bool{{}: true, us: true, acme: false, integra: true} {
			got := find(at, party)
			if len(got) != 1 || got[0].Text() != want || acts != (got[0].Do != nil) ||
				!slices.Equal(got[0].Who, []string{"ida", "bo"}) {
				t.Fatalf("next.remedy: %q: %+v", party, got)
			}
		}
		if got := find(at, resell); got != nil {
			t.Errorf("view.side: resell reads %q", got[0].Text())
		}
		action := find(at, integra)[0]
		var answers []string
		for _, ask := range action.Ask {
			answers = append(answers, ask.Choices[0])
		}
		change, err := action.Fill(answers...)
		if err != nil {
			t.Fatal(err)
		}
		outcome, err := e.Try(d, r, change)
		if err != nil || !outcome.Accepted {
			t.Fatalf("next.try: %+v, %v", outcome, err)
		}
		r = outcome.Record
	}
	if got := find(november(9, 15), integra); got != nil {
		t.Errorf("next.remedy: after its end %q", got[0].Text())
	}
	a, err := e.Assess(d, r, november(9, 15))
	if err != nil {
		t.Fatal(err)
	}
	if b := a.Everything().Blockers[0]; b.Concerns != nil || !b.State.IsOpen() {
		t.Errorf("section 7: the other case of the kind is over too: %+v", b)
	}
}

// A blocker that concerns a company of which nobody knows is reported with its name, to the vendor; the rest stands.
func TestABlockerConcernsPartiesOfTheDeal(t *testing.T) {
	e, d, r := withFour(t)
	r.Blockers = []deal.Blocker{
		{ID: "B-1", Kind: escalation.ContractIssue, Raised: november(9, 9), By: boActs, Concerns: []model.Party{us, other}},
		{ID: "B-2", Kind: escalation.Scheduling, Raised: november(9, 9), By: boActs}}
	a, err := e.Assess(d, r, november(10, 9))
	if err != nil {
		t.Fatal(err)
	}
	for party, want := range map[model.Party]bool{{}: true, us: true, acme: false, integra: false} {
		v := view(a, party)
		if got := hasMissing(&v, assess.SectionEscalation, `record.blockers["B-1"].concerns[1].org`, model.TwoOrgs); got != want {
			t.Errorf("%q: %v", party, v.Missing)
		}
		if party != integra && len(v.Blockers) != 1 {
			t.Errorf("%q reads %q", party, called(&v))
		}
	}
	r.Blockers[0].Concerns = []model.Party{us, us, {Side: model.Vendor}}
	var problems value.Errors
	problems.Add("", r.Check())
	var got []string
	for _, p := range problems {
		got = append(got, p.Error())
	}
	if want := []string{`blockers[0].concerns[1]: {"side":"vendor","org":"us"} stands twice`}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// view.side: what the vendor and the partner that leads leave unanswered opens no case of others earlier.
func TestWhatOnlyTwoKnowOpensNoCaseOfOthers(t *testing.T) {
	e, d, r := withFour(t)
	for _, id := range []string{"q-1", "q-2"} {
		r.Activities = append(r.Activities, comms.Activity{ID: id, Kind: comms.Question, At: november(37, 9),
			Side: model.Vendor, Subject: "Who comes?"})
	}
	r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.SideSilent, Raised: november(46, 9), By: idaActs,
		Concerns: []model.Party{us, integra}}}
	a, err := e.Assess(d, r, november(47, 9))
	if err != nil {
		t.Fatal(err)
	}
	v := a.For(integra)
	if len(v.Blockers) != 1 || !v.Blockers[0].State.Opened.Equal(november(46, 9)) {
		t.Errorf("view.side: integra reads %+v", v.Blockers)
	}
	if v := a.For(us); len(v.Blockers) != 2 {
		t.Errorf("esc.detect: the vendor reads %q", called(&v))
	}
}
