package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/value"
)

// Payloads that nobody on this project wrote: each of them maps and can be assessed, or
// is refused with a reason that has a code.
func TestRealPayloads(t *testing.T) {
	for folder, name := range map[string]string{"aws-ace": "aws", "ms-referrals": "microsoft"} {
		t.Run(folder, func(t *testing.T) {
			files, err := filepath.Glob(filepath.Join("../../../shared/data", folder, "*.json"))
			if err != nil || len(files) == 0 {
				t.Skipf("the folder %s of real payloads is not beside the checkout", folder)
			}
			mapped := 0
			for _, file := range files {
				mapped += realPayload(t, name, file)
			}
			t.Logf("%s: of %d files %d map", folder, len(files), mapped)
			if mapped == 0 {
				t.Errorf("%s: not one file maps", folder)
			}
		})
	}
}

// realPayload returns how many files map: 1 or 0.
func realPayload(t *testing.T, name, file string) int {
	s := systemNamed(t, name)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := importAll(s.forms, sampleTerms(t, s), data)
	if err != nil || len(all.deals) != 1 {
		t.Fatalf("%s: %d deals, %v", file, len(all.deals), err)
	}
	got := all.deals[0]
	if got.err != nil {
		if e, ok := errors.AsType[*value.Error](got.err); !ok || e.Code == value.Unexpected {
			t.Errorf("%s: without a code: %v", file, got.err)
		}
		t.Logf("%s: refused: %v", filepath.Base(file), got.err)
		return 0
	}
	v := assessed(t, got)
	t.Logf("%s: %s of %s, %s, %s; %d not read, lost %v, assumed %v", filepath.Base(file), got.Deal.ID, got.Deal.Amount, v.Progress.Stage, v.Progress.Status, len(got.unmapped), got.lost, got.assumed)
	return 1
}
