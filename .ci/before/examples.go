package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// examplesKind is the kind whose documents are the commands of the examples.
const examplesKind = "examples"

// commands are what is run of the examples: a folder, and arguments. A folder without a
// program is compared by the recorded files of its tests.
var commands = []string{
	"assess",
	"assess -for vendor",
	"assess -for all",
	"assess -for all -json",
	"assess -for partner -json",
	"assess -for vendor -json -as-of 2026-12-20T09:00:00Z",
	"assess -deal deal.json -record record.json -roster roster.json -as-of 2027-01-20T09:00:00Z",
	"assess -as-of 1990-01-01T00:00:00Z",
	"dealbook",
	"dealbook -deal D-1003",
	"dealbook -deal D-1003-R",
	"dealbook -deal D-1001 -format markdown",
	"dealbook -rep all",
	"dealbook -rep ana.diaz -format csv",
	"dealbook -format markdown -list 5",
	"dealbook -format csv -out book.csv",
	"dealbook -format json -out book.json",
	"dealbook -format json -as-of 2026-06-30",
	"dealbook -deals sample/deals.csv -map sample/map.json -policy sample/policy.json -rates sample/rates.txt -registrations sample/registrations.csv -sort",
	"dealbook -deals ../policychange/deals-2026.csv -map ../policychange/deals-map.json -policy ../policychange/policy-2026q4.json -sort -format json",
	"dealbook -deals ../policychange/deals-2026.csv -map ../policychange/deals-map.json -policy ../policychange/policy-2027q1.json -sort -rep all",
	"policychange",
	"playbook",
	"playbook -engagement true_co_sell -amount 80000.00_USD -opened 2027-02-01",
	"playbook -engagement vendor_led -amount 20000.00_USD -small 1.00_USD",
	"inbox",
	"inbox -as-of 2026-11-20T09:00:00Z",
	"inbox -deal sample",
	"adapters -as-of 2026-11-20T09:00:00Z",
	"adapters -json -as-of 2026-11-20T09:00:00Z",
	"adapters -fields -as-of 2026-11-20T09:00:00Z -from hubspot",
	"adapters -fields -as-of 2026-11-20T09:00:00Z -from salesforce",
	"adapters -from aws -as-of 2026-11-20T09:00:00Z sample/aws.json",
	"adapters -from microsoft -json -as-of 2026-11-20T09:00:00Z sample/microsoft.json",
	"adapters -from salesforce -crm vendor -partner acme -vendor us -currency USD -zone Europe/Berlin -as-of 2026-11-20T09:00:00Z sample/salesforce.json",
	"registrations",
	"registrations -sqlite claims.db",
}

// compareExamples runs every command in both trees.
func (o options) compareExamples() (*Tally, error) {
	c := newComparison(examplesKind, o.before, o.now, max(o.show, 1))
	programs := [2]map[string]string{{}, {}}
	scratch, err := os.MkdirTemp("", "examples")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	for number, command := range commands {
		if o.only >= 0 && number != o.only {
			continue
		}
		d := Difference{Kind: examplesKind, Number: number, Document: []byte("examples/" + command)}
		for i, answer := range []*Answer{&d.Before, &d.Now} {
			tree := []string{o.treeBefore, o.treeNow}[i]
			*answer, err = runExample(tree, filepath.Join(scratch, fmt.Sprint(i)), command, programs[i])
			if err != nil {
				return nil, err
			}
		}
		c.judge(d)
	}
	return c.tally, nil
}

// runExample answers with what a command prints and the files that it writes.
func runExample(tree, scratch, command string, programs map[string]string) (Answer, error) {
	words := strings.Fields(command)
	if _, err := os.Stat(filepath.Join(tree, "examples", words[0], "main.go")); err != nil {
		return recorded(filepath.Join(tree, "examples", words[0], "testdata"))
	}
	program, err := built(tree, scratch, words[0], programs)
	if err != nil {
		return Answer{}, err
	}
	all := filepath.Join(scratch, "examples") // with the folders beside it, whose files it may read
	if err := os.RemoveAll(all); err != nil {
		return Answer{}, err
	}
	if err := os.CopyFS(all, os.DirFS(filepath.Join(tree, "examples"))); err != nil {
		return Answer{}, err
	}
	for i := range words {
		words[i] = strings.ReplaceAll(words[i], "_USD", " USD")
	}
	run := exec.Command(program, words[1:]...)
	run.Dir = filepath.Join(all, words[0])
	var out, complaints bytes.Buffer
	run.Stdout, run.Stderr = &out, &complaints
	run.Env = append(os.Environ(), "TZ=UTC")
	if _, ok := errors.AsType[*exec.ExitError](run.Run()); !ok && run.ProcessState == nil {
		return Answer{}, fmt.Errorf("%s does not run", command)
	}
	a := Answer{Texts: []Text{{"status", fmt.Sprint(run.ProcessState.ExitCode())}, {"output", out.String()}, {"complaints", complaints.String()}}}
	return written(a, run.Dir, filepath.Join(tree, "examples", words[0]))
}

// built builds an example once.
func built(tree, scratch, name string, programs map[string]string) (string, error) {
	if program, ok := programs[name]; ok {
		return program, nil
	}
	program := filepath.Join(scratch, "bin", name)
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = filepath.Join(tree, "examples", name)
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s does not build: %s", build.Dir, out)
	}
	programs[name] = program
	return program, nil
}

// recorded answers with the files of a folder.
func recorded(folder string) (Answer, error) {
	return written(Answer{}, folder, "")
}

// written adds the files that stand in a folder and not in the one that it is a copy of.
// Of a database, only that it was made: its bytes depend on the time.
func written(a Answer, folder, original string) (Answer, error) {
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(original, name)); original != "" && err == nil {
			return nil
		}
		text, err := os.ReadFile(path)
		if strings.Contains(name, ".db") {
			text = nil
		}
		a.Texts = append(a.Texts, Text{"file " + name, string(text)})
		return err
	})
	return a, err
}
