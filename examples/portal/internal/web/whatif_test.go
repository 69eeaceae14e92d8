package web_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
	"github.com/coselling/coselling/examples/portal/internal/whatif"
)

const tighter = "role_based.contributions.technical_validation"

// The vendor's approver sees what other terms would have paid the vendor's people, and nobody else's, and what was typed
// is still there. The server's answer is that of package whatif.
func TestTheVendorTriesOtherTerms(t *testing.T) { bothSamples(t, triesOtherTerms) }

func triesOtherTerms(t *testing.T, p *portal) {
	noor := p.as("noor@lumen.example")
	page := noor.get(http.StatusOK, "/what-if")
	noor.expect("the page", page, "The server computes.", `name="`+tighter+`" value="30%"`)
	question := noor.get(http.StatusOK, "/what-if/question.json")
	answer := noor.post(http.StatusOK, "/what-if", tighter, "35%")
	noor.expect("the answer", answer, whatif.Answer([]byte(question), map[string]string{tighter: "35%"}),
		`value="35%"`, "<td>vendor Lumen</td><td>bo</td>")
	for what, text := range map[string]string{"question": question, "answer": answer} {
		if strings.Contains(text, "ana") || strings.Contains(text, "8%") || strings.Contains(text, "Acme") {
			t.Errorf("the %s has something of the partner:\n%s", what, text)
		}
	}
	noor.expect("a refusal", noor.post(http.StatusOK, "/what-if", tighter, "<130>%"), "&lt;130&gt;%", `class="problems"`)
	noor.expect("another year", noor.get(http.StatusOK, "/what-if?year=2001"), "won in 2001: 0.")
}

// The file is an attachment, and text in it is no formula.
func TestTheAnswerIsAFile(t *testing.T) {
	noor := newSample(t, nil).as("noor@lumen.example")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, noor.URL+"/what-if.csv",
		strings.NewReader(url.Values{tighter: {"35%"}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := noor.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	rows, err := csv.NewReader(answer.Body).ReadAll()
	if err != nil || len(rows) != 5 || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment;") {
		t.Errorf("%v %v %v", rows, err, answer.Header)
	}
	noor.post(http.StatusUnprocessableEntity, "/what-if.csv", tighter, "130%")
}

// Partners and reps who approve nothing find no such page, and no other page may run WebAssembly.
func TestWhatIfIsTheVendorsAlone(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"whatif.wasm", "wasm_exec.js"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("\x00asm"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file, err := wasmfile.Read(filepath.Join(folder, "whatif.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	p := newSample(t, func() *wasmfile.File { return file })
	for _, email := range []string{"ana@acme.example", "bo@lumen.example"} {
		for _, path := range []string{"/what-if", "/what-if/question.json", "/what-if/whatif.wasm"} {
			p.as(email).get(http.StatusNotFound, path)
		}
	}
	noor := p.as("noor@lumen.example")
	for path, may := range map[string]bool{"/what-if": true, "/deals": false, "/inbox": false} {
		answer, err := noor.client.Get(p.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		got := answer.Header.Get("Content-Security-Policy")
		if strings.Contains(got, "wasm-unsafe-eval") != may || strings.Contains(got, "'unsafe-") {
			t.Errorf("%s: %s", path, got)
		}
	}
	noor.expect("the page", noor.get(http.StatusOK, "/what-if"), `<script src="/what-if/wasm_exec.js" defer>`)
	if got := noor.get(http.StatusOK, "/what-if/whatif.wasm"); got != "\x00asm" {
		t.Errorf("%q", got)
	}
}
