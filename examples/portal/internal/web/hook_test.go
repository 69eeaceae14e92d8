package web_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/testdb"
)

// sender is a system that sends webhooks.
type sender struct {
	*portal
	path, secret string
}

// sends sends a webhook that is signed now, with some other headers, and returns the answer, which must have a status.
func (s *sender) sends(status int, id, body string, others ...string) string {
	s.t.Helper()
	at := strconv.FormatInt(s.now.Unix(), 10)
	headers := append([]string{"webhook-id", id, "webhook-timestamp", at, "webhook-signature", s.sign(id, at, body)},
		others...)
	return s.post(status, body, headers...)
}

func (s *sender) sign(id, at, body string) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.secret, "whsec_"))
	if err != nil {
		s.t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", id, at, body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func (s *sender) post(status int, body string, headers ...string) string {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.URL+s.path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != status {
		s.t.Fatalf("status %d, want %d: %s %v", answer.StatusCode, status, text, err)
	}
	return string(text)
}

var shown = regexp.MustCompile(`(?s)<code>http://[^/]+(/hooks/\w+)</code>.*<code>(whsec_[^<]+)</code>`)

// source returns a system of a company, with the secret that an approver of the vendor makes for it.
func (b *browser) source(company, name string) *sender {
	b.t.Helper()
	page := b.post(http.StatusOK, "/sources", "company", company, "name", name)
	found := shown.FindStringSubmatch(html.UnescapeString(page))
	if found == nil {
		b.t.Fatalf("no secret is shown:\n%s", page)
	}
	return &sender{b.portal, found[1], found[2]}
}

// opens registers a deal and returns its id.
func (b *browser) opens(account, site string) string {
	b.t.Helper()
	b.registers(http.StatusOK, account, site)
	found := regexp.MustCompile(`href="/deals/(\w+)">` + account).FindStringSubmatch(b.get(http.StatusOK, "/deals"))
	if found == nil {
		b.t.Fatal("the deal is not in the list")
	}
	return found[1]
}

func about(deal string) string {
	return `{"type":"deal.updated","timestamp":"2026-11-30T09:00:00Z","data":{"deal":"` + deal + `","amount":7}}`
}

// The published examples of Standard Webhooks hold to the byte: the test of its libraries and the header of its text.
// An answer that refuses never says whether there is such a source.
func TestWebhookIsSignedAsTheStandardSays(t *testing.T) {
	people.Both(t, func(t *testing.T, at testdb.Place) { signedAsTheStandardSays(t, at.Open(t)) })
}

