package web

import (
	"errors"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/value"
)

// maxUpload is the size of a list of accounts, with the form around it.
const maxUpload = 5 << 20

// planningPage is what the lists of accounts of two companies have in common, each company's own rows.
type planningPage struct {
	form
	About    string   // the company of the list that was refused
	Wrong    []string // what is wrong with it
	Overlaps []store.Overlap
}

func (s *Server) planning(q *request) error { return s.showPlanning(q, http.StatusOK, planningPage{}) }

func (s *Server) showPlanning(q *request, status int, p planningPage) (err error) {
	if p.Overlaps, err = s.Store.Overlaps(q.Context(), q.who); err != nil {
		return err
	}
	return s.show(q, status, "planning", p)
}

// release reads a list of accounts, and gives it for comparison. The file is read as it comes and is not kept.
func (s *Server) release(q *request) error {
	parts, err := q.MultipartReader()
	if err != nil {
		return &problem{http.StatusBadRequest, "input"}
	}
	var p planningPage
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return &problem{http.StatusBadRequest, "input"}
		}
		if err != nil {
			return tooLargeOr(err)
		}
		switch part.FormName() {
		case "with":
			text, err := io.ReadAll(io.LimitReader(part, 300))
			if err != nil {
				return tooLargeOr(err)
			}
			p.About = string(text)
		case "list":
			return s.releaseList(q, p, part)
		}
	}
}

// tooLargeOr returns the error of a body that is too large, else that nothing can be read.
func tooLargeOr(err error) error {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return large
	}
	return &problem{http.StatusBadRequest, "input"}
}

func (s *Server) releaseList(q *request, p planningPage, file io.Reader) error {
	list, lines, wrong, err := readTargets(file)
	if err != nil {
		return tooLargeOr(err)
	}
	if p.Wrong = wrong; len(wrong) == 0 {
		err = s.Store.Release(q.Context(), q.who, model.Party{Side: q.who.Party.Side.Other(), Org: p.About}, list)
		switch {
		case err == nil:
			return s.done(q, "/planning", say("planning.done", len(list)))
		case errors.Is(err, store.ErrTooMany):
			p.Wrong = []string{say("planning.many")}
		case isBadInput(err):
			p.Wrong = wrongRows(err, lines)
		default:
			return err
		}
	}
	return s.showPlanning(q, http.StatusUnprocessableEntity, p)
}

var placeOfRow = regexp.MustCompile(`\[(\d+)\]\.account\.?([a-z]*)`)

// wrongRows says what the library refuses about the rows of a list.
func wrongRows(err error, lines []int) []string {
	var problems value.Errors
	problems.Add("", err)
	var said []string
	for _, e := range problems {
		if len(said) == maxListed {
			return append(said, say("planning.others"))
		}
		text := e.Got + " " + e.Problem
		if found := placeOfRow.FindStringSubmatch(e.Path); found != nil {
			if i, err := strconv.Atoi(found[1]); err == nil && i < len(lines) {
				text = say("planning.line", lines[i], strings.TrimSpace(found[2]+" "+text))
			}
		}
		said = append(said, text)
	}
	return said
}

// planningFile is what a person's company has in common with another one, for a spreadsheet.
func (s *Server) planningFile(q *request) error {
	overlaps, err := s.Store.Overlaps(q.Context(), q.who)
	if err != nil {
		return err
	}
	for _, o := range overlaps {
		if o.Other.Org != q.FormValue("with") || o.At.IsZero() {
			continue
		}
		rows := [][]string{{"name", "country", "domain", "strategic", "match"}}
		rows = appendCommon(rows, o.Same, say("planning.same.one"))
		rows = appendCommon(rows, o.Near, say("planning.near.one"))
		var text strings.Builder
		for _, row := range rows {
			text.WriteString(strings.Join(row, ",") + "\n")
		}
		return q.attach("accounts-in-common.csv", text.String())
	}
	return store.ErrNotFound
}

func appendCommon(rows [][]string, list []store.Common, match string) [][]string {
	for _, c := range list {
		strategic := ""
		if c.Strategic {
			strategic = "yes"
		}
		rows = append(rows, []string{render.CSVCell(c.Account.Name), render.CSVCell(c.Account.Country),
			render.CSVCell(strings.Join(c.Account.Domains, " ")), strategic, match})
	}
	return rows
}
