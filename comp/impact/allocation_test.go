package impact_test

import (
	"testing"

	"github.com/coselling/coselling/comp/impact"
)

// One more booking of known payees, compared under both policies with its causes, makes
// one allocation: the booking that is passed by value.
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
