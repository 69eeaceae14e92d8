package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// ran runs the program, and returns its status and what it wrote.
func ran(stdin string, args ...string) (status int, out, said string) {
	var o, s strings.Builder
	status = run(args, strings.NewReader(stdin), &o, &s)
	return status, o.String(), s.String()
}

// Without arguments the first line says that the deals are made up and what to type; all fits one screen.
func TestSampleFitsOneScreen(t *testing.T) {
	status, out, said := ran("")
	first, _, _ := strings.Cut(out, "\n")
	if n := strings.Count(out, "\n"); status != 0 || said != "" || n > 40 {
		t.Errorf("status %d, %d lines, said %q", status, n, said)
	}
	has(t, first, "made-up", "coselling deals deals.csv -map map.json")
	has(t, out, "D-1003", "USD  » role-based        281,584.01      9.1%  ██")
	checkLines(t, out)
}

// A flag may stand before or behind the file, and behind -- nothing is one.
func TestFlagsStandAnywhere(t *testing.T) {
	deals, mapping := filed(t, "deals.csv", sampleFile(t, "deals.csv")), filed(t, "map.json", sampleFile(t, "map.json"))
	want := output(t, deals, "-map", mapping, "-list", "3")
	for _, args := range [][]string{
		{"-map", mapping, "-list=3", deals}, {"-list", "3", deals, "--map=" + mapping}, {"-map", mapping, "-list", "3", "--", deals},
	} {
		if output(t, args...) != want {
			t.Errorf("%q gives something else", args)
		}
	}
	if status, _, said := ran("", "deals", "--", "-list"); status != 2 || !strings.Contains(said, "belong together") {
		t.Errorf("-- ends no flags: %d, %q", status, said)
	}
}

func TestStandardInput(t *testing.T) {
	deals, mapping := filed(t, "deals.csv", sampleFile(t, "deals.csv")), filed(t, "map.json", sampleFile(t, "map.json"))
	_, want, _ := ran("", "deals", deals, "-map", mapping)
	if status, out, said := ran(sampleFile(t, "deals.csv"), "deals", "-", "-map", mapping); status != 1 || out != want {
		t.Errorf("deals from standard input: status %d, said %q", status, said)
	}
	if status, out, said := ran(sampleFile(t, "map.json"), "deals", deals, "-map", "-"); status != 1 || out != want {
		t.Errorf("mapping from standard input: status %d, said %q", status, said)
	}
	status, out, said := ran(sampleFile(t, "map.json"), "deals", "-", "-map", "-")
	if status != 2 || out != "" || !strings.Contains(said, "- stands for two files") {
		t.Errorf("standard input twice: status %d, said %q", status, said)
	}
}

func TestWrongUseIsStatus2(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"deal"}, `"deal" is no command; the commands are deals, `},
		{[]string{"-x"}, `"-x" is no command`},
		{[]string{"help", "nothing"}, `"nothing" is no command`},
		{[]string{"version", "x"}, `"x" is not expected; coselling version -h shows how it is used`},
		{[]string{"version", "-format", "json"}, "-format"},
		{[]string{"completion"}, "SHELL is missing"},
		{[]string{"completion", "cmd"}, `"cmd" is no shell that is known; allowed are bash, fish, zsh`},
		{[]string{"deals", "-format", "xml"}, `"xml" is not known; allowed are text, markdown, csv, json, html`},
	} {
		if status, out, said := ran("", c.args...); status != 2 || out != "" || !strings.Contains(said, c.says) ||
			strings.Count(said, "\n") != 1 {
			t.Errorf("%q: status %d, said %q, want %q", c.args, status, said, c.says)
		}
	}
}

// -h of each command says what it is for, its flags and examples; every example is accepted by its flags.
func TestHelp(t *testing.T) {
	status, out, said := ran("", "-h")
	if status != 0 || said != "" {
		t.Errorf("status %d, said %q", status, said)
	}
	checkLines(t, out)
	flat := strings.Join(strings.Fields(out), " ")
	for _, c := range commands() {
		has(t, flat, strings.TrimSpace("coselling "+c.name+" "+c.args)+" "+c.about, "Exit status: 0")
		status, help, said := ran("", c.name, "-h")
		if _, other, _ := ran("", "help", c.name); status != 0 || said != "" || help != other {
			t.Errorf("%s -h: status %d, said %q", c.name, status, said)
		}
		checkLines(t, help)
		has(t, help, "coselling "+c.name, "-out FILE", "Exit status: 0")
		for _, example := range c.examples {
			has(t, help, "  coselling "+example)
			words, _, _ := strings.Cut(example, "  ")
			words, _, _ = strings.Cut(words, " >")
			var this call
			flags, _ := c.flagSet(&this)
			fields := strings.Fields(words)
			if err := this.parse(flags, fields[1:]); err != nil || fields[0] != c.name || c.check(&this) != nil {
				t.Errorf("example %q: %v, %v", example, err, c.check(&this))
			}
		}
	}
}

