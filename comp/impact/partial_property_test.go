package impact_test

import (
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
