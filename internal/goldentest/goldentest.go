// Package goldentest compares the output of a test with a recorded file. With COSELLING_UPDATE=1
// the file is written instead, and its difference is read in review.
package goldentest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// Compare fails the test and shows the difference where got is not the content of the file. It
// returns the content of the file.
func Compare(t testing.TB, file, got string) []byte {
	t.Helper()
	if os.Getenv("COSELLING_UPDATE") == "1" {
		write(t, file, got)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		const text = "%s differs (- recorded, + got); if this is meant, COSELLING_UPDATE=1 rewrites it\n%s"
		t.Errorf(text, file, cmp.Diff(string(want), got))
	}
	return want
}

// JSON compares the indented document of v, and returns the content of the file.
func JSON(t testing.TB, file string, v any) []byte {
	t.Helper()
	got, err := json.Marshal(v, json.Deterministic(true), jsontext.Multiline(true), jsontext.WithIndent("  "))
	if err != nil {
		t.Fatal(err)
	}
	return Compare(t, file, string(got)+"\n")
}

func write(t testing.TB, file, got string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
		t.Fatal(err)
	}
}
