package arch

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// Absolute paths of somebody's machine. A test may write about the folder of
// temporary files.
var (
	machinePath = regexp.MustCompile(`(^|[^\w./-])/(work|home|root|Users)/`)
	temporary   = regexp.MustCompile(`(^|[^\w./-])/tmp/`)
)

// registries are hosts that a clone must not depend on by name. They are put
// together here so that this file passes.
var registries = list("proxy."+"golang.org", "sum."+"golang.org", "registry."+"npmjs.org", "registry."+"yarnpkg.com",
	"deb."+"debian.org", "files."+"pythonhosted.org")

func TestTextNamesNoMachineAndNoRegistry(t *testing.T) {
	for _, path := range trackedFiles(t) {
		text, err := os.ReadFile(filepath.Join(root, path))
		if os.IsNotExist(err) {
			continue // removed, not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(text) {
			continue // not text
		}
		number := 0
		for line := range bytes.Lines(text) {
			number++
			if found := unwanted(path, string(line)); found != "" {
				t.Errorf("%s:%d: must not contain %q", path, number, found)
			}
		}
	}
}

// unwanted returns what a line must not contain, or "".
func unwanted(path, line string) string {
	if found := machinePath.FindString(line); found != "" {
		return found
	}
	if found := temporary.FindString(line); found != "" && !strings.HasSuffix(path, "_test.go") && !strings.Contains(path, "testdata/") {
		return found
	}
	for _, host := range registries {
		if strings.Contains(line, host) {
			return host
		}
	}
	return ""
}

func TestUnwantedTextIsFound(t *testing.T) {
	for _, c := range []struct {
		path, line string
		found      bool
	}{
		{"a.go", "see /" + "home/me/x", true},
		{"a.go", "\"/" + "work/x\"", true},
		{"a.go", "(/" + "tmp/x)", true},
		{"a_test.go", "(/" + "tmp/x)", false},
		{"a.md", "https://example.com/home/page", false},
		{"a.md", "src/root/x", false},
		{"a.md", "https://proxy." + "golang.org", true},
	} {
		if got := unwanted(c.path, c.line); (got != "") != c.found {
			t.Errorf("unwanted(%q, %q) = %q, want found = %t", c.path, c.line, got, c.found)
		}
	}
}

// trackedFiles returns what a commit of everything would hold; without git,
// every file that is not git's own.
func trackedFiles(t *testing.T) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root
	if out, err := cmd.Output(); err == nil && len(out) > 0 {
		return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	}
	var paths []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && entry.Name() == ".git":
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		path, err = filepath.Rel(root, path)
		paths = append(paths, filepath.ToSlash(path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
