package assess_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// reply draws a person's answer to an ask; n makes ids that nobody used.
func reply(t *rapid.T, ask assess.Ask, n int) string {
	switch {
	case ask.Choices != nil:
		return rapid.SampledFrom(ask.Choices).Draw(t, ask.Path)
	case ask.Path == "edit.committed_close" || ask.Path == "event.day":
		return "2027-06-01"
	case ask.Path == "claim.filing.account.domains[0]":
		return "calder-rail.com"
	case ask.Kind == assess.AskTime:
		return "2027-06-01T00:00:00Z"
	case ask.Kind == assess.AskMoney:
		return "11.00 USD"
	case strings.HasPrefix(ask.Path, "activity."), strings.HasSuffix(ask.Path, ".addresses[0]"):
		return fmt.Sprintf("zoe%d@acme.example", n)
	default:
		return fmt.Sprintf("zoe%d", n)
	}
}

// next.remedy, next.try: what an action asks for is a change that the rules accept, whoever of those who act makes
// it.
func TestWhatAnActionAsksForIsAccepted(t *testing.T) {
	e := engine(t)
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		w := draw(t, e)
		w.forgetFuture()
		for _, c := range w.record.Claims {
			if c.Claimant == other { // of which the partner learns nothing
				w.deal.Registrations = slices.DeleteFunc(w.deal.Registrations, func(id string) bool { return id == c.ID })
			}
		}
		w.asOf = w.asOf.Add(time.Minute) // nobody acts at the instant of another act
		party := rapid.SampledFrom([]model.Party{{}, acme, us}).Draw(t, "party")
		list := view(w.ask(t), party).Next
		if len(list) == 0 {
			return
		}
		i := rapid.IntRange(0, len(list)-1).Draw(t, "action")
		action := list[i]
		if action.Do == nil {
			if len(action.Ask) > 0 {
				t.Fatalf("%v: %s asks %v of no change", party, action.Text(), action.Ask)
			}
			return
		}
		answers := make([]string, len(action.Ask))
		for j, ask := range action.Ask {
			answers[j] = reply(t, ask, i)
		}
		change, err := action.Fill(answers...)
		if err != nil {
			t.Fatalf("%v: %s: %v", party, action.Text(), err)
		}
		d, err := e.Try(w.deal, w.record, change)
		if err != nil || !d.Accepted {
			t.Fatalf("%v: %s: %s: %v %v", party, action.Text(), document(change), err, d.Reasons)
		}
		seen[string(action.Code)]++
	}, "gate.tasks", "gate.registered", "gate.model_set", "comm.weekly_sync", "esc.manager")
}

func document(c deal.Change) string {
	data, err := c.MarshalJSON()
	return fmt.Sprint(string(data), err)
}

// next.remedy: an action asks only the party that acts, and only for what a person knows.
func TestAnActionAsksWhoActsForWhatAPersonKnows(t *testing.T) {
	d, r := evaluated()
	r.Facts = append(r.Facts, stage.Fact{Kind: stage.Qualified, At: november(38, 9), Negative: true})
	loss := everything(t, d, r, november(41, 9)).Next[0]
	want := []assess.Ask{{Path: "event.reason", Kind: assess.AskText, Says: "why the deal is lost"}}
	if loss.Do.Event.Verb != stage.VerbLose || !slices.EqualFunc(loss.Ask, want, sameAsk) {
		t.Errorf("gate.qualified: %s asks %+v", document(*loss.Do), loss.Ask)
	}
	text := `[{"path":"event.reason","kind":"text","says":"why the deal is lost"}]`
	if !strings.Contains(written(assess.View{Next: []assess.Action{loss}}), text) {
		t.Errorf("the document of the action has no %s", text)
	}
	d.Team.Reps = d.Team.Reps[1:] // the partner's
	r.Facts = nil
	a, err := engine(t).Assess(d, r, november(41, 9))
	if err != nil {
		t.Fatal(err)
	}
	theirs, ours := a.For(us).Next[0], a.For(acme).Next[0]
	if theirs.Code != model.NoOrphan || theirs.Do != nil || theirs.Ask != nil {
		t.Errorf("the vendor names a rep of the partner: %+v", theirs)
	}
	change, err := ours.Fill("amy", "amy", "amy@acme.example")
	if err != nil {
		t.Fatal(err)
	}
	if reps := change.Edit.Deal.Team.Reps; len(reps) != 2 || reps[1] != (model.Rep{ID: "amy", Party: acme}) {
		t.Errorf("role.no_orphan: the team becomes %+v", reps)
	}
	if n := len(ours.Do.Edit.Deal.Team.Reps); n != 2 || ours.Do.Edit.Deal.Team.Reps[1].ID != "" {
		t.Error("to fill in an answer changed the action")
	}
}

