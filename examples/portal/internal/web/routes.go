package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/coselling/coselling/examples/portal/internal/idp"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
)

// route is one row of the table of pages.
type route struct {
	pattern  string
	handle   func(*Server, *request) error
	open     bool       // for people who have not signed in, too
	side     model.Side // only people of this side; zero: of both
	approver bool       // only approvers
	provider bool       // only where people sign in with a provider
	nav      string     // its place in the navigation, as a key of text.en.json; empty: none
}

// routes returns all pages of the portal. Those with a place in the navigation stand there in this order.
func routes() []route {
	return []route{
		{pattern: "GET /{$}", handle: (*Server).home, open: true},
		{pattern: "GET /sign-in", handle: (*Server).signInPage, open: true},
		{pattern: "POST /sign-in", handle: (*Server).signIn, open: true},
		{pattern: "GET " + idp.Callback, handle: (*Server).endLogin, open: true, provider: true},
		{pattern: "GET /invitation", handle: (*Server).invitation, open: true, provider: true},
		{pattern: "POST /sign-out", handle: (*Server).signOut, open: true},
		{pattern: "GET /deals", handle: (*Server).deals, nav: "nav.deals"},
		{pattern: "GET /deals/{deal}", handle: (*Server).deal},
		{pattern: "POST /deals/{deal}/do", handle: (*Server).do},
		{pattern: "GET /deals/{deal}/move", handle: (*Server).movePage},
		{pattern: "POST /deals/{deal}/move", handle: (*Server).move},
		{pattern: "GET /deals/{deal}/history", handle: (*Server).history},
		{pattern: "GET /deals/{deal}/audit/{version}", handle: (*Server).audit},
		{pattern: "GET /deals/{deal}/audit/{version}/answer", handle: (*Server).auditAnswer},
		{pattern: "GET /register", handle: (*Server).registerPage, side: model.Partner, nav: "nav.register"},
		{pattern: "POST /register", handle: (*Server).register, side: model.Partner},
		{pattern: "GET /inbox", handle: (*Server).inbox, side: model.Vendor, approver: true, nav: "nav.inbox"},
		{pattern: "GET /ending", handle: (*Server).ending, side: model.Vendor, nav: "nav.ending"},
		{pattern: "POST /inbox/{claim}", handle: (*Server).decide, side: model.Vendor, approver: true},
		{pattern: "GET /escalations", handle: (*Server).escalations, nav: "nav.escalations"},
		{pattern: "POST /escalations/{deal}", handle: (*Server).acknowledge},
		{pattern: "GET /calendar", handle: (*Server).calendar, nav: "nav.calendar"},
		{pattern: "POST /calendar", handle: (*Server).setCalendar},
		{pattern: "GET " + feeds + "{file}", handle: (*Server).feed, open: true},
		{pattern: "GET /sources", handle: (*Server).sources, side: model.Vendor, approver: true, nav: "nav.sources"},
		{pattern: "POST /sources", handle: (*Server).addSecret, side: model.Vendor, approver: true},
		{pattern: "POST /sources/{secret}/end", handle: (*Server).endSecret, side: model.Vendor, approver: true},
		{pattern: "GET /planning", handle: (*Server).planning, nav: "nav.planning"},
		{pattern: "POST /planning", handle: (*Server).release},
		{pattern: "GET /planning.csv", handle: (*Server).planningFile},
		{pattern: "GET /pay", handle: (*Server).pay, nav: "nav.pay"},
		{pattern: "POST /pay/{deal}", handle: (*Server).payStep},
		{pattern: "GET /people", handle: (*Server).people, side: model.Vendor, approver: true, nav: "nav.people"},
		{pattern: "POST /people", handle: (*Server).invite, side: model.Vendor, approver: true, provider: true},
		{pattern: "POST /invitations/{invitation}/end", handle: (*Server).endInvitation, side: model.Vendor, approver: true,
			provider: true},
		{pattern: "POST /people/{user}/remove", handle: (*Server).remove, side: model.Vendor, approver: true},
		{pattern: "GET /what-if", handle: (*Server).whatIf, side: model.Vendor, approver: true, nav: "nav.whatif"},
		{pattern: "POST /what-if", handle: (*Server).whatIf, side: model.Vendor, approver: true},
		{pattern: "POST /what-if.csv", handle: (*Server).whatIfFile, side: model.Vendor, approver: true},
		{pattern: "GET /what-if/question.json", handle: (*Server).whatIfQuestion, side: model.Vendor, approver: true},
		{pattern: "GET /what-if/whatif.wasm", handle: (*Server).whatIfCode, side: model.Vendor, approver: true},
		{pattern: "GET /what-if/wasm_exec.js", handle: (*Server).whatIfStarter, side: model.Vendor, approver: true},
	}
}

// admits reports whether a person may see a page at all. Of a page that they may not see they learn nothing.
func (r route) admits(who store.User) bool {
	return r.open || (r.side == 0 || r.side == who.Party.Side) && (!r.approver || who.Approver)
}

// serve finds out who asks, and answers with the page or with what is wrong.
func (s *Server) serve(r route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		q := &request{Request: hr, w: w}
		if err := s.answer(r, q); err != nil {
			s.explain(q, err)
		}
	})
}

func (s *Server) answer(r route, q *request) error {
	if err := q.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", &problem{http.StatusBadRequest, "input"}, err)
	}
	if q.URL.Path != storable(q.URL.Path) {
		return store.ErrNotFound
	}
	for _, form := range []url.Values{q.Form, q.PostForm} {
		for _, values := range form {
			for i, text := range values {
				values[i] = storable(text)
			}
		}
	}
	if err := s.identify(q); err != nil {
		return err
	}
	switch {
	case r.provider && s.Providers == nil:
		return store.ErrNotFound
	case q.who.ID == "" && !r.open:
		return s.askToSignIn(q)
	case !r.admits(q.who):
		return store.ErrNotFound
	}
	return r.handle(s, q)
}

// storable returns a text with a mark in place of what no database keeps: bytes that are no characters, and NUL.
func storable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}

// identify reads who asks from the session and the database, and from nothing else.
func (s *Server) identify(q *request) error {
	id := s.sessions.GetString(q.Context(), "user")
	if id == "" {
		return nil
	}
	who, err := s.Store.User(q.Context(), id)
	if errors.Is(err, store.ErrNotFound) || err == nil && !s.trusts(who) { // removed meanwhile
		return s.sessions.Destroy(q.Context())
	}
	q.who = who
	return err
}

// trusts reports whether the issuer that speaks for a person may still do so; without providers it does not count.
func (s *Server) trusts(who store.User) bool {
	return s.Providers == nil || s.Providers.Of(who.Issuer).SpeaksFor(who.Party)
}

// home is the first page of a person.
func (s *Server) home(q *request) error {
	switch {
	case q.who.ID == "":
		return q.redirect("/sign-in")
	case q.who.Approver && q.who.Party.Side == model.Vendor:
		return q.redirect("/inbox")
	}
	return q.redirect("/deals")
}

// local returns the path and query of an address of this portal, to go on to after signing in; else that of the home
// page.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.HasPrefix(u.Path, `/\`) {
		return "/"
	}
	return u.RequestURI()
}
