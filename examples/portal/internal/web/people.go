package web

import (
	"net/http"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

// peoplePage is the page of those who may sign in.
type peoplePage struct {
	People []store.User
	Next   string // the last person of the page where more follow
}

func (s *Server) people(q *request) error { return s.showPeople(q, http.StatusOK, peoplePage{}) }

func (s *Server) showPeople(q *request, status int, p peoplePage) (err error) {
	if p.People, p.Next, err = s.Store.People(q.Context(), q.FormValue("after")); err != nil {
		return err
	}
	return s.show(q, status, "people", p)
}

// remove ends the access of a person.
func (s *Server) remove(q *request) error {
	who, err := s.Store.User(q.Context(), q.PathValue("user"))
	if err != nil {
		return err
	}
	if err := s.Store.Remove(q.Context(), q.who, who.ID); err != nil {
		return err
	}
	s.Log.Info("a person is removed", "person", who.ID, "by", q.who.ID)
	return s.done(q, "/people", say("people.removed", who.Name))
}
