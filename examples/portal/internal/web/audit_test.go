package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/stage"
)

// A party replays a decision and reads the bytes that it got; who takes no part in the deal learns nothing of it.
func TestAuditPageReplaysADecision(t *testing.T) {
	p := newPortal(t)
	ana, bea, bo := p.as("ana@acme.example"), p.as("bea@bolt.example"), p.as("bo@lumen.example")
	ana.registers(http.StatusOK, "Hooli Inc.", "hooli.com")
	who, _, err := p.store.UserByEmail(t.Context(), "ana@acme.example")
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.store.Deals(t.Context(), who, store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	id := list.Deals[0].View.Deal
	p.now = p.now.Add(time.Hour)
	change := deal.Change{Event: stage.Event{Verb: stage.VerbSetModel, Engagement: 1}}
	if o, err := p.store.Change(t.Context(), who, id, 0, change); err != nil || !o.Accepted {
		t.Fatal(o, err)
	}
	for _, b := range []*browser{ana, bo} {
		history := b.get(http.StatusOK, "/deals/"+id+"/history")
		b.expect("the history", history, "engagement model set: Partner-led", "ana, Acme", "30 Nov 2026, 11:00 CET")
		address := regexp.MustCompile(`/deals/[^"]+/audit/1`).FindString(history)
		page := b.get(http.StatusOK, address)
		b.expect("the audit", page, "the answer has the same bytes", "allowed")
		sum := sha256.Sum256([]byte(b.get(http.StatusOK, address+"/answer")))
		if n := strings.Count(page, hex.EncodeToString(sum[:])); n != 2 {
			t.Errorf("the digest of the file stands %d times on the page", n)
		}
	}
	for _, path := range []string{"history", "audit/1", "audit/1/answer"} {
		if page := bea.get(http.StatusNotFound, "/deals/"+id+"/"+path); strings.Contains(page, "Hooli") {
			t.Errorf("Bolt reads of the deal of Acme:\n%s", page)
		}
	}
	for _, version := range []string{"0", "2", "x", "-1", "99999999999999999999"} {
		ana.get(http.StatusNotFound, fmt.Sprintf("/deals/%s/audit/%s", id, version))
	}
}
