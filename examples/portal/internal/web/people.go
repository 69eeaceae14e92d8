package web

import (
	"net/http"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

// peoplePage is the page of those who may sign in, and of those who are invited to.
type peoplePage struct {
	form
	People      []store.User
	Next        string // the last person of the page where more follow
	Invites     bool   // whether people sign in with a provider, so that they can be invited
	Days        []int
	Invitations []store.Invitation
	Link        string // that of an invitation that was made just now
	Invited     string // the name of the person who is to follow it
}

func (s *Server) people(q *request) error {
	return s.showPeople(q, http.StatusOK, peoplePage{form: s.typed(q)})
}

func (s *Server) showPeople(q *request, status int, p peoplePage) (err error) {
	if p.People, p.Next, err = s.Store.People(q.Context(), q.FormValue("after")); err != nil {
		return err
	}
	if p.Invites = s.Providers != nil; p.Invites {
		p.Days = invitationDays
		if p.Invitations, err = s.Store.Invitations(q.Context()); err != nil {
			return err
		}
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
