package web

import (
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
)

const maxName = 100 // characters of the name of a person or company

// repID is what a new person may be called in deals and claims.
var repID = regexp.MustCompile(`^[\w.@-]{1,64}$`)

// invitationDays are the numbers of days after which a link may end.
var invitationDays = []int{1, 7, 30}

// invitationPage is what somebody sees who opens the link of an invitation.
type invitationPage struct {
	store.Invitation
	Name string // of the provider
}

// invitation opens an invitation. Its secret leaves the address at once, and the session has its id.
func (s *Server) invitation(q *request) error {
	if secret := q.FormValue("secret"); secret != "" {
		i, err := s.Store.Invited(q.Context(), secret)
		if errors.Is(err, store.ErrNotFound) {
			return &problem{http.StatusGone, "gone"}
		}
		if err != nil {
			return err
		}
		s.sessions.Put(q.Context(), "invitation", i.ID)
		return q.redirect("/invitation")
	}
	i, err := s.invited(q)
	if err != nil {
		return err
	}
	return s.show(q, http.StatusOK, "invitation", invitationPage{i, hostOf(i.Issuer)})
}

// invited returns the invitation that was opened in this browser.
func (s *Server) invited(q *request) (store.Invitation, error) {
	i, err := s.Store.Invitation(q.Context(), s.sessions.GetString(q.Context(), "invitation"))
	if errors.Is(err, store.ErrNotFound) {
		err = &problem{http.StatusGone, "gone"}
	}
	return i, err
}

// invite makes an invitation, and shows its link this once.
func (s *Server) invite(q *request) error {
	p := peoplePage{form: s.typed(q)}
	i, days := s.readInvitation(q, &p.form)
	if len(p.Problems) > 0 {
		return s.showPeople(q, http.StatusUnprocessableEntity, p)
	}
	i.Expiry = s.Now().AddDate(0, 0, days)
	secret, err := s.Store.Invite(q.Context(), q.who.ID, i)
	switch {
	case errors.Is(err, store.ErrTaken):
		p.refuse("rep", say("people.taken"))
		return s.showPeople(q, http.StatusConflict, p)
	case errors.Is(err, store.ErrTooMany):
		p.refuse("", say("people.many"))
		return s.showPeople(q, http.StatusTooManyRequests, p)
	case err != nil:
		return err
	}
	s.Log.Info("a person is invited", "rep", i.Person.Rep, "party", i.Person.Party.String(), "issuer", i.Issuer, "by",
		q.who.ID)
	return s.showPeople(q, http.StatusOK, peoplePage{Link: s.InvitationLink(secret), Invited: i.Person.Name})
}

// readInvitation reads the form, with every problem of it. Who invites and by which issuer is no field of it.
func (s *Server) readInvitation(q *request, f *form) (i store.Invitation, days int) {
	u := &i.Person
	u.Name, u.Rep, u.Approver = q.field("name"), q.field("rep"), q.field("approver") != ""
	company := q.field("company")
	for name, text := range map[string]string{"name": u.Name, "company": company} {
		if text == "" {
			f.refuse(name, say("form.needed"))
		} else if utf8.RuneCountInString(text) > maxName {
			f.refuse(name, say("form.long", maxName))
		}
	}
	provider := s.Providers.For(company)
	switch {
	case strings.EqualFold(company, provider.Party.Org): // however it is written
		u.Party = provider.Party
	default:
		u.Party = model.PartnerOrg(company)
	}
	i.Issuer = provider.Issuer
	if !repID.MatchString(u.Rep) {
		f.refuse("rep", say("people.rep.wrong"))
	}
	var err error
	if u.Zone, err = time.LoadLocation(q.field("zone")); err != nil || q.field("zone") == "" || u.Zone == time.Local {
		f.refuse("zone", say("people.zone.wrong"))
	}
	for _, n := range invitationDays {
		if q.field("days") == strconv.Itoa(n) {
			days = n
		}
	}
	if days == 0 {
		f.refuse("days", say("form.choose"))
	}
	return i, days
}

// endInvitation ends an invitation that nobody has accepted.
func (s *Server) endInvitation(q *request) error {
	if err := s.Store.EndInvitation(q.Context(), q.PathValue("invitation")); err != nil {
		return err
	}
	s.Log.Info("an invitation is ended", "invitation", q.PathValue("invitation"), "by", q.who.ID)
	return s.done(q, "/people", say("people.invitations.ended"))
}
