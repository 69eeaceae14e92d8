// Package reachtest checks properties that must meet certain cases. One round of random draws
// may miss a rare case, so a test draws again before it fails for that.
package reachtest

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const rounds = 30

// Seen counts the cases that a property has met, by name.
type Seen map[string]int

// Check checks the property by [rapid.Check] until seen, which the property fills, has each of
// the names. It fails the test where 30 rounds have not met one of them.
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
