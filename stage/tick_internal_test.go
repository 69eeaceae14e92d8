package stage

import (
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Of a task that goes on, such as the weekly sync, only the last tick of each side is kept, so that a change of model
// or size after thousands of them costs as much as after one. The history has them all.
func TestOnlyTheLastTickOfATaskThatGoesOnIsKept(t *testing.T) {
	rules, err := DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	p, err := rules.Open(Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	if err != nil {
		t.Fatal(err)
	}
	people := [...]model.Person{{Name: "ana", Party: model.PartnerOrg("acme")},
		{Name: "bo", Party: model.VendorOrg("us")}}
	for i := range 100 {
		task := WeeklySync
		if i == 50 {
			task = DiscoveryCall
		}
		d, err := rules.Done(p, task, Move{By: people[i%2], At: at.Add(time.Duration(i) * time.Hour)})
		if err != nil || len(d.Shut) > 0 {
			t.Fatal(err, d.Shut)
		}
		p = d.Progress
	}
	syncs, calls := p.state.ticksOf(WeeklySync), p.state.ticksOf(DiscoveryCall)
	if len(syncs) != 2 || syncs[1].by != "bo" || len(calls) != 1 || p.state.history.len() != 100 {
		t.Errorf("ticks of the sync %v and of the call %v of %d events", syncs, calls, p.state.history.len())
	}
}
