package release

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

// licences are those that linked modules may have, each with words that only its text has.
var licences = []struct {
	name string
	says []string
}{
	{"Apache-2.0", []string{"Apache License", "Version 2.0"}},
	{"MPL-2.0", []string{"Mozilla Public License Version 2.0"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "Neither the name"}},
	{"BSD-2-Clause", []string{"Redistribution and use in source and binary forms"}},
	{"ISC", []string{"Permission to use, copy, modify, and/or distribute"}},
	{"MIT", []string{"Permission is hereby granted, free of charge", "The above copyright notice"}},
}

// licenceOf returns the name of a licence by its text; empty if it is none that a linked module may have.
func licenceOf(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, l := range licences {
		if !slices.ContainsFunc(l.says, func(words string) bool { return !strings.Contains(text, words) }) {
			return l.name
		}
	}
	return ""
}

// linked returns the modules whose code the packages of the root module contain, test kits and the command too, each
// as "path folder".
func linked(t *testing.T) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("%v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	lines := strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
	slices.Sort(lines)
	return slices.Compact(lines)
}

// Every module that an importer can link through the root module is listed with its licence.
func TestLicencesOfLinkedModulesAreListed(t *testing.T) {
	var list strings.Builder
	for _, line := range linked(t) {
		module, dir, _ := strings.Cut(line, " ")
		files, err := filepath.Glob(filepath.Join(dir, "LICENSE*"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s has no file of its licence: %v", module, err)
			continue
		}
		text, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		name := licenceOf(string(text))
		if name == "" {
			t.Errorf("%s has a licence that is not one of those that a linked module may have", module)
		}
		list.WriteString(module + " " + name + "\n")
	}
	goldentest.Compare(t, "testdata/licences.golden", list.String())
}

func TestOtherLicencesAreNotKnown(t *testing.T) {
	own, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{string(own): "Apache-2.0", "GNU GENERAL PUBLIC LICENSE": "", "": ""} {
		if got := licenceOf(text); got != want {
			t.Errorf("%.30q is %q, want %q", text, got, want)
		}
	}
}
