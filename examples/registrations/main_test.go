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

// Every store gives the recorded lines. The tests of registration/sqlstore/sqltest, which
// can start a server, run this program on PostgreSQL.
func TestOutputIsAsRecorded(t *testing.T) {
	goldentest.Compare(t, "testdata/story.golden", output(t))
	goldentest.Compare(t, "testdata/story.golden", output(t, "-sqlite", filepath.Join(t.TempDir(), "claims?50%#1.db")))
}

// The answers to a partner name no other partner (reg.confidential).
func TestAnswersToPartnersNameNoOthers(t *testing.T) {
	lines, asked := 0, ""
	for line := range strings.Lines(output(t)) {
		if !strings.HasPrefix(line, " ") {
			asked = line
		}
		if !strings.Contains(asked, "  bolt  ") {
			continue
		}
		lines++
		if strings.Contains(line, "acme") || strings.Contains(line, "Inc.") {
			t.Errorf("reg.confidential: bolt gets %s", line)
		}
	}
	if lines < 10 {
		t.Errorf("bolt gets %d lines", lines)
	}
}

// A file keeps the claims: a second run finds a filing by its key.
func TestSecondRunFindsTheClaims(t *testing.T) {
	file := filepath.Join(t.TempDir(), "claims.db")
	first, second := output(t, "-sqlite", file), output(t, "-sqlite", file)
	if want := "acme  files acme-17 on www.hooli.com    expired\n"; strings.Contains(first, want) ||
		!strings.Contains(second, want) {
		t.Errorf("reg.atomic: the second run prints\n%s", second)
	}
}

func TestFlagsAreRefused(t *testing.T) {
	for _, args := range [][]string{{"x"}, {"-x"}, {"-sqlite", "a", "-postgres", "b"},
		{"-postgres", "postgres://127.0.0.1:x/"}, {"-sqlite", t.TempDir()}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
	if output(t, "-help") != "" {
		t.Error("the help is not on the error output")
	}
}
