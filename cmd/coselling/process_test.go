package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestMain lets a test run the program in another process.
func TestMain(m *testing.M) {
	if os.Getenv("COSELLING_MAIN") == "1" {
		main()
	}
	os.Exit(m.Run())
}

func program(args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], args...)
	command.Env = append(os.Environ(), "COSELLING_MAIN=1")
	return command
}

// If the reader of the pipe stops, the program ends silently with a status that is not 0.
func TestClosedPipe(t *testing.T) {
	for _, args := range [][]string{nil, {"deals"}, {"deals", "-format", "csv"}, {"deals", "-format", "json"}, {"deals", "-rep", "all"}} {
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Skip(err)
		}
		var said strings.Builder
		command := program(args...)
		command.Stdout, command.Stderr = writer, &said
		_ = reader.Close()
		err = command.Run()
		_ = writer.Close()
		if _, failed := errors.AsType[*exec.ExitError](err); !failed || said.Len() > 0 {
			t.Errorf("%q: %v, %q", args, err, said.String())
		}
	}
}

func TestExitStatus(t *testing.T) {
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	mapping := filed(t, "map.json", sampleFile(t, "map.json"))
	deals := func(rows string) []string {
		return []string{filed(t, "deals.csv", header+"\n"+rows), "-map", mapping}
	}
	whole := func(text string) []string { return []string{filed(t, "deals.csv", text), "-map", mapping} }
	units := utf16.Encode([]rune("\ufeff" + sampleFile(t, "deals.csv")))
	wide := make([]byte, 0, 2*len(units))
	for _, u := range units {
		wide = append(wide, byte(u), byte(u>>8))
	}
	won := row(t, "D-1001")
	for _, c := range []struct {
		name string
		args []string
		want int
		says string // on stderr
	}{
		{"the sample", nil, 0, ""},
		{"help", []string{"-h"}, 0, ""},
		{"all read", deals(won), 0, ""},
		{"counted by reason", deals(won + row(t, "D-1017") + row(t, "D-1050") + row(t, "D-1011")), 0, ""},
		{"byte order mark and CRLF", whole("\ufeff" + strings.ReplaceAll(header+"\n"+won, "\n", "\r\n")), 0, ""},
		{"the header twice", deals(won + header + "\n" + row(t, "D-1003")), 0, ""},
		{"an amount that is none", deals(won + row(t, "D-1003", "187,500.75", "1e999999999")), 1,
			"1 row could not be parsed"},
		{"a repeated id", deals(won + won), 1, "1 row could not be parsed"},
		{"an open quote", deals(won + "D-1,\"open\n" + row(t, "D-1003")), 1, "1 row could not be parsed"},
		{"a NUL", deals(won + row(t, "D-1003", "Calder", "Cal\x00der")), 1, "1 row could not be parsed"},
		{"an empty file", whole(""), 2, "header: an empty file has no header"},
		{"UTF-16", whole(string(wide)), 1, "2 rows could not be parsed"},
		{"a missing column", whole("Deal ID,Stage\n"), 2, `"Amount" is no column of the file`},
		{"days in the other order", deals(strings.ReplaceAll(won, "1/1/2026", "19/1/2026")), 2,
			"MM/DD/YYYY fits no row alone, and one row fits DD/MM/YYYY only"},
		{"a directory", []string{t.TempDir(), "-map", mapping}, 2, "directory"},
		{"no such file", []string{"no-such-file", "-map", mapping}, 2, "no-such-file"},
		{"no such deal", []string{"-deal", "D-9999"}, 2, "D-9999"},
		{"an unknown flag", []string{"-colour"}, 2, "-colour; coselling deals -h shows"},
		{"an unknown format", []string{"-format", "xml"}, 2,
			`"xml" is not known; allowed are text, markdown, csv, json, html`},
		{"a day that is none", []string{"-as-of", "tomorrow"}, 2, "is not a date"},
		{"two questions", []string{"-deal", "D-1003", "-rep", "all"}, 2, "ask one of them"},
		{"no rep", []string{"-rep", "ana.diaz,"}, 2, "-rep needs the id of a rep"},
		{"an output that is a directory", []string{"-out", t.TempDir()}, 2, "no file that could be replaced"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, said strings.Builder
			if got := run(append([]string{"deals"}, c.args...), nil, &out, &said); got != c.want ||
				!strings.Contains(said.String(), c.says) || c.says == "" && said.Len() > 0 {
				t.Errorf("status %d, want %d; said %q, want %q", got, c.want, said.String(), c.says)
			}
			if c.name == "a directory" && strings.Contains(said.String(), "mapping") {
				t.Errorf("said %q: the mapping is not to blame", said.String())
			}
			if (c.want == 2) != (out.Len() == 0) {
				t.Errorf("output %.200q", out.String())
			}
		})
	}
}

