// Package goldentest compares what a test made with a recorded file. With
// COSELLING_UPDATE=1 the file is written instead, and its difference is read in review.
package goldentest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// Compare fails the test where got is not what the file holds, shows the difference, and
// returns what the file holds.
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
		t.Errorf("%s differs (- recorded, + got); if this is meant, COSELLING_UPDATE=1 rewrites it\n%s", file, cmp.Diff(string(want), got))
	}
	return want
}

// JSON compares the value's document, indented, and returns what the file holds.
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
