package main

import (
	"io"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/model"
)

func output(t *testing.T, args ...string) string {
	t.Helper()
	var out strings.Builder
	if err := run(args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestOutputIsAsRecorded(t *testing.T) {
	goldentest.Compare(t, "testdata/playbook.golden", output(t))
}

// The walk of every model ends as won, and a deal of 10,000 uses the simplified playbook
// (stage.simplified).
func TestEveryModelIsWalked(t *testing.T) {
	for _, e := range []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
		text := output(t, "-engagement", e.String(), "-amount", "80000.00 USD", "-opened", "2027-02-01")
		for _, want := range []string{
			"A DEAL OF 80000.00 USD  " + e.String() + ", standard playbook, opened 2027-02-01", "A DEAL OF 10000.00 USD  " + e.String() + ", simplified playbook",
			"REFUSED", "gate.registered", "gate.tasks", ", won\n", "after close",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%v: %q is not printed", e, want)
			}
		}
		if strings.Count(text, ", won\n") != 2 {
			t.Errorf("%v: not won twice", e)
		}
	}
}

func TestFlagsAreRefused(t *testing.T) {
	for _, args := range [][]string{{"-engagement", "solo"}, {"-amount", "1e999999999 USD"}, {"-opened", "tomorrow"}, {"x"}, {"-amount", "10.00 EUR"}} {
		if err := run(args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
	if err := run([]string{"-help"}, io.Discard, io.Discard); err != nil {
		t.Error(err)
	}
}
