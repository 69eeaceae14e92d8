package web

import (
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/render"
)

// maxFeed is the number of deals in a calendar feed, those that end first.
const maxFeed = 4 * store.PageSize

// calendarPage is the page on which a person makes and ends the feed of their calendar.
type calendarPage struct {
	Most    int
	Made    time.Time // zero: there is no feed
	Address string    // of one that was made just now; empty: none was
}

func (s *Server) calendar(q *request) error { return s.showCalendar(q, calendarPage{}) }

func (s *Server) showCalendar(q *request, p calendarPage) (err error) {
	p.Most = maxFeed
	if p.Made, err = s.Store.FeedMade(q.Context(), q.who); err != nil {
		return err
	}
	return s.show(q, http.StatusOK, "calendar", p)
}

// setCalendar makes or ends the feed of a person. The address of a new one is shown this once.
func (s *Server) setCalendar(q *request) error {
	switch q.field("do") {
	case "make":
		secret, err := s.Store.NewFeed(q.Context(), q.who)
		if err != nil {
			return err
		}
		s.Log.Info("a calendar feed was made", "by", q.who.ID)
		return s.showCalendar(q, calendarPage{Address: s.Address() + feeds + secret + ".ics"})
	case "end":
		if err := s.Store.EndFeed(q.Context(), q.who); err != nil {
			return err
		}
		s.Log.Info("a calendar feed was ended", "by", q.who.ID)
		return s.done(q, "/calendar", say("calendar.ended"))
	}
	return &problem{http.StatusBadRequest, "input"}
}

// feeds begins the paths of calendar feeds, of which the rest is a secret.
const feeds = "/feed/"

// feed writes the tasks of the deals of a person as their party sees them, for a program that has the secret.
func (s *Server) feed(q *request) error {
	secret, found := strings.CutSuffix(q.PathValue("file"), ".ics")
	if !found {
		return store.ErrNotFound
	}
	who, err := s.Store.FeedOf(q.Context(), secret)
	if err != nil {
		return err
	}
	if !s.trusts(who) {
		return store.ErrNotFound
	}
	var views []coselling.View
	for page := 1; len(views) < maxFeed; page++ {
		list, err := s.Store.Deals(q.Context(), who, store.Query{Sort: "ends", Open: true, Page: page})
		if err != nil {
			return err
		}
		for _, d := range list.Deals {
			views = append(views, d.View)
		}
		if page >= list.Pages {
			break
		}
	}
	h := q.w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	_, _ = io.WriteString(q.w, render.ICalendar(s.Now(), views...))
	return nil
}

// logged returns the path of a request for a log. That of a feed holds its secret.
func logged(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, feeds) {
		return feeds + "..."
	}
	return r.URL.Path
}
