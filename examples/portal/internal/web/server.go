// Package web serves the pages of the portal. A page is a row of the table in routes.go, a function, a template and
// its sentences in text.en.json. It shows a person the view of their party, never the facts behind it.
package web

import (
	"embed"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/coselling/coselling/examples/portal/internal/idp"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
)

//go:embed static
var static embed.FS

// policy is the content security policy of every page: nothing inline, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const (
	maxForm  = 1 << 20   // bytes of a form
	maxHook  = 256 << 10 // bytes of a webhook
	maxDrain = 16 << 20  // bytes that are read and thrown away, so that a browser shows the page that refuses them
)

// Config says what a server serves.
type Config struct {
	Store  *store.Store
	Now    func() time.Time
	Hosts  []string // the names, with ports, under which people reach the portal; all others are refused
	Secure bool     // whether people reach it by HTTPS, which everything but a loopback address needs
	Sample bool     // whether the page to sign in shows the people of the sample
	// who says who somebody is; nil: people sign in with passwords
	Providers *idp.Providers
	Log       *slog.Logger
	// the files with which the page "what if" computes by itself; nil, or a nil file: the server computes
	Wasm func() *wasmfile.File
}

// Address returns the address of the portal.
func (c Config) Address() string {
	if c.Secure {
		return "https://" + c.Hosts[0]
	}
	return "http://" + c.Hosts[0]
}

// InvitationLink returns the address that leads to an invitation.
func (c Config) InvitationLink(secret string) string {
	return c.Address() + "/invitation?secret=" + secret
}

// Server answers requests. Make it with [New].
type Server struct {
	Config
	sessions *scs.SessionManager
	pages    pages
	nobody   []byte // a hash that no password has, to compare with for people who do not exist
}

// New returns a server, or an error of its templates.
func New(config Config) (*Server, error) {
	s := &Server{Config: config, sessions: scs.New()}
	var err error
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	if s.nobody, err = nobodysHash(); err != nil {
		return nil, err
	}
	s.sessions.Store = config.Store.Sessions()
	s.sessions.Lifetime = 10 * time.Hour // no IdleTimeout, for which every page that is read writes to the database
	s.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.explain(&request{Request: r, w: w}, err)
	}
	s.sessions.HashTokenInStore = true
	c := &s.sessions.Cookie
	c.Name, c.HttpOnly, c.SameSite, c.Path, c.Secure = "portal", true, http.SameSiteLaxMode, "/", config.Secure
	if config.Secure {
		c.Name = "__Host-portal"
	}
	return s, nil
}

// Handler returns everything that the portal serves.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.FileServerFS(static))
	pages := http.NewServeMux()
	for _, r := range routes() {
		pages.Handle(r.pattern, s.serve(r))
	}
	pages.Handle("/", s.serve(route{open: true, handle: func(*Server, *request) error { return store.ErrNotFound }}))
	mux.Handle("/", s.sessions.LoadAndSave(pages))

	mux.HandleFunc(hooks, s.hook)

	origins := http.NewCrossOriginProtection()
	origins.AddInsecureBypassPattern(hooks) // its signature says who sends it, and it refuses browsers
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.explain(&request{Request: r, w: w}, &problem{status: http.StatusForbidden, name: "origin"})
	}))
	return s.guard(origins.Handler(mux))
}

// guard sets the headers of every answer, refuses names under which the portal is not known and bodies that are too
// large, and outlives a handler that panics.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if !strings.HasPrefix(r.URL.Path, "/static/") {
			h.Set("Cache-Control", "no-store")
		}
		q := &request{Request: r, w: w}
		defer func() {
			if v := recover(); v != nil {
				s.Log.Error("a page failed", "path", logged(r), "panic", v, "stack", string(debug.Stack()))
				s.explain(q, &problem{status: http.StatusInternalServerError, name: "broken"})
			}
		}()
		if !slices.Contains(s.Hosts, r.Host) {
			s.explain(q, &problem{status: http.StatusMisdirectedRequest, name: "host"})
			return
		}
		limit := int64(maxForm)
		switch {
		case r.URL.Path == "/planning":
			limit = maxUpload
		case strings.HasPrefix(r.URL.Path, "/hooks/"):
			limit = maxHook
		}
		if r.ContentLength > limit {
			_, _ = io.CopyN(io.Discard, r.Body, maxDrain)
			s.explain(q, &problem{status: http.StatusRequestEntityTooLarge, name: "large"})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}

// IsLoopback reports whether an address to listen on is reached from this machine alone.
func IsLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}
