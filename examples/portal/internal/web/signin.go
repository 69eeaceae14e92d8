package web

import (
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

const (
	maxEmail = 254     // bytes of a mail address
	maxKept  = 1 << 16 // bytes of a form that comes back after signing in
)

// signInForm is the page to sign in. Next is where to go afterwards, Kept the form that was sent too late.
type signInForm struct {
	form
	Next, Kept string
	Ended      bool // whether the session has ended before something was sent
	Passwords  bool // whether people sign in with one, and not with a provider
	Several    bool // whether there are providers of several companies
	People     []store.User
	Password   string
}

func (s *Server) signInPage(q *request) error {
	if q.who.ID != "" {
		return s.home(q)
	}
	return s.showSignIn(q, http.StatusOK, signInForm{Next: local(q.FormValue("next"))})
}

func (s *Server) showSignIn(q *request, status int, f signInForm) error {
	f.Passwords, f.Several = s.Providers == nil, s.Providers != nil && s.Providers.Several()
	if s.Sample {
		f.People, f.Password = sample.People(), sample.Password
	}
	return s.show(q, status, "signin", f)
}

// askToSignIn answers somebody who has not signed in, or whose session has ended. What they sent comes back once they
// have signed in.
func (s *Server) askToSignIn(q *request) error {
	if q.Header.Get("HX-Request") != "" { // a part of a page: the page itself goes to the sign-in
		q.w.Header().Set("HX-Redirect", "/sign-in")
	}
	if q.Method != http.MethodPost {
		return s.showSignIn(q, http.StatusUnauthorized, signInForm{Next: q.URL.RequestURI()})
	}
	next := q.URL.Path
	if from, err := url.Parse(q.Referer()); err == nil && from.Host == q.Host {
		next = local(from.RequestURI()) // the page of the form
	}
	return s.showSignIn(q, http.StatusUnauthorized, signInForm{Next: next, Kept: q.PostForm.Encode(), Ended: true})
}

// signIn compares a password, where there are no providers. It takes the same time for people
// who do not exist.
func (s *Server) signIn(q *request) error {
	if s.Providers != nil {
		return s.beginLogin(q)
	}
	email, password := strings.ToLower(q.field("email")), q.PostFormValue("password")
	email = strings.ToValidUTF8(email[:min(len(email), maxEmail)], "")
	address, _, _ := net.SplitHostPort(q.RemoteAddr)
	f := signInForm{form: form{Values: q.PostForm}, Next: local(q.FormValue("next")), Kept: q.PostFormValue("kept")}
	at, err := s.Store.TrySignIn(q.Context(), email, address)
	if errors.Is(err, store.ErrTooMany) {
		f.refuse("", say("signin.many"))
		return s.showSignIn(q, http.StatusTooManyRequests, f)
	}
	if err != nil {
		return err
	}
	who, hash, err := s.Store.UserByEmail(q.Context(), email)
	if errors.Is(err, store.ErrNotFound) {
		hash, err = s.nobody, nil
	}
	if err != nil {
		return err
	}
	success := bcrypt.CompareHashAndPassword(hash, []byte(password)) == nil && who.ID != ""
	s.Log.Info("an attempt to sign in", "email", email, "address", address, "success", success)
	if !success {
		f.refuse("", say("signin.wrong"))
		return s.showSignIn(q, http.StatusUnauthorized, f)
	}
	if err := s.Store.SignedIn(q.Context(), email, address, at); err != nil {
		return err
	}
	return s.enter(q, who, f.Next, f.Kept)
}

// enter begins the session of a person. It gets a new token, so that nobody signs somebody in with a token that they
// know.
func (s *Server) enter(q *request, who store.User, next, kept string) error {
	if err := s.sessions.Clear(q.Context()); err != nil { // of somebody who had signed in here before
		return err
	}
	if err := s.sessions.RenewToken(q.Context()); err != nil {
		return err
	}
	s.sessions.Put(q.Context(), "user", who.ID)
	if kept != "" && len(kept) <= maxKept {
		page, _, _ := strings.Cut(next, "?")
		s.sessions.Put(q.Context(), "kept", page+"?"+kept)
	}
	return q.redirect(next)
}

func (s *Server) signOut(q *request) error {
	if err := s.sessions.Destroy(q.Context()); err != nil {
		return err
	}
	return q.redirect("/sign-in")
}

// nobodysHash returns the hash of a password that nobody knows, of the cost of all others.
func nobodysHash() ([]byte, error) {
	return bcrypt.GenerateFromPassword([]byte(rand.Text()), bcrypt.DefaultCost)
}
