// Package reachtest checks properties that must meet certain cases, which one round of random draws may miss.
package reachtest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const rounds = 30

// Seen counts the cases that a property has met, by name.
type Seen map[string]int

// Check runs [rapid.Check] until property has counted each of the names in seen; after 30 rounds the test fails.
func Check(t *testing.T, seen Seen, property func(*rapid.T), names ...string) {
	t.Helper()
	missing := func(name string) bool { return seen[name] == 0 }
	for range rounds {
		rapid.Check(t, property)
		if !slices.ContainsFunc(names, missing) {
			return
		}
	}
	t.Errorf("in %d rounds only %v was met of %q", rounds, seen, names)
}
