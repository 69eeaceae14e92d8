package goldentest_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

// recorder is a test that keeps the errors reported to it.
type recorder struct {
	testing.TB
	texts []string
}

func (t *recorder) Helper()                      {}
func (t *recorder) Errorf(text string, a ...any) { t.texts = append(t.texts, fmt.Sprintf(text, a...)) }

func TestCompareShowsTheLinesThatDiffer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "folder", "a.golden")
	recorded := "first\n" + strings.Repeat("the same line\n", 50) + "last\n"
	t.Setenv("COSELLING_UPDATE", "1")
	goldentest.Compare(t, file, recorded)
	t.Setenv("COSELLING_UPDATE", "")
	goldentest.Compare(t, file, recorded)
	failed := &recorder{TB: t}
	goldentest.Compare(failed, file, strings.Replace(recorded, "last", "another", 1))
	if text := fmt.Sprint(failed.texts); !strings.Contains(text, "last") || !strings.Contains(text, "another") || strings.Contains(text, "first") {
		t.Error(text)
	}
	for _, got := range []string{"", recorded + "\n", strings.TrimSuffix(recorded, "\n")} {
		failed := &recorder{TB: t}
		if goldentest.Compare(failed, file, got); len(failed.texts) != 1 {
			t.Errorf("%d bytes in place of %d: %q", len(got), len(recorded), failed.texts)
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
