package web

import (
	"errors"
	"net/http"
	"regexp"

	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
)

// sourcesPage is the page of the systems that send webhooks.
type sourcesPage struct {
	form
	Companies       []model.Party
	Sources         []store.Source
	Address, Secret string // of the secret that was made just now; empty: none was
	Most            int    // secrets of a source
}

// sourceName is a name that history can show as it is.
var sourceName = regexp.MustCompile(`^[\pL\pN][\pL\pN ]{0,39}$`)

func (s *Server) sources(q *request) error {
	return s.showSources(q, http.StatusOK, sourcesPage{})
}

func (s *Server) showSources(q *request, status int, p sourcesPage) (err error) {
	p.Most = store.MaxSecrets
	if p.Companies, err = s.Store.Companies(q.Context(), q.who); err != nil {
		return err
	}
	if p.Sources, err = s.Store.Sources(q.Context()); err != nil {
		return err
	}
	return s.show(q, status, "sources", p)
}

// addSecret makes a secret and shows it, this once.
func (s *Server) addSecret(q *request) error {
	p := sourcesPage{form: form{Values: q.PostForm}}
	companies, err := s.Store.Companies(q.Context(), q.who)
	if err != nil {
		return err
	}
	var of model.Party
	for _, c := range companies {
		if c.String() == q.field("company") {
			of = c
		}
	}
	if of.IsZero() {
		p.refuse("company", say("form.choose"))
	}
	name := q.field("name")
	if !sourceName.MatchString(name) {
		p.refuse("name", say("sources.name.wrong"))
	}
	if len(p.Problems) > 0 {
		return s.showSources(q, http.StatusUnprocessableEntity, p)
	}
	source, secret, err := s.Store.AddSecret(q.Context(), q.who, of, name)
	if errors.Is(err, store.ErrTooMany) {
		p.refuse("", say("sources.many"))
		return s.showSources(q, http.StatusConflict, p)
	}
	if err != nil {
		return err
	}
	s.Log.Info("a secret of a source was made", "source", source, "by", q.who.ID)
	return s.showSources(q, http.StatusOK, sourcesPage{Address: s.Address() + "/hooks/" + source, Secret: secret})
}

func (s *Server) endSecret(q *request) error {
	if err := s.Store.EndSecret(q.Context(), q.PathValue("secret")); err != nil {
		return err
	}
	s.Log.Info("a secret of a source was ended", "secret", q.PathValue("secret"), "by", q.who.ID)
	return s.done(q, "/sources", say("sources.ended"))
}
