package assess_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/assess"
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

// next.try: at one instant a send-back comes before an advance, and a resumption before both of a deal that is on hold.
func TestTheOrderOfMovesAtOneInstant(t *testing.T) {
	d, r := evaluated()
	at := november(40, 9)
	move := func(v stage.Verb, to stage.Stage) stage.Event {
		return stage.Event{Verb: v, Move: stage.Move{By: anaActs, At: at, To: to, Reason: "as agreed"}}
	}
	back := move(stage.VerbSendBack, stage.Presentation)
	on := move(stage.VerbAdvance, stage.Evaluation)
	for _, by := range []model.Person{anaActs, boActs} {
		on.Overrides = append(on.Overrides, stage.Override{Gate: stage.GateTasks, By: by, At: at, Reason: "done before"})
	}
	hold := move(stage.VerbHold, "")
	hold.At = november(39, 9)
	for name, events := range map[string][]stage.Event{
		"sent back and on": {on, back}, "resumed, sent back and on": {hold, on, back, move(stage.VerbResume, "")},
	} {
		r.Events = events
		if v := everything(t, d, r, november(41, 9)); v.Progress.Stage != stage.Evaluation || slices.ContainsFunc(v.Missing, ofPlaybook) {
			t.Errorf("%s: in %s, %v", name, v.Progress.Stage, v.Missing)
		}
	}
}

// next.try: at one instant facts come first, so that a registration that is recorded with a reopening counts for it.
func TestWhatIsRecordedCountsForAReopeningOfItsInstant(t *testing.T) {
	d, r := small()
	d.Registrations, r.Claims = nil, nil
	event := func(v stage.Verb, day int, evidence ...stage.Fact) stage.Event {
		return stage.Event{Verb: v, Move: stage.Move{By: anaActs, At: november(day, 0), Reason: "as agreed", Evidence: evidence}}
	}
	registered := stage.Fact{Kind: stage.Registered, Side: model.Partner, At: november(7, 0)}
	r.Events = []stage.Event{event(stage.VerbLose, 6), event(stage.VerbReopen, 7), event(stage.VerbRecord, 7, registered)}
	if v := everything(t, d, r, november(9, 9)); v.Progress.Status != stage.Running || slices.ContainsFunc(v.Missing, ofPlaybook) {
		t.Errorf("%s; %v", v.Progress.Status, v.Missing)
	}
	r.Events = r.Events[:2]
	if v := everything(t, d, r, november(9, 9)); v.Progress.Status != stage.ClosedLost {
		t.Errorf("without a registration: %s", v.Progress.Status)
	}
}

// A problem of an event's evidence names the fact by its place in the record.
func TestEvidenceIsNamedByItsPlace(t *testing.T) {
	d, r := small()
	good := stage.Fact{Kind: stage.PartnerEngaged, At: november(4, 11)}
	bad := good
	bad.Side = model.Partner
	r.Events = []stage.Event{{Verb: stage.VerbRecord, Move: stage.Move{By: anaActs, At: november(4, 12),
		Evidence: []stage.Fact{{Kind: stage.Qualified, At: november(4, 11)}, good, bad}}}}
	v := everything(t, d, r, november(9, 9))
	if i := slices.IndexFunc(v.Missing, ofPlaybook); i < 0 || !strings.Contains(v.Missing[i].Problems.Error(), ".evidence[2].side") {
		t.Errorf("%v", v.Missing)
	}
}

func ofPlaybook(m assess.Missing) bool { return m.Part == assess.SectionPlaybook }
