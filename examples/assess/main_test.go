package main

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

func output(t *testing.T, args ...string) string {
	t.Helper()
	var out strings.Builder
	if err := run(args, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// view.side: what each side reads of the sample deal.
func TestBriefsAreAsRecorded(t *testing.T) {
	for file, args := range map[string][]string{
		"partner.txt": {"-for", "partner"},
		"vendor.txt":  {"-for", "vendor"},
		"vendor.md":   {"-for", "vendor", "-report"},
		"all.json":    {"-for", "all", "-json"},
	} {
		goldentest.Compare(t, "testdata/"+file, output(t, args...))
	}
	for _, name := range stories() {
		goldentest.Compare(t, "testdata/gallery/"+name+".txt", output(t, name))
	}
}

// view.side: neither side reads the other one's pay, the vendor's internal note or who
// else claims the account.
func TestNeitherSideReadsTheOthers(t *testing.T) {
	for side, secrets := range map[string][]string{
		"partner": {"60000.00", "3000.00", "Trial licences"},
		"vendor":  {"14400.00", "\"8%\""},
	} {
		got := output(t, "-for", side, "-json")
		for _, secret := range secrets {
			if strings.Contains(got, secret) {
				t.Errorf("the %s reads %s", side, secret)
			}
			if !strings.Contains(output(t, "-for", "all", "-json"), secret) {
				t.Errorf("nobody could read %s", secret)
			}
		}
	}
	if strings.Contains(output(t, "-for", "partner", "-json"), "northwind") {
		t.Error("reg.confidential: the partner reads who else claims the account")
	}
}

func TestBadInputIsReported(t *testing.T) {
	for want, args := range map[string][]string{
		"-as-of":       {"-as-of", "today"},
		"-for":         {"-for", "buyer"},
		"missing.json": {"-deal", "missing.json"},
		"main.go":      {"-record", "main.go"},
	} {
		err := run(args, new(strings.Builder))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", args, err)
		}
	}
}
