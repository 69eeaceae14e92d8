package web

import (
	"errors"
	"net/http"

	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// inboxPage is the page of the claims that wait for a channel owner. A form that was refused is about one of them.
type inboxPage struct {
	form
	About   string // the id of the claim of the form
	Waiting []store.Waiting
	Next    string // the cursor of the next page; empty: this is the last one
}

func (s *Server) inbox(q *request) error {
	p := inboxPage{form: s.typed(q)}
	p.About = p.Value("claim")
	return s.showInbox(q, http.StatusOK, p)
}

func (s *Server) showInbox(q *request, status int, p inboxPage) (err error) {
	after := q.FormValue("after")
	if p.Waiting, p.Next, err = s.Store.Inbox(q.Context(), q.who, after); err != nil {
		return err
	}
	return s.show(q, status, "inbox", p)
}

// decide approves or rejects a claim.
func (s *Server) decide(q *request) error {
	p := inboxPage{form: s.typed(q), About: q.PathValue("claim")}
	verb, err := registration.ParseVerb(q.field("do"))
	if err != nil || verb != registration.Approve && verb != registration.Reject {
		p.refuse("", say("inbox.choose"))
		return s.showInbox(q, http.StatusUnprocessableEntity, p)
	}
	event := registration.Event{Do: verb, Reason: q.field("reason")}
	if verb == registration.Reject && event.Reason == "" {
		p.refuse("reason", say("inbox.reason.needed"))
		return s.showInbox(q, http.StatusUnprocessableEntity, p)
	}
	answer, err := s.Store.Decide(q.Context(), q.who, p.About, event)
	if refused, ok := errors.AsType[*value.Error](err); ok && isBadInput(err) {
		p.refuse("reason", refused.Got+" "+refused.Problem)
		return s.showInbox(q, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	if !answer.Accepted {
		for _, reason := range answer.Reasons {
			p.refuse("", reason.String())
		}
		return s.showInbox(q, http.StatusConflict, p)
	}
	return s.done(q, "/inbox", say("inbox.done."+answer.Status.String()))
}
