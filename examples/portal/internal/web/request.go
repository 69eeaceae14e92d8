package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

// request is one request with the person who asks; nobody has signed in where the id of the person is empty.
type request struct {
	*http.Request
	w   http.ResponseWriter
	who store.User
}

// field returns what was typed into a field, without spaces around it.
func (q *request) field(name string) string { return strings.TrimSpace(q.FormValue(name)) }

func (q *request) redirect(to string) error {
	http.Redirect(q.w, q.Request, to, http.StatusSeeOther)
	return nil
}

// page is what every template gets.
type page struct {
	Title  string // a key of text.en.json
	Path   string
	Who    store.User
	Nav    []navItem
	Notice string // a sentence above the page: what was just done
	Data   any
}

// navItem is a place of the navigation.
type navItem struct {
	Key, Path string
	Here      bool
}

// show writes a page. It is made whole before the first byte, so that nobody gets half of one.
func (s *Server) show(q *request, status int, name string, data any) error {
	p := page{Title: name + ".title", Path: q.URL.Path, Who: q.who, Data: data}
	if q.who.ID != "" {
		for _, r := range routes() {
			if path := strings.TrimPrefix(r.pattern, "GET "); r.nav != "" && r.admits(q.who) {
				p.Nav = append(p.Nav, navItem{r.nav, path, path == q.URL.Path})
			}
		}
		if status == http.StatusOK {
			p.Notice = s.sessions.PopString(q.Context(), "notice")
		}
	}
	var text bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&text, "layout", p); err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.w.WriteHeader(status)
	_, _ = text.WriteTo(q.w) // who has gone does not need it
	return nil
}

// part writes one part of a page into the place that asked for it.
func (s *Server) part(q *request, name, part string, data any) error {
	var text bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&text, part, data); err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = text.WriteTo(q.w)
	return nil
}

// done goes on to another page, which says what was done.
func (s *Server) done(q *request, to, notice string) error {
	s.sessions.Put(q.Context(), "notice", notice)
	return q.redirect(to)
}

// form is what somebody typed, with what is wrong with it. A page that refuses a form shows both.
type form struct {
	Values   url.Values
	Problems map[string]string // by field; under "" what is about the whole form
}

// Value returns what was typed into a field.
func (f form) Value(name string) string { return f.Values.Get(name) }

// Problem returns what is wrong with a field; empty: nothing.
func (f form) Problem(name string) string { return f.Problems[name] }

// refuse says what is wrong with a field, unless something else is.
func (f *form) refuse(name, problem string) {
	if f.Problems == nil {
		f.Problems = make(map[string]string)
	}
	if f.Problems[name] == "" {
		f.Problems[name] = problem
	}
}

// typed returns the form of a request: what was sent, or what was typed before the session had ended.
func (s *Server) typed(q *request) form {
	if q.Method == http.MethodPost {
		return form{Values: q.PostForm}
	}
	path, text, _ := strings.Cut(s.sessions.GetString(q.Context(), "kept"), "?")
	if path != q.URL.Path {
		return form{Values: url.Values{}}
	}
	s.sessions.Remove(q.Context(), "kept")
	values, err := url.ParseQuery(text)
	if err != nil {
		values = url.Values{}
	}
	return form{Values: values}
}
