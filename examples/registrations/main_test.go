package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	const golden = "testdata/story.golden"
	inMemory := output(t)
	if os.Getenv("COSELLING_UPDATE") == "1" {
		if err := os.WriteFile(golden, []byte(inMemory), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	inFile := output(t, "-sqlite", filepath.Join(t.TempDir(), "claims?50%#1.db"))
	for where, got := range map[string]string{"in memory": inMemory, "in a file": inFile} {
		if got != string(want) {
			t.Errorf("%s\n%s\nrecorded is\n%s\nif this is meant, run COSELLING_UPDATE=1 go test .", where, got, want)
		}
	}
}

// What a partner is told has no trace of who the others are (reg.confidential).
func TestPartnersLearnNoNames(t *testing.T) {
	told, asked := 0, ""
	for line := range strings.Lines(output(t)) {
		if !strings.HasPrefix(line, " ") {
			asked = line
		}
		if !strings.Contains(asked, "  bolt  ") {
			continue
		}
		told++
		if strings.Contains(line, "acme") || strings.Contains(line, "Inc.") {
			t.Errorf("reg.confidential: bolt is told %s", line)
		}
	}
	if told < 10 {
		t.Errorf("bolt is told %d lines", told)
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
