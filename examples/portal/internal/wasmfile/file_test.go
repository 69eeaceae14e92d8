package wasmfile_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
	"github.com/coselling/coselling/examples/portal/internal/whatif"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// runner is a page without a browser: it starts the program, and prints its answers as a list of texts.
const runner = `
const fs = require("fs");
const [starter, file, input] = process.argv.slice(2);
require(starter);
const go = new Go();
WebAssembly.instantiate(fs.readFileSync(file), go.importObject).then(({instance}) => {
	go.run(instance);
	const {question, terms} = JSON.parse(fs.readFileSync(input));
	const answers = terms.map(t => globalThis.whatIf(question, t));
	process.stdout.write(JSON.stringify(answers), () => process.exit(0));
});
`

// The page gives the bytes that the server gives: for other terms, for refused ones, and for text that needs escapes.
func TestThePageAnswersAsTheServer(t *testing.T) {
	for _, command := range []string{"node", "go"} {
		if _, err := exec.LookPath(command); err != nil {
			t.Skip(err)
		}
	}
	folder := t.TempDir()
	file, err := wasmfile.Build(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d by gzip", len(file.Code), len(file.Zipped))
	question, err := json.Marshal(whatif.New(comp.DefaultPolicy(), []whatif.Deal{{
		Engagement: model.PartnerLed,
		Booking: comp.Booking{ID: "<D-17>", Value: value.MustMoney("120000.00 USD"), Source: model.FromPartner,
			Closed: value.MustDate("2026-11-20"), Payees: []comp.Payee{{Rep: "bö & co", Party: model.VendorOrg("us"),
				Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")}}},
	}}))
	if err != nil {
		t.Fatal(err)
	}
	terms := []map[string]string{
		{}, {"role_based.contributions.technical_validation": "35%"}, {"model": "split"}, {"model": "origination"},
		{"model": "<b>", "role_based.contributions.technical_validation": "130%"}, {"nothing": "1"},
	}
	input, err := json.Marshal(map[string]any{"question": string(question), "terms": terms})
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string][]byte{"run.cjs": []byte(runner), "wasm_exec.js": file.Starter, "input.json": input}
	for name, text := range paths {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(folder, name) }
	out, err := exec.CommandContext(t.Context(), "node", at("run.cjs"), at("wasm_exec.js"), at("whatif.wasm"),
		at("input.json")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var answers []string
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for i, got := range answers {
		if want := whatif.Answer(question, terms[i]); got != want || want == "" {
			t.Errorf("%v: the page says\n%s\nthe server\n%s", terms[i], got, want)
		}
	}
	if again, err := wasmfile.Read(at("whatif.wasm")); err != nil || !bytes.Equal(again.Code, file.Code) {
		t.Error("what was built is not what is read", err)
	}
}

// Without a file there is an error, and the server answers alone.
func TestAFileThatIsNoneIsRefused(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "whatif.wasm")
	if _, err := wasmfile.Read(file); err == nil {
		t.Error("a file that is not there was read")
	}
	for _, name := range []string{"whatif.wasm", "wasm_exec.js"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("<html>"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := wasmfile.Read(file); err == nil {
		t.Error("a page was read as a WebAssembly file")
	}
}
