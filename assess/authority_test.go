package assess_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// stage.authority: the vendor puts a partner-led deal on hold where managers of both companies let it, or a manager of
// either while a case that is open has been at level 2 for five business days. The answer knows the cases: a record
// states only who decided.
func TestTheAuthorityYieldsWhileACaseIsAtLevelTwo(t *testing.T) {
	mia := model.Person{Name: "mia", Party: acme}
	raised := november(36, 10) // a Sunday
	monday := november(44, 0)  // five business days later
	blocked := func(kind escalation.BlockerKind, resolved time.Time) []deal.Blocker {
		b := deal.Blocker{ID: "B-1", Kind: kind, Raised: raised, By: anaActs}
		if !resolved.IsZero() {
			b.Resolved = escalation.Event{By: boActs, At: resolved}
		}
		return []deal.Blocker{b}
	}
	for name, c := range map[string]struct {
		blockers []deal.Blocker
		by       []model.Person
		at       time.Time
		want     stage.Status
	}{
		"nobody":                           {blocked(escalation.InternalCoordination, time.Time{}), nil, monday, stage.Running},
		"one of each":                      {nil, []model.Person{olgaActs, mia}, monday, stage.OnHold},
		"one":                              {nil, []model.Person{olgaActs}, monday, stage.Running},
		"one, in the fifth day":            {blocked(escalation.InternalCoordination, time.Time{}), []model.Person{olgaActs}, monday.AddDate(0, 0, -2).Add(-1), stage.Running},
		"one, after five days":             {blocked(escalation.InternalCoordination, time.Time{}), []model.Person{olgaActs}, monday, stage.OnHold},
		"one of the partner":               {blocked(escalation.InternalCoordination, time.Time{}), []model.Person{mia}, monday, stage.OnHold},
		"one, the case is resolved":        {blocked(escalation.InternalCoordination, november(43, 9)), []model.Person{olgaActs}, monday, stage.Running},
		"one, two days later from level 1": {blocked(escalation.Scheduling, time.Time{}), []model.Person{olgaActs}, monday, stage.Running},
		"one, a week later from level 1":   {blocked(escalation.Scheduling, time.Time{}), []model.Person{olgaActs}, monday.AddDate(0, 0, 7), stage.OnHold},
	} {
		d, r := evaluated()
		r.Blockers = c.blockers
		hold := stage.Event{Verb: stage.VerbHold, Move: stage.Move{By: boActs, At: c.at}}
		for _, by := range c.by {
			hold.Overrides = append(hold.Overrides, stage.Override{Gate: stage.StageAuthority, By: by, At: c.at, Reason: "nobody acts"})
		}
		r.Events = []stage.Event{hold}
		if v := everything(t, d, r, c.at.Add(time.Hour)); v.Progress.Status != c.want {
			t.Errorf("%s: the deal is %v, %v", name, v.Progress.Status, v.Missing)
		}
	}
}

// stage.authority: whoever states in a record that a case is at level 2, gains nothing by it: the blockers show that.
func TestARecordCannotStateThatACaseIsAtLevelTwo(t *testing.T) {
	d, r := evaluated()
	at := november(44, 0)
	claimed := stage.Fact{Kind: stage.Escalated, At: november(30, 0)}
	hold := stage.Event{Verb: stage.VerbHold, Move: stage.Move{By: boActs, At: at, Evidence: []stage.Fact{claimed},
		Overrides: []stage.Override{{Gate: stage.StageAuthority, By: olgaActs, At: at, Reason: "nobody acts"}}}}
	if outcome, err := engine(t).Try(d, r, deal.Change{Event: hold}); err != nil || outcome.Accepted {
		t.Errorf("next.try: %v, %v", outcome.Reasons, err)
	}
	if _, err := engine(t).Try(d, r, deal.Change{Facts: []stage.Fact{claimed}}); !errors.Is(err, value.Code("assess.escalated")) {
		t.Errorf("next.try: %v", err)
	}
	r.Events, r.Facts = []stage.Event{hold}, append(r.Facts, claimed)
	v := everything(t, d, r, at)
	if v.Progress.Status != stage.Running || len(v.Missing) == 0 || len(v.Missing[0].Problems) != 4 {
		t.Errorf("the deal is %v, %v", v.Progress.Status, v.Missing)
	}
}