// Completion lists every command and flag, and bash reads it.
func TestCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "fish", "zsh"} {
		status, out, said := ran("", "completion", shell)
		if status != 0 || said != "" {
			t.Errorf("%s: status %d, said %q", shell, status, said)
		}
		for _, c := range commands() {
			flags, _ := c.flagSet(&call{})
			flags.VisitAll(func(f *flag.Flag) {
				has(t, out, c.name, map[bool]string{true: "-o ", false: "-"}[shell == "fish"]+f.Name)
			})
		}
	}
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip(err)
	}
	_, script, _ := ran("", "completion", "bash")
	for typed, want := range map[string]string{"de": "deals", "deals -ma": "-map", "deals -format js": "json"} {
		words := append([]string{"coselling"}, strings.Fields(typed)...)
		command := exec.Command(bash, "-c", script+`COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _coselling; echo "${COMPREPLY[*]}"`)
		command.Args = append(command.Args, "bash")
		command.Args = append(command.Args, words...)
		if out, err := command.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != want {
			t.Errorf("%q completes to %q, want %q: %v", typed, out, want, err)
		}
	}
}

func TestVersion(t *testing.T) {
	if status, out, _ := ran("", "version"); status != 0 || !strings.Contains(out, runtime.Version()) {
		t.Errorf("status %d, %q", status, out)
	}
}

// A file above its bound is refused by its size: nothing of it is held.
func TestLargeFilesAreRefusedUnread(t *testing.T) {
	const gigabyte = 1 << 30
	file := filed(t, "large", "")
	if err := os.Truncate(file, gigabyte); err != nil {
		t.Skip(err)
	}
	for _, args := range [][]string{
		{"deals", "-policy", file}, {"deals", "-rates", file}, {"deals", "-registrations", file}, {"deals", file, "-map", file},
		{"claims", file},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		status, out, said := ran("", args...)
		runtime.ReadMemStats(&after)
		if status != 2 || out != "" || !strings.Contains(said, file+" is above the limit of ") {
			t.Errorf("%q: status %d, said %q", args, status, said)
		}
		if held := after.TotalAlloc - before.TotalAlloc; held > 8<<20 {
			t.Errorf("%q: %d bytes were held", args, held)
		}
	}
	endless := io.LimitReader(zeros{}, gigabyte)
	var said strings.Builder
	if status := run([]string{"deals", "-policy", "-"}, endless, io.Discard, &said); status != 2 ||
		!strings.Contains(said.String(), "- is above the limit of 1,048,576 bytes") {
		t.Errorf("a policy from standard input: status %d, said %q", status, said.String())
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// Where the disk is full the old file stays, and the status is 2.
func TestFullDisk(t *testing.T) {
	file := filed(t, "book.csv", "old")
	err := written(file, nil, func(out io.Writer) error {
		_, _ = out.Write(bytes.Repeat([]byte("x"), 1<<20))
		return fmt.Errorf("writing: %w", syscall.ENOSPC)
	})
	text, read := os.ReadFile(file)
	names, _ := os.ReadDir(filepath.Dir(file))
	if !errors.Is(err, syscall.ENOSPC) || read != nil || string(text) != "old" || len(names) != 1 {
		t.Errorf("%v, %v, %q, %v", err, read, text, names)
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	for _, args := range [][]string{nil, {"deals"}, {"claims"}, {"version"}} {
		var said strings.Builder
		if status := run(args, nil, full, &said); status != 2 || !strings.Contains(said.String(), "no space left") {
			t.Errorf("%q: status %d, said %q", args, status, said.String())
		}
	}
}

// HTML has the tables of Markdown, escaped.
func TestHTML(t *testing.T) {
	text := tryFormat(t, "html")
	marked := tryFormat(t, "markdown")
	if rows, want := strings.Count(text, "<tr>"), strings.Count(marked, "\n|")-strings.Count(marked, "\n| ---"); rows != want {
		t.Errorf("%d rows, Markdown has %d", rows, want)
	}
	for _, tag := range []string{"table", "tr", "td", "th", "p", "h1", "h2"} {
		opened := strings.Count(text, "<"+tag+">") + strings.Count(text, "<"+tag+" ")
		if opened == 0 || opened != strings.Count(text, "</"+tag+">") {
			t.Errorf("%s is opened %d times, closed %d times", tag, opened, strings.Count(text, "</"+tag+">"))
		}
	}
	hostile := onDeals(t, row(t, "D-1012", "Lindqvist Bygg", quoted(`<script>alert("x")</script>`)))
	has(t, hostile, "<script>")
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	rows := row(t, "D-1012", "Lindqvist Bygg", quoted(`<script>alert("x")</script>`))
	text = tryFormat(t, "html", filed(t, "deals.csv", header+"\n"+rows), "-map", filed(t, "map.json", sampleFile(t, "map.json")))
	if strings.Contains(text, "<script") || !strings.Contains(text, "&lt;script&gt;") {
		t.Error("markup of the export is not escaped")
	}
}

// Commands are known by their names, each once.
func TestCommandsHaveNames(t *testing.T) {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	if slices.Sort(names); len(slices.Compact(slices.Clone(names))) != len(names) || slices.Contains(names, "") {
		t.Errorf("%q", names)
	}
}
