package stage_test

import (
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// A deal takes 100,000 events, and none more.
func TestHistoryHasALimit(t *testing.T) {
	d := newDeal(t, model.PartnerLed, model.Standard)
	m := stage.Move{By: ana, At: d.now}
	for n := len(d.p.History()); n < 100_000; n++ {
		decision, err := d.rules.Done(d.p, stage.WeeklySync, m)
		if err != nil || decision.Shut != nil {
			t.Fatalf("event %d: %v %v", n+1, decision.Shut, err)
		}
		d.p = decision.Progress
	}
	decision, err := d.rules.Done(d.p, stage.WeeklySync, m)
	wantCodes(t, err, "history event.limit")
	if decision.Progress != d.p {
		t.Error("the event above the limit has changed the progress")
	}
}