// next.remedy: what nobody has filled in is not stored, and a debrief without its answer decides nothing.
func TestAChangeThatWaitsForAPersonIsRefused(t *testing.T) {
	d, r := evaluated()
	d.Opening.Stage = stage.Discovery
	v := everything(t, d, r, november(41, 9))
	i := slices.IndexFunc(v.Next, func(a assess.Action) bool {
		return a.Do != nil && len(a.Do.Facts) == 1 && a.Do.Facts[0].Kind == stage.Qualified
	})
	if i < 0 {
		t.Fatalf("gate.qualified: nobody asks: %v", firstOf(&v, 9))
	}
	debrief := v.Next[i]
	want := `change.unfilled[0]: "facts[0].negative" waits for a person; fill it and take it off this list`
	if _, _, err := debrief.Do.Apply(d, r); err == nil || err.Error() != want {
		t.Errorf("an unfilled debrief: %v", err)
	}
	if _, err := debrief.Fill(""); err == nil || !errors.Is(err, value.Code("assess.answer")) {
		t.Errorf("a debrief with an empty answer: %v", err)
	}
	if change, err := debrief.Fill("true"); err != nil || change.Unfilled != nil || !change.Facts[0].Negative {
		t.Errorf("a debrief that is answered: %+v %v", change, err)
	}
}

func sameAsk(a, b assess.Ask) bool {
	return a.Path == b.Path && a.Kind == b.Kind && slices.Equal(a.Choices, b.Choices)
}

// next.remedy: answers that the change does not take are refused with every problem.
func TestAnswersThatNobodyTakesAreRefused(t *testing.T) {
	change := func(asks ...assess.Ask) assess.Action {
		loss := stage.Event{Verb: stage.VerbLose, Move: stage.Move{At: november(1, 9)}}
		return assess.Action{Do: &deal.Change{Event: loss}, Ask: asks}
	}
	reason := assess.Ask{Path: "event.reason", Kind: assess.AskText}
	quote := assess.Ask{Path: "activity.offer.price", Kind: assess.AskMoney}
	for name, c := range map[string]struct {
		action  assess.Action
		answers []string
		want    string
	}{
		"nothing to do": {assess.Action{}, nil,
			"0 answers are given; the action takes 0, if a program can do it"},
		"too few": {change(reason), nil, "0 answers are given; the action takes 1, if a program can do it"},
		"no choice": {change(assess.Ask{Path: "event.to", Kind: assess.AskText, Choices: []string{"won"}}, quote),
			[]string{"lost", "ten"}, `answers[0]: "lost" is not known; allowed are won` + "\n" +
				`answers[1]: "ten" is not an amount; write digits, a space and a currency, `},
		"no day":    {change(assess.Ask{Path: "event.at", Kind: assess.AskTime}), []string{"today"}, "answers[0]: "},
		"no path":   {change(assess.Ask{Path: "event.at[2]", Kind: assess.AskTime}), []string{"today"}, "answers[0]: "},
		"far index": {change(assess.Ask{Path: "facts[7].by", Kind: assess.AskName}), []string{"ana"}, "answers[0]: "},
		"no flag":   {change(assess.Ask{Path: "edit.team", Kind: assess.AskYesNo}), []string{"{"}, "answers[0]: "},
		"two things": {change(assess.Ask{Path: "facts[0].by", Kind: assess.AskName}), []string{"ana"},
			"change.facts[0].kind: "},
	} {
		got, err := c.action.Fill(c.answers...)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || got.Event.Verb != 0 {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if got, err := change(reason).Fill(""); err != nil || got.Event.Reason != "" {
		t.Errorf("an empty answer leaves its place empty: %v %v", got.Event, err)
	}
}

// party.function: in a deal of several partners who files a claim files it for its own function, else for the account.
func TestAClaimIsDraftedForTheFunctionOfWhoFilesIt(t *testing.T) {
	for several, want := range map[bool][]model.Function{false: nil, true: {model.Resale}} {
		d, r := small()
		d.PartnerFunction, d.Registrations, r.Claims, r.Events, r.Facts = model.Resale, nil, nil, nil, nil
		if several {
			d.Participants = []deal.Participant{{Party: integra, Function: model.Integration}}
			d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra})
		}
		v := everything(t, d, r, november(3, 9))
		var files []model.Function
		for _, n := range v.Next {
			if n.Do != nil && n.Do.Claim.ID != "" {
				files = append(files, n.Do.Claim.Filing.Scope.Functions...)
			}
		}
		if !slices.Equal(files, want) {
			t.Errorf("with several partners %v: filed for %v, want %v; %v", several, files, want, v.Next)
		}
	}
}
