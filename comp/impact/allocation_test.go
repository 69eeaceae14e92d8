package impact_test

import (
	"testing"

	"github.com/coselling/coselling/comp/impact"
)

// Comparing one booking more of known payees, under both policies with its causes,
// allocates the booking that came by value.
func TestAddAllocatesOnce(t *testing.T) {
	before, after := plans()
	comparison, err := impact.New(before, after)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range deals() {
		if allocs := testing.AllocsPerRun(100, func() {
			if err := comparison.Add(b); err != nil {
				t.Fatal(err)
			}
		}); allocs > 1 {
			t.Errorf("%s: %v allocations", b.ID, allocs)
		}
	}
}
