package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// registerForm is the page to register a deal.
type registerForm struct {
	form
	Refused []string              // why the registration is refused, as far as the party may know
	Own     []registration.Listed // claims of the party itself on this or a similar account
}

func (s *Server) registerPage(q *request) error {
	f := registerForm{form: s.typed(q)}
	if f.Value("key") == "" {
		f.Values.Set("key", rand.Text())
	}
	return s.show(q, http.StatusOK, "register", f)
}

// register files the claim and opens the deal. The key in the form makes it one filing, however often it is sent.
func (s *Server) register(q *request) error {
	f := registerForm{form: s.typed(q)}
	filing, facts := f.read()
	if len(f.Problems) > 0 {
		return s.show(q, http.StatusUnprocessableEntity, "register", f)
	}
	var registered store.Registered
	own, err := s.Store.Own(q.Context(), q.who, filing.Account)
	if err == nil && len(own) > 0 && f.Value("anyway") == "" {
		f.Own = own
		return s.show(q, http.StatusConflict, "register", f)
	}
	if err == nil {
		registered, err = s.Store.Register(q.Context(), q.who, filing, facts)
	}
	if err != nil {
		return s.refuseFiling(q, f, err)
	}
	s.Log.Info("a filing", "user", q.who.ID, "party", q.who.Party.String(), "status", registered.Answer.Status.String())
	if registered.Deal == "" {
		for _, reason := range registered.Answer.Reasons {
			f.Refused = append(f.Refused, reason.String())
		}
		return s.show(q, http.StatusConflict, "register", f)
	}
	return s.done(q, "/deals", say("register.done."+registered.Answer.Status.String(), filing.Account.Name))
}

// refuseFiling shows the form again, with what was typed and why it was not taken.
func (s *Server) refuseFiling(q *request, f registerForm, err error) error {
	status := http.StatusUnprocessableEntity
	refused, ok := errors.AsType[*value.Error](err)
	switch {
	case ok:
		f.explain(refused, err)
	case errors.Is(err, store.ErrTooMany):
		status = http.StatusTooManyRequests
		f.refuse("", say("register.many", store.MaxFilings))
	case isAway(err):
		status = http.StatusServiceUnavailable
		s.Log.Error("a filing failed", "error", err)
		f.refuse("", say("problem.away.again"))
	default:
		return err
	}
	return s.show(q, status, "register", f)
}

// read returns the filing and the facts of the deal, and refuses what cannot be read.
func (f *registerForm) read() (registration.Filing, coselling.Deal) {
	text := func(name string, atMost int) string {
		v := strings.TrimSpace(f.Value(name))
		if len(v) > atMost {
			f.refuse(name, say("form.long", atMost))
		}
		return v
	}
	name, site, amount := text("account", 200), text("site", 253), text("amount", 40)
	if name == "" {
		f.refuse("account", say("form.needed"))
	}
	if site == "" {
		f.refuse("site", say("form.needed"))
	}
	filing := registration.Filing{Key: text("key", 128), Account: matching.Account{Name: name, Domains: []string{site},
		Country: strings.ToUpper(text("country", 2))}}
	facts := coselling.Deal{Account: name}
	var err error
	if amount != "" {
		if facts.Amount, err = value.ParseMoney(strings.TrimSpace(amount + " " + text("currency", 3))); err != nil {
			f.refuse("amount", say("register.amount.wrong", err))
		} else if facts.Amount.Sign() <= 0 {
			f.refuse("amount", say("register.amount.none", facts.Amount))
		}
	}
	if date := text("close", 10); date != "" {
		if facts.Committed, err = value.ParseDate(date); err != nil {
			f.refuse("close", say("form.date"))
		}
	}
	if facts.Signals.Source, err = model.ParseSource(text("source", 20)); err != nil {
		f.refuse("source", say("form.choose"))
	}
	return filing, facts
}

// explain puts what the library refuses at its field.
func (f *registerForm) explain(first *value.Error, err error) {
	list, ok := errors.AsType[value.Errors](err)
	if !ok {
		list = value.Errors{first}
	}
	for _, e := range list {
		field := ""
		for _, known := range fieldsOfPaths {
			if field == "" && strings.Contains(e.Path, known.path) {
				field = known.field
			}
		}
		f.refuse(field, e.Got+" "+e.Problem)
	}
}

// fieldsOfPaths are the fields of the form by the places where the library finds a problem, the first that fits.
var fieldsOfPaths = []struct{ path, field string }{{"account.name", "account"}, {"account.country", "country"},
	{"account", "site"}, {"committed_close", "close"}, {"amount", "amount"}}

// Sources returns the answers to the question who brought the opportunity.
func (registerForm) Sources() []string {
	return []string{model.FromPartner.String(), model.FromBoth.String(), model.FromVendor.String()}
}
