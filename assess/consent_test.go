package assess_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// remodelled is the deal of evaluated of which bo changes the model on 9 December, without ana's consent.
func remodelled() (deal.Deal, deal.Record, deal.Change) {
	d, r := evaluated()
	return d, r, deal.Change{Event: stage.Event{Verb: stage.VerbSetModel, Engagement: model.TrueCoSell,
		Move: stage.Move{By: boActs, At: november(39, 9), Reason: "both teams are needed"}}}
}

func answered(verb stage.Verb, by model.Person, at time.Time) deal.Change {
	return deal.Change{Event: stage.Event{Verb: verb, Of: stage.VerbSetModel, Asked: november(39, 9),
		Move: stage.Move{By: by, At: at, Reason: "no answer"}}}
}

// actionsOf returns the actions of a rule as "people: instruction, by day".
func actionsOf(v assess.View, code string) (list []string) {
	for _, a := range v.Next {
		if string(a.Code) == code {
			list = append(list, strings.Join(a.Who, " ")+": "+a.Text()+", by "+a.Due.String())
		}
	}
	return list
}

// stage.consent, next.remedy: case D9. A change of model without the other side's consent waits: ana consents, or says
// no. After five business days a manager of the vendor may consent in her place. Nothing is missing.
func TestAChangeOfModelWaitsForTheOtherSide(t *testing.T) {
	d, r, change := remodelled()
	outcome, err := engine(t).Try(d, r, change)
	if err != nil || !outcome.Accepted || !slices.Equal(outcome.Pending, []model.Party{acme}) {
		t.Fatalf("next.try: %+v, %v", outcome, err)
	}
	const (
		ask     = "ana: consent to changing the engagement model to true co-sell, or say no: bo asked on 9 December, by 2026-12-16"
		instead = "bo: have a manager consent to changing the engagement model to true co-sell in place of the partner, " +
			"which has not answered bo since 9 December, by "
	)
	for asOf, want := range map[time.Time][]string{
		november(40, 9): {ask}, november(46, 23): {ask}, november(47, 0): {ask, instead + "2026-12-17"},
	} {
		for _, party := range []model.Party{{}, acme, us} {
			v := view(ask1(t, outcome.Deal, outcome.Record, asOf), party)
			got := actionsOf(v, "stage.consent")
			if !slices.Equal(got, want) || v.Model.Set != model.PartnerLed || len(v.Progress.Pending) != 1 {
				t.Errorf("%v as of %v: %q, want %q", party, asOf, got, want)
			}
			for _, m := range v.Missing {
				if m.Part == assess.SectionPlaybook {
					t.Errorf("missing: %v", m.Problems)
				}
			}
		}
	}
	for name, c := range map[string]struct {
		change deal.Change
		set    model.Engagement
		err    error
	}{
		"ana consents":                  {answered(stage.VerbConsent, anaActs, november(40, 9)), model.TrueCoSell, nil},
		"ana says no":                   {answered(stage.VerbRefuse, anaActs, november(40, 9)), model.PartnerLed, nil},
		"the vendor's manager, early":   {answered(stage.VerbConsent, olgaActs, november(46, 9)), 0, stage.StageConsent},
		"the vendor's manager, in time": {answered(stage.VerbConsent, olgaActs, november(47, 9)), model.TrueCoSell, nil},
	} {
		answer, err := engine(t).Try(outcome.Deal, outcome.Record, c.change)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil {
			continue
		}
		v := everything(t, answer.Deal, answer.Record, november(48, 9))
		if v.Model.Set != c.set || v.Progress.Pending != nil || actionsOf(v, "stage.consent") != nil || !answer.Accepted {
			t.Errorf("%s: %v, %v", name, v.Model.Set, v.Progress.Pending)
		}
	}
}

