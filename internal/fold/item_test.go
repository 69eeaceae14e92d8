package fold_test

import (
	"testing"

	"github.com/coselling/coselling/internal/fold"
)

// comm.one_price: one item however two people write it, and two items where a sign or a vowel differs.
func TestItemsAreComparedFolded(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Suite Pro", "suite-PRO", true},
		{"Ｓｕｉｔｅ", "Suite", true},
		{"Café", "cafe", true},
		{"Su\u00adite", "Suite", true},
		{"Suite\u200b", "Suite", true},
		{"Suite", "Suite+", false},
		{"Suite", "Suite Pro", false},
		{"กิน", "กัน", false},
		{"कि", "की", false},
		{"!!", "--", false},
	} {
		if got := fold.Item(c.a) == fold.Item(c.b); got != c.same {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.same)
		}
	}
}
