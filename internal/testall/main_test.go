package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	passing = "package x\n\nimport \"testing\"\n\nfunc TestRuns(t *testing.T) {}\n"
	failing = "package x\n\nimport \"testing\"\n\nfunc TestRuns(t *testing.T) { t.Fatal(\"as wanted\") }\n"
)

// plant writes a module with one test file into dir.
func plant(t *testing.T, dir, test string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": "module x\n\ngo 1.26\n", "x_test.go": test} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestModulesAreFoundExceptInFoldersThatGoIgnores(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{".", "examples/b", "examples/a", "a/testdata/m", ".git/m", "vendor/m", "_old/m", "examples/beam"} {
		plant(t, filepath.Join(root, dir), passing)
	}
	got, err := modules(root)
	if want := []string{"examples/a", "examples/b", "."}; err != nil || !slices.Equal(sorted(got), sorted(want)) {
		t.Errorf("modules = %q, %v; want %q", got, err, want)
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

func TestRunGoesOnAfterAFailureAndReportsIt(t *testing.T) {
	root := t.TempDir()
	plant(t, filepath.Join(root, "a"), failing)
	plant(t, filepath.Join(root, "b"), passing)
	var out bytes.Buffer
	err := run(root, []string{"-v"}, &out)
	if err == nil || !strings.Contains(err.Error(), "1 of 2 modules failed: a ") {
		t.Errorf("run = %v, want a failure of module a alone", err)
	}
	for _, want := range []string{"== go test in a\n", "as wanted", "== go test in b\n", "--- PASS: TestRuns"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in the output:\n%s", want, &out)
		}
	}
}

func TestRunPassesWhereAllPass(t *testing.T) {
	root := t.TempDir()
	plant(t, root, passing)
	var out bytes.Buffer
	if err := run(root, nil, &out); err != nil {
		t.Errorf("run = %v\n%s", err, &out)
	}
}

func TestRunRefusesATreeWithoutModules(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.TempDir(), nil, &out); err == nil {
		t.Error("run = nil, want an error: nothing was tested")
	}
}
