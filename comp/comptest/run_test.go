package comptest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const policyChange = "../../examples/policychange/"

// The documents of examples/policychange find what its tests in Go find, in the same words.
func TestATestFindsWhatGoTestFinds(t *testing.T) {
	load := func(name string) comp.Policy { return Load(t, policyChange+name) }
	before, after := load("policy-2026q4.json"), load("policy-2027q1.json")
	bookings := LoadBookings(t, policyChange+"deals-2026.csv", policyChange+"deals-map.json")
	r := passes(t, func(tb testing.TB) {
		Change(tb, before, after, bookings, TotalWithin("2%"), NoPayeeLosesMoreThan("500.00 USD"),
			OnlyContribution(comp.TechnicalValidation))
	})
	text, failed, err := RunTest(policyChange+"2027q1.test.json", false)
	if err != nil || failed || !strings.Contains(text, strings.Join(r.logs, "\n")) {
		t.Errorf("%v %v\n%s\nwant %s", failed, err, text, r.logs)
	}
	if _, failed, err := RunTest(policyChange+"2026q4.test.json", false); failed || err != nil {
		t.Error(failed, err)
	}
}

// folder returns a copy of the folder examples/policychange with another test.
func folder(t *testing.T, test string) (file string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(policyChange)); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "a.test.json")
	write(t, file, test)
	return file
}

const hardTest = `{"before": "policy-2026q4.json", "after": "policy-2027q1.json", "deals": "deals-2026.csv",
  "mapping": "deals-map.json", "golden": "testdata/2026q4.golden", "properties": true,
  "expect": {"total_within": "0.1%", "no_payee_gains_more_than": {"amount": "10.00", "currency": "USD"},
    "only_fields": ["rounding"]}}`

// A failing test shows all that failed: the change and the golden file; the words do not speak of Go.
func TestAFailingTestSaysEverything(t *testing.T) {
	file := folder(t, hardTest)
	text, failed, err := RunTest(file, false)
	if err != nil || !failed {
		t.Fatal(failed, err)
	}
	pinned(t, "run/fails", strings.ReplaceAll(text, filepath.Dir(file), "DIR")+"\n")
	if strings.Contains(text, updateVariable) {
		t.Error("it speaks of an environment variable")
	}
	change := folder(t, strings.Replace(hardTest, "2026q4.golden", "2027q1.golden", 1))
	if text, failed, err := RunTest(change, false); err != nil || !failed {
		t.Errorf("the change alone fails: %v, %v\n%s", failed, err, text)
	}
}

// With update the golden file alone is rewritten, and the next run finds no difference in it.
func TestUpdateRewritesTheGoldenFile(t *testing.T) {
	file := folder(t, `{"after": "policy-2027q1.json", "deals": "deals-2026.csv", "mapping": "deals-map.json",
		"golden": "new/here.golden"}`)
	if _, _, err := RunTest(file, false); err == nil || !strings.Contains(err.Error(), "-update") {
		t.Error("a golden file that does not exist:", err)
	}
	if text, failed, err := RunTest(file, true); err != nil || failed || !strings.Contains(text, "is rewritten") {
		t.Error(text, failed, err)
	}
	if _, failed, err := RunTest(file, false); err != nil || failed {
		t.Error(failed, err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(file), "new", "*"))
	if err != nil || len(left) != 1 {
		t.Error(left, err)
	}
}

// Files that cannot be read are errors, and nothing is written then.
func TestATestThatCannotRun(t *testing.T) {
	for _, c := range [][2]string{
		{`"after": "policy-2027q1.json"`, `"after": "none.json"`},
		{`"before": "policy-2026q4.json"`, `"before": "deals-map.json"`},
		{`"deals": "deals-2026.csv"`, `"deals": "policy-2026q4.json"`},
		{`"mapping": "deals-map.json"`, `"mapping": "deals-2026.csv"`},
		{`"properties": true`, `"properties": true, "currency": "EUR"`},
		{`"amount": "10.00", "currency": "USD"`, `"amount": "10.00", "currency": "EUR"`},
		{`"2026q4.golden"`, `"2026q4.golden`},
	} {
		test := strings.Replace(hardTest, c[0], c[1], 1)
		file := folder(t, test)
		golden := filepath.Join(filepath.Dir(file), "testdata/2026q4.golden")
		was, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := RunTest(file, true); err == nil && test != hardTest {
			t.Errorf("%s: no error", c[1])
		}
		if now, err := os.ReadFile(golden); test != hardTest && (err != nil || string(now) != string(was)) {
			t.Errorf("%s: the golden file is rewritten: %v", c[1], err)
		}
	}
}

func TestParseTestRefuses(t *testing.T) {
	const files = `"after": "a.json", "deals": "d.csv", "mapping": "m.json"`
	for _, c := range []struct{ members, code, path string }{
		{`"after": "a.json"`, "json.missing", "deals"},
		{files, "test.empty", ""},
		{files + `, "golden": "deals.csv"`, "test.golden", "golden"},
		{files + `, "golden": "../x.golden"`, "test.golden", "golden"},
		{files + `, "golden": "/x.golden"`, "test.golden", "golden"},
		{files + `, "properties": true, "expect": {"total_within": "2%"}`, "test.expect", "expect"},
		{files + `, "before": "b.json", "expect": {"total_within": "102%"}`, "percent.above", "expect.total_within"},
		{files + `, "before": "b.json", "expect": {"only_field": []}`, "json.unknown", "expect.only_field"},
		{files + `, "before": "b.json", "expect": {"only_fields": [""]}`, "error.unexpected", "expect.only_fields"},
		{files + `, "before": "b.json", "expect": {"no_payee_gains_more_than": {"amount": "-1.00", "currency": "USD"}}`,
			"comp.limit.negative", "expect.no_payee_gains_more_than"},
		{files + `, "before": "", "properties": true`, "json.missing", "before"},
	} {
		_, err := ParseTest([]byte("{" + c.members + "}"))
		found, ok := errors.AsType[*value.Error](err)
		if !ok || !errors.Is(err, value.Code(c.code)) || found.Path != c.path {
			t.Errorf("%s: %v, want %s at %s", c.members, err, c.code, c.path)
		}
	}
	if _, err := ParseTest(make([]byte, maxTestBytes+1)); !errors.Is(err, wire.Size) {
		t.Error("a test above the limit:", err)
	}
}
