package comms_test

import "testing"

// Adding an activity allocates the same whatever the log holds.
func TestAddAllocatesTheSame(t *testing.T) {
	const most, adds = 3, 1000
	for _, n := range []int{100, 20_000} {
		rules, log := benchRules(t), benchLog(n+adds+1)
		tracker, err := rules.Track(benchDeal())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range log[:n] {
			if err := tracker.Add(a); err != nil {
				t.Fatal(err)
			}
		}
		i := n
		allocs := testing.AllocsPerRun(adds, func() {
			if err := tracker.Add(log[i]); err != nil {
				t.Fatal(err)
			}
			i++
		})
		if allocs > most {
			t.Errorf("behind %d activities %v allocations, more than %d", n, allocs, most)
		}
	}
}
