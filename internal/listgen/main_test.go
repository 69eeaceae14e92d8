package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder returns the options of a run on files with the given texts.
func folder(t *testing.T, files map[string]string) options {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return options{in: dir, out: dir, source: "a test"}
}

func TestDomainsAreAddedAndTakenAway(t *testing.T) {
	o := folder(t, map[string]string{
		"domains.json": `["gmail.com", "cox.com", "x.gmail.com", "acme.github.io", "a.co.uk", "gmail.com", "co.uk"]`,
		"added.txt":    "# by hand\ngmail.com\n\n*.zendesk.com\n126.com\n", "removed.txt": "cox.com\n",
	})
	o.domains, o.version = filepath.Join(o.in, "domains.json"), "2026-11-30"
	if err := o.run(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(o.out, "shared-2026-11-30.txt"))
	if err != nil {
		t.Fatal(err)
	}
	head, list, _ := strings.Cut(string(data), "\n\n")
	if want := "*.zendesk.com\n126.com\na.co.uk\ngmail.com\n"; list != want {
		t.Errorf("%s, want %s", list, want)
	}
	for _, part := range []string{"a test", "made on 2026-11-30", "MIT License", "Copyright"} {
		if !strings.Contains(head, part) {
			t.Errorf("the head does not say %q:\n%s", part, head)
		}
	}
}

func TestBadRunsWriteNothing(t *testing.T) {
	good := map[string]string{"domains.json": `["gmail.com"]`, "added.txt": "", "removed.txt": ""}
	for name, change := range map[string]func(o *options){
		"no source":      func(o *options) { o.source = "" },
		"no file":        func(o *options) { o.domains = "" },
		"a missing file": func(o *options) { o.domains += "x" },
		"another file":   func(o *options) { o.domains = filepath.Join(o.in, "added.txt") },
		"no day":         func(o *options) { o.version = "soon" },
		"a host by hand": func(o *options) {
			must(t, os.WriteFile(filepath.Join(o.in, "added.txt"), []byte("x.gmail.com"), 0o600))
		},
		"no list by hand":    func(o *options) { must(t, os.Remove(filepath.Join(o.in, "added.txt"))) },
		"no removed by hand": func(o *options) { must(t, os.Remove(filepath.Join(o.in, "removed.txt"))) },
	} {
		o := folder(t, good)
		o.domains, o.version = filepath.Join(o.in, "domains.json"), "2026-11-30"
		change(&o)
		if err := o.run(); err == nil {
			t.Errorf("%s: accepted", name)
		}
		if files, _ := filepath.Glob(filepath.Join(o.out, "shared-*")); len(files) > 0 {
			t.Errorf("%s: wrote %s", name, files)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
