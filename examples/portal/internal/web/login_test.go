package web_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/oauth2-proxy/mockoidc"

	"github.com/coselling/coselling/examples/portal/internal/idp"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// An invited person accepts once, and from then on signs in with the account: with a new session, on the page that they
// asked for, where they find what they had typed.
func TestAnInvitedPersonSignsIn(t *testing.T) {
	l := newLobby(t)
	noor := l.signed(l.lumen, store.User{Name: "Noor Haddad", Party: sample.Lumen, Rep: "noor", Approver: true})
	page := noor.post(http.StatusOK, "/people", "name", "Zoe Lang", "company", "acme", "rep", "zoe", "zone",
		"Europe/Berlin", "days", "7")
	link := l.linkOn(page)
	zoe := l.opened()
	zoe.expect("the invitation", zoe.follows(http.StatusOK, link), "as Zoe Lang of Acme", l.acme.Server.Addr)
	first := zoe.cookie()
	zoe.expect("the first page", zoe.accepts(http.StatusOK, link, l.acme, subject{id: "z1"}), "Zoe Lang, Acme", "My deals")
	if second := zoe.cookie(); first == "" || first == second {
		t.Errorf("the token of the session is %q, then %q", first, second)
	}
	zoe.get(http.StatusNotFound, "/people")
	zoe.post(http.StatusOK, "/sign-out")
	zoe.expect("the page", zoe.post(http.StatusUnauthorized, "/register", "account", "Hooli Two"), "what you typed",
		`value="account=Hooli`)
	l.acme.QueueUser(subject{id: "z1"})
	zoe.expect("the form", zoe.follows(http.StatusOK, zoe.begins("company", "ACME", "next", "/register", "kept",
		"account=Hooli+Two")), `value="Hooli Two"`, "Zoe Lang")
	who, err := l.store.Account(t.Context(), l.acme.Issuer(), "z1")
	if err != nil || who.Party != sample.Acme || who.Rep != "zoe" || who.Approver || who.Zone.String() != "Europe/Berlin" {
		t.Errorf("the person is %+v, %v", who, err)
	}
}

// A sign-in ends in the browser in which it began, within ten minutes, once; nobody else's answer takes its place.
func TestACallbackCountsOnceInItsBrowser(t *testing.T) {
	l := newLobby(t)
	bo := l.signed(l.lumen, store.User{Name: "Bo Lind", Party: sample.Lumen, Rep: "bo"})
	const stale = "This sign-in cannot go on"
	begin := func() (*browser, *url.URL) {
		b := l.opened()
		return b, l.answers(l.lumen, subject{id: "sub-bo"}, b.begins("company", "Lumen"))
	}
	b, back := begin()
	other := l.opened()
	other.begins("company", "Lumen")
	other.expect("another browser", other.follows(http.StatusBadRequest, back.String()), stale)
	wrong := *back
	wrong.RawQuery = url.Values{"code": {back.Query().Get("code")}, "state": {"x"}}.Encode()
	b.expect("a wrong state", b.follows(http.StatusBadRequest, wrong.String()), stale)
	b.expect("no state", b.get(http.StatusBadRequest, idp.Callback), stale)
	b.get(http.StatusUnauthorized, "/deals")
	b.expect("the first time", b.follows(http.StatusOK, back.String()), "Bo Lind")
	b.expect("the second time", b.follows(http.StatusBadRequest, back.String()), stale)

	b, back = begin()
	l.now = l.now.Add(10 * time.Minute)
	b.expect("ten minutes later", b.follows(http.StatusBadRequest, back.String()), stale)
	b.get(http.StatusUnauthorized, "/deals")
	l.now = l.now.Add(-time.Minute)

	b, back = begin() // another issuer, by RFC 9207, and a refusal of the right one
	b.expect("another issuer", b.follows(http.StatusForbidden, back.String()+"&iss="+url.QueryEscape(l.acme.Issuer())),
		"refused")
	b, back = begin()
	refusal := url.Values{"state": {back.Query().Get("state")}, "error": {"access_denied"},
		"error_description": {strings.Repeat("x", 1000)}}
	b.expect("a refusal", b.follows(http.StatusForbidden, l.URL+idp.Callback+"?"+refusal.Encode()), "refused")
	if !strings.Contains(l.log.String(), "access_denied") || strings.Contains(l.log.String(), strings.Repeat("x", 501)) {
		t.Errorf("the log is\n%s", l.log.String())
	}
	bo.get(http.StatusOK, "/deals")
}

