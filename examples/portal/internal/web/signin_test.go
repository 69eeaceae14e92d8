package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// cookie returns the session's cookie of a browser.
func (b *browser) cookie() string {
	b.t.Helper()
	address, err := url.Parse(b.URL)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range b.client.Jar.Cookies(address) {
		if c.Name == "portal" {
			return c.Value
		}
	}
	return ""
}

// An account takes five wrong passwords, an address more; a quarter of an hour later they count no more. Whether the
// account exists makes no difference.
func TestSignInIsLimitedByAccountAndAddress(t *testing.T) {
	p := newPortal(t)
	for _, email := range []string{"ana@acme.example", "nobody@acme.example"} {
		b := p.opened()
		for range 5 {
			page := b.post(http.StatusUnauthorized, "/sign-in", "email", email, "password", "wrong")
			b.expect("the page", page, "The mail address or the password is wrong.", `value="`+email+`"`)
		}
		page := b.post(http.StatusTooManyRequests, "/sign-in", "email", strings.ToUpper(email), "password",
			sample.Password)
		b.expect("the page", page, "Too many attempts have failed.")
	}
	p.as("bea@bolt.example") // others are not concerned
	p.now = p.now.Add(15 * time.Minute)
	p.as("ana@acme.example")
	for i := range 49 {
		if _, err := p.store.TrySignIn(t.Context(), fmt.Sprint(i, "@x.example"), "127.0.0.1"); err != nil {
			t.Fatal(err)
		}
	}
	p.opened().post(http.StatusUnauthorized, "/sign-in", "email", "the-last@x.example", "password", "wrong")
	p.opened().post(http.StatusTooManyRequests, "/sign-in", "email", "bea@bolt.example", "password", sample.Password)
}

// Guesses that come at once are limited as those one after another.
func TestGuessesAtOnceAreLimited(t *testing.T) {
	p := newPortal(t)
	var all sync.WaitGroup
	var heard atomic.Int32
	for range 30 {
		all.Go(func() {
			answer, err := http.PostForm(p.URL+"/sign-in", url.Values{"email": {"ana@acme.example"}, "password": {"wrong"}})
			if err != nil {
				t.Error(err)
				return
			}
			if answer.Body.Close(); answer.StatusCode == http.StatusUnauthorized {
				heard.Add(1)
			}
		})
	}
	if all.Wait(); heard.Load() != 5 {
		t.Errorf("%d guesses were answered", heard.Load())
	}
}

// Somebody who signs in after somebody else in one browser gets nothing that the first one typed.
func TestTheNextPersonStartsAnew(t *testing.T) {
	p := newPortal(t)
	b := p.opened()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	b.post(http.StatusSeeOther, "/sign-in", "email", "ana@acme.example", "password", sample.Password, "next", "/register",
		"kept", "account=Hooli")
	b.post(http.StatusSeeOther, "/sign-in", "email", "bea@bolt.example", "password", sample.Password)
	if page := b.get(http.StatusOK, "/register"); strings.Contains(page, "Hooli") || !strings.Contains(page, "Bea") {
		t.Errorf("the second person reads\n%s", page)
	}
}

// A success forgives the failures of the account.
func TestSignInForgivesFailuresBeforeASuccess(t *testing.T) {
	p := newPortal(t)
	for range 3 {
		for range 4 {
			p.opened().post(http.StatusUnauthorized, "/sign-in", "email", "ana@acme.example", "password", "wrong")
		}
		p.as("ana@acme.example")
	}
}

// The answer for people who do not exist takes no less time than that for a wrong password.
func TestSignInTakesAsLongForNobody(t *testing.T) {
	p := newPortal(t)
	hash, err := bcrypt.GenerateFromPassword([]byte("secret"), bcrypt.DefaultCost)
	if err != nil {
		t.Fatal(err)
	}
	who := store.User{Email: "eve@acme.example", Name: "Eve", Party: sample.Acme, Rep: "eve", Zone: time.UTC}
	if _, err := p.store.AddUser(t.Context(), who, hash); err != nil {
		t.Fatal(err)
	}
	least := func(email string) time.Duration {
		shortest := time.Hour
		for range 3 {
			start := time.Now()
			p.opened().post(http.StatusUnauthorized, "/sign-in", "email", email, "password", "wrong")
			shortest = min(shortest, time.Since(start))
		}
		return shortest
	}
	if known, unknown := least("eve@acme.example"), least("nobody@acme.example"); unknown < known/10 {
		t.Errorf("%v for nobody, %v for somebody", unknown, known)
	}
}

// The session gets a new token when somebody signs in, and ends when they sign out, whoever knows the token.
func TestSessionIsRenewedAndEnds(t *testing.T) {
	p := newPortal(t)
	b := p.as("ana@acme.example")
	first := b.cookie()
	b.post(http.StatusOK, "/sign-in", "email", "bea@bolt.example", "password", sample.Password)
	second := b.cookie()
	if first == "" || first == second {
		t.Errorf("the token is %q, then %q", first, second)
	}
	b.post(http.StatusOK, "/sign-out")
	for _, token := range []string{first, second, "", "x"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.URL+"/deals", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.AddCookie(&http.Cookie{Name: "portal", Value: token})
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Body.Close(); answer.StatusCode != http.StatusUnauthorized {
			t.Errorf("a token of before is answered with %d", answer.StatusCode)
		}
	}
}

// After signing in one goes on to pages of the portal alone.
func TestSignInLeadsToThePortalAlone(t *testing.T) {
	p := newPortal(t)
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "evil",
		"javascript:alert(1)"} {
		b := p.opened()
		var to string
		b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
			to = r.URL.String()
			return http.ErrUseLastResponse
		}
		b.post(http.StatusSeeOther, "/sign-in", "email", "ana@acme.example", "password", sample.Password, "next", next)
		if to != p.URL+"/" {
			t.Errorf("next=%s leads to %s", next, to)
		}
	}
}

// A page that is read writes nothing to the database: sessions are not stored anew with every request.
func TestReadingWritesNothing(t *testing.T) {
	db, err := store.OpenSQLite(filepath.Join(t.TempDir(), "portal.db"))
	if err != nil {
		t.Fatal(err)
	}
	p := newPortalOn(t, db)
	ana := p.as("ana@acme.example")
	ana.get(http.StatusOK, "/deals")
	other, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	version := func() (n int) { // of the database, as a connection sees it that does not write
		if err := other.QueryRowContext(t.Context(), "PRAGMA data_version").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := version()
	for _, path := range []string{"/deals", "/register", "/deals?search=x", "/nothing"} {
		answer, err := ana.client.Get(p.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	if after := version(); after != before {
		t.Errorf("reading wrote %d times", after-before)
	}
	ana.registers(http.StatusOK, "Hooli", "hooli.com")
	if version() == before {
		t.Error("the test does not see what is written")
	}
}
