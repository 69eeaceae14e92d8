package coselling_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

var ana, bo = model.Person{Name: "ana", Party: acme}, model.Person{Name: "bo", Party: us}

// november is an hour of November 2026.
func november(day, hour int) time.Time {
	return time.Date(2026, time.November, day, hour, 0, 0, 0, time.UTC)
}

// everything assesses a deal and returns the whole answer.
func everything(t *testing.T, d coselling.Deal, r coselling.Record, asOf time.Time) coselling.View {
	t.Helper()
	a, err := engine(t).Assess(d, r, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return a.Everything()
}

// SPEC 3.1: a deal that was imported as lost is reopened, and the time between counts
// as a hold: no sync was owed in it.
func TestAnImportedLossIsReopened(t *testing.T) {
	d, r := small()
	d.Opening.Stage, d.Opening.At, d.Opening.From, d.Opening.Size = stage.Lost, november(4, 8), "crm", model.Standard
	r.Facts, r.Events = nil, []stage.Event{{Verb: stage.VerbReopen, Move: stage.Move{By: ana, At: november(29, 9), Reason: "the budget is back"}}}
	v := everything(t, d, r, november(30, 9))
	if v.Progress.Status != stage.Running || v.Progress.Stage != stage.Identification {
		t.Errorf("%s in %s; %v", v.Progress.Status, v.Progress.Stage, v.Missing)
	}
	for _, f := range v.Findings {
		if f.Reason.Code() == comms.WeeklySync {
			t.Errorf("%s", f.Reason)
		}
	}
}
