package stage_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// A task that each side does is done with the later part, by a tick or by a fact. A fact
// that is recorded again does not do its task again.
func TestATaskOfEachSideIsDoneWithItsLaterPart(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, time.November, n, 9, 0, 0, 0, time.UTC) }
	crm := func(side model.Side, n int) stage.Fact {
		return stage.Fact{Kind: stage.CRMUpdated, Side: side, At: day(n), By: stagetest.Person(side).Name}
	}
	both := []stage.Fact{crm(model.Partner, 4), crm(model.Vendor, 9)}
	for name, c := range map[string]struct {
		ticked model.Side // on the 4th
		facts  []stage.Fact
		by     model.Side
		on     int
	}{
		"both by facts":         {0, both, model.Vendor, 9},
		"once more by one":      {0, append(both, crm(model.Partner, 20)), model.Vendor, 9},
		"a tick and a fact":     {model.Partner, both[1:], model.Vendor, 9},
		"a tick and more facts": {model.Partner, append(both[1:], crm(model.Partner, 20)), model.Vendor, 9},
		"one of them has twice": {model.Vendor, []stage.Fact{crm(model.Vendor, 5), crm(model.Partner, 8)}, model.Partner, 8},
	} {
		d := newDeal(t, model.PartnerLed, model.Standard)
		d.now = day(4)
		if c.ticked != 0 {
			d.must(d.rules.Done(d.p, stage.UpdateCRM, stage.Move{By: stagetest.Person(c.ticked), At: day(4)}))
		}
		for _, f := range c.facts {
			d.now = f.At
			d.record(f)
		}
		d.now = day(21)
		if item := d.item(stage.UpdateCRM); item.State != stage.Done || !item.At.Equal(day(c.on)) || item.By != stagetest.Person(c.by).Name {
			t.Errorf("gate.crm_updated: %s: %s by %s at %s, want on the %dth", name, item.State, item.By, item.At, c.on)
		}
	}
	d := newDeal(t, model.PartnerLed, model.Standard)
	for _, n := range []int{3, 20} { // and a renewal
		d.now = day(n)
		d.record(stage.Fact{Kind: stage.Registered, Side: model.Partner, At: day(n)})
	}
	if item := d.item(stage.RegisterDeal); !item.At.Equal(day(3)) {
		t.Errorf("gate.registered: the deal was registered on the 3rd, not at %s", item.At)
	}
}
