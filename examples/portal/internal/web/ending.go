package web

import (
	"net/http"
	"time"

	"github.com/coselling/coselling/registration"
)

// soon is how many days before its end a claim is on the page of those that end soon.
const soon = 30

// endingPage is the page of the claims that end soon.
type endingPage struct {
	Soon int
	Rows []endingRow
	Next string // the cursor of the next page; empty: this is the last one
}

// endingRow is a claim that ends soon, with the whole days until then.
type endingRow struct {
	registration.Listed
	Left int
}

func (s *Server) ending(q *request) error {
	now := s.Now()
	list, next, err := s.Store.Ending(q.Context(), q.who, now.AddDate(0, 0, soon), q.FormValue("after"))
	if err != nil {
		return err
	}
	p := endingPage{Soon: soon, Next: next}
	for _, l := range list {
		p.Rows = append(p.Rows, endingRow{l, int(l.Until.Sub(now) / (24 * time.Hour))})
	}
	return s.show(q, http.StatusOK, "ending", p)
}
