package main

import (
	"cmp"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// output runs the command and returns what it prints, which fits a terminal.
func output(t testing.TB, args ...string) string {
	t.Helper()
	text, err := tryOutput(args...)
	if err != nil {
		t.Fatal(err)
	}
	checkLines(t, text)
	return text
}

func tryOutput(args ...string) (string, error) {
	var out strings.Builder
	err := dealsCommand.run(args, nil, &out, io.Discard)
	if _, ok := errors.AsType[found](err); ok {
		err = nil // the output is complete
	}
	return out.String(), err
}

// asked returns the options and the call of arguments.
func asked(t testing.TB, args ...string) (*options, *call) {
	t.Helper()
	o, c := &options{}, &call{format: "text", stderr: io.Discard}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.StringVar(&c.format, "format", "text", "")
	o.addTo(flags)
	if err := cmp.Or(c.parse(flags, args), o.ready(c)); err != nil {
		t.Fatal(err)
	}
	return o, c
}

// checkLines fails for a line that is wider than a terminal, and for control characters.
func checkLines(t testing.TB, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Error("the output is not UTF-8")
	}
	for i, line := range strings.Split(text, "\n") {
		if n := utf8.RuneCountInString(line); n > width {
			t.Errorf("line %d is %d columns wide: %s", i+1, n, line)
		}
		for _, r := range line {
			if !unicode.IsPrint(r) {
				t.Errorf("line %d holds %U: %q", i+1, r, line)
			}
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("line %d ends in blanks: %q", i+1, line)
		}
	}
}

// filed writes a text to a new file and returns its path.
func filed(t testing.TB, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// sampleFile returns a file of the embedded sample.
func sampleFile(t testing.TB, name string) string {
	t.Helper()
	text, err := sample.ReadFile("sample/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// onDeals runs the command on rows below the sample's header, with its mapping after the
// given changes.
func onDeals(t testing.TB, rows string, changes ...string) string {
	t.Helper()
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	mapping := strings.NewReplacer(changes...).Replace(sampleFile(t, "map.json"))
	return output(t, filed(t, "deals.csv", header+"\n"+rows), "-map", filed(t, "map.json", mapping))
}

// row returns a row of the sample with texts replaced.
func row(t testing.TB, id string, changes ...string) string {
	t.Helper()
	for line := range strings.Lines(sampleFile(t, "deals.csv")) {
		if strings.HasPrefix(line, id+",") {
			return strings.NewReplacer(changes...).Replace(line)
		}
	}
	t.Fatalf("the sample has no %s", id)
	return ""
}

// has fails unless text contains every part.
func has(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("the output has no %q, it begins with\n%.1500s", part, text)
		}
	}
}
