package web_test

import (
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/web"
)

// portal is a portal with people and no deals, on a server of its own.
type portal struct {
	*httptest.Server
	t     testing.TB
	store *store.Store
	now   time.Time // what its clock shows
}

func newPortal(t testing.TB) *portal {
	t.Helper()
	return newPortalOn(t, people.SQLite(t).Open(t))
}

// newPortalOn returns a portal on a database, which it closes.
func newPortalOn(t testing.TB, db *sql.DB) *portal {
	t.Helper()
	t.Cleanup(func() { db.Close() })
	var err error
	p := &portal{t: t, now: time.Date(2026, time.November, 30, 9, 0, 0, 0, time.UTC)}
	now := func() time.Time { return p.now }
	p.store, err = store.Open(t.Context(), db, store.Settings{Books: []coselling.Book{sample.Book()}, Now: now,
		Host: sample.Host()})
	if err != nil {
		t.Fatal(err)
	}
	n, err := p.store.Users(t.Context())
	if err == nil && n == 0 {
		err = addPeople(p.store)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.Server = httptest.NewUnstartedServer(nil)
	server, err := web.New(web.Config{Store: p.store, Now: now, Hosts: []string{p.Listener.Addr().String()},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	p.Config.Handler = server.Handler()
	p.Start()
	t.Cleanup(p.Close)
	return p
}

// browser is somebody's browser.
type browser struct {
	*portal
	client *http.Client
}

// opened returns the browser of somebody who has not signed in.
func (p *portal) opened() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &browser{p, &http.Client{Jar: jar}}
}

// as returns the browser of a person who has signed in.
func (p *portal) as(email string) *browser {
	p.t.Helper()
	b := p.opened()
	b.post(http.StatusOK, "/sign-in", "email", email, "password", sample.Password)
	return b
}

// get returns the text of a page, which must have a status.
func (b *browser) get(status int, path string) string {
	b.t.Helper()
	return b.send(status, http.MethodGet, path, nil)
}

// post sends a form of names and values, and returns the text of the page to which it leads.
func (b *browser) post(status int, path string, pairs ...string) string {
	b.t.Helper()
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return b.send(status, http.MethodPost, path, strings.NewReader(values.Encode()))
}

func (b *browser) send(status int, method, path string, body io.Reader) string {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.URL+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", b.URL)
	}
	return b.do(status, r)
}

// do sends a request, follows where it leads, and returns the page.
func (b *browser) do(status int, r *http.Request) string {
	b.t.Helper()
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if answer.StatusCode != status {
		b.t.Fatalf("%s %s: status %d, want %d\n%s", r.Method, answer.Request.URL.Path, answer.StatusCode, status, text)
	}
	return string(text)
}

// key returns the hidden key of the form to register a deal.
func (b *browser) key() string {
	b.t.Helper()
	found := regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(b.get(http.StatusOK, "/register"))
	if found == nil {
		b.t.Fatal("the form has no key")
	}
	return found[1]
}

// registers fills in the form to register a deal and sends it.
func (b *browser) registers(status int, account, site string) string {
	b.t.Helper()
	return b.post(status, "/register", "key", b.key(), "account", account, "site", site, "amount", "18000.00",
		"currency", "USD", "source", "partner")
}

func (b *browser) expect(what, text string, parts ...string) {
	b.t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			b.t.Errorf("%s does not say %q:\n%s", what, part, text)
		}
	}
}
