package registration_test

import (
	"fmt"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

func TestProtectedAllocatesNothing(t *testing.T) {
	rules := compile(t, policy())
	c := filed("a", acme, 0, did(registration.Approve, 1), did(registration.Extend, 2), did(registration.Withdraw, 3))
	if allocs := testing.AllocsPerRun(100, func() {
		if from, _ := rules.Protected(&c, start.Add(2*day)); from.IsZero() {
			t.Fatal("nothing is protected")
		}
	}); allocs != 0 {
		t.Errorf("reg.life: %v allocations", allocs)
	}
}

func TestOverlapsAllocatesNothing(t *testing.T) {
	a := registration.Scope{Products: []string{"crm", "erp"}, Regions: []string{"EMEA"}}
	b := registration.Scope{Products: []string{"erp"}, Regions: []string{"APAC", "EMEA"}}
	if allocs := testing.AllocsPerRun(100, func() {
		if !a.Overlaps(b) {
			t.Fatal("no overlap")
		}
	}); allocs != 0 {
		t.Errorf("reg.same_account: %v allocations", allocs)
	}
}

// A filing on a new account is checked and keyed once; behind a queue it takes as many allocations, however long the
// queue is.
func TestSubmitAllocatesLittle(t *testing.T) {
	if info, ok := debug.ReadBuildInfo(); ok &&
		slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("the race detector allocates")
	}
	const ofIDs = 2 // allocations of the desk for the id of a claim
	for _, c := range []struct {
		queue int
		most  float64
	}{{0, 36}, {100, 60}, {400, 60}} {
		d := queued(t, c.queue)
		filings := make([]registration.Filing, 300)
		for i := range filings {
			filings[i] = filing(fmt.Sprint(i), fmt.Sprintf("hooli%d.com", i))
			filings[i].Account.Name = fmt.Sprint("Hooli ", i)
			if c.queue > 0 {
				filings[i].Account.Domains = []string{"hooli.com"}
			}
		}
		i := 0
		allocs := testing.AllocsPerRun(200, func() {
			d.submit(t, model.PartnerOrg(filings[i].Key), filings[i])
			i++
		}) - ofIDs
		if allocs > c.most {
			t.Errorf("behind %d: %v allocations, want at most %v", c.queue, allocs, c.most)
		}
	}
}
