// Package goldentest compares what a test made with a recorded file. With
// COSELLING_UPDATE=1 the file is written instead, and its difference is read in review.
package goldentest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Compare fails the test where got is not what the file holds, and shows where the two
// part.
func Compare(t testing.TB, file, got string) {
	t.Helper()
	if os.Getenv("COSELLING_UPDATE") == "1" {
		write(t, file, got)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		line, is, was := difference(got, string(want))
		t.Errorf("%s differs from line %d on; if this is meant, COSELLING_UPDATE=1 rewrites it. Got\n%s\nrecorded is\n%s", file, line, is, was)
	}
}

// JSON compares the value's document, indented, and returns what the file holds.
func JSON(t testing.TB, file string, v any) []byte {
	t.Helper()
	got, err := json.Marshal(v, json.Deterministic(true), jsontext.Multiline(true), jsontext.WithIndent("  "))
	if err != nil {
		t.Fatal(err)
	}
	Compare(t, file, string(got)+"\n")
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return want
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

// difference returns the number of the first line that differs, and a few lines of both
// from there.
func difference(got, want string) (line int, is, was string) {
	is, was = got, want
	for {
		a, restA, moreA := strings.Cut(is, "\n")
		b, restB, moreB := strings.Cut(was, "\n")
		line++
		if a != b || !moreA || !moreB {
			from := common(a, b)
			return line, first(is[from:]), first(was[from:])
		}
		is, was = restA, restB
	}
}

const (
	shownLines = 20
	shownBytes = 2000
)

// common returns how much of two long lines needs not be shown.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return max(0, n-shownBytes/10)
}

func first(text string) string {
	text = text[:min(len(text), shownBytes)]
	lines := strings.SplitAfterN(text, "\n", shownLines+1)
	return strings.Join(lines[:min(len(lines), shownLines)], "")
}