// A pipe can be read once only, and a deal that is taken back is read twice.
func TestPipeOfDeals(t *testing.T) {
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Skip(err)
	}
	defer reader.Close()
	name := fmt.Sprintf("/dev/fd/%d", reader.Fd())
	if _, err := os.Stat(name); err != nil {
		t.Skip(err)
	}
	go func() {
		_, _ = io.WriteString(writer, header+"\n"+row(t, "D-1003")+reversal(t, "D-1003"))
		_ = writer.Close()
	}()
	has(t, output(t, name, "-map", filed(t, "map.json", sampleFile(t, "map.json"))), "takes back D-1003", "2 read, 2 priced")
}

// The old file stays until the new one is complete.
func TestOutFile(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "book.csv")
	check := func(want string) {
		t.Helper()
		text, err := os.ReadFile(file)
		if err != nil || string(text) != want {
			t.Errorf("%v, %d bytes, want %d", err, len(text), len(want))
		}
		if names, err := os.ReadDir(folder); err != nil || len(names) != 1 {
			t.Errorf("%v %v", names, err)
		}
	}
	csv := tryFormat(t, "csv")
	if out, err := tryOutput("-format", "csv", "-out", file); err != nil || out != "" {
		t.Fatalf("%v %q", err, out)
	}
	check(csv)
	for _, args := range [][]string{{"-deal", "D-9999"}, {"-policy", "no-such-file"},
		{folder, "-map", "no-such-file"}} {
		if _, err := tryOutput(append(args, "-out", file)...); err == nil {
			t.Errorf("%q: no error", args)
		}
		check(csv)
	}
	if _, err := tryOutput("-out", file); err != nil {
		t.Fatal(err)
	}
	check(output(t))
	if _, err := tryOutput("-out", filepath.Join(folder, "no-such-folder", "book")); err == nil {
		t.Error("a file in no folder is written")
	}
}

// A new file has the permissions of the old one, and a link stays a link.
func TestOutFileKeepsWhoMayReadIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such permissions here")
	}
	file := filed(t, "book.csv", "old") // which only the owner may read
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	for _, out := range []string{file, link} {
		if _, err := tryOutput("-format", "csv", "-out", out); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 || info.Size() < 1000 {
			t.Errorf("-out %s: %v %v", out, info, err)
		}
		if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("-out %s: %v %v", out, info, err)
		}
		if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// An input file is not overwritten.
func TestOutIsNoInput(t *testing.T) {
	names := map[string]string{"": "deals.csv", "-map": "map.json", "-policy": "policy.json",
		"-rates": "rates.txt", "-registrations": "registrations.csv"}
	folder := t.TempDir()
	var args []string
	for flag, name := range names {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(sampleFile(t, name)), 0o600); err != nil {
			t.Fatal(err)
		}
		if flag != "" {
			args = append(args, flag)
		}
		args = append(args, file)
	}
	for flag, name := range names {
		file := filepath.Join(folder, name)
		link := filepath.Join(folder, "link-to-"+name)
		if err := os.Symlink(file, link); err != nil {
			t.Skip(err)
		}
		for _, out := range []string{file, link, filepath.Join(folder, ".", "..", filepath.Base(folder), name)} {
			var said strings.Builder
			if got := run(append([]string{"deals", "-out", out}, args...), nil, io.Discard, &said); got != 2 ||
				!strings.Contains(said.String(), "is a file that is read; write to another one") {
				t.Errorf("-out as %s: status %d, said %q", flag, got, said.String())
			}
			if text, err := os.ReadFile(file); err != nil || string(text) != sampleFile(t, name) {
				t.Errorf("%s is written over: %v", name, err)
			}
		}
	}
}

// The progress bar for a large file on a terminal shows the percentage.
func TestProgress(t *testing.T) {
	if isTerminal(&strings.Builder{}) {
		t.Error("a text is a terminal")
	}
	file, err := os.Open(filed(t, "text", "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if isTerminal(file) {
		t.Error("a file is a terminal")
	}
	var bar strings.Builder
	p := &progress{file: io.NopCloser(strings.NewReader(strings.Repeat("x", 1000))), size: 1000, to: &bar}
	for n := 0; n < 1000; {
		read, err := p.Read(make([]byte, 300))
		if n += read; err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\r 30% [============                            ]\r 60% [========================                ]" +
		"\r 90% [====================================    ]\r100% [========================================]\r\x1b[K"
	if bar.String() != want {
		t.Errorf("%q", bar.String())
	}
}
