package comms

import (
	"strings"
	"testing"
)

func TestAddressesFold(t *testing.T) {
	for given, want := range map[string]string{
		"Ana@ACME.example":       "ana@acme.example",
		" ana+crm@acme.example ": "ana@acme.example",
		"ana+a+b@acme.example":   "ana@acme.example",
		"+ana@acme.example":      "+ana@acme.example",
		"ana@a+b.example":        "ana@a+b.example",
		"ÄNA@acme.example":       "äna@acme.example",
		"a@b@c.example":          "a@b@c.example",
	} {
		if got, err := foldAddress(given); got != want || err != nil {
			t.Errorf("%q is %q, %v; want %q", given, got, err, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Ana+x@ACME.example", "", "@", "a@", "@b", "+@b", "\xff@x", "İ@x",
		strings.Repeat("a", 400) + "@x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := foldAddress(s)
		if err != nil {
			return
		}
		if twice, err := foldAddress(once); err != nil && len(once) <= maxAddress || err == nil && twice != once {
			t.Errorf("%q is %q, then %q, %v", s, once, twice, err)
		}
	})
}
