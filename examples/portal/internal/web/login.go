package web

import (
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"net/url"

	"github.com/coselling/coselling/examples/portal/internal/idp"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// maxReason is the number of bytes that the log has of what a provider says.
const maxReason = 500

// providerPage leads to a provider. The browser goes on by itself: were the form redirected there, the content security
// policy would have to name every address to which providers lead people.
type providerPage struct{ Address, Name string }

// beginLogin begins to sign somebody in with the provider of their company, or of the invitation that they accept.
func (s *Server) beginLogin(q *request) error {
	address, _, _ := net.SplitHostPort(q.RemoteAddr)
	f := signInForm{form: form{Values: q.PostForm}, Next: local(q.FormValue("next")), Kept: q.PostFormValue("kept")}
	provider, invitation := s.Providers.For(q.field("company")), ""
	if q.field("accept") != "" {
		i, err := s.invited(q)
		if err != nil {
			return err
		}
		if provider, invitation = s.Providers.Of(i.Issuer), i.ID; !provider.SpeaksFor(i.Person.Party) {
			return &problem{http.StatusForbidden, "speaks"}
		}
	} else if s.Providers.Several() && q.field("company") == "" {
		f.refuse("company", say("form.needed"))
		return s.showSignIn(q, http.StatusUnprocessableEntity, f)
	}
	browser := s.sessions.GetString(q.Context(), "browser")
	if browser == "" {
		browser = rand.Text()
		s.sessions.Put(q.Context(), "browser", browser)
	}
	if len(f.Kept) > maxKept {
		f.Kept = ""
	}
	l := provider.Begin()
	err := s.Store.BeginLogin(q.Context(), store.Login{State: l.State, Browser: browser, Address: address,
		Issuer: provider.Issuer, Nonce: l.Nonce, Verifier: l.Verifier, Invitation: invitation, Next: f.Next, Kept: f.Kept})
	if errors.Is(err, store.ErrTooMany) {
		f.refuse("", say("signin.many"))
		return s.showSignIn(q, http.StatusTooManyRequests, f)
	}
	if err != nil {
		return err
	}
	return s.show(q, http.StatusOK, "provider", providerPage{l.Address, hostOf(provider.Issuer)})
}

// endLogin signs somebody in whom a provider has led back. The browser, the sign-in that began in it and the token must
// belong together, and each counts once.
func (s *Server) endLogin(q *request) error {
	l, err := s.Store.TakeLogin(q.Context(), q.FormValue("state"), s.sessions.GetString(q.Context(), "browser"))
	if errors.Is(err, store.ErrNotFound) {
		return &problem{http.StatusBadRequest, "stale"}
	}
	if err != nil {
		return err
	}
	subject, err := s.subject(q, l)
	if err != nil {
		name, status := "refused", http.StatusForbidden
		if errors.Is(err, idp.ErrAway) {
			name, status = "provider", http.StatusBadGateway
		}
		reason := err.Error()
		s.Log.Warn("a provider signs nobody in", "issuer", l.Issuer, "address", l.Address,
			"reason", reason[:min(len(reason), maxReason)])
		return &problem{status, name}
	}
	who, err := s.account(q, l, subject)
	if err != nil {
		return err
	}
	s.Log.Info("a person has signed in", "person", who.ID, "issuer", l.Issuer, "address", l.Address)
	return s.enter(q, who, l.Next, l.Kept)
}

// subject asks the provider with which a sign-in has begun who has signed in. Another one may not answer in its place.
func (s *Server) subject(q *request, l store.Login) (string, error) {
	provider := s.Providers.Of(l.Issuer)
	if from := q.FormValue("iss"); provider == nil || from != "" && from != l.Issuer { // RFC 9207
		return "", errors.New("another issuer answers")
	}
	if refusal := q.FormValue("error"); refusal != "" {
		return "", errors.New(refusal + ": " + q.FormValue("error_description"))
	}
	return provider.Subject(q.Context(), q.FormValue("code"), l.Nonce, l.Verifier)
}

// account returns the person for whom a subject speaks, or comes to speak by an invitation, and for whom the issuer may
// speak.
func (s *Server) account(q *request, l store.Login, subject string) (who store.User, err error) {
	if l.Invitation == "" {
		who, err = s.Store.Account(q.Context(), l.Issuer, subject)
	} else {
		who, err = s.accept(q, l, subject)
	}
	switch {
	case errors.Is(err, store.ErrTaken):
		err = &problem{http.StatusConflict, "taken"}
	case errors.Is(err, store.ErrNotFound) && l.Invitation != "":
		err = &problem{http.StatusGone, "gone"}
	case errors.Is(err, store.ErrNotFound):
		err = &problem{http.StatusForbidden, "uninvited"}
	case err == nil && !s.trusts(who):
		err = &problem{http.StatusForbidden, "speaks"}
	}
	if err != nil {
		s.Log.Warn("nobody is signed in", "issuer", l.Issuer, "subject", subject, "address", l.Address, "reason", err)
	}
	return who, err
}

// accept lets a subject speak for the person of an invitation, if the issuer may.
func (s *Server) accept(q *request, l store.Login, subject string) (store.User, error) {
	i, err := s.Store.Invitation(q.Context(), l.Invitation)
	if err != nil {
		return store.User{}, err
	}
	if !s.Providers.Of(l.Issuer).SpeaksFor(i.Person.Party) {
		return store.User{}, &problem{http.StatusForbidden, "speaks"}
	}
	return s.Store.Accept(q.Context(), i.ID, l.Issuer, subject)
}

// hostOf returns the part of an issuer's address by which people know it.
func hostOf(issuer string) string {
	if u, err := url.Parse(issuer); err == nil {
		return u.Host
	}
	return issuer
}
