package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/internal/escape"
)

var testCommand = command{
	name: "test", args: "DIR…", formats: []string{"text", "json"},
	about: "the tests of policies, *.test.json in folders and below: what a change may do, and nothing else",
	more: "A test names a policy, the deals of a CRM with their mapping, and what to compare: the statements with a " +
		"golden file, the change from another policy with its limits, what every policy should have. coselling " +
		"schema test has the form of the document.",
	examples: []string{
		"test policies/",
		"test policies/2027q1.test.json -v",
		"test policies/ -update",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		update := flags.Bool("update", false, "rewrite the golden files; read the difference before you commit it")
		all := flags.Bool("v", false, "print what tests that pass have found, too")
		return func(c *call) error { return runTests(c, *update, *all) }
	},
}

// testSuffix ends the names of files with a test.
const testSuffix = ".test.json"

// testResult is the outcome of a test.
type testResult struct {
	File   string `json:"file"`
	Passed bool   `json:"passed"`
	Says   string `json:"says"`
}

func runTests(c *call, update, all bool) error {
	var files []string
	for _, name := range c.args {
		more, err := testsIn(name)
		if err != nil {
			return err
		}
		files = append(files, more...)
	}
	if len(files) == 0 {
		return fmt.Errorf("no file *%s is in %s", testSuffix, strings.Join(c.args, ", "))
	}
	results := make([]testResult, 0, len(files))
	failures := 0
	for _, file := range files {
		text, failed, err := comptest.RunTest(file, update)
		if err != nil {
			text, failed = err.Error(), true
		}
		if failed {
			failures++
		}
		results = append(results, testResult{file, !failed, text})
	}
	if err := printTests(c, results, all); err != nil {
		return err
	}
	if failures > 0 {
		return found{fmt.Errorf("%d of %s failed", failures, counted(len(files), "test", "tests"))}
	}
	return nil
}

func printTests(c *call, results []testResult, all bool) error {
	if c.format == "json" {
		return printJSON(c, results)
	}
	p := &printer{out: c.out, format: c.format}
	for _, r := range results {
		verdict := "passed  "
		if !r.Passed {
			verdict = "FAILED  "
		}
		p.print(verdict + escape.Line(r.File) + "\n")
		if all || !r.Passed {
			for line := range strings.Lines(r.Says) {
				p.print("  " + escape.Line(strings.TrimSuffix(line, "\n")) + "\n")
			}
		}
	}
	return p.err
}

// testsIn returns a file, or the tests in a folder and below, sorted.
func testsIn(name string) (files []string, err error) {
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return []string{name}, err
	}
	err = filepath.WalkDir(name, func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(file, testSuffix) {
			files = append(files, file)
		}
		return err
	})
	return files, err
}
