package web_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// reg.first_wins: two partners register one account, the vendor approves the first, and one owner stands.
func TestTwoPartnersRegisterOneAccountAndOneOwnerStands(t *testing.T) { both(t, oneOwnerStands) }

func oneOwnerStands(t *testing.T, p *portal) {
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

// Before it files, a party reads of its own similar claims alone; it may file nevertheless.
func TestPartyReadsOfItsOwnSimilarClaimsBeforeItFiles(t *testing.T) {
	p := newPortal(t)
	ana, bea := p.as("ana@acme.example"), p.as("bea@bolt.example")
	ana.registers(http.StatusOK, "Hooli Holding GmbH", "hooli.com")
	page := ana.registers(http.StatusConflict, "Hooli Holdings", "hooli-group.com")
	ana.expect("the form", page, "this or a similar account before", "Hooli Holding GmbH, waits for a decision",
		`value="Hooli Holdings"`)
	bea.registers(http.StatusOK, "Hooli Holdings", "hooli.net") // of the claims of others nobody reads
	key := ana.key()
	ana.post(http.StatusOK, "/register", "key", key, "account", "Hooli Holdings", "site", "hooli-group.com", "source",
		"partner", "anyway", "yes")
	if got := accounts(ana.get(http.StatusOK, "/deals")); len(got) != 2 {
		t.Errorf("the deals of Acme are %q", got)
	}
}

// A reason that the rules refuse comes back at its field.
func TestARefusedReasonIsKept(t *testing.T) {
	p := newPortal(t)
	p.as("ana@acme.example").registers(http.StatusOK, "Hooli", "hooli.com")
	noor := p.as("noor@lumen.example")
	claim := regexp.MustCompile(`/inbox/[^"?]+`).FindString(noor.get(http.StatusOK, "/inbox"))
	reason := strings.Repeat("because ", 1000)
	noor.expect("the inbox", noor.post(http.StatusUnprocessableEntity, claim, "do", "reject", "reason", reason),
		`value="`+strings.TrimSpace(reason), `class="problem">&#34;because`)
}

// A filing that is sent again is one filing, and opens one deal.
func TestFilingSentAgainIsOne(t *testing.T) { both(t, sentAgain) }

func sentAgain(t *testing.T, p *portal) {
	ana := p.as("ana@acme.example")
	form := []string{"key", ana.key(), "account", "Hooli", "site", "hooli.com", "source", "partner", "anyway", "yes"}
	for range 3 {
		ana.post(http.StatusOK, "/register", form...)
		p.now = p.now.Add(time.Minute)
	}
	if got := accounts(ana.get(http.StatusOK, "/deals")); len(got) != 1 {
		t.Errorf("the deals of Acme are %q", got)
	}
	form[3] = "Another"
	ana.expect("another filing", ana.post(http.StatusUnprocessableEntity, "/register", form...), "is the key of another filing")
}

// A party that files too often waits; what it typed stays, others are not concerned, and refused filings count.
func TestFilingsAreLimited(t *testing.T) {
	p := newPortal(t)
	ana, bea := p.as("ana@acme.example"), p.as("bea@bolt.example")
	form := []string{"key", "k", "account", "Hooli", "site", "hooli.com", "source", "partner", "anyway", "yes"}
	for range 30 {
		ana.post(http.StatusOK, "/register", form...)
	}
	page := ana.post(http.StatusTooManyRequests, "/register", form...)
	ana.expect("the page", page, "30 deals within an hour", `value="Hooli"`)
	bea.registers(http.StatusOK, "Hooli", "hooli.net")
	p.now = p.now.Add(time.Hour)
	ana.post(http.StatusOK, "/register", form...)
}

// A form that is refused names every field that is wrong, and keeps what was typed.
func TestRefusedFormKeepsWhatWasTyped(t *testing.T) {
	p := newPortal(t)
	ana := p.as("ana@acme.example")
	page := ana.post(http.StatusUnprocessableEntity, "/register", "key", "k", "account", "  ", "site", "gmail.com", "amount",
		"12,5", "currency", "USD", "close", "soon", "source", "?")
	ana.expect("the form", page, "This is needed.", "This is no amount", "This is no day", "Choose one of these.",
		`value="12,5"`, `value="gmail.com"`, `value="soon"`)
	for _, one := range []struct{ field, typed, says string }{
		{"site", "gmail.com", "a shared domain is not enough"},
		{"site", "localhost", "no public top-level domain"},
		{"site", strings.Repeat("x", 300), "253 characters are allowed"},
		{"country", "d", "\"d\""},
		{"amount", "-5", "-5"},
		{"amount", "1.234", "1.234"},
		{"close", "2020-01-01", "2020-01-01"},
		{"account", strings.Repeat("x", 201), "200 characters are allowed"},
	} {
		form := map[string]string{"key": "k", "account": "Hooli", "site": "hooli.com", "source": "partner", "currency": "USD"}
		form[one.field] = one.typed
		var pairs []string
		for name, v := range form {
			pairs = append(pairs, name, v)
		}
		page := ana.post(http.StatusUnprocessableEntity, "/register", pairs...)
		ana.expect(one.field+" "+one.typed, page, `value="`+one.typed+`"`)
		problem := regexp.MustCompile(`id="` + one.field + `-problem">([^<]+)<`).FindStringSubmatch(page)
		if problem == nil || !strings.Contains(strings.ToLower(html.UnescapeString(problem[1])), strings.ToLower(one.says)) {
			t.Errorf("%s %.40s: the problem at the field is %q", one.field, one.typed, problem)
		}
	}
	if got := accounts(ana.get(http.StatusOK, "/deals")); len(got) != 0 {
		t.Errorf("refused forms opened %q", got)
	}
}
