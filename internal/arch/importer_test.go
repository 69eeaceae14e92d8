package arch

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// heavy are packages that a program which only pays deals must not link.
var heavy = list("crypto/tls", "database/sql", "flag", "html/template", "net", "net/http", "os/exec",
	"regexp", "testing", "text/template")

// heavyAnyway lists what a dependency links all the same, with the reason.
var heavyAnyway = map[string]string{
	"regexp": "shopspring/decimal reads formatted numbers with it",
}

// A program that imports comp gets no more than this, whatever else the module
// holds.
func TestAnImporterOfCompLinksLittle(t *testing.T) {
	var foreign []string
	linked := make(map[string]bool)
	for line := range strings.Lines(importerDependencies(t, "comp")) {
		origin, path, _ := strings.Cut(strings.TrimSpace(line), " ")
		if origin == "std" {
			linked[path] = true
		} else if path != "importer" {
			foreign = append(foreign, path+"\n")
		}
	}
	for _, path := range heavy {
		if linked[path] && heavyAnyway[path] == "" {
			t.Errorf("importing comp links %s", path)
		}
		if !linked[path] && heavyAnyway[path] != "" {
			t.Errorf("importer_test.go excuses %s, which is no longer linked", path)
		}
	}
	slices.Sort(foreign)
	compareGolden(t, "importer.golden", strings.Join(foreign, ""))
}

// importerDependencies lists the packages that a new module links which imports one of ours, as "std PATH" or "own PATH" lines.
func importerDependencies(t *testing.T, pkg string) string {
	t.Helper()
	// The importer below works offline; this fetches modules that are missing in a fresh clone.
	runGo(t, root, nil, "list", "-deps", "./"+pkg)

	dir := importer(t, "package main\n\nimport _ \""+module+"/"+pkg+"\"\n\nfunc main() {}\n")
	return runGo(t, dir, offline(), "list", "-deps", "-f", "{{if .Standard}}std{{else}}own{{end}} {{.ImportPath}}", ".")
}

// importer makes a new module with one program, which uses this one where it stands.
func importer(t testing.TB, program string) string {
	t.Helper()
	repository, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module importer\n\ngo 1.26\n\nrequire " + module + " v0.0.0\n\n" +
			"replace " + module + " => " + repository + "\n",
		"go.sum":  string(sums),
		"main.go": program,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// offline runs go without the network.
func offline() []string { return list("GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off") }

func runGo(t testing.TB, dir string, env []string, args ...string) string {
	t.Helper()
	var problems strings.Builder
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, &problems)
	}
	return string(out)
}