// The token has to be for this sign-in, of this issuer, for this portal, and fresh. What else it says opens nothing.
func TestATokenIsChecked(t *testing.T) {
	l := newLobby(t)
	l.signed(l.lumen, store.User{Name: "Bo Lind", Party: sample.Lumen, Rep: "bo"})
	for what, change := range map[string]func(*mockoidc.IDTokenClaims){
		"nonce":     func(c *mockoidc.IDTokenClaims) { c.Nonce = "x" },
		"no nonce":  func(c *mockoidc.IDTokenClaims) { c.Nonce = "" },
		"audience":  func(c *mockoidc.IDTokenClaims) { c.Audience = jwt.ClaimStrings{"another"} },
		"audiences": func(c *mockoidc.IDTokenClaims) { c.Audience = append(c.Audience, "another") },
		"issuer":    func(c *mockoidc.IDTokenClaims) { c.Issuer = l.acme.Issuer() },
		"expired":   func(c *mockoidc.IDTokenClaims) { c.ExpiresAt = jwt.NewNumericDate(l.now.Add(-time.Second)) },
		"strange":   func(c *mockoidc.IDTokenClaims) { c.Subject = "sub-bo\x00" },
		"nobody":    func(c *mockoidc.IDTokenClaims) { c.Subject = "" },
		"long":      func(c *mockoidc.IDTokenClaims) { c.Subject = strings.Repeat("x", 256) },
	} {
		b := l.opened()
		l.lumen.QueueUser(subject{id: "sub-bo", claims: func(c *mockoidc.IDTokenClaims) jwt.Claims {
			change(c)
			return c
		}})
		b.expect(what, b.follows(http.StatusForbidden, b.begins("company", "Lumen")), "The sign-in is refused")
		b.get(http.StatusUnauthorized, "/deals")
	}
	key := l.lumen.Keypair
	own, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	l.lumen.Keypair = &mockoidc.Keypair{PrivateKey: own, PublicKey: key.PublicKey}
	b := l.opened()
	l.lumen.QueueUser(subject{id: "sub-bo"})
	b.expect("another key", b.follows(http.StatusForbidden, b.begins("company", "Lumen")), "The sign-in is refused")
	l.lumen.Keypair = key
	l.lumen.QueueUser(subject{id: "sub-bo"})
	b.expect("the right token", b.follows(http.StatusOK, b.begins("company", "Lumen")), "Bo Lind")
}

// PKCE: the code of one sign-in is of no use in another one, whoever has got hold of it.
func TestACodeIsOfUseInItsSignInAlone(t *testing.T) {
	l := newLobby(t)
	l.signed(l.lumen, store.User{Name: "Bo Lind", Party: sample.Lumen, Rep: "bo"})
	victim, thief := l.opened(), l.opened()
	asked, err := url.Parse(victim.begins("company", "Lumen"))
	if err != nil {
		t.Fatal(err)
	}
	if q := asked.Query(); q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 ||
		q.Get("scope") != "openid" || q.Get("redirect_uri") != l.URL+idp.Callback || q.Get("nonce") == "" {
		t.Errorf("the provider is asked %v", q)
	}
	code := l.answers(l.lumen, subject{id: "sub-bo"}, asked.String()).Query().Get("code")
	own := l.answers(l.lumen, subject{id: "thief"}, thief.begins("company", "Lumen"))
	own.RawQuery = url.Values{"code": {code}, "state": {own.Query().Get("state")}}.Encode()
	thief.expect("the page", thief.follows(http.StatusForbidden, own.String()), "The sign-in is refused")
	thief.get(http.StatusUnauthorized, "/deals")
}

