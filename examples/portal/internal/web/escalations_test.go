package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

var caseForm = regexp.MustCompile(`action="(/escalations/[^"]+)"><input type="hidden" name="version" value="(\d+)">` +
	`<input type="hidden" name="kind" value="([^"]+)">`)

// esc.total, esc.respond: a stalled deal says whom to call and by when; who is called takes it on, and nobody else.
func TestWhoIsCalledTakesACaseOn(t *testing.T) { bothSamples(t, takesACaseOn) }

func takesACaseOn(t *testing.T, p *portal) {
	ana, mia := p.as("ana@acme.example"), p.as("mia@acme.example")
	page := mia.get(http.StatusOK, "/escalations")
	mia.expect("the page", page, "Harbour Foods", "deal stalled", "the sales managers", "mia, Acme", "vic, Lumen",
		"Answer by", "I take it on")
	if strings.Contains(page, "(esc.") || strings.Contains(page, "Silver Creek") {
		t.Errorf("a rule's id, or a deal of others:\n%s", page)
	}
	form := caseForm.FindStringSubmatch(page)
	if form == nil {
		t.Fatal("no form to take a case on")
	}
	if page := ana.get(http.StatusOK, "/escalations"); !strings.Contains(page, "Harbour Foods") || caseForm.MatchString(page) {
		t.Errorf("ana is not called:\n%s", page)
	}
	ana.post(http.StatusNotFound, form[1], "version", form[2], "kind", form[3])
	p.as("bea@bolt.example").post(http.StatusNotFound, form[1], "version", form[2], "kind", form[3])
	mia.post(http.StatusBadRequest, form[1], "version", "x", "kind", form[3])
	mia.expect("what was done", mia.post(http.StatusOK, form[1], "version", form[2], "kind", form[3]),
		"You have taken it on.", "Taken on")
	mia.post(http.StatusNotFound, form[1], "version", form[2], "kind", form[3]) // it is taken
	p.as("vic@lumen.example").expect("the other side", p.as("vic@lumen.example").get(http.StatusOK, "/escalations"), "Taken on")
}

// view.side, party.lead: each of three companies sees the deal that they sell together, and of its pay its own line.
func TestThreeCompaniesSellOneDeal(t *testing.T) { bothSamples(t, threeSellOneDeal) }

func threeSellOneDeal(t *testing.T, p *portal) {
	for email, rep := range map[string]string{"ana@acme.example": "ana", "ivo@integra.example": "ivo", "bo@lumen.example": "bo"} {
		b := p.as(email)
		b.expect("the list", b.get(http.StatusOK, "/deals?search=quarry"), "Quarry Bank")
		who, _, err := p.store.UserByEmail(t.Context(), email)
		if err != nil {
			t.Fatal(err)
		}
		list, err := p.store.Deals(t.Context(), who, store.Query{Search: "quarry"})
		if err != nil || len(list.Deals) != 1 {
			t.Fatal(list, err)
		}
		v := list.Deals[0].View
		if len(v.Credit.Lines) != 1 || v.Credit.Lines[0].Payee != rep || len(v.Participants) != 1 ||
			v.Progress.Stage == "identification" {
			t.Errorf("%s: %v %v %v", rep, v.Credit.Lines, v.Participants, v.Progress.Stage)
		}
		text, err := v.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		for other, rate := range map[string]string{"ana": `"8%"`, "ivo": `"6%"`, "bo": `"5%"`} {
			if strings.Contains(string(text), rate) != (other == rep) {
				t.Errorf("%s reads the rate of %s", rep, other)
			}
		}
	}
	if page := p.as("bea@bolt.example").get(http.StatusOK, "/deals"); strings.Contains(page, "Quarry") {
		t.Errorf("another partner sees the deal:\n%s", page)
	}
}
