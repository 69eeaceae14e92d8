package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/internal/goldentest"
)

// policyFolder returns a copy of examples/policychange, with a failing test if edit changes it.
func policyFolder(t *testing.T, edit *strings.Replacer) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(change)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "2027q1"+testSuffix)
	if err := os.WriteFile(file, []byte(edit.Replace(readFile(t, file))), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Every test below a folder runs; one that fails, and one that cannot run, fail all.
func TestTestsOfAFolder(t *testing.T) {
	status, out, said := ran("", "test", "../../examples")
	const passed = "passed  ../../examples/policychange/2026q4.test.json\npassed  ../../examples/policychange/2027q1.test.json\n"
	if status != 0 || out != passed || said != "" {
		t.Errorf("status %d, %s%s", status, out, said)
	}
	for edit, want := range map[[2]string]string{
		{`"2%"`, `"0.1%"`}:        "\n    TOO MUCH: the total commission changes by +1300.83 (+0.417751%)\n",
		{`"2%"`, `"102%"`}:        "\n    expect.total_within: 102% is above 100%\n",
		{`-2026q4.json`, `.json`}: "policy.json: no such file",
	} {
		dir := policyFolder(t, strings.NewReplacer(edit[0], edit[1]))
		status, out, said := ran("", "test", dir)
		if status != 1 || !strings.Contains(out, want) || !strings.Contains(out, "passed  ") ||
			said != "coselling: 1 of 2 tests failed\n" {
			t.Errorf("%s: status %d, %s%s", edit[1], status, out, said)
		}
		status, out, _ = ran("", "test", dir, "-format", "json")
		var results []testResult
		if err := json.Unmarshal([]byte(out), &results); err != nil || status != 1 || len(results) != 2 || results[1].Passed {
			t.Errorf("%s: status %d, %s", edit[1], status, out)
		}
	}
	if status, out, said := ran("", "test", t.TempDir()); status != 2 || out != "" || !strings.Contains(said, "no file *.test.json") {
		t.Errorf("an empty folder: status %d, %s%s", status, out, said)
	}
	if status, _, _ := ran("", "test", "no-such-folder"); status != 2 {
		t.Errorf("no folder: status %d", status)
	}
}

func TestUpdateRewritesGoldenFiles(t *testing.T) {
	dir := policyFolder(t, strings.NewReplacer("2027q1.golden", "2026q4.golden"))
	if status, out, _ := ran("", "test", dir); status != 1 || !strings.Contains(out, "run the test again with -update") {
		t.Errorf("status %d, %s", status, out)
	}
	if status, out, _ := ran("", "test", dir, "-update", "-v"); status != 0 || !strings.Contains(out, "2026q4.golden is rewritten") {
		t.Errorf("status %d, %s", status, out)
	}
	if status, out, _ := ran("", "test", filepath.Join(dir, "2027q1"+testSuffix)); status != 0 {
		t.Errorf("status %d, %s", status, out)
	}
}

// A guessed mapping is a document without problems by which the deals can be read; its doubts stand beside it.
func TestMapGivesAMappingThatReadsTheFile(t *testing.T) {
	for _, file := range []string{"sample/deals.csv", change + "deals-2026.csv", "../../crmcsv/testdata/systems/hubspot.csv"} {
		status, out, said := ran("", "map", file, "-currency", "USD")
		if status != 0 || !strings.Contains(said, "coselling: made up: ") || !strings.Contains(said, "doubt: ") {
			t.Errorf("%s: status %d, %s", file, status, said)
		}
		mapping := filed(t, "map.json", out)
		if status, out, _ := ran("", "check", mapping); status != 0 {
			t.Errorf("%s: check finds\n%s", file, out)
		}
		if status, out, said := ran("", "deals", file, "-map", mapping); status > 1 || !strings.Contains(out, "USD") {
			t.Errorf("%s: status %d, %s", file, status, said)
		}
		text := readFile(t, file)
		if _, again, _ := ran(text, "map", "-", "-currency", "USD"); again != out {
			t.Errorf("%s: standard input gives another mapping", file)
		}
	}
	for format, want := range map[string]string{"text": "payees[0].rate", "markdown": "| Amount |", "csv": "value,Amount,",
		"html": "<td>Amount</td>"} {
		if status, out, said := ran("", "map", change+"deals-2026.csv", "-format", format); status != 0 || said != "" ||
			!strings.Contains(out, want) {
			t.Errorf("%s: status %d, %s%s", format, status, out, said)
		}
	}
	for _, args := range [][]string{{"-currency", "dollars", "x"}, {"no-such-file"}, {documents["deal"]}} {
		if status, out, _ := ran("", append([]string{"map"}, args...)...); status != 2 || out != "" {
			t.Errorf("%q: status %d, %s", args, status, out)
		}
	}
}

var oneDeal = []string{"brief", documents["deal"], documents["record"], "-roster", documents["roster"], "-at", "2026-11-02T09:00:00Z"}

// A brief is the view of a party of the deal, and of nobody else.
func TestBriefIsForOneParty(t *testing.T) {
	_, partner, _ := ran("", append(oneDeal, "-for", "partner:acme")...)
	goldentest.Compare(t, "testdata/brief.golden", partner)
	if status, same, said := ran("", append(oneDeal, "-for", "partner")...); status != 0 || same != partner {
		t.Errorf("-for partner: status %d, %s%s", status, same, said)
	}
	reports := map[string]bool{}
	for _, reader := range []string{"partner", "vendor", "all"} {
		_, report, _ := ran("", append(oneDeal, "-for", reader, "-report")...)
		if reports[report] || len(report) < 2*len(partner) {
			t.Errorf("the report for %s is short, or that of somebody else:\n%s", reader, report)
		}
		reports[report] = true
	}
	status, out, said := ran("", append(oneDeal, "-for", "partner:other")...)
	if status != 2 || out != "" || !strings.Contains(said, "allowed are all, partner, vendor, partner:acme, vendor:vendor") {
		t.Errorf("status %d, %s%s", status, out, said)
	}
	for format, want := range map[string]string{"markdown": "**Calder Rail AG", "html": "<h2>Calder Rail AG", "slack": "*Calder Rail AG",
		"json": `"side": "partner"`} {
		args := append(oneDeal, "-for", "partner", "-format", format)
		if status, out, said := ran("", args...); status != 0 || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, %s%.600s", format, status, said, out)
		}
	}
}

func TestBriefRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{documents["record"], documents["deal"]}, "record.json has problems, of which coselling check"},
		{[]string{documents["deal"], documents["record"], "-at", "today"}, "-at"},
		{[]string{documents["deal"], documents["record"], "-book", documents["policy"]}, "policy-2026q4.json has problems"},
		{[]string{documents["deal"], documents["record"], "-roster", documents["deal"]}, "deal.json has problems"},
		{[]string{documents["deal"], "none"}, "no such file"},
	} {
		if status, out, said := ran("", append([]string{"brief"}, c.args...)...); status != 2 || out != "" ||
			!strings.Contains(said, c.says) {
			t.Errorf("%q: status %d, %s%s", c.args, status, out, said)
		}
	}
	// Without a record nothing has happened.
	if status, out, said := ran("", "brief", documents["deal"], "-at", "2026-09-08T09:00:00Z"); status != 0 || out == "" {
		t.Errorf("status %d, %s", status, said)
	}
}

func TestPlaybookIsDated(t *testing.T) {
	args := []string{"playbook", "-opened", "2026-11-02", "-deal", "D-1"}
	_, out, _ := ran("", args...)
	goldentest.Compare(t, "testdata/playbook.golden", out)
	for format, want := range map[string]string{
		"markdown": "## Discovery, 2026-11-09 to 2026-11-22\n", "html": "<h2>Discovery, 2026-11-09 to 2026-11-22</h2>",
		"mermaid": "    Discovery :s1, 2026-11-09, 2026-11-22\n", "ical": "DTSTART;VALUE=DATE:20261109\r\nDTEND;VALUE=DATE:20261123\r\n",
	} {
		status, out, said := ran("", append(args, "-format", format)...)
		if status != 0 || said != "" || !strings.Contains(out, want) {
			t.Errorf("%s: status %d, %s%.600s", format, status, said, out)
		}
		if again, _ := tryAgain(append(args, "-format", format)); again != out {
			t.Errorf("%s: two runs differ", format)
		}
	}
	_, small, _ := ran("", append(args, "-amount", "10000.00 USD", "-engagement", "vendor_led")...)
	if !strings.HasPrefix(small, "The simplified playbook, vendor-led, of a deal that opens on 2026-11-02\n") {
		t.Error(small)
	}
	for _, more := range [][]string{{"-amount", "1 EUR"}, {"-amount", "x"}, {"-engagement", "x"}, {"-opened", "x"}, {"-book", "none"},
		{"-opened", "9999-12-01"}} {
		if status, out, said := ran("", append(args, more...)...); status != 2 || out != "" || said == "" {
			t.Errorf("%q: status %d, %s%s", more, status, out, said)
		}
	}
}

func tryAgain(args []string) (out, said string) {
	_, out, said = ran("", args...)
	return out, said
}
