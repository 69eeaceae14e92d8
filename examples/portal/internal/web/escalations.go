package web

import (
	"net/http"
	"strconv"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// escalationsPage is the page of the open cases of a person's deals, with whom to call.
type escalationsPage struct {
	form
	Cases []store.Escalated
	More  bool // there are more open deals than were asked
}

func (s *Server) escalations(q *request) error {
	return s.showEscalations(q, http.StatusOK, escalationsPage{})
}

func (s *Server) showEscalations(q *request, status int, p escalationsPage) (err error) {
	if p.Cases, p.More, err = s.Store.Escalations(q.Context(), q.who); err != nil {
		return err
	}
	return s.show(q, status, "escalations", p)
}

// acknowledge says that the person has taken on a case.
func (s *Server) acknowledge(q *request) error {
	version, err := strconv.Atoi(q.FormValue("version"))
	if err != nil {
		return &problem{http.StatusBadRequest, "input"}
	}
	kind := escalation.BlockerKind(q.field("kind"))
	outcome, err := s.Store.Acknowledge(q.Context(), q.who, q.PathValue("deal"), version, kind)
	if err != nil {
		return err
	}
	if !outcome.Accepted {
		p := escalationsPage{form: form{Values: q.PostForm}}
		for _, reason := range outcome.Reasons {
			p.refuse("", reason.String())
		}
		return s.showEscalations(q, http.StatusConflict, p)
	}
	return s.done(q, "/escalations", say("escalations.done"))
}
