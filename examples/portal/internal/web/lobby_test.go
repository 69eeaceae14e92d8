package web_test

import (
	"bytes"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/oauth2-proxy/mockoidc"

	"github.com/coselling/coselling/examples/portal/internal/idp"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/web"
	"github.com/coselling/coselling/model"
)

// lobby is a portal in which people sign in with providers: that of the vendor, and that of Acme.
type lobby struct {
	*portal
	lumen, acme *mockoidc.MockOIDC
	config      web.Config
	log         bytes.Buffer
}

func newProvider(t testing.TB) *mockoidc.MockOIDC {
	t.Helper()
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Shutdown() })
	return m
}

func newLobby(t *testing.T) *lobby {
	t.Helper()
	l := &lobby{portal: newPortal(t), lumen: newProvider(t), acme: newProvider(t)}
	mockoidc.NowFunc = func() time.Time { return l.now }
	t.Cleanup(func() { mockoidc.NowFunc = time.Now })
	l.Server = httptest.NewUnstartedServer(nil)
	l.config = web.Config{Store: l.store, Now: func() time.Time { return l.now },
		Hosts: []string{l.Listener.Addr().String()}, Log: slog.New(slog.NewTextHandler(&l.log, nil))}
	l.open(t, sample.Acme)
	l.Start()
	t.Cleanup(l.Server.Close)
	return l
}

// open serves with the providers of the vendor and of another company, which has that of Acme.
func (l *lobby) open(t *testing.T, company model.Party) {
	t.Helper()
	t.Setenv("LUMEN_SECRET", l.lumen.ClientSecret)
	t.Setenv("ACME_SECRET", l.acme.ClientSecret)
	file := filepath.Join(t.TempDir(), "providers.json")
	text := fmt.Sprintf(`[
		{"party": {"side": "vendor", "org": "Lumen"}, "issuer": %q, "client": %q, "secret_env": "LUMEN_SECRET"},
		{"party": {"side": "partner", "org": %q}, "issuer": %q, "client": %q, "secret_env": "ACME_SECRET"}]`,
		l.lumen.Issuer(), l.lumen.ClientID, company.Org, l.acme.Issuer(), l.acme.ClientID)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := idp.Read(file, sample.Lumen)
	if err != nil {
		t.Fatal(err)
	}
	if l.config.Providers, err = idp.Open(t.Context(), settings, l.config.Address(), l.config.Now); err != nil {
		t.Fatal(err)
	}
	server, err := web.New(l.config)
	if err != nil {
		t.Fatal(err)
	}
	l.Config.Handler = server.Handler()
}

// subject is somebody whom a provider knows; claims says what its token has beside or in place of what is right.
type subject struct {
	id     string
	claims func(*mockoidc.IDTokenClaims) jwt.Claims
}

func (s subject) ID() string { return s.id }

func (s subject) Userinfo([]string) ([]byte, error) { return []byte("{}"), nil }

func (s subject) Claims(_ []string, right *mockoidc.IDTokenClaims) (jwt.Claims, error) {
	if s.claims == nil {
		return right, nil
	}
	return s.claims(right), nil
}

var onward = regexp.MustCompile(`<a href="(http[^"]+/authorize[^"]+)">`)

// begins fills in the form to sign in, and returns the address of the provider to which it leads.
func (b *browser) begins(pairs ...string) string {
	b.t.Helper()
	page := b.post(http.StatusOK, "/sign-in", pairs...)
	found := onward.FindStringSubmatch(page)
	if found == nil {
		b.t.Fatalf("the page leads to no provider:\n%s", page)
	}
	b.expect("the page", page, `http-equiv="refresh" content="0; url=`+found[1])
	return html.UnescapeString(found[1])
}

// follows opens an address of anywhere, with what it leads to, and returns the page.
func (b *browser) follows(status int, address string) string {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(status, r)
}

// answers returns the address with which a provider leads a subject back.
func (l *lobby) answers(from *mockoidc.MockOIDC, who subject, address string) *url.URL {
	l.t.Helper()
	from.QueueUser(who)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(address)
	if err != nil {
		l.t.Fatal(err)
	}
	defer answer.Body.Close()
	back, err := answer.Location()
	if err != nil {
		l.t.Fatal(err)
	}
	return back
}

// invitation returns the link of an invitation of a person.
func (l *lobby) invitation(issuer *mockoidc.MockOIDC, who store.User) string {
	l.t.Helper()
	who.Zone = time.UTC
	secret, err := l.store.Invite(l.t.Context(), "", store.Invitation{Issuer: issuer.Issuer(), Person: who,
		Expiry: l.now.AddDate(0, 0, 7)})
	if err != nil {
		l.t.Fatal(err)
	}
	return l.config.InvitationLink(secret)
}

// accepts opens an invitation and signs in as a subject.
func (b *browser) accepts(status int, link string, from *mockoidc.MockOIDC, who subject) string {
	b.t.Helper()
	b.follows(http.StatusOK, link)
	from.QueueUser(who)
	return b.follows(status, b.begins("accept", "yes"))
}

// signed returns the browser of a person of the vendor or of Acme who was invited and has signed in.
func (l *lobby) signed(issuer *mockoidc.MockOIDC, who store.User) *browser {
	l.t.Helper()
	b := l.opened()
	b.expect("the page", b.accepts(http.StatusOK, l.invitation(issuer, who), issuer, subject{id: "sub-" + who.Rep}),
		who.Name)
	return b
}

// linkOn returns the link of an invitation that a page shows.
func (l *lobby) linkOn(page string) string {
	l.t.Helper()
	found := regexp.MustCompile(`<code>(http[^<]+)</code>`).FindStringSubmatch(page)
	if found == nil {
		l.t.Fatalf("the page has no link:\n%s", page)
	}
	return html.UnescapeString(found[1])
}
