// Package reachtest checks properties that must have met something. One round of random
// draws may miss what is rare, so a test draws again before it fails for that.
package reachtest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const rounds = 30

// Seen counts what a property has met, by name.
type Seen map[string]int

// Check checks the property as [rapid.Check] does, again and again until seen, which
// the property fills, has each of the names; it fails the test for a name that many
// rounds have not met.
func Check(t *testing.T, seen Seen, property func(*rapid.T), names ...string) {
	t.Helper()
	lacks := func(name string) bool { return seen[name] == 0 }
	for range rounds {
		rapid.Check(t, property)
		if !slices.ContainsFunc(names, lacks) {
			return
		}
	}
	t.Errorf("in %d rounds only %v was met of %q", rounds, seen, names)
}
