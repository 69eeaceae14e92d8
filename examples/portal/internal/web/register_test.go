package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// reg.first_wins: two partners register one account, the vendor approves the first, and one owner stands.
func TestTwoPartnersRegisterOneAccountAndOneOwnerStands(t *testing.T) {
	p := newPortal(t)
	ana, bea, noor := p.as("ana@acme.example"), p.as("bea@bolt.example"), p.as("noor@lumen.example")
	first := ana.registers(http.StatusOK, "Hooli Inc.", "www.hooli.com")
	ana.expect("the first", first, "Hooli Inc. is registered and waits for the vendor.")
	p.now = p.now.Add(time.Minute)
	second := bea.registers(http.StatusOK, "Hooli", "shop.hooli.com")
	bea.expect("the second", second, "Hooli is registered and waits behind an earlier registration.")

	p.now = p.now.Add(time.Hour)
	inbox := noor.get(http.StatusOK, "/inbox")
	noor.expect("the inbox", inbox, "Hooli Inc.", "Acme", "Also on this account",
		"Hooli of Bolt, waits behind an earlier one")
	claims := regexp.MustCompile(`action="(/inbox/[^"]+)"`).FindAllStringSubmatch(inbox, -1)
	if len(claims) != 1 {
		t.Fatalf("%d claims wait for a decision, want that of the first alone:\n%s", len(claims), inbox)
	}
	decided := noor.post(http.StatusOK, claims[0][1], "do", "approve")
	noor.expect("the decision", decided, "The registration is approved.", "Nothing waits for a decision.")

	p.now = p.now.Add(time.Hour)
	third := bea.registers(http.StatusConflict, "Hooli Group", "hooli.com")
	bea.expect("the third", third, "The registration is refused.", `value="Hooli Group"`)
	for _, page := range []string{second, third, bea.get(http.StatusOK, "/deals")} {
		if strings.Contains(page, "Acme") || strings.Contains(page, "Hooli Inc.") {
			t.Errorf("reg.confidential: Bolt reads of the other partner:\n%s", page)
		}
	}
}
