// Package idp lets identity providers say who somebody is, by OpenID Connect: the code flow with PKCE. What they say is
// a subject of an issuer, and nothing else of a token is read: party, rep and role are the portal's to know.
//
//	settings, err := idp.Read("providers.json", vendor)
//	providers, err := idp.Open(ctx, settings, "https://portal.example", time.Now)
//	provider := providers.For("Acme")
package idp

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/coselling/coselling/model"
)

// Callback is the path to which providers lead people back.
const Callback = "/sign-in/callback"

const (
	maxAnswer  = 1 << 20          // bytes of an answer of a provider
	answerFor  = 10 * time.Second // for which it is awaited
	maxSubject = 255              // bytes of a subject, by OpenID Connect Core 1.0, 2
)

// ErrAway is the error of a provider that does not answer. All others of [Provider.Subject] mean that it, or what it
// says, is refused.
var ErrAway = errors.New("the identity provider does not answer")

// Providers are all providers of a portal.
type Providers struct{ list []*Provider }

// Provider is an issuer that is registered for a party.
type Provider struct {
	Party    model.Party
	Issuer   string
	config   oauth2.Config
	verifier *oidc.IDTokenVerifier
}

// Open asks every issuer for its addresses and keys. Address is that of the portal, to which all lead back.
func Open(ctx context.Context, settings []Settings, address string, now func() time.Time) (*Providers, error) {
	var all Providers
	for _, s := range settings {
		found, err := oidc.NewProvider(oidc.ClientContext(ctx, client), s.Issuer)
		if err != nil {
			return nil, fmt.Errorf("the issuer of %s does not answer as one: %w", s.Party, err)
		}
		all.list = append(all.list, &Provider{Party: s.Party, Issuer: s.Issuer,
			config: oauth2.Config{ClientID: s.Client, ClientSecret: s.secret, Endpoint: found.Endpoint(),
				RedirectURL: address + Callback, Scopes: []string{oidc.ScopeOpenID}},
			verifier: found.Verifier(&oidc.Config{ClientID: s.Client, Now: now})})
	}
	return &all, nil
}

// Several reports whether people have to say of which company they are.
func (p *Providers) Several() bool { return len(p.list) > 1 }

// For returns the provider of the people of a company: its own, else that of the vendor.
func (p *Providers) For(company string) *Provider {
	var found *Provider
	for _, one := range p.list {
		switch {
		case strings.EqualFold(one.Party.Org, company):
			return one
		case one.Party.Side == model.Vendor:
			found = one
		}
	}
	return found
}

// Of returns the provider of an issuer; nil for one that is not registered.
func (p *Providers) Of(issuer string) *Provider {
	for _, one := range p.list {
		if one.Issuer == issuer {
			return one
		}
	}
	return nil
}

// SpeaksFor reports whether an issuer may speak for people of a party: that of the vendor for everybody, that of a
// partner for this partner alone, and none (nil) for nobody.
func (p *Provider) SpeaksFor(party model.Party) bool {
	return p != nil && (p.Party == party || p.Party.Side == model.Vendor)
}

// Login is a sign-in that goes to a provider: the address to which the browser goes, and what has to come back.
type Login struct{ Address, State, Nonce, Verifier string }

// Begin returns a new sign-in.
func (p *Provider) Begin() Login {
	l := Login{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier()}
	l.Address = p.config.AuthCodeURL(l.State, oidc.Nonce(l.Nonce), oauth2.S256ChallengeOption(l.Verifier))
	return l
}

// Subject asks the provider who has signed in, with the code that it has sent. Nonce and verifier are those of
// [Provider.Begin].
func (p *Provider) Subject(ctx context.Context, code, nonce, verifier string) (string, error) {
	ctx = oidc.ClientContext(ctx, client)
	answer, err := p.config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return "", away(err)
	}
	text, _ := answer.Extra("id_token").(string)
	token, err := p.verifier.Verify(ctx, text)
	if err != nil {
		return "", away(err)
	}
	var claims struct {
		Authorized string `json:"azp"`
	}
	if err := token.Claims(&claims); err != nil {
		return "", err
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) == 0:
		return "", errors.New("the nonce of the token is another one")
	case len(token.Audience) > 1 && claims.Authorized != p.config.ClientID:
		return "", fmt.Errorf("the token is for %q", claims.Authorized)
	case token.Subject == "" || len(token.Subject) > maxSubject || strings.ContainsFunc(token.Subject, isStrange):
		return "", fmt.Errorf("the subject, of %d bytes, is none", len(token.Subject))
	}
	return token.Subject, nil
}

// isStrange reports whether a subject may not have a character: it is of ASCII.
func isStrange(r rune) bool { return r < ' ' || r > '~' }

// away returns an error as [ErrAway] where it means that the provider did not answer.
func away(err error) error {
	_, broken := errors.AsType[*url.Error](err)
	answer, _ := errors.AsType[*oauth2.RetrieveError](err)
	if broken || answer != nil && answer.Response.StatusCode >= http.StatusInternalServerError {
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}

// client asks providers. It waits for a while, reads so much, and follows no redirect.
var client = &http.Client{Timeout: answerFor, Transport: bounded{},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

type bounded struct{}

// RoundTrip bounds the size of an answer.
func (bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		answer.Body = http.MaxBytesReader(nil, answer.Body, maxAnswer)
	}
	return answer, err
}
