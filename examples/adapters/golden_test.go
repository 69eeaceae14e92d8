package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/internal/goldentest"
)

func output(t *testing.T, args ...string) string {
	t.Helper()
	var out strings.Builder
	err := run(args, sampleSeen, &out, io.Discard)
	if refused := strings.Contains(out.String(), "\nrefused:") || strings.Contains(out.String(), `"refused":`); refused != errors.As(err, new(refusals)) || !refused && err != nil {
		t.Fatalf("%v of an output with a refusal: %t", err, refused)
	}
	return out.String()
}

// The output of the program: for the samples, for the table of fields, and for the files of
// the CRM integration, with the options that change it.
func TestOutput(t *testing.T) {
	for name, args := range map[string][]string{
		"samples":            nil,
		"fields":             {"-fields"},
		"ace":                {"-from", "aws", "-as-of", "2026-11-20T09:00:00Z", "testdata/ace.json"},
		"ace-led":            {"-from", "aws", "-as-of", "2026-11-20T09:00:00Z", "-model", "true_co_sell", "-vendor", "amazon", "-zone", "Europe/Berlin", "testdata/ace.json"},
		"salesforce-partner": {"-from", "salesforce", "-crm", "partner", "-model", "vendor_led"},
		"hubspot":            {"-from", "hubspot", "-crm", "vendor", "-currency", "EUR"},
	} {
		goldentest.Compare(t, filepath.Join("testdata", name+".golden"), output(t, args...))
	}
}

// The deal and the record of each sample, every fact of them: what the assessment is
// asked.
func TestFacts(t *testing.T) {
	for file, name := range forms {
		s := systemNamed(t, name)
		all, err := importAll(s.forms, sampleTerms(t, s), readFile(t, file))
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		for _, i := range all.deals {
			if i.err != nil {
				continue
			}
			for line := range strings.Lines(facts(t, i)) {
				if err := json.Indent(&out, []byte(line), "", "  "); err != nil {
					t.Fatal(err)
				}
			}
		}
		goldentest.Compare(t, filepath.Join("testdata", strings.TrimSuffix(filepath.Base(file), ".json")+"-facts.golden"), out.String())
	}
}

// Flags and files that cannot be taken are refused, and a file on disk gives what the
// embedded one gives.
func TestArguments(t *testing.T) {
	fromDisk := output(t, "-from", "salesforce", "sample/salesforce.json")
	if embedded := output(t, "-from", "salesforce"); strings.ReplaceAll(fromDisk, "sample/", "") != embedded {
		t.Errorf("the file gives\n%s", fromDisk)
	}
	if output(t, "-help") != "" {
		t.Error("help goes to the error output")
	}
	for want, args := range map[string][]string{
		"-from which system":      {"sample/aws.json"},
		"one file":                {"-from", "aws", "a", "b"},
		"no system":               {"-from", "oracle"},
		"flags":                   {"-x"},
		"no such file":            {"-from", "aws", "nowhere"},
		"only AWS has a sync":     {"-sync", "-from", "hubspot"},
		"Id: \"Id\" is not known": {"-sync", "sample/aws.json"},
		"-as-of: \"today\"":       {"-as-of", "today"},
		"-model: \"x\"":           {"-model", "x"},
		"-currency: \"dollar\"":   {"-currency", "dollar"},
		"-crm: \"both\"":          {"-crm", "both"},
		"-stages":                 {"-stages", "go.mod"},
		"-zone":                   {"-zone", "Mars/Olympus"},
		"codes.go: the payload":   {"-from", "aws", "codes.go"},
		"-currency: \"euro\" is ": {"-currency", "euro", "-model", "none"},
	} {
		if err := run(args, sampleSeen, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// A host's own stage names replace those of a fresh installation.
func TestOwnStages(t *testing.T) {
	file := filepath.Join(t.TempDir(), "stages.json")
	mapping := `{"system": "ours", "source": "our Salesforce", "note": "", "stages": ["identification", "discovery", "presentation", "evaluation", "proposal", "close"],
		"names": [{"name": "Negotiation/Review", "covers": ["close"]}]}`
	if err := os.WriteFile(file, []byte(mapping), 0o600); err != nil {
		t.Fatal(err)
	}
	got := output(t, "-from", "salesforce", "-stages", file)
	if !strings.Contains(got, "stage    close, running; Negotiation/Review in Salesforce") || strings.Contains(got, "goes back as") {
		t.Error(got)
	}
}

// The documents for another program are read back as the same deal and record.
func TestDocumentsAreReadBack(t *testing.T) {
	lines, refusals := 0, 0
	for line := range strings.Lines(output(t, "-json")) {
		lines++
		var got struct {
			Deal, Record json.RawMessage
			At, Refused  string
			Refusals     *int
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		if got.Refusals != nil {
			refusals += *got.Refusals
			continue
		}
		if got.Refused != "" {
			if got.Deal != nil || got.At != "records[1]" {
				t.Error(line)
			}
			continue
		}
		deal, err := coselling.ParseDeal(got.Deal)
		if err != nil {
			t.Fatal(err)
		}
		record, err := coselling.ParseRecord(got.Record)
		if err != nil {
			t.Fatal(err)
		}
		again := strings.Split(facts(t, imported{draft: draft{Deal: deal, Record: record}}), "\n")
		if again[0] != string(got.Deal) || again[1] != string(got.Record) {
			t.Errorf("%s is read back as %s", line, again)
		}
	}
	if lines != 10 || refusals != 1 {
		t.Errorf("%d lines, %d refusals", lines, refusals)
	}
}
