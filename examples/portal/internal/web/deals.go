package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/store"
)

// dealRow is a deal on the list.
type dealRow struct {
	coselling.View
	Day, Days int // of the playbook; zero days: it has no dates
	First     *coselling.Action
}

const maxSearch = 200 // bytes of a part of an account's name

// dealList is the page of a person's deals.
type dealList struct {
	store.List
	Query   store.Query
	Rows    []dealRow
	Columns []column
	Back    string // the address of the page before; empty: none
	Forward string
}

// column is a head of the table, with the address that sorts by it.
type column struct {
	Key, Link, Sorted string // Sorted is ascending, descending or empty
}

func (s *Server) deals(q *request) error {
	number, err := strconv.Atoi(q.FormValue("page"))
	if err != nil {
		number = 1
	}
	query := store.Query{Search: searched(q.field("search")), Sort: q.FormValue("sort"), Down: q.FormValue("down") != "",
		Page: number}
	list, err := s.Store.Deals(q.Context(), q.who, query)
	if err != nil {
		return err
	}
	query.Page = list.Page
	p := dealList{List: list, Query: query}
	for _, d := range list.Deals {
		p.Rows = append(p.Rows, rowOf(d.View))
	}
	for _, key := range []string{"account", "model", "stage", "ends", "opened"} {
		c := column{Key: key}
		next := store.Query{Search: query.Search, Sort: key}
		if query.Sort == key {
			c.Sorted = "ascending"
			if query.Down {
				c.Sorted = "descending"
			}
			next.Down = !query.Down
		}
		c.Link = dealsAddress(next)
		p.Columns = append(p.Columns, c)
	}
	turn := func(n int) string {
		if n < 1 || n > list.Pages {
			return ""
		}
		other := query
		other.Page = n
		return dealsAddress(other)
	}
	p.Back, p.Forward = turn(list.Page-1), turn(list.Page+1)
	return s.show(q, http.StatusOK, "deals", p)
}

// searched returns what a database can search for: more than an account's name can have finds nothing.
func searched(text string) string { return strings.ToValidUTF8(text[:min(len(text), maxSearch)], "") }

// rowOf returns the row of a deal, with the first thing to do, for whoever it is.
func rowOf(v coselling.View) dealRow {
	row := dealRow{View: v}
	if windows := v.Schedule.Windows; len(windows) > 0 {
		first := windows[0].First
		row.Day, row.Days = v.Today.Sub(first)+1, windows[len(windows)-1].Last.Sub(first)+1
	}
	if len(v.Next) > 0 {
		row.First = &v.Next[0]
	}
	return row
}

// dealsAddress returns the address of a list.
func dealsAddress(q store.Query) string {
	values := url.Values{}
	if q.Search != "" {
		values.Set("search", q.Search)
	}
	if q.Sort != "" {
		values.Set("sort", q.Sort)
	}
	if q.Down {
		values.Set("down", "1")
	}
	if q.Page > 1 {
		values.Set("page", strconv.Itoa(q.Page))
	}
	if len(values) == 0 {
		return "/deals"
	}
	return "/deals?" + values.Encode()
}
