package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
	"github.com/coselling/coselling/examples/portal/internal/whatif"
	"github.com/coselling/coselling/value"
)

// whatIfPolicy lets the page "what if" run WebAssembly, and no other page.
var whatIfPolicy = strings.Replace(policy, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1)

// whatIfPage is the page on which the vendor tries other terms of pay on the deals of a year. It shows the vendor's own
// people alone.
type whatIfPage struct {
	form
	Year, Before, After int
	Deals               int
	Fields              []whatIfField
	Here                bool          // whether the page computes, once its files have come; else the server does
	Answer              template.HTML // of the library, which escapes it
}

type whatIfField struct {
	whatif.Field
	Label, Typed string
}

func (s *Server) whatIf(q *request) error {
	p, question, err := s.asked(q)
	if err != nil {
		return err
	}
	if q.Method == http.MethodPost {
		p.Answer = template.HTML(whatif.Answer(question, p.terms()))
	}
	return s.showWhatIf(q, http.StatusOK, p)
}

func (s *Server) showWhatIf(q *request, status int, p whatIfPage) error {
	q.w.Header().Set("Content-Security-Policy", whatIfPolicy)
	return s.show(q, status, "whatif", p)
}

// whatIfFile is the answer as a file for a spreadsheet.
func (s *Server) whatIfFile(q *request) error {
	p, question, err := s.asked(q)
	if err != nil {
		return err
	}
	text, err := whatif.CSV(question, p.terms())
	if err != nil { // the page says what is wrong with the terms
		p.Answer = template.HTML(whatif.Answer(question, p.terms()))
		return s.showWhatIf(q, http.StatusUnprocessableEntity, p)
	}
	return q.attach(fmt.Sprintf("what-if-%d.csv", p.Year), text)
}

// whatIfQuestion is what the page downloads to compute by itself.
func (s *Server) whatIfQuestion(q *request) error {
	_, question, err := s.asked(q)
	if err != nil {
		return err
	}
	q.w.Header().Set("Content-Type", "application/json")
	_, _ = q.w.Write(question) // who has gone does not need it
	return nil
}

// asked returns the page with what was typed, and the question about the deals of its year.
func (s *Server) asked(q *request) (whatIfPage, []byte, error) {
	today, err := value.DateOf(s.Now(), q.who.Zone)
	if err != nil {
		return whatIfPage{}, nil, err
	}
	p := whatIfPage{form: s.typed(q), Year: today.Year(), Here: s.wasm() != nil}
	if year, err := strconv.Atoi(q.FormValue("year")); err == nil && year >= 2000 && year <= p.Year {
		p.Year = year
	}
	p.Before, p.After = p.Year-1, min(p.Year+1, today.Year())
	first, err := value.ParseDate(fmt.Sprintf("%d-01-01", p.Year))
	if err != nil {
		return p, nil, err
	}
	last, err := value.ParseDate(fmt.Sprintf("%d-12-31", p.Year))
	if err != nil {
		return p, nil, err
	}
	deals, err := s.Store.Bookings(q.Context(), q.who, first, last)
	if err != nil {
		return p, nil, err
	}
	p.Deals = len(deals)
	question := whatif.New(s.Store.Terms(), deals)
	fields, err := whatif.Fields(question.Policy)
	if err != nil {
		return p, nil, err
	}
	for _, f := range fields {
		typed := f.Value
		if p.Values.Has(f.Path) {
			typed = p.Value(f.Path)
		}
		p.Fields = append(p.Fields, whatIfField{f, termName(f.Path), typed})
	}
	text, err := json.Marshal(question)
	return p, text, err
}

// terms returns what was typed, by its field.
func (p *whatIfPage) terms() map[string]string {
	terms := make(map[string]string, len(p.Fields))
	for _, f := range p.Fields {
		terms[f.Path] = f.Typed
	}
	return terms
}

// termName returns a term of a policy in words.
func termName(path string) string {
	if text, ok := sentences["whatif.term."+strings.ReplaceAll(path, ".", "_")]; ok {
		return text
	}
	if name, ok := strings.CutPrefix(path, "role_based.contributions."); ok {
		return say("whatif.contribution", strings.ReplaceAll(name, "_", " "))
	}
	return whatif.Label(path)
}

// wasm returns the files with which the page computes by itself; nil where the server has none.
func (s *Server) wasm() *wasmfile.File {
	if s.Wasm == nil {
		return nil
	}
	return s.Wasm()
}

func (s *Server) whatIfCode(q *request) error {
	file := s.wasm()
	if file == nil {
		return &problem{http.StatusNotFound, "missing"}
	}
	text := file.Code
	q.w.Header().Set("Vary", "Accept-Encoding")
	if strings.Contains(q.Header.Get("Accept-Encoding"), "gzip") {
		text = file.Zipped
		q.w.Header().Set("Content-Encoding", "gzip")
	}
	return q.serve("application/wasm", text)
}

func (s *Server) whatIfStarter(q *request) error {
	file := s.wasm()
	if file == nil {
		return &problem{http.StatusNotFound, "missing"}
	}
	return q.serve("text/javascript; charset=utf-8", file.Starter)
}

// serve answers with a file, which a browser that has it need not load again.
func (q *request) serve(kind string, text []byte) error {
	sum := sha256.Sum256(text)
	h := q.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(q.w, q.Request, "", time.Time{}, bytes.NewReader(text))
	return nil
}

// attach answers with a CSV file that a browser saves and does not show.
func (q *request) attach(name, text string) error {
	h := q.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = q.w.Write([]byte(text)) // who has gone does not need it
	return nil
}
