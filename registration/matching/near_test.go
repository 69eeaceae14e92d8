package matching

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
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
