package main

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/value"
)

// print writes the memo in the format of the call.
func (m *memo) print(c *call) error {
	switch c.format {
	case "json":
		return printJSON(c, m.json())
	case "csv":
		return printGrid(c, m.table())
	}
	p := &printer{out: c.out, format: c.format}
	p.title("What changes from " + m.names[0] + " to " + m.names[1])
	if p.isText() {
		p.line("What changes from %s to %s", clean(m.names[0], width), clean(m.names[1], width))
	}
	if len(m.changes) == 0 {
		p.line("Nothing: the two are equal.")
		return p.err
	}
	p.heading("%s", counted(len(m.changes), "field", "fields"))
	for _, f := range m.changes[:min(len(m.changes), mostFields)] {
		p.wrapped("", f.words())
		p.wrapped("  It moves: ", f.who)
		p.wrapped("  Field: ", f.Path)
	}
	if n := len(m.changes) - mostFields; n > 0 {
		p.line("and %s; -format csv lists all", counted(n, "more field", "more fields"))
	}
	p.heading("From when")
	for _, text := range m.when {
		p.wrapped("", text)
	}
	p.heading("Who gains and who loses")
	switch {
	case !m.paid:
		p.line("Nobody is paid more or less: compensation stays as it is.")
	case len(m.reports) == 0:
		p.line("No deal was won, so that nobody can be named.")
	case m.madeUp:
		p.wrapped("", "These deals are made up, one of each kind that the two agreements tell apart; flat rates are "+
			"10%. With -deals and -map your own are compared.")
	}
	for _, r := range m.reports {
		p.print("\n" + reportText(c.format, r))
	}
	m.printRefused(p)
	return p.err
}

// printRefused lists what only one of the sides can price; above it counts as zero there.
func (m *memo) printRefused(p *printer) {
	if m.oneSided == 0 {
		return
	}
	p.heading("%s that only one of the two can price: zero there", counted(m.oneSided, "deal", "deals"))
	for _, row := range m.refused {
		side, err := "the old one", row.Refused[0]
		if err == nil {
			side, err = "the new one", row.Refused[1]
		}
		p.wrapped("", row.Booking+", refused by "+side+": "+strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	if n := m.oneSided - len(m.refused); n > 0 {
		p.line("and %s", counted(n, "more deal", "more deals"))
	}
}

// mostFields is the number of changes that are written in words.
const mostFields = 50

// reportText writes a comparison as a part of a document.
func reportText(format string, r impact.Report) string {
	switch format {
	case "markdown":
		return strings.ReplaceAll("\n"+r.Markdown(), "\n#", "\n##")[1:]
	case "html":
		return r.HTML()
	default:
		return r.Text()
	}
}

// table has a row for each field that changed.
func (m *memo) table() grid.Table {
	t := grid.Table{Head: []string{"field", "before", "after", "first_day", "who", "currency", "differences", "credit",
		"commission"}, From: 6, To: 9}
	for _, f := range m.changes {
		row := []string{f.Path, f.Before, f.After, m.first.String(), f.who}
		if len(f.causes) == 0 {
			t.Rows = append(t.Rows, append(row, "", "0", "", ""))
		}
		for _, c := range f.causes {
			t.Rows = append(t.Rows, append(row[:len(row):len(row)], c.Commission.Currency().String(),
				strconv.Itoa(c.Differences), plain(c.QuotaCredit), plain(c.Commission)))
		}
	}
	return t
}

// jsonMemo is a memo in JSON.
type jsonMemo struct {
	Before   string          `json:"before"`
	After    string          `json:"after"`
	MadeUp   bool            `json:"made_up_deals"`
	FirstDay value.Date      `json:"first_day,omitzero"`
	When     []string        `json:"when"`
	Changes  []jsonChange    `json:"changes"`
	Reports  []impact.Report `json:"reports"`
	OneSided int             `json:"priced_by_one_only"`
}

// jsonChange is a field that changed, in JSON.
type jsonChange struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
	Says   string `json:"says"`
	Who    string `json:"who"`
}

func (m *memo) json() jsonMemo {
	j := jsonMemo{m.names[0], m.names[1], m.madeUp, m.first, append([]string{}, m.when...), []jsonChange{},
		append([]impact.Report{}, m.reports...), m.oneSided}
	for _, f := range m.changes {
		j.Changes = append(j.Changes, jsonChange{f.Path, f.Before, f.After, f.words(), f.who})
	}
	return j
}
