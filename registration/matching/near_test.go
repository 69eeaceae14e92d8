package matching

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
)

// naiveEdit tries every edit of x.
func naiveEdit(x, y string, letters string) bool {
	a, tried := []rune(x), map[string]bool{}
	for i := range len(a) + 1 {
		for _, r := range letters {
			tried[string(a[:i])+string(r)+string(a[i:])] = true
			if i < len(a) {
				tried[string(a[:i])+string(r)+string(a[i+1:])] = true
			}
		}
		if i < len(a) {
			tried[string(a[:i])+string(a[i+1:])] = true
		}
		if i+1 < len(a) {
			tried[string(a[:i])+string(a[i+1])+string(a[i])+string(a[i+2:])] = true
		}
	}
	return tried[y]
}

func TestOneEditFindsEveryEdit(t *testing.T) {
	const letters = "abé社"
	rapid.Check(t, func(t *rapid.T) {
		text := func(label string) string {
			return rapid.StringOfN(rapid.RuneFrom([]rune(letters)), 0, 5, 40).Draw(t, label)
		}
		x, y := text("x"), text("y")
		if x == y {
			return // similar has decided
		}
		if got, want := oneEdit(x, y), naiveEdit(x, y, letters); got != want || oneEdit(y, x) != got {
			t.Fatalf("reg.same_account %q and %q: %v, want %v", x, y, got, want)
		}
	})
}

func TestDigraphsAreComparedAsOneLetter(t *testing.T) {
	for _, s := range []string{"", "e", "ae", "aee", "mueller", "soehneoe", "oeuvre", "queue", "社ae", "aea"} {
		if got, want := shorten(s), strings.NewReplacer("ae", "a", "oe", "o", "ue", "u").Replace(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

// naiveNear says the rules of near names once more, with lists of words.
func naiveNear(x, y []string, from int) bool {
	a, b := strings.Join(x, ""), strings.Join(y, "")
	if a == b {
		return true
	}
	if utf8.RuneCountInString(a) < from || utf8.RuneCountInString(b) < from {
		return false
	}
	begins := func(long, short []string) bool {
		return len(short) <= maxLeading && len(short) < len(long) && slices.Equal(long[:len(short)], short) &&
			(len(short) > 1 || !generic(short[0]))
	}
	one, other := slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y))
	return oneEdit(a, b) || slices.Equal(one, other) || begins(x, y) || begins(y, x)
}

func TestNearNamesAreThoseOfTheRules(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"arvato", "systems", "global", "x", "yy", "arvat"}), 1, 6)
		x, y := words.Draw(t, "x"), words.Draw(t, "y")
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 1:
			y = slices.Concat(x, y)
		case 2:
			y = rapid.Permutation(x).Draw(t, "order")
		}
		from := rapid.IntRange(1, 9).Draw(t, "from")
		key := func(words []string) Key {
			k := Key{Name: strings.Join(words, "")}
			if len(words) > 1 {
				k.Words = strings.Join(words, " ")
			}
			return k
		}
		r := &Rules{similarFrom: from}
		a, b := key(x), key(y)
		got := r.nearness(a, b)
		if want := naiveNear(x, y, from); (got > 0) != want || r.nearness(b, a) != got {
			t.Fatalf("reg.same_account %q and %q: %d, and back %d, want %v", x, y, got, r.nearness(b, a), want)
		}
		if got == 0 {
			return
		}
		seen["near"]++
		if !slices.ContainsFunc(a.NameProbes(), func(p string) bool { return slices.Contains(b.NameTerms(), p) }) {
			t.Fatalf("reg.same_account: %q does not find %q", x, y)
		}
	}, "near")
}
