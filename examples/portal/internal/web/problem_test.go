package web_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
)

// flaky connects to a database that goes away and comes back.
type flaky struct {
	driver driver.Driver
	file   string
	down   atomic.Bool
}

func (f *flaky) Driver() driver.Driver { return f.driver }

func (f *flaky) Connect(context.Context) (driver.Conn, error) {
	if f.down.Load() {
		return nil, errors.New("connection refused")
	}
	return f.driver.Open(f.file)
}

// A database that goes away gives a clear page, keeps what was typed, and goes on where it was once it is back.
func TestDatabaseGoesAwayAndComesBack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "portal.db")
	other, err := store.OpenSQLite(file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	f := &flaky{driver: other.Driver(), file: "file:" + file + "?_txlock=immediate&_pragma=busy_timeout(5000)"}
	db := sql.OpenDB(f)
	db.SetMaxIdleConns(-1) // each request connects anew
	newPortalOn(t, db).outage(func(down bool) { f.down.Store(down) })
}

// The same on PostgreSQL, whose server is stopped, or crashes, and starts again.
func TestPostgresGoesAwayAndComesBack(t *testing.T) {
	server := testdb.Postgres(t)
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGQUIT} {
		newPortalOn(t, people.Postgres(t).Open(t)).outage(func(down bool) {
			var err error
			if down {
				err = server.Stop(signal)
			} else {
				err = server.Start(t.Context())
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func (p *portal) outage(set func(down bool)) {
	ana := p.as("ana@acme.example")
	key := ana.key()
	set(true)
	ana.expect("the page", ana.get(http.StatusServiceUnavailable, "/deals"), "The database does not answer", "Try again")
	ana.expect("the page", ana.get(http.StatusServiceUnavailable, "/register"), "The database does not answer")
	p.opened().post(http.StatusServiceUnavailable, "/sign-in", "email", "ana@acme.example", "password", sample.Password)
	set(false)
	ana.post(http.StatusOK, "/register", "key", key, "account", "Hooli", "site", "hooli.com", "source", "partner")
	ana.expect("the list", ana.get(http.StatusOK, "/deals"), "Hooli")
}

// What was typed before the session had ended comes back after signing in.
func TestEndedSessionLosesNothing(t *testing.T) {
	p := newPortal(t)
	ana := p.as("ana@acme.example")
	key := ana.key()
	ana.client.Jar = nil // the session has ended
	page := ana.post(http.StatusUnauthorized, "/register", "key", key, "account", `Hooli "&" Söhne`, "site", "hooli.net",
		"source", "joint")
	ana.expect("the page", page, "Your session has ended.", `name="next" value="/register"`)
	kept := regexp.MustCompile(`name="kept" value="([^"]+)"`).FindStringSubmatch(page)
	if kept == nil {
		t.Fatal("the page does not keep what was typed")
	}
	b := p.opened()
	form := b.post(http.StatusOK, "/sign-in", "email", "ana@acme.example", "password", sample.Password, "next", "/register",
		"kept", html.UnescapeString(kept[1]))
	b.expect("the form", form, `value="Hooli &#34;&amp;&#34; Söhne"`, `value="hooli.net"`, `value="`+key+`"`,
		`value="joint" checked`)
	if again := b.get(http.StatusOK, "/register"); strings.Contains(again, "hooli.net") {
		t.Error("what was typed comes back twice")
	}
}

// Bodies that are too large, of a known length or not, get a page that says so.
func TestTooLargeFormsGetAClearPage(t *testing.T) {
	p := newPortal(t)
	ana := p.as("ana@acme.example")
	for what, body := range map[string]io.Reader{
		"10 MB":                      strings.NewReader("account=" + strings.Repeat("x", 10<<20)),
		"2 MB of an unstated length": io.MultiReader(strings.NewReader("account=" + strings.Repeat("x", 2<<20))),
	} {
		page := ana.send(http.StatusRequestEntityTooLarge, http.MethodPost, "/register", body)
		ana.expect(what, page, "This is too large", "Nothing was changed")
	}
	ana.get(http.StatusOK, "/deals")
}

// Other names of the server, forms of other sites, pages that do not exist and methods that a page does not take.
func TestRequestsFromElsewhereAreRefused(t *testing.T) { both(t, refusesElsewhere) }

func refusesElsewhere(t *testing.T, p *portal) {
	ana := p.as("ana@acme.example")
	for _, ask := range []struct {
		method, path, host, origin, site string
		status                           int
		says                             string
	}{
		{"GET", "/deals", "evil.example", "", "", http.StatusMisdirectedRequest, "not known under this name"},
		{"POST", "/register", "", "https://evil.example", "", http.StatusForbidden, "from another site"},
		{"POST", "/register", "", "", "cross-site", http.StatusForbidden, "from another site"},
		{"POST", "/sign-out", "", "null", "", http.StatusForbidden, "from another site"},
		{"GET", "/nothing", "", "", "", http.StatusNotFound, "There is no such page"},
		{"GET", "/inbox", "", "", "", http.StatusNotFound, "There is no such page"},
		{"GET", "/deal/" + strings.Repeat("x", 3000) + "/history", "", "", "", http.StatusNotFound, "no such page"},
		{"GET", "/deals?search=%ff%00", "", "", "", http.StatusOK, "No account"},
		{"GET", "/deals/%ff%00", "", "", "", http.StatusNotFound, "There is no such page"},
		{"POST", "/sign-in?email=%ff%00", "", "", "", http.StatusUnauthorized, "Sign in"},
		{"GET", "/deals?%zz", "", "", "", http.StatusBadRequest, "cannot be read"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), ask.method, p.URL+ask.path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = ask.host
		for name, v := range map[string]string{"Origin": ask.origin, "Sec-Fetch-Site": ask.site} {
			if v != "" {
				r.Header.Set(name, v)
			}
		}
		answer, err := ana.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != ask.status || !strings.Contains(string(text), ask.says) {
			t.Errorf("%s %.40s of %q: %d, want %d with %q\n%.600s", ask.method, ask.path, ask.host, answer.StatusCode,
				ask.status, ask.says, text)
		}
		if csp := answer.Header.Get("Content-Security-Policy"); csp == "" || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: the content security policy is %q", ask.path, csp)
		}
	}
}
