package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Forty bugs are planted: each patch says what it breaks, changes files that there are, and stands in the list.
func TestBugsArePlanted(t *testing.T) {
	t.Chdir(filepath.Join("..", "..", ".."))
	list, err := filepath.Glob(filepath.Join(folder, "*.patch"))
	if err != nil || len(list) != 40 {
		t.Fatalf("%d patches, %v", len(list), err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "LIST.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range list {
		b, err := read(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, file := range b.files {
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		number, _, _ := strings.Cut(filepath.Base(path), "-")
		if !strings.Contains(string(text), "\n| "+number+" | ") {
			t.Errorf("the list has no row of bug %s", number)
		}
	}
}

// A patch that does not say what it breaks, and one that does not apply, are refused.
func TestABadPatchIsRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "41-bad.patch")
	for text, want := range map[string]string{
		"--- a/main.go\n+++ b/main.go\n": "no first line",
		"# a rule: is broken\n":          "changes no file",
		"# a rule: is broken\n--- a/main.go\n+++ b/main.go\n@@ -1,1 +1,1 @@\n-package other\n+package main\n": "does not " +
			"apply",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := read(path)
		if err == nil {
			_, err = b.overlay(t.TempDir())
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
