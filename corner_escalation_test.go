package coselling_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// esc.detect: while a deal is on hold, or not open yet, its prospect does not go dark:
// the case begins when the deal goes on.
func TestNobodyGoesDarkInAHold(t *testing.T) {
	mail := func(at time.Time) []comms.Activity {
		return []comms.Activity{{ID: "x", Kind: comms.Mail, At: at, Side: model.Partner, From: "ana@acme.example", To: []string{"cat@calder.example", "bo@us.example"}, Subject: "Hi"}}
	}
	hold := []stage.Event{
		{Verb: stage.VerbHold, Move: stage.Move{By: ana, At: november(8, 9), Reason: "no budget"}},
		{Verb: stage.VerbResume, Move: stage.Move{By: ana, At: november(27, 9)}},
	}
	for _, c := range []struct {
		name               string
		events             []stage.Event
		sent, asOf, raised time.Time
	}{
		{"on hold when the term ended", hold, november(5, 14), november(27, 12), november(27, 9)},
		{"before the deal opened", nil, november(-20, 9), november(2, 12), november(2, 0)},
		{"awake", nil, november(3, 9), november(14, 9), november(13, 9)},
	} {
		d, r := small()
		r.Activities, r.Events = mail(c.sent), c.events
		v := everything(t, d, r, c.asOf)
		if len(v.Blockers) != 1 || v.Blockers[0].Kind != escalation.ProspectDark || !v.Blockers[0].State.Opened.Equal(c.raised) {
			t.Errorf("esc.detect: %s: %v", c.name, v.Blockers)
		}
	}
}