func signedAsTheStandardSays(t *testing.T, db *sql.DB) {
	p := newPortalOn(t, db)
	known := &sender{p, "/hooks/S", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
	for _, statement := range []string{
		"INSERT INTO portal_source (id, side, org, name) VALUES ('S', 'vendor', 'Lumen', 'CRM')",
		"INSERT INTO portal_secret (id, source, at, by_user, secret) VALUES ('K', 'S', '2026-11-30T09:00:00Z', 'u', '" +
			known.secret + "')",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	const id, at, body = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", `{"test": 2432232314}`
	const right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	p.now = time.Unix(1614265330, 0)
	headers := func(id, at, signature string) []string {
		return []string{"webhook-id", id, "webhook-timestamp", at, "webhook-signature", signature}
	}
	refused := known.post(http.StatusUnauthorized, body)
	for what, h := range map[string][]string{
		"another id":            headers(id+"x", at, right),
		"no id":                 headers("", at, right),
		"another second":        headers(id, "1614265331", right),
		"no time":               headers(id, "", right),
		"another version":       headers(id, at, "v1a"+right[2:]),
		"another signature":     headers(id, at, "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
		"a part of a signature": headers(id, at, right[:20]),
	} {
		if text := known.post(http.StatusUnauthorized, body, h...); text != refused {
			t.Errorf("%s: %s", what, text)
		}
	}
	if text := known.post(http.StatusUnauthorized, body+" ", headers(id, at, right)...); text != refused {
		t.Errorf("another body: %s", text)
	}
	for _, path := range []string{"/hooks/T", "/hooks/%00", "/hooks/%ff", "/hooks/" + strings.Repeat("x", 2000)} {
		other := &sender{p, path, known.secret}
		if text := other.post(http.StatusUnauthorized, body, headers(id, at, right)...); text != refused {
			t.Errorf("%.20s: %s", path, text)
		}
	}
	dotted := "a.1614265330" // with the rest of the text it could be another webhook
	known.post(http.StatusUnauthorized, body, headers(dotted, at, known.sign(dotted, at, body))...)
	known.post(http.StatusBadRequest, body, headers(id, at, "v1,x v1a,hnO3f9T8Ytu9HwrXslvumlUp "+right)...)
}

// Each refusal of a webhook, and what is no reason to refuse one.
func TestWebhooksAreRefused(t *testing.T) { both(t, webhooksAreRefused) }

func webhooksAreRefused(t *testing.T, p *portal) {
	noor, ana, bea := p.as("noor@lumen.example"), p.as("ana@acme.example"), p.as("bea@bolt.example")
	own, others := ana.opens("Hooli", "hooli.com"), bea.opens("Initech", "initech.com")
	crm := noor.source("partner Acme", "CRM")
	crm.sends(http.StatusAccepted, "m1", about(own))
	crm.sends(http.StatusAccepted, "m2", about(own), "Origin", "https://crm.example", "Sec-Fetch-Mode", "cors")
	crm.sends(http.StatusForbidden, "m3", about(own), "Sec-Fetch-Site", "same-origin")
	crm.sends(http.StatusNotFound, "m4", about(others))
	crm.sends(http.StatusNotFound, "m5", about("nothing"))
	crm.sends(http.StatusNotFound, "m6", about(`\u0000`))
	for i, body := range []string{"", "x", "[]", `{"data":{}}`, `{"data":{"deal":7}}`, `{"data":"` + own + `"}`,
		`{"data":{"deal":"` + own + `","deal":"` + others + `"}}`, strings.Repeat("[", 100000)} {
		crm.sends(http.StatusBadRequest, fmt.Sprint("bad", i), body)
	}
	crm.sends(http.StatusRequestEntityTooLarge, "m7", about(own)+strings.Repeat(" ", 1e6))
	crm.sends(http.StatusUnauthorized, strings.Repeat("m", 257), about(own))
	at := strconv.FormatInt(p.now.Unix(), 10)
	for apart, status := range map[time.Duration]int{-301 * time.Second: http.StatusUnauthorized,
		-300 * time.Second: http.StatusAccepted, 300 * time.Second: http.StatusAccepted,
		301 * time.Second: http.StatusUnauthorized} {
		p.now = p.now.Add(apart)
		id := "late" + apart.String()
		crm.post(status, about(own), "webhook-id", id, "webhook-timestamp", at, "webhook-signature",
			crm.sign(id, at, about(own)))
		p.now = p.now.Add(-apart)
	}
	p.opened().get(http.StatusNotFound, crm.path)
	if page := noor.get(http.StatusOK, "/sources"); !strings.Contains(page, "Deals to fetch: 1") {
		t.Errorf("one deal is named often and waits once:\n%s", page)
	}
}

// The same id gets the old answer, whatever has happened since; with another body it is refused.
func TestWebhookThatComesAgainGetsTheOldAnswer(t *testing.T) {
	both(t, webhookThatComesAgainGetsTheOldAnswer)
}

func webhookThatComesAgainGetsTheOldAnswer(t *testing.T, p *portal) {
	noor, ana := p.as("noor@lumen.example"), p.as("ana@acme.example")
	own := ana.opens("Hooli", "hooli.com")
	crm, erp := noor.source("partner Acme", "CRM"), noor.source("vendor Lumen", "CRM")
	for range 3 {
		crm.sends(http.StatusAccepted, "m1", about(own))
		crm.sends(http.StatusNotFound, "m2", about("later"))
		crm.sends(http.StatusConflict, "m1", about(own)+" ")
		crm.sends(http.StatusConflict, "m2", about(own))
		erp.sends(http.StatusBadRequest, "m1", "{}") // each source has ids of its own
		p.now = p.now.Add(7 * 24 * time.Hour)
	}
	p.now = p.now.Add(10 * 24 * time.Hour) // a month after the first one it is forgotten
	crm.sends(http.StatusAccepted, "m1", about(own)+" ")
}

// A source has two secrets at once, so that it can change from one to the other; an ended one counts no more. Nobody
// sees a secret twice.
func TestSecretsAreShownOnceReplacedAndEnded(t *testing.T) {
	both(t, secretsAreShownOnceReplacedAndEnded)
}

func secretsAreShownOnceReplacedAndEnded(t *testing.T, p *portal) {
	noor, ana := p.as("noor@lumen.example"), p.as("ana@acme.example")
	own := ana.opens("Hooli", "hooli.com")
	first := noor.source("partner Acme", "Team CRM")
	p.now = p.now.Add(time.Hour)
	second := noor.source("partner Acme", "Team CRM")
	if first.path != second.path || first.secret == second.secret {
		t.Fatal(first, second)
	}
	noor.expect("the page", noor.post(http.StatusConflict, "/sources", "company", "partner Acme", "name", "Team CRM"),
		"This system has two secrets")
	page := noor.get(http.StatusOK, "/sources")
	if strings.Contains(page, "whsec_") || strings.Contains(page, first.secret[6:20]) {
		t.Error("a secret is shown again")
	}
	first.sends(http.StatusAccepted, "m1", about(own))
	second.sends(http.StatusAccepted, "m1", about(own))
	second.sends(http.StatusAccepted, "m2", about(own))
	ends := regexp.MustCompile(`action="(/sources/\w+/end)"`).FindAllStringSubmatch(page, -1)
	if len(ends) != 2 {
		t.Fatalf("%d secrets can be ended", len(ends))
	}
	ana.post(http.StatusNotFound, ends[0][1])
	noor.post(http.StatusOK, ends[0][1]) // the older one
	first.sends(http.StatusUnauthorized, "m3", about(own))
	second.sends(http.StatusAccepted, "m3", about(own))
	noor.expect("the page", noor.post(http.StatusOK, ends[1][1]), "The secret has ended", "its webhooks are refused")
	second.sends(http.StatusUnauthorized, "m4", about(own))
	if strings.Contains(noor.get(http.StatusOK, "/sources"), "Deals to fetch") {
		t.Error("what a source without a secret has said is fetched")
	}
	noor.post(http.StatusNotFound, ends[1][1])
	for _, wrong := range [][]string{{"partner Nobody", "CRM"}, {"", "CRM"}, {"partner Acme", ""},
		{"partner Acme", "<b>"}, {"partner Acme", strings.Repeat("x", 41)}} {
		noor.post(http.StatusUnprocessableEntity, "/sources", "company", wrong[0], "name", wrong[1])
	}
	for _, email := range []string{"ana@acme.example", "mia@acme.example", "bo@lumen.example"} {
		p.as(email).get(http.StatusNotFound, "/sources")
		p.as(email).post(http.StatusNotFound, "/sources", "company", "vendor Lumen", "name", "CRM")
	}
}
