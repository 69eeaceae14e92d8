package impact_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
)

// Partial comparisons of different payees merge, in any order and encoded or not, to the
// comparison of all payees.
func TestPartsMergeToTheWhole(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		before, after := w.plans(t)
		whole, err := partialOf(before, after, stream(w.bookings), w.options()...)
		if err != nil {
			t.Fatal(err)
		}
		n := rapid.IntRange(1, 4).Draw(t, "parts")
		part := map[string]int{}
		for _, b := range w.bookings {
			for _, p := range b.Payees {
				if _, ok := part[p.Rep]; !ok {
					part[p.Rep] = rapid.IntRange(0, n-1).Draw(t, "part of "+p.Rep)
				}
			}
		}
		var parts []impact.Partial
		for i := range n {
			p, err := partialOf(before, after, stream(w.bookings),
				w.options(impact.OnlyPayees(func(rep string, _ model.Party) bool { return part[rep] == i }))...)
			if err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "encoded") {
				p = encoded(t, p)
			}
			parts = append(parts, p)
		}
		parts = rapid.Permutation(parts).Draw(t, "order")
		got, err := impact.Merge(parts[0], parts[1:]...)
		if err != nil {
			t.Fatal(err)
		}
		if one, two := bytesOf(t, got), bytesOf(t, whole); one != two {
			t.Fatalf("merged\n%s\nwant\n%s", one, two)
		}
	})
}

// Where no rate has a history, the parts are any partition of the bookings, each with its movements, and merge in any
// order and any tree.
func TestAnyPartitionOfBookingsMergesToTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := anyWorld(t, false)
		before, after := w.plans(t)
		whole, err := partialOf(before, after, stream(w.bookings), w.options()...)
		if err != nil {
			t.Fatal(err)
		}
		part := map[string]int{}
		n := rapid.IntRange(1, 5).Draw(t, "parts")
		var worlds []world
		for range n {
			worlds = append(worlds, world{})
		}
		for _, b := range rapid.Permutation(w.bookings).Draw(t, "bookings in some order") {
			part[b.ID] = rapid.IntRange(0, n-1).Draw(t, "part of "+b.ID)
			worlds[part[b.ID]].bookings = append(worlds[part[b.ID]].bookings, b)
		}
		for _, m := range w.movements {
			worlds[part[m.Of]].movements = append(worlds[part[m.Of]].movements, m)
		}
		var parts []impact.Partial
		for i := range worlds {
			p, err := partialOf(before, after, stream(worlds[i].bookings), worlds[i].options()...)
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, p)
		}
		mergeTo(t, parts, whole)
	})
}

// mergeTo merges parts in some tree, encoded or not, and wants the bytes of the whole.
func mergeTo(t *rapid.T, parts []impact.Partial, whole impact.Partial) {
	t.Helper()
	was := ""
	for _, p := range parts {
		was += bytesOf(t, p)
	}
	list := slices.Clone(parts)
	for len(list) > 1 {
		list = rapid.Permutation(list).Draw(t, "order")
		if rapid.Bool().Draw(t, "encoded") {
			list[0] = encoded(t, list[0])
		}
		k := rapid.IntRange(2, len(list)).Draw(t, "merged at once")
		merged, err := impact.Merge(list[0], list[1:k]...)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list[k:], merged)
	}
	if one, two := bytesOf(t, list[0]), bytesOf(t, whole); one != two {
		t.Fatalf("merged\n%s\nwant\n%s", one, two)
	}
	for _, p := range parts {
		was = strings.TrimPrefix(was, bytesOf(t, p))
	}
	if was != "" {
		t.Fatal("merging changed what was merged")
	}
}

// One reader and several workers, who each see only their bookings, give the bytes of one comparison.
func TestSplitGivesTheBytesOfOneComparison(t *testing.T) {
	bothKinds(t, func(t *rapid.T, w *world) {
		before, after := w.plans(t)
		whole, err := partialOf(before, after, stream(w.bookings), w.options()...)
		if err != nil {
			t.Fatal(err)
		}
		workers, takers, err := impact.Split(rapid.IntRange(1, 6).Draw(t, "workers"), before, after, w.options()...)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range w.bookings {
			for _, i := range takers(b) {
				if err := workers[i].Add(b); err != nil {
					t.Fatal(err)
				}
			}
		}
		var parts []impact.Partial
		for _, c := range workers {
			p, err := c.Finish()
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, p)
		}
		mergeTo(t, parts, whole)
	})
}

func bytesOf(t rapid.TB, p impact.Partial) string {
	t.Helper()
	text, err := p.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func encoded(t rapid.TB, p impact.Partial) impact.Partial {
	t.Helper()
	text := bytesOf(t, p)
	read, err := impact.ParsePartial([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if again := bytesOf(t, read); again != text {
		t.Fatalf("read and written again\n%s\nwas\n%s", again, text)
	}
	return read
}
