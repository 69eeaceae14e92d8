package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

func output(t *testing.T, args ...string) string {
	t.Helper()
	var out strings.Builder
	if err := run(t.Context(), args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Every store gives the recorded lines; on PostgreSQL registration/sqlstore/sqltest
// runs this program, where a server can be started.
func TestOutputIsAsRecorded(t *testing.T) {
	goldentest.Compare(t, "testdata/story.golden", output(t))
	goldentest.Compare(t, "testdata/story.golden", output(t, "-sqlite", filepath.Join(t.TempDir(), "claims?50%#1.db")))
}

// No answer to a partner names another party (reg.confidential).
func TestPartnersLearnNoNames(t *testing.T) {
	answers, asked := 0, ""
	for line := range strings.Lines(output(t)) {
		if !strings.HasPrefix(line, " ") {
			asked = line
		}
		if !strings.Contains(asked, "  bolt  ") {
			continue
		}
		answers++
		if strings.Contains(line, "acme") || strings.Contains(line, "Inc.") {
			t.Errorf("reg.confidential: bolt reads %s", line)
		}
	}
	if answers < 10 {
		t.Errorf("bolt reads %d lines", answers)
	}
}

// A file keeps the claims: what was filed under a key is found again.
func TestSecondRunFindsTheClaims(t *testing.T) {
	file := filepath.Join(t.TempDir(), "claims.db")
	first, second := output(t, "-sqlite", file), output(t, "-sqlite", file)
	if want := "acme  files acme-17 on www.hooli.com    expired\n"; strings.Contains(first, want) || !strings.Contains(second, want) {
		t.Errorf("reg.atomic: the second run prints\n%s", second)
	}
}

func TestFlagsAreRefused(t *testing.T) {
	for _, args := range [][]string{{"x"}, {"-x"}, {"-sqlite", "a", "-postgres", "b"}, {"-postgres", "postgres://127.0.0.1:x/"}, {"-sqlite", t.TempDir()}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
	if output(t, "-help") != "" {
		t.Error("help goes to the error output")
	}
}
