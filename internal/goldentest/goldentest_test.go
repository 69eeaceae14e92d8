package goldentest_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

// told is a test that notes what it was told.
type told struct {
	testing.TB
	texts []string
}

func (t *told) Helper()                      {}
func (t *told) Errorf(text string, a ...any) { t.texts = append(t.texts, fmt.Sprintf(text, a...)) }

func TestCompareTellsWhereTheTextsPart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "folder", "a.golden")
	t.Setenv("COSELLING_UPDATE", "1")
	goldentest.Compare(t, file, "one\ntwo\nthree\n")
	t.Setenv("COSELLING_UPDATE", "")
	for got, want := range map[string]string{
		"one\ntwo\nthree\n":       "",
		"one\n2\nthree\n":         "from line 2 on",
		"one\ntwo\n":              "from line 3 on",
		"one\ntwo\nthree":         "from line 3 on",
		"one\ntwo\nthree\nfour\n": "from line 4 on",
		"":                        "from line 1 on",
	} {
		note := &told{TB: t}
		goldentest.Compare(note, file, got)
		if failed := len(note.texts) > 0; failed != (want != "") || failed && !strings.Contains(note.texts[0], want) {
			t.Errorf("%q: %q, want %q", got, note.texts, want)
		}
	}
}

func TestJSONIsIndentedAndSorted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.json")
	t.Setenv("COSELLING_UPDATE", "1")
	if got := string(goldentest.JSON(t, file, map[string]int{"b": 2, "a": 1})); got != "{\n  \"a\": 1,\n  \"b\": 2\n}\n" {
		t.Errorf("%s", got)
	}
}
