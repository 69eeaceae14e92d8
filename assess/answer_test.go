package assess_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// Of several facts of one instant the refused ones are reported, and the others count.
func TestARefusedFactDoesNotAffectTheOthers(t *testing.T) {
	d, r := small()
	bad := stage.Fact{Kind: "unheard_of", At: r.Facts[0].At}
	r.Facts = append(r.Facts, bad)
	v := everything(t, d, r, november(30, 9))
	if v.Progress.Status != stage.ClosedWon || len(v.Missing) != 1 ||
		!hasMissing(&v, assess.SectionPlaybook, deal.NameOf(bad)+".evidence[0].kind", "fact.kind") {
		t.Errorf("%s; %v", v.Progress.Status, v.Missing)
	}
}

// A task that is ticked too early is reported, unless a fact ticks it later.
func TestATaskTickedTooEarlyIsReported(t *testing.T) {
	tick := func(day int) stage.Event {
		return stage.Event{Verb: stage.VerbDone, Task: stage.RegisterAndQualify,
			Move: stage.Move{By: model.Person{Name: "ana", Party: acme}, At: november(day, 10)}}
	}
	d, r := small()
	r.Events = append(r.Events, tick(4), tick(6)) // the first once more, then again
	if v := everything(t, d, r, november(30, 9)); len(v.Missing) != 0 {
		t.Errorf("a task that is done is missing: %v", v.Missing)
	}
}

// esc.detect: a deal that is held is not stalled.
func TestAHeldDealIsNotStalled(t *testing.T) {
	d, r := small()
	r.Events = r.Events[:2]
	move := stage.Move{By: model.Person{Name: "ana", Party: acme}, At: november(6, 9), Reason: "their budget"}
	for _, held := range []bool{false, true} {
		if held {
			r.Events = append(r.Events, stage.Event{Verb: stage.VerbHold, Move: move})
		}
		v := everything(t, d, r, november(50, 9))
		stalled := slices.ContainsFunc(v.Blockers,
			func(b assess.Escalation) bool { return b.Kind == escalation.DealStalled })
		if stalled == held {
			t.Errorf("esc.detect: held %v, stalled %v: %v; %v; %v", held, stalled, v.Blockers, v.Missing,
				v.Progress.Status)
		}
	}
}

// reg.life: the vendor decides on a claim by its due day, and is late after it.
func TestAnActionAsksForTheDecisionOnAClaim(t *testing.T) {
	d, r := small()
	r.Claims[0].Events = nil
	for day, want := range map[int]assess.Action{
		3:  {Urgency: assess.NextStep, Code: registration.Life}, // leaving the stage waits for it
		20: {Urgency: assess.AtRisk, Code: registration.LateApproval},
	} {
		v := everything(t, d, r, november(day, 9))
		i := slices.IndexFunc(v.Next, func(a assess.Action) bool { return a.Code == want.Code })
		if i < 0 || v.Next[i].Urgency != want.Urgency || v.Next[i].Code != want.Code ||
			v.Next[i].Owner != model.Vendor {
			t.Errorf("reg.life on the %dth: %v", day, v.Next)
		}
	}
}

// gate.model_set: what is to be done says which model is recommended, where one is.
func TestAnActionSetsTheModel(t *testing.T) {
	for trusted, want := range map[model.YesNo]string{
		model.Yes:     "set the engagement model to partner-led, because the prospect trusts the partner",
		model.Unknown: "choose the engagement model together and set it: no fact on record decides it",
	} {
		d, r := small()
		d.Opening.Engagement, d.Registrations, d.Signals, r.Claims = 0, nil, model.Signals{PartnerTrusted: trusted}, nil
		v := everything(t, d, deal.Record{}, november(4, 9))
		if len(v.Next) == 0 || v.Next[0].Text() != want || v.Next[0].Code != stage.GateModelSet {
			t.Errorf("gate.model_set: %v, want %s", v.Next, want)
		}
	}
}
