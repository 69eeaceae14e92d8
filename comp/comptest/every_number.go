package comptest

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// EveryNumberCounts fails the test for each number of the policy on which no statement of the bookings depends, so
// that no golden file would show that it is wrong. It moves a percentage by one point up and down, and an amount
// by one hundredth of itself.
//
// List the paths of numbers that the bookings cannot reach, without "comp.", such as "origination.influenced" under
// role-based credit. A listed number that counts, or that the policy does not have, fails the test too. A policy that
// does not compile stops it.
func EveryNumberCounts(t testing.TB, policy comp.Policy, bookings Bookings, unreachable ...string) {
	t.Helper()
	idle, counting, err := idleNumbers(policy, bookings)
	if err != nil {
		t.Fatalf("the numbers of the policy are not tested:\n%s", indented(err))
	}
	for _, n := range idle {
		if !slices.Contains(unreachable, n.path) {
			t.Errorf("%s, now %s, is not tested: one point more or less changes no statement of %s\n  add a booking "+
				"that depends on it, or list it as unreachable",
				n.path, n.text, counted(len(bookings.Deals), "deal"))
		}
	}
	for _, path := range unreachable {
		has := func(n number) bool { return n.path == path }
		switch {
		case slices.ContainsFunc(counting, has):
			t.Errorf("%s is listed as unreachable, but one point more or less changes a statement; remove it from "+
				"the list", path)
		case !slices.ContainsFunc(idle, has):
			t.Errorf("%s is listed as unreachable, but is not a number of the policy; these are\n  %s", path,
				pathsOf(append(idle, counting...)))
		}
	}
}

// idleNumbers returns the numbers on which no statement depends, and those that count.
func idleNumbers(policy comp.Policy, bookings Bookings) (idle, counting []number, err error) {
	if _, err := bookings.plan(policy); err != nil {
		return nil, nil, err
	}
	all, _ := numbers(policy)
	for _, n := range all {
		counts := false
		for _, by := range [...]int64{1, -1} {
			other, ok := n.movedBy(policy, by)
			if !ok || counts {
				continue
			}
			c, err := compare(policy, other, bookings)
			if err != nil {
				return nil, nil, value.Below(n.path, err)
			}
			counts = len(c.differences) > 0 || slices.ContainsFunc(c.refused, func(r impact.Row) bool {
				return (r.Refused[0] == nil) != (r.Refused[1] == nil)
			})
		}
		if counts {
			counting = append(counting, n)
		} else {
			idle = append(idle, n)
		}
	}
	return idle, counting, nil
}

func pathsOf(list []number) string {
	paths := make([]string, len(list))
	for i, n := range list {
		paths[i] = n.path
	}
	slices.Sort(paths)
	return strings.Join(paths, ", ")
}
