package replay

import (
	"math/rand/v2"
	"testing"
)

// next.try: records are as their events follow each other.
func TestRecordsAgree(t *testing.T) {
	rules, err := Compile()
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(60) {
		if problem := rules.Play(rand.New(rand.NewPCG(seed, 1))); problem != "" {
			t.Fatal(seed, problem)
		}
	}
}