func ask1(t *testing.T, d deal.Deal, r deal.Record, asOf time.Time) assess.Assessment {
	t.Helper()
	a, err := engine(t).Assess(d, r, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// next.try: a back-dated refusal takes away the ground of the consent and of the change that it brought about.
func TestABackDatedRefusalUndoesTheChange(t *testing.T) {
	d, r, change := remodelled()
	r.Events = append(r.Events, change.Event, answered(stage.VerbConsent, anaActs, november(42, 9)).Event)
	outcome, err := engine(t).Try(d, r, answered(stage.VerbRefuse, anaActs, november(40, 9)))
	if err != nil || outcome.Accepted || len(outcome.Undone) != 2 || outcome.Undone[0].Event.Verb != stage.VerbSetModel {
		t.Errorf("%+v, %v", outcome, err)
	}
	r.Events = append(r.Events, answered(stage.VerbRefuse, anaActs, november(43, 9)).Event)
	v := everything(t, d, r, november(44, 9))
	if v.Model.Set != model.TrueCoSell || len(v.Missing) == 0 || v.Missing[0].Problems[0].Code != stage.StageConsent {
		t.Errorf("a refusal after the consent: %v, %v", v.Model.Set, v.Missing)
	}
}

// next.remedy: under true co-sell an advance that waits is the consent to it, in the rank of the advance.
func TestTheConsentStandsInPlaceOfTheAdvance(t *testing.T) {
	d, r := evaluated()
	d.Opening.Engagement = model.TrueCoSell
	r.Facts = []stage.Fact{{Kind: stage.PartnerEngaged, At: november(39, 9)}}
	for _, task := range []stage.TaskID{stage.TechnicalResources, stage.CompetitiveIntelligence, stage.EvaluationPlan,
		stage.ServicesResources} {
		r.Events = append(r.Events, tick(task, boActs, november(40, 9)))
	}
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: stage.Proposal, By: anaActs,
		At: november(41, 9)}})
	const says = "bo: consent to moving the deal on to proposal and negotiation, or say no: ana asked on 11 December, " +
		"by 2026-12-18"
	if got := actionsOf(everything(t, d, r, november(41, 10)), "stage.consent"); !slices.Equal(got, []string{says}) {
		t.Errorf("%q, want %q", got, says)
	}
	v := everything(t, d, r, november(55, 9)) // stalled
	for _, a := range v.Next {
		if a.Code == stage.StageConsent && a.Urgency != assess.OpenCase || a.Object == "advance" && a.Code == stage.GateOrder {
			t.Errorf("%v", a)
		}
	}
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbConsent, Of: stage.VerbAdvance, Asked: november(41, 9),
		Move: stage.Move{By: boActs, At: november(42, 9)}})
	if v := everything(t, d, r, november(42, 10)); v.Progress.Stage != stage.Proposal {
		t.Errorf("in %s", v.Progress.Stage)
	}
}

// stage.rebaseline, stage.replanned: a re-baseline, and a resize of a true co-sell, wait for the other side's consent;
// the answer says how often the dates were moved.
func TestARebaselineAndAResizeWaitForConsent(t *testing.T) {
	d, r := evaluated()
	move := stage.Event{Verb: stage.VerbRebaseline, Day: value.MustDate("2026-12-20"),
		Move: stage.Move{By: anaActs, At: november(41, 9), Reason: "the prospect is on holiday"}}
	outcome, err := engine(t).Try(d, r, deal.Change{Event: move})
	if err != nil || !outcome.Accepted || !slices.Equal(outcome.Pending, []model.Party{us}) {
		t.Fatalf("next.try: %+v, %v", outcome, err)
	}
	v := everything(t, d, outcome.Record, november(41, 10))
	const says = "bo: consent to moving the dates, so that evaluation begins on 20 December, or say no: " +
		"ana asked on 11 December, by 2026-12-18"
	if got := actionsOf(v, "stage.consent"); !slices.Equal(got, []string{says}) || v.Schedule.Moved != 0 {
		t.Errorf("%q, moved %d times", got, v.Schedule.Moved)
	}
	r.Events = append(outcome.Record.Events, stage.Event{Verb: stage.VerbConsent, Of: move.Verb, Asked: move.At,
		Move: stage.Move{By: boActs, At: november(42, 9)}})
	d.Committed = value.MustDate("2027-02-10")
	v = everything(t, d, r, november(42, 10))
	if last := value.MustDate("2027-02-12"); v.Schedule.Moved != 1 || v.Close.Planned != last || v.Close.Days != -2 {
		t.Errorf("moved %d times, %+v", v.Schedule.Moved, v.Close)
	}
	d.Opening.Engagement, d.Opening.Size, d.Opening.Stage = model.TrueCoSell, model.Simplified, stage.Proposal
	r.Events = []stage.Event{{Verb: stage.VerbResize, Size: model.Standard, Move: stage.Move{By: anaActs, At: november(41, 9)}}}
	const consent = "bo: consent to moving the deal to the standard playbook, or say no: ana asked on 11 December, by 2026-12-18"
	v = everything(t, d, r, november(41, 10))
	if got := actionsOf(v, "stage.consent"); !slices.Equal(got, []string{consent}) || len(actionsOf(v, "stage.replanned")) > 0 {
		t.Errorf("%q, %q", got, actionsOf(v, "stage.replanned"))
	}
}
