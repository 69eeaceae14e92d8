package reachtest_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
)

func TestCheckDrawsAgainForRareCases(t *testing.T) {
	draws, seen := 0, reachtest.Seen{}
	reachtest.Check(t, seen, func(*rapid.T) {
		seen["often"]++
		if draws++; draws == 500 {
			seen["rare"]++
		}
	}, "often", "rare")
	if seen["rare"] != 1 || draws < 500 {
		t.Errorf("%d draws, seen %v", draws, seen)
	}
}

func TestCheckStopsWhenAllCasesAreSeen(t *testing.T) {
	draws, seen := 0, reachtest.Seen{}
	reachtest.Check(t, seen, func(*rapid.T) { draws++; seen["it"]++ }, "it")
	again := 0
	rapid.Check(t, func(*rapid.T) { again++ })
	if draws != again {
		t.Errorf("%d draws, one round has %d", draws, again)
	}
}
