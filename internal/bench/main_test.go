package main

import (
	"bytes"
	"errors"
	"flag"
	"strings"
	"testing"
)

func TestRunPrintsTheChosenTables(t *testing.T) {
	var out, progress bytes.Buffer
	if err := run([]string{"-rounds", "1", "-only", "route"}, &out, &progress); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Ratios to peers\n", "over 1 rounds", "| Route of a blocker, 12 kinds ", "| Route of a blocker, 64 kinds ", "\n| coselling, Route ", "\n| Alertmanager, a route for each kind "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in the output:\n%s", want, &out)
		}
	}
	if strings.Count(out.String(), "\nTo which level does") != 1 || strings.Count(out.String(), "\nAs above. The floor took ") != 2 {
		t.Errorf("a note is printed where it changes:\n%s", &out)
	}
	if strings.Contains(out.String(), "Statement") {
		t.Errorf("a job that was not chosen is there:\n%s", &out)
	}
	if !strings.Contains(progress.String(), "[2/3] route/kinds=64: timing 4 candidates, 1 rounds\n") {
		t.Errorf("progress is %s", &progress)
	}
}

func TestRunListsJobs(t *testing.T) {
	var out, progress bytes.Buffer
	if err := run([]string{"-list"}, &out, &progress); err != nil || progress.Len() > 0 {
		t.Fatal(err, &progress)
	}
	if got := strings.Fields(out.String()); len(got) != len(jobs(1)) || got[0] != "statement/payees=2" {
		t.Errorf("listed %q", got)
	}
}

func TestRunHelps(t *testing.T) {
	var out, progress bytes.Buffer
	if err := run([]string{"-h"}, &out, &progress); !errors.Is(err, flag.ErrHelp) {
		t.Error(err)
	}
	for _, want := range []string{"Usage: go run .", "-rounds", "-claims", "-only", "-list"} {
		if !strings.Contains(progress.String(), want) {
			t.Errorf("%q is missing in the help:\n%s", want, &progress)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"-rounds: 0 is not in":   {"-rounds", "0"},
		"-claims: -1 is not in":  {"-claims", "-1"},
		"-only: no job matches ": {"-only", "nothing"},
		"-only: error parsing":   {"-only", "("},
		`"x" is no flag`:         {"x"},
		"flag provided but not":  {"-nothing"},
	} {
		var out, progress bytes.Buffer
		if err := run(args, &out, &progress); err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
			t.Errorf("%v: %v, want %q; printed %s", args, err, want, &out)
		}
	}
}
