package calls

import (
	"math/rand/v2"
	"testing"
)

// esc.roster, esc.total, esc.detect: rosters and deals are as the naive models have them.
func TestCallsAgree(t *testing.T) {
	for seed := range uint64(200) {
		for _, play := range []func(*rand.Rand) string{Roster, Detect} {
			if problem := play(rand.New(rand.NewPCG(seed, 1))); problem != "" {
				t.Fatal(seed, problem)
			}
		}
	}
}
