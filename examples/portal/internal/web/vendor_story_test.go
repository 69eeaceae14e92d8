package web_test

import (
	"encoding/json"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
	"github.com/coselling/coselling/examples/portal/internal/whatif"
)

// The page computes by itself what the server would, to the same bytes, as soon as somebody has typed.
func TestWhatIfInABrowserIsWhatTheServerSays(t *testing.T) {
	all := chromium(t)
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip(err)
	}
	file, err := wasmfile.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := newSample(t, func() *wasmfile.File { return file })
	noor, client := p.sits(t, all, "noor@lumen.example"), p.as("noor@lumen.example")
	start := time.Now()
	noor.run(chromedp.Navigate(p.URL+"/what-if"), chromedp.WaitVisible("#answer h2"))
	t.Logf("%d bytes, %d by gzip; the first answer after %v, by the page's own clock %s ms", len(file.Code),
		len(file.Zipped), time.Since(start), see(noor, chromedp.Evaluate[string](`String(Math.round(performance.now()))`)))
	noor.expect("Nothing is sent.")
	noor.run(chromedp.Clear(`[name="`+tighter+`"]`), chromedp.SendKeys(`[name="`+tighter+`"]`, "35%\t"))
	noor.expect("bo (vendor Lumen) +", tighter)
	see(noor, chromedp.Evaluate[bool](`document.getElementById("state").scrollIntoView(), true`))
	noor.picture("what-if")

	question := client.get(http.StatusOK, "/what-if/question.json")
	for _, terms := range []map[string]string{{}, {tighter: "35%"}, {"model": "split"}, {tighter: "<130>%"}} {
		typed, err := json.Marshal(terms)
		if err != nil {
			t.Fatal(err)
		}
		script := `(() => { const r = new XMLHttpRequest(); r.open("GET", "/what-if/question.json", false); r.send();
			return whatIf(r.responseText, ` + string(typed) + `); })()`
		server := whatif.Answer([]byte(question), terms)
		if page := see(noor, chromedp.Evaluate[string](script)); page != server {
			t.Errorf("%s: the page says\n%s\nthe server\n%s", typed, page, server)
		}
	}
	same := `(() => { const d = document.createElement("div"); d.innerHTML = ` + strconv.QuoteToASCII(
		whatif.Answer([]byte(question), map[string]string{tighter: "35%"})) + `;
		return d.innerHTML === document.getElementById("answer").innerHTML; })()`
	if !see(noor, chromedp.Evaluate[bool](same)) {
		t.Error("what the page shows is not the answer")
	}
}

// comp.dispute: a rep doubts a line, an approver of the company answers, each in a browser of their own.
func TestADoubtedLineIsAnsweredInABrowser(t *testing.T) {
	all, p := chromium(t), newSample(t, nil)
	ana, mia := p.sits(t, all, "ana@acme.example"), p.sits(t, all, "mia@acme.example")
	ana.run(chromedp.Navigate(p.URL+"/pay"), chromedp.Focus("summary"), chromedp.KeyEvent("\r"),
		chromedp.WaitVisible("[name=expects]"), chromedp.Clear("[name=expects]"), chromedp.SendKeys("[name=expects]", "16200.00 USD"),
		chromedp.SendKeys("[name=note]", "the rate is 9%"), chromedp.Click("button[value=disputed]"),
		chromedp.WaitVisible(".notice"))
	ana.expect("held by a doubt", "It waits for an answer.")
	mia.run(chromedp.Navigate(p.URL+"/pay"), chromedp.WaitVisible("button[value=accepted]"))
	mia.expect("the rate is 9%")
	mia.picture("statement")
	mia.run(chromedp.Click("button[value=accepted]"), chromedp.WaitVisible(".notice"))
	ana.run(chromedp.Navigate(p.URL + "/pay"))
	ana.expect("16,200", "It is accepted, and the line is corrected.")
}

// view.side: three companies have one deal open at once, and each reads of its pay only its own.
func TestThreeCompaniesHaveOneDealOpen(t *testing.T) {
	all, p := chromium(t), newSample(t, nil)
	rates := map[string]string{"ana@acme.example": "8%", "ivo@integra.example": "6%", "bo@lumen.example": "5%"}
	var seats []*seat
	for email := range rates {
		s := p.sits(t, all, email)
		s.run(chromedp.Navigate(p.URL+"/deals?search=quarry"), chromedp.Click("tbody a"), chromedp.WaitVisible("#registration"))
		s.expect("Quarry Bank")
		seats = append(seats, s)
	}
	for _, rate := range rates {
		readers := 0
		for _, s := range seats {
			if strings.Contains(s.reads(), "at "+rate) {
				readers++
			}
		}
		if readers != 1 {
			t.Errorf("%d of three companies read the rate %s", readers, rate)
		}
	}
}
