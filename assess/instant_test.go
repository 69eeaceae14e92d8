package assess_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// Of a CRM that knows days alone a deal is held and resumed, or lost and
// reopened, at one instant, in whatever order the record has them.
func TestADealIsHeldAndResumedAtOneInstant(t *testing.T) {
	ana := model.Person{Name: "ana", Party: acme}
	event := func(v stage.Verb, day int) stage.Event {
		return stage.Event{Verb: v, Move: stage.Move{By: ana, At: november(day, 0), Reason: "as agreed"}}
	}
	hold, resume, lose, reopen := stage.VerbHold, stage.VerbResume, stage.VerbLose, stage.VerbReopen
	for name, c := range map[string]struct {
		events []stage.Event
		want   stage.Status
	}{
		"held and resumed on one day": {[]stage.Event{event(hold, 7), event(resume, 7)}, stage.Running},
		"resumed and held again on one day": {[]stage.Event{event(hold, 6), event(resume, 7), event(hold, 7)},
			stage.OnHold},
		"held and resumed on two days": {[]stage.Event{event(hold, 6), event(resume, 7)}, stage.Running},
		"lost and reopened on one day": {[]stage.Event{event(lose, 7), event(reopen, 7)}, stage.Running},
		"reopened and lost again on one day": {[]stage.Event{event(lose, 6), event(reopen, 7), event(lose, 7)},
			stage.ClosedLost},
		"lost while held, reopened, resumed": {[]stage.Event{event(hold, 6), event(lose, 7), event(reopen, 7),
			event(resume, 7)}, stage.Running},
		"held, lost and reopened on one day": {[]stage.Event{event(hold, 7), event(lose, 7), event(reopen, 7)},
			stage.Running},
		"reopened and resumed after two holds": {[]stage.Event{event(hold, 6), event(lose, 6), event(reopen, 7),
			event(hold, 8), event(resume, 8)}, stage.Running},
	} {
		d, r := small()
		r.Events = append(r.Events[:2:2], c.events...)
		v := everything(t, d, r, november(9, 9))
		if v.Progress.Status != c.want || len(v.Missing) > 0 {
			t.Errorf("%s: %s, want %s; %v", name, v.Progress.Status, c.want, v.Missing)
		}
		slices.Reverse(r.Events)
		if again := everything(t, d, r, november(9, 9)); written(again) != written(v) {
			t.Errorf("%s: another order is another answer", name)
		}
	}
}
