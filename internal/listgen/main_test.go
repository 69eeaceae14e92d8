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

const gleif = "\ufeff" + `"ELF Code","Country of formation","Country Code (ISO 3166-1)","Entity Legal Form name Local name",` +
	`"Entity Legal Form name Transliterated name (per ISO 01-140-10)","Abbreviations Local language",` +
	`"Abbreviations transliterated","ELF Status ACTV/INAC"
"8888","","","","","","","ACTV"
"AAAA","Germany","DE","Gesellschaft mit beschränkter Haftung, klein","Gesellschaft mit beschränkter Haftung, klein","GmbH;mbH","GmbH","ACTV"
"BBBB","Russia","RU","Общество","Obshchestvo","О.","","ACTV"
"CCCC","Germany","DE","Alte Form","Alte Form","AF","","INAC"
`

func TestLegalFormsAreFoldedAndRefreshed(t *testing.T) {
	o := folder(t, map[string]string{"forms.txt": "# by hand\n*: Co. Ltd., S. A.\nDE AT: AG, gmbh\nFR: S.A.\n", "gleif.csv": gleif})
	read := func() string {
		must(t, o.run())
		data, err := os.ReadFile(filepath.Join(o.out, "legal-forms.txt"))
		must(t, err)
		_, list, _ := strings.Cut(string(data), "\n\n")
		return list
	}
	if got, want := read(), "ag\tAT DE\nco ltd\t\ncoltd\t\ngmbh\tAT DE\nsa\t\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	o.elf = filepath.Join(o.in, "gleif.csv")
	want := "ag\tAT DE\nco ltd\t\ncoltd\t\ngesellschaft mit beschrankter haftung klein\tDE\ngmbh\tAT DE\nmbh\tDE\n" +
		"obshchestvo\tRU\nsa\t\nо\tRU\nобщество\tRU\n"
	if got := read(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	o.elf = ""
	if got := read(); got != want { // the extract stays
		t.Errorf("%q, want %q", got, want)
	}
	extract, err := os.ReadFile(filepath.Join(o.in, "elf.txt"))
	if err != nil || !strings.Contains(string(extract), "# source: a test\n") {
		t.Errorf("%s, %v", extract, err)
	}
}

func TestBadListsOfFormsAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ forms, elf string }{
		"no countries":   {"gmbh\n", ""},
		"a long country": {"DEU: gmbh\n", ""},
		"no letter":      {"DE: gmbh, !\n", ""},
		"another file":   {"DE: gmbh\n", "a,b\n1,2\n"},
		"no rows":        {"DE: gmbh\n", "a,b\n"},
		"no CSV":         {"DE: gmbh\n", "a,b\n\"1\n"},
	} {
		o := folder(t, map[string]string{"forms.txt": c.forms, "gleif.csv": c.elf})
		if c.elf != "" {
			o.elf = filepath.Join(o.in, "gleif.csv")
		}
		if err := o.run(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
