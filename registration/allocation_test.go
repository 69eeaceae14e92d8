package registration_test

import (
	"testing"

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
