package web_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
)

var payForm = regexp.MustCompile(`action="(/pay/[^"]+)"><input type="hidden" name="line" value="([^"]+)">`)

// line returns where the first form about a line is sent, and the name of the line.
func (b *browser) line(page string) (path, line string) {
	b.t.Helper()
	found := payForm.FindStringSubmatch(page)
	if found == nil {
		b.t.Fatalf("no form about a line:\n%s", page)
	}
	return found[1], html.UnescapeString(found[2])
}

// comp.dispute: a rep doubts their own line, an approver of the company answers, and the line is corrected. What was
// typed comes back where it is refused.
func TestARepDoubtsALineAndIsAnswered(t *testing.T) { bothSamples(t, doubtAnswered) }

func doubtAnswered(t *testing.T, p *portal) {
	ana, mia := p.as("ana@acme.example"), p.as("mia@acme.example")
	page := ana.get(http.StatusOK, "/pay")
	ana.expect("the statement", page, "Calder Rail", "14,400 USD", "100% of 180,000 USD as primary, at 8%",
		"Waits for approval", "I doubt this line")
	path, line := ana.line(page)
	ana.expect("a refusal", ana.post(http.StatusUnprocessableEntity, path, "do", "disputed", "line", line, "doubt", "rate",
		"expects", "much <more>", "note", "the rate is 9%"), "This is no amount", `value="much &lt;more&gt;"`,
		"the rate is 9%</textarea>", `<option value="rate" selected>`)
	ana.expect("what was done", ana.post(http.StatusOK, path, "do", "disputed", "line", line, "doubt", "rate", "expects",
		"16200.00 USD", "note", "the rate is 9%"), "the line is held", "held by a doubt", "It waits for an answer.", "Until")
	ana.expect("doubting again", ana.post(http.StatusConflict, path, "do", "disputed", "line", line, "doubt", "rate",
		"expects", "16200.00 USD"), "was disputed for this reason before")

	page = mia.get(http.StatusOK, "/pay")
	mia.expect("the approver's page", page, "The rate of ana is doubted", "expects 16,200 USD", "the rate is 9%",
		`name="commission" value="16200.00 USD"`, `name="credit" value="180000.00 USD"`)
	mia.expect("another currency", mia.post(http.StatusUnprocessableEntity, path, "do", "accepted", "line", line, "doubt",
		"rate", "commission", "1.00 EUR", "credit", "180000.00 USD"), "EUR", `value="1.00 EUR"`)
	mia.expect("declining without a reason", mia.post(http.StatusUnprocessableEntity, path, "do", "declined", "line", line,
		"doubt", "rate", "commission", "16200.00 USD"), "This is needed.")
	mia.post(http.StatusConflict, path, "do", "approved", "line", line) // it is held
	mia.post(http.StatusOK, path, "do", "accepted", "line", line, "doubt", "rate", "commission", "16200.00 usd", "credit",
		"180000.00 USD")
	ana.expect("the answer", ana.get(http.StatusOK, "/pay"), "accepted", "16,200 USD", "It is accepted, and the line is corrected.",
		"Appeal to another approver")
	mia.expect("approving", mia.post(http.StatusOK, path, "do", "approved", "line", line), "The line is approved.")
}

// comp.separate: nobody decides about their own line; a line of the other company is not found, and its people read
// nothing of it.
func TestALineIsOfItsPayeeAndTheirCompany(t *testing.T) {
	p := newSample(t, nil)
	ana, bo := p.as("ana@acme.example"), p.as("bo@lumen.example")
	path, line := ana.line(ana.get(http.StatusOK, "/pay"))
	for _, step := range []string{"disputed", "accepted", "declined", "appealed", "approved"} {
		bo.post(http.StatusNotFound, path, "do", step, "line", line, "doubt", "rate", "expects", "1.00 USD", "note", "x",
			"commission", "1.00 USD")
	}
	ana.post(http.StatusConflict, path, "do", "approved", "line", line)
	ana.post(http.StatusOK, path, "do", "disputed", "line", line, "doubt", "amount", "expects", "7.77 USD")
	ana.post(http.StatusConflict, path, "do", "declined", "line", line, "doubt", "amount", "note", "x")
	for _, email := range []string{"bo@lumen.example", "noor@lumen.example", "bea@bolt.example"} {
		if page := p.as(email).get(http.StatusOK, "/pay"); strings.Contains(page, "ana") || strings.Contains(page, "7.77") ||
			strings.Contains(page, "14,400") {
			t.Errorf("%s reads of ana's line:\n%s", email, page)
		}
	}
	for _, bad := range [][]string{{"do", "paid", "line", line}, {"do", "approved", "line", "{"}, {"do", "disputed", "line", line}} {
		ana.post(http.StatusUnprocessableEntity, path, bad...)
	}
}

// Lines are drafted once, by the transaction that wins the deal, with the approvers of that day.
func TestWinningADealDraftsItsPay(t *testing.T) {
	p := newSample(t, nil)
	who, _, err := p.store.UserByEmail(t.Context(), "noor@lumen.example")
	if err != nil {
		t.Fatal(err)
	}
	page, err := p.store.Pays(t.Context(), who, 1)
	if err != nil || len(page.Deals) != 1 || len(page.Deals[0].Lines) != 1 {
		t.Fatal(page, err)
	}
	l := page.Deals[0].Lines[0]
	if l.Status != life.Drafted || l.Line.ID.Payee != "bo" || l.Line.ID.Part != comp.AsSupporting || len(l.Turn) != 2 {
		t.Errorf("%+v", l)
	}
}