// stage.authority: a refusal names the overrides that do not count, recorded with the event or before it, each once; not
// those of events that were refused.
func TestARefusalNamesTheOverridesThatDoNotCount(t *testing.T) {
	d, r := evaluated()
	override := func(by model.Person, at time.Time) []stage.Override {
		return []stage.Override{{Gate: stage.StageAuthority, By: by, At: at, Reason: "nobody acts"}}
	}
	hold := func(by model.Person, at time.Time) stage.Event {
		return stage.Event{Verb: stage.VerbHold, Move: stage.Move{By: boActs, At: at, Overrides: override(by, at)}}
	}
	says := func(names string) string {
		return "the override of " + names + " does not count yet: it takes managers of both companies, or one of them " +
			"5 business days after a case went to the managers"
	}
	told := func() (list []string) {
		for _, m := range everything(t, d, r, november(44, 0)).Missing {
			for _, p := range m.Problems {
				if _, text, ok := strings.Cut(p.Problem, "is refused: the override"); ok {
					list = append(list, "the override"+text)
				}
			}
		}
		return list
	}
	r.Events = []stage.Event{hold(olgaActs, november(40, 9)), hold(olgaActs, november(41, 9))}
	if got := told(); !slices.Equal(got, []string{says("olga"), says("olga")}) {
		t.Errorf("two refused: %q", got)
	}
	owen := model.Person{Name: "owen", Party: us}
	r.Events = []stage.Event{{Verb: stage.VerbRecord, Move: stage.Move{By: owen, At: november(39, 9),
		Overrides: override(owen, november(39, 9))}}, hold(olgaActs, november(40, 9))}
	if got := told(); !slices.Equal(got, []string{says("owen and olga")}) {
		t.Errorf("one recorded before: %q", got)
	}
	r.Events = append(r.Events, hold(model.Person{Name: "mia", Party: acme}, november(41, 9)))
	if got := told(); !slices.Equal(got, []string{says("owen and olga")}) {
		t.Errorf("with one of the other company: %q", got)
	}
}

// A case that is asked again after a blocker became known gives the answer of the single call, though the blocker
// decides about an override before it.
func TestACaseKnowsTheCasesOfAnOverride(t *testing.T) {
	d, r := evaluated()
	r.Events = []stage.Event{{Verb: stage.VerbHold, Move: stage.Move{By: boActs, At: november(44, 9),
		Overrides: []stage.Override{{Gate: stage.StageAuthority, By: olgaActs, At: november(44, 9), Reason: "nobody acts"}}}}}
	c, err := engine(t).Case(d, r)
	if err != nil {
		t.Fatal(err)
	}
	late := deal.Change{Blocker: deal.Blocker{ID: "B-1", Kind: escalation.InternalCoordination, Raised: november(36, 10), By: anaActs}}
	if v := c.At(november(45, 9)).Everything(); v.Progress.Status != stage.Running {
		t.Errorf("without the blocker %v", v.Progress.Status)
	}
	if err := c.Add(late); err != nil {
		t.Fatal(err)
	}
	if v := c.At(november(45, 9)).Everything(); v.Progress.Status != stage.OnHold {
		t.Errorf("with the blocker %v", v.Progress.Status)
	}
	r.Blockers = []deal.Blocker{late.Blocker}
	if one, again := written(everything(t, d, r, november(45, 9))), written(c.At(november(45, 9)).Everything()); one != again {
		t.Errorf("a single call gives\n%s\nthe case\n%s", one, again)
	}
}
