package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/idp"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/web"
)

// signOn says how people sign in: the people of the sample with its password, or invited people with their identity
// providers. Only these may do so from other machines.
type signOn struct{ file, host, first string }

func (s *signOn) register(flags *flag.FlagSet) {
	flags.StringVar(&s.file, "oidc", "", "`FILE` of the identity providers (OpenID Connect) with which people sign in; "+
		"without one the people of the sample sign in with its password")
	flags.StringVar(&s.host, "host", "", "`NAME` under which people reach the portal by HTTPS, from other machines too; "+
		"needs -oidc")
	flags.StringVar(&s.first, "invite", "", "`\"REP NAME\"` of an approver of the vendor, who can invite the others; prints "+
		"a link for a day; needs -oidc")
}

// check refuses flags that do not fit together.
func (s *signOn) check(address string) error {
	switch {
	case s.file == "" && !web.IsLoopback(address):
		return fmt.Errorf("-addr %s: the passwords of the sample are known to everybody, so it listens on "+
			"addresses of this machine alone, such as localhost:8080", address)
	case s.file == "" && (s.host != "" || s.first != ""):
		return errors.New("-host and -invite need -oidc, as they are for people who sign in with a provider")
	case s.host == "" && !web.IsLoopback(address):
		return fmt.Errorf("-addr %s: other machines reach the portal by HTTPS, under the name that -host gives", address)
	}
	if u, err := url.Parse("https://" + s.host); err != nil || s.host != "" && (u.Host != s.host || u.Hostname() == "") {
		return fmt.Errorf("-host %s is no name such as portal.example", s.host)
	}
	return nil
}

// configure opens the providers, where there are any, and says how people reach the portal.
func (s *signOn) configure(ctx context.Context, c *web.Config) (err error) {
	if c.Sample = s.file == ""; c.Sample {
		return nil
	}
	settings, err := idp.Read(s.file, sample.Lumen)
	if err != nil {
		return fmt.Errorf("-oidc %s: %w", s.file, err)
	}
	if s.host != "" {
		c.Hosts, c.Secure = []string{s.host}, true
	}
	if c.Providers, err = idp.Open(ctx, settings, c.Address(), c.Now); err != nil {
		return fmt.Errorf("-oidc %s: %w", s.file, err)
	}
	return nil
}

// greet says how to begin.
func (s *signOn) greet(ctx context.Context, c web.Config, out io.Writer) error {
	if c.Sample {
		_, err := fmt.Fprintf(out, "the portal is at %s; everybody's password is %s\n", c.Address(), sample.Password)
		return err
	}
	fmt.Fprintf(out, "the portal is at %s; identity providers lead back to %[1]s%s\n", c.Address(), idp.Callback)
	if s.first == "" {
		return nil
	}
	rep, name, _ := strings.Cut(s.first, " ")
	if name == "" {
		name = rep
	}
	secret, err := c.Store.Invite(ctx, "", store.Invitation{Issuer: c.Providers.For(sample.Lumen.Org).Issuer,
		Expiry: c.Now().AddDate(0, 0, 1), Person: store.User{Party: sample.Lumen, Rep: rep, Name: name,
			Approver: true, Zone: time.UTC}})
	if err != nil {
		return fmt.Errorf("-invite %s: %w", s.first, err)
	}
	_, err = fmt.Fprintf(out, "%s signs in within a day by %s\n", name, c.InvitationLink(secret))
	return err
}
