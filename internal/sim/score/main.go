// Score measures how many planted bugs the simulator finds. Each is a patch of internal/sim/testdata/bugs, made by
// somebody who had not written the checks. It is built by an overlay, so that the tree stays as it is, and the
// simulator runs on one core until it finds something, or has used up its processor time.
//
//	go run ./internal/sim/score           # all of them; with five minutes each for what is missed
//	go run ./internal/sim/score 03 14
//
// It prints a row of a table for each bug, and exits with 1 where a patch does not apply to the tree any more: the
// commit that all apply to stands in internal/sim/testdata/bugs/LIST.md. It runs in the root of the repository, and
// takes git and a POSIX shell.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const folder = "internal/sim/testdata/bugs"

func main() {
	limit := flag.Duration("limit", 5*time.Minute, "of processor time, for each bug")
	flag.Parse()
	if err := run(*limit, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run measures the bugs of some numbers; of none: all.
func run(limit time.Duration, numbers []string) error {
	list, err := filepath.Glob(filepath.Join(folder, "*.patch"))
	if err != nil || len(list) == 0 {
		return errors.Join(err, fmt.Errorf("no patches in %s; run it in the root of the repository", folder))
	}
	fmt.Printf("| bug | breaks | found after, in seconds of processor time |\n|---|---|---|\n")
	found, all := 0, 0
	var failed []error
	for _, path := range list {
		number, _, _ := strings.Cut(filepath.Base(path), "-")
		if len(numbers) > 0 && !slices.Contains(numbers, number) {
			continue
		}
		b, err := read(path)
		var took time.Duration
		var ok bool
		if err == nil {
			took, ok, err = b.hunt(limit)
		}
		all++
		switch {
		case err != nil:
			failed = append(failed, fmt.Errorf("%s: %w", path, err))
		case ok:
			found++
			fmt.Printf("| %s | %s | %.1f |\n", number, b.breaks, took.Seconds())
		default:
			fmt.Printf("| %s | %s | missed in %.0f |\n", number, b.breaks, took.Seconds())
		}
	}
	fmt.Printf("\n%d of %d found\n", found, all)
	return errors.Join(failed...)
}

// bug is a planted one.
type bug struct {
	patch  string   // its file
	breaks string   // what is wrong, beginning with the rule
	files  []string // that it changes, by slashed paths
}

// read reads a patch, whose first line says what is wrong.
func read(path string) (b bug, err error) {
	if b.patch, err = filepath.Abs(path); err != nil {
		return b, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return b, err
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if says, ok := strings.CutPrefix(line, "# "); ok && b.breaks == "" {
			b.breaks = says
		}
		if file, ok := strings.CutPrefix(line, "+++ b/"); ok {
			b.files = append(b.files, file)
		}
	}
	if b.breaks == "" || b.files == nil {
		return b, errors.New("has no first line that says what is wrong, or changes no file")
	}
	return b, nil
}

// overlay writes the changed files into a folder, and a list for the build which files they stand for.
func (b bug) overlay(into string) (list string, err error) {
	replace := map[string]string{}
	for _, file := range b.files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		to := filepath.Join(into, filepath.FromSlash(file))
		from, err := filepath.Abs(file)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(to), 0o700)
		}
		if err == nil {
			err = os.WriteFile(to, text, 0o600)
		}
		if err != nil {
			return "", err
		}
		replace[from] = to
	}
	if err := command(into, "git", "apply", b.patch).Run(); err != nil {
		return "", fmt.Errorf("does not apply: %w", err)
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	list = filepath.Join(into, "overlay.json")
	return list, os.WriteFile(list, text, 0o600)
}

// hunt builds the simulator with the bug, and lets it run. It reports how much processor time it took, and whether it
// found something that does not hold.
func (b bug) hunt(limit time.Duration) (took time.Duration, found bool, err error) {
	into, err := os.MkdirTemp("", "bug")
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(into)) }()
	list, err := b.overlay(into)
	if err != nil {
		return 0, false, err
	}
	program := filepath.Join(into, "sim")
	if err := command("", "go", "build", "-overlay", list, "-o", program, "./internal/sim").Run(); err != nil {
		return 0, false, fmt.Errorf("does not build: %w", err)
	}
	// the wall clock may run much faster than the processor's where others work too
	sim := exec.Command("sh", "-c", fmt.Sprintf("ulimit -t %d; exec '%s' -for 100h", int(limit.Seconds()), program))
	sim.Env = append(os.Environ(), "GOMAXPROCS=1")
	out, err := sim.CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		return 0, false, err
	}
	took = sim.ProcessState.UserTime() + sim.ProcessState.SystemTime()
	found = strings.Contains(string(out), "\nWRONG: ")
	if !found && took < limit-time.Second {
		return 0, false, fmt.Errorf("the simulator ends: %s", out)
	}
	return took, found, nil
}

// command is one in a folder whose output is shown.
func command(in, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir, c.Stdout, c.Stderr = in, os.Stderr, os.Stderr
	return c
}