// The account is issuer and subject: neither an address nor a role that a provider claims gives access.
func TestClaimsGiveNoAccess(t *testing.T) {
	l := newLobby(t)
	bo := l.signed(l.lumen, store.User{Name: "Bo Lind", Party: sample.Lumen, Rep: "bo"})
	bo.get(http.StatusNotFound, "/people")
	claims := func(c *mockoidc.IDTokenClaims) jwt.Claims {
		return jwt.MapClaims{"iss": c.Issuer, "aud": c.Audience, "sub": c.Subject, "exp": c.ExpiresAt, "iat": c.IssuedAt,
			"nonce": c.Nonce, "email": "noor@lumen.example", "email_verified": true, "approver": true,
			"roles": []string{"approver"}, "party": "vendor Lumen", "rep": "noor"}
	}
	b := l.opened()
	l.lumen.QueueUser(subject{id: "another", claims: claims})
	b.expect("another subject", b.follows(http.StatusForbidden, b.begins("company", "Lumen")), "You have no access")
	b.get(http.StatusUnauthorized, "/deals")
	l.acme.QueueUser(subject{id: "sub-bo"})
	b.expect("another issuer", b.follows(http.StatusForbidden, b.begins("company", "Acme")), "You have no access")
	l.lumen.QueueUser(subject{id: "sub-bo", claims: claims})
	b.expect("the subject", b.follows(http.StatusOK, b.begins("company", "Lumen")), "Bo Lind")
	b.get(http.StatusNotFound, "/people")
}

// With providers nobody signs in with a password, sees the people of the sample, or stays signed in from before.
func TestProvidersReplacePasswords(t *testing.T) {
	l := newLobby(t)
	b := l.opened()
	page := b.get(http.StatusOK, "/sign-in")
	for _, text := range []string{"password", "Ana", sample.Password, l.acme.Issuer(), "Acme"} {
		if strings.Contains(page, text) {
			t.Errorf("the page to sign in says %q:\n%s", text, page)
		}
	}
	b.post(http.StatusUnprocessableEntity, "/sign-in", "email", "noor@lumen.example", "password", sample.Password)
	b.post(http.StatusOK, "/sign-in", "email", "noor@lumen.example", "password", sample.Password, "company", "Lumen")
	b.get(http.StatusUnauthorized, "/deals")

	old := newPortal(t)
	ana := old.as("ana@acme.example")
	ana.get(http.StatusOK, "/deals")
	l.config.Store = old.store // the same file, served with providers from now on
	l.config.Hosts = []string{old.Listener.Addr().String()}
	l.open(t, sample.Acme)
	old.Config.Handler = l.Config.Handler
	ana.get(http.StatusUnauthorized, "/deals")
	old.opened().get(http.StatusBadRequest, idp.Callback)
}

// Fifty sign-ins that do not come back are enough for one address.
func TestSignInsThatDoNotComeBackAreLimited(t *testing.T) {
	l := newLobby(t)
	b := l.opened()
	for range 50 {
		b.begins("company", "Lumen")
	}
	b.expect("the page", b.post(http.StatusTooManyRequests, "/sign-in", "company", "Lumen"), "Too many")
	l.now = l.now.Add(10 * time.Minute)
	b.begins("company", "Lumen")
}

// A provider that does not answer is a clear page, and nobody is signed in.
func TestAProviderThatIsAwayIsSaid(t *testing.T) {
	l := newLobby(t)
	b := l.opened()
	back := l.answers(l.acme, subject{id: "x"}, b.begins("company", "Acme"))
	l.acme.QueueError(&mockoidc.ServerError{Code: http.StatusServiceUnavailable, Error: "down"})
	l.acme.QueueError(&mockoidc.ServerError{Code: http.StatusServiceUnavailable, Error: "down"})
	b.expect("the page", b.follows(http.StatusBadGateway, back.String()), "The identity provider does not answer")
	back = l.answers(l.acme, subject{id: "x"}, b.begins("company", "Acme"))
	if err := l.acme.Shutdown(); err != nil {
		t.Fatal(err)
	}
	b.expect("the page", b.follows(http.StatusBadGateway, back.String()), "The identity provider does not answer")
	if !strings.Contains(l.log.String(), l.acme.Issuer()) {
		t.Errorf("the log names no issuer:\n%s", l.log.String())
	}
}
