package web

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// historyPage is the page of what was decided about a deal.
type historyPage struct {
	coselling.View
	Rows []historyRow
}

// historyRow is a decision, in words.
type historyRow struct {
	store.Decided
	What string
}

// auditPage is the page of one decision that was made again.
type auditPage struct {
	historyRow
	coselling.View
	Replayed store.Replayed
	Change   string // the document that was decided on
}

func (s *Server) history(q *request) error {
	seen, err := s.Store.Deal(q.Context(), q.who, q.PathValue("deal"))
	if err != nil {
		return err
	}
	p := historyPage{View: seen.View}
	if p.Rows, err = s.historyOf(q, seen.View); err != nil {
		return err
	}
	return s.show(q, http.StatusOK, "history", p)
}

// historyOf returns what was decided about a deal, as far as the party of the person may know, the latest first.
func (s *Server) historyOf(q *request, v coselling.View) ([]historyRow, error) {
	list, err := s.Store.History(q.Context(), q.who, v.Deal)
	var rows []historyRow
	for _, d := range list {
		rows = append(rows, historyRow{d, happened(v, d.Change)})
	}
	return rows, err
}

// audit makes a decision again and shows whether the answer has the bytes that it had.
func (s *Server) audit(q *request) error {
	seen, replayed, err := s.replay(q)
	if err != nil {
		return err
	}
	text, err := replayed.Change.MarshalJSON()
	if err != nil {
		return err
	}
	row := historyRow{replayed.Decided, happened(seen.View, replayed.Change)}
	return s.show(q, http.StatusOK, "audit", auditPage{row, seen.View, replayed, string(text)})
}

// auditAnswer is the answer after a decision, as a file whose bytes anybody can compare.
func (s *Server) auditAnswer(q *request) error {
	_, replayed, err := s.replay(q)
	if err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "application/json")
	q.w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="answer-%d.json"`, replayed.Version))
	_, _ = q.w.Write(replayed.Answer) // who has gone does not need it
	return nil
}

func (s *Server) replay(q *request) (store.Seen, store.Replayed, error) {
	id := q.PathValue("deal")
	version, err := strconv.Atoi(q.PathValue("version"))
	if err != nil {
		return store.Seen{}, store.Replayed{}, store.ErrNotFound
	}
	seen, err := s.Store.Deal(q.Context(), q.who, id)
	if err != nil {
		return store.Seen{}, store.Replayed{}, err
	}
	replayed, err := s.Store.Replay(q.Context(), q.who, id, version)
	return seen, replayed, err
}

// happened returns a change in words.
func happened(v coselling.View, c deal.Change) string {
	e := c.Event
	switch {
	case e.Verb != 0:
		about := e.Lead.Org
		for _, w := range v.Schedule.Windows {
			if w.Stage == e.To {
				about = w.Says
			}
		}
		for _, item := range v.Schedule.Items {
			if item.Task.ID == e.Task {
				about = item.Task.Says
			}
		}
		if e.Engagement != 0 {
			about = say("model." + e.Engagement.String())
		}
		text := say("event." + e.Verb.String())
		if about != "" {
			text = say("event.about", text, about)
		}
		return text
	case len(c.Facts) > 0:
		return say("event.facts")
	case !c.Edit.IsZero():
		return say("event.edit")
	case c.Blocker.ID != "" || c.BlockerEvent.Blocker != "":
		return say("event.blocker")
	}
	return say("event.other")
}
