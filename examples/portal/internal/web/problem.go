package web

import (
	"errors"
	"net/http"

	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/value"
)

// problem is a page that says what is wrong and what to do. Its name leads to its sentences in text.en.json.
type problem struct {
	status int
	name   string
}

func (p *problem) Error() string { return p.name }

// explain answers with the page of a problem. What nobody foresaw means that the database does not answer; the log has
// the details, which are nothing for the person.
func (s *Server) explain(q *request, err error) {
	p, ok := errors.AsType[*problem](err)
	tooLarge, _ := errors.AsType[*http.MaxBytesError](err)
	switch {
	case tooLarge != nil:
		p = &problem{http.StatusRequestEntityTooLarge, "large"}
	case ok:
	case errors.Is(err, store.ErrNotFound), errors.Is(err, value.NotFound):
		p = &problem{http.StatusNotFound, "missing"}
	case errors.Is(err, value.Forbidden):
		p = &problem{http.StatusForbidden, "forbidden"}
	case errors.Is(err, store.ErrChanged):
		p = &problem{http.StatusConflict, "changed"}
	case errors.Is(err, store.ErrTooMany):
		p = &problem{http.StatusTooManyRequests, "many"}
	case isBadInput(err):
		p = &problem{http.StatusBadRequest, "input"}
	default:
		p = &problem{http.StatusServiceUnavailable, "away"}
		s.Log.Error("a request failed", "method", q.Method, "path", logged(q.Request), "error", err)
		q.w.Header().Set("Retry-After", "10")
	}
	if err := s.show(q, p.status, "problem", p.name); err != nil {
		s.Log.Error("the page of a problem failed", "error", err)
		http.Error(q.w, http.StatusText(p.status), p.status)
	}
}

// isBadInput reports whether the library refused what was sent.
func isBadInput(err error) bool {
	_, one := errors.AsType[*value.Error](err)
	return one && (errors.Is(err, value.BadInput) || errors.Is(err, value.Conflict))
}

// isAway reports whether an error means that the database did not answer, so that the same form may be sent again.
func isAway(err error) bool {
	_, own := errors.AsType[*problem](err)
	_, refused := errors.AsType[*value.Error](err)
	known := errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrChanged) || errors.Is(err, store.ErrTooMany)
	return err != nil && !own && !refused && !known
}
