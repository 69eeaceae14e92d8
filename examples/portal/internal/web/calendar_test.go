package web_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/examples/portal/internal/web"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

var feedShown = regexp.MustCompile(`<code>http://[^/]+(/feed/[\w-]{43}\.ics)</code>`)

// feed makes the calendar feed of a person, and returns its path.
func (b *browser) feed() string {
	b.t.Helper()
	found := feedShown.FindStringSubmatch(b.post(http.StatusOK, "/calendar", "do", "make"))
	if found == nil {
		b.t.Fatal("no address is shown")
	}
	return found[1]
}

// The feed has the tasks of the deals of a company, for a program that does not sign in, until there is a new one, it
// is ended, or the person may not sign in any more. The address is shown once and not stored.
func TestFeedIsForWhoHasItsAddress(t *testing.T) {
	people.Both(t, func(t *testing.T, at testdb.Place) { feedIsForWhoHasItsAddress(t, at.Open(t)) })
}

func feedIsForWhoHasItsAddress(t *testing.T, db *sql.DB) {
	p := newPortalOn(t, db)
	ana, bea := p.as("ana@acme.example"), p.as("bea@bolt.example")
	ana.registers(http.StatusOK, "Hooli", "hooli.com")
	bea.registers(http.StatusOK, "Initech", "initech.com")
	address := ana.feed()
	answer, err := http.Get(p.URL + address)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer.StatusCode, err)
	}
	for name, want := range map[string]string{"Content-Type": "text/calendar; charset=utf-8",
		"Cache-Control": "private, no-store", "Set-Cookie": ""} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	calendar := strings.ReplaceAll(string(text), "\r\n ", "")
	ana.expect("the calendar", calendar, "BEGIN:VCALENDAR\r\n", "SUMMARY:Hooli: ", "DTSTART;VALUE=DATE:2026")
	if strings.Contains(calendar, "Initech") || strings.Contains(calendar, "USD") {
		t.Errorf("the calendar has what it should not have:\n%s", calendar)
	}
	program := p.opened()
	if page := ana.get(http.StatusOK, "/calendar"); strings.Contains(page, "/feed/") ||
		!strings.Contains(page, "Your address was made on 30 Nov 2026") {
		t.Errorf("the page shows:\n%s", page)
	}
	var stored string
	if err := db.QueryRow("SELECT secret || by_user || at FROM portal_feed").Scan(&stored); err != nil ||
		strings.Contains(stored, address[6:20]) {
		t.Errorf("%q is stored, %v", stored, err)
	}
	next := ana.feed()
	program.get(http.StatusNotFound, address)
	program.get(http.StatusOK, next)
	for _, wrong := range []string{"/feed/", "/feed/.ics", "/feed/x.ics", strings.TrimSuffix(next, ".ics"), next + "x",
		next[:len(next)-6] + ".ics", "/feed/%00%ff.ics", "/feed/" + strings.Repeat("x", 3000) + ".ics"} {
		program.get(http.StatusNotFound, wrong)
	}
	ana.post(http.StatusBadRequest, "/calendar", "do", "other")
	page := ana.post(http.StatusOK, "/calendar", "do", "end")
	ana.expect("the page", page, "The address has ended", "You have no address")
	program.get(http.StatusNotFound, next)
	last := ana.feed()
	of := func(email string) string {
		who, _, err := p.store.UserByEmail(t.Context(), email)
		if err != nil {
			t.Fatal(err)
		}
		return who.ID
	}
	p.as("noor@lumen.example").post(http.StatusOK, "/people/"+of("ana@acme.example")+"/remove")
	program.get(http.StatusNotFound, last)
}

// A feed has a hundred deals, those that end first.
func TestFeedIsBounded(t *testing.T) {
	p := newPortal(t)
	ana := p.as("ana@acme.example")
	who, _, err := p.store.UserByEmail(t.Context(), "ana@acme.example")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 101 {
		account := matching.Account{Name: fmt.Sprintf("Company%03d", i),
			Domains: []string{fmt.Sprintf("company%d.com", i)}}
		_, err := p.store.Register(t.Context(), who, registration.Filing{Key: account.Name, Account: account},
			coselling.Deal{Account: account.Name, Signals: model.Signals{Source: model.FromPartner}})
		if err != nil {
			t.Fatal(err)
		}
		p.now = p.now.Add(10 * time.Minute)
	}
	text := strings.ReplaceAll(ana.get(http.StatusOK, ana.feed()), "\r\n ", "")
	deals := map[string]bool{}
	for _, found := range regexp.MustCompile(`SUMMARY:(Company\d+)`).FindAllStringSubmatch(text, -1) {
		deals[found[1]] = true
	}
	if len(deals) != 100 || !deals["Company000"] || deals["Company100"] {
		t.Errorf("the feed has %d deals", len(deals))
	}
}

// No log has the secret of a feed, not even when its page fails.
func TestLogsHaveNoFeed(t *testing.T) {
	db := people.SQLite(t).Open(t)
	p := newPortalOn(t, db)
	address := p.as("ana@acme.example").feed()
	var log bytes.Buffer
	server, err := web.New(web.Config{Store: p.store, Now: func() time.Time { return p.now },
		Hosts: []string{"example.com"}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	server.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, address, http.NoBody))
	if answer.Code != http.StatusServiceUnavailable || !strings.Contains(log.String(), "path=/feed/...") ||
		strings.Contains(log.String(), address[6:20]) {
		t.Errorf("status %d, the log is %s", answer.Code, log.String())
	}
}
